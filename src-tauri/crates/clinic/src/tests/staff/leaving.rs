//! Whoever left, and what was written under their name after an accepted end.

use record::body::{Revocation, StreamEnd};
use record::entry::Basis;
use record::role::Role;
use record::scope::{Scope, Subject};

use super::words;
use crate::desk::{Line, Sign};
use crate::tests::Room;
use crate::tests::forms;
use crate::tests::forms::present;
use crate::tests::room::PASSPHRASE;
use crate::view::StaffEndForm;
use crate::{patient, staff};

#[test]
fn whoever_left_is_off_the_laptop_and_what_they_wrote_stays_and_counts() {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    room.seat(&bea);
    let (patient, assessment) = room.finished();
    room.sign(&assessment);
    let osei = room.osei.clone();
    room.seat(&osei);
    let form = StaffEndForm {
        why: "left".into(),
        reason: "Moved to another service.".into(),
        own_passphrase: PASSPHRASE.into(),
    };
    let own = staff::end_colleague(&mut room.desk, osei.clone(), form.clone());
    assert!(words(own).starts_with("Nobody ends their own account"));
    staff::end_colleague(&mut room.desk, bea.clone(), form).unwrap();
    assert_eq!(room.row_of("Bea Nowak").state, "ended");
    let result = room.result(&assessment);
    assert!(
        result
            .decision
            .unwrap()
            .signed
            .starts_with("Bea Nowak, nurse")
    );
    assert_eq!(result.unverified, Vec::<String>::new());
    let view = patient::open_patient(&mut room.desk, patient).unwrap();
    assert!(
        view.timeline
            .iter()
            .all(|line| !line.title.starts_with("Unverified"))
    );
    assert_eq!(room.tiles().len(), 1);
    assert!(room.try_unlock(&bea).is_err());
}

/// An administrator ends the account as of an earlier envelope: what followed it was somebody
/// else's doing.
fn end_as_of(room: &mut Room, staff: &str, accepted: Vec<StreamEnd>) {
    let person = room.desk.sitting().unwrap().people().unwrap();
    let person = &person[&staff.parse().unwrap()];
    let key = person.key;
    let sitting = room.desk.sitting().unwrap();
    let certificate = sitting
        .authorities()
        .unwrap()
        .certificates()
        .find(|one| one.claims().key == key)
        .unwrap()
        .id();
    let body = Revocation {
        certificate,
        why: "lost".into(),
        accepted,
    };
    let line = Line::of(format!("revocation/{certificate}"), &body).unwrap();
    let sign = Sign {
        basis: Basis::default(),
    };
    room.desk
        .write_signed_in(Scope::Service, Subject::Service, vec![line], sign)
        .unwrap();
    room.desk.sitting_mut().unwrap().shown = None;
}

#[test]
fn what_followed_a_revocation_is_shown_as_unverified_prompts_and_settles_nothing() {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    let (patient, assessment) = room.begin();
    room.seat(&bea);
    room.answer(&assessment, "crps-pattern", present());
    room.row(
        &assessment,
        "allergy",
        &[
            ("substance", "Latex"),
            ("reaction", "Rash"),
            ("kind", "allergy"),
        ],
    );
    let osei = room.osei.clone();
    room.seat(&osei);
    assert!(!room.result(&assessment).warning_signs.is_empty());
    end_as_of(&mut room, &bea, Vec::new());
    let result = room.result(&assessment);
    assert_eq!(result.unverified.len(), 2, "{:?}", result.unverified);
    assert!(result.unverified[0].starts_with("A warning sign: "));
    assert_eq!(result.unverified[1], "An allergy");
    assert!(result.warning_signs.is_empty());
    let view = patient::open_patient(&mut room.desk, patient.clone()).unwrap();
    let lines: Vec<_> = view
        .timeline
        .iter()
        .filter(|line| line.title.starts_with("Unverified: "))
        .collect();
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| {
        line.reason
            .as_deref()
            .is_some_and(|why| why.contains("after its author's account was ended"))
    }));
    // Asked again and marked as an error, they prompt no more.
    room.answer(&assessment, "crps-pattern", forms::absent());
    let allergy = lines
        .iter()
        .find(|line| {
            line.detail.iter().any(|said| said.value.contains("Latex"))
                || line.title.contains("Latex")
        })
        .unwrap();
    let (entry, why) = (allergy.id.clone(), "Not said by the patient.".to_owned());
    patient::mark_in_error(&mut room.desk, patient, entry, why).unwrap();
    assert_eq!(room.result(&assessment).unverified, Vec::<String>::new());
}

#[test]
fn a_decision_that_followed_a_revocation_is_none() {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    let (_, assessment) = room.finished();
    room.seat(&bea);
    room.sign(&assessment);
    let osei = room.osei.clone();
    room.seat(&osei);
    assert!(room.result(&assessment).decision.is_some());
    end_as_of(&mut room, &bea, Vec::new());
    assert!(room.result(&assessment).decision.is_none());
    assert!(room.sign(&assessment).decision.is_some());
}
