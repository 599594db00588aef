//! A doctor in training decides, and a supervisor countersigns.

use record::role::Role;

use super::fields;
use crate::patient::open_patient;
use crate::tests::Room;
use crate::tests::forms::own_choice;
use crate::tests::room::PASSPHRASE;
use crate::view::{CountersignForm, DecisionForm};
use crate::{decide, worklist};

#[test]
fn a_doctor_in_training_s_decision_counts_as_proposed_until_a_supervisor_countersigns() {
    let mut room = Room::demo();
    let trainee = room.hire("João Fonseca", Role::DoctorInTraining);
    let nurse = room.hire("Bea Nowak", Role::Nurse);
    room.seat(&trainee);
    let (patient, assessment) = room.finished();
    let drawn = room.result(&assessment);
    assert_eq!(drawn.supervisors.len(), 1);
    let osei = room.osei.clone();
    let form = own_choice(&drawn);
    let nobody = decide::sign_for_countersigning(
        &mut room.desk,
        assessment.clone(),
        nurse.clone(),
        form.clone(),
    );
    assert_eq!(fields(nobody), ["supervisor"]);
    let signed =
        decide::sign_for_countersigning(&mut room.desk, assessment.clone(), osei.clone(), form)
            .unwrap();
    assert!(signed.decision.is_none());
    let of_it = open_patient(&mut room.desk, patient).unwrap().timeline;
    assert!(of_it[0].title.starts_with("Decision to be countersigned: "));
    assert_eq!(
        of_it[0].assessment.as_ref(),
        Some(&assessment),
        "moves with it"
    );
    let waiting = signed.supervised.unwrap();
    assert!(!waiting.may_countersign);
    assert_eq!(waiting.supervisor, "Ama Osei, consultant");
    room.write_plan(&assessment);
    assert!(room.agree(&assessment).is_err(), "what leaves waits");
    room.seat(&nurse);
    assert!(!room.result(&assessment).supervised.unwrap().may_countersign);
    room.seat(&osei);
    let list = worklist::worklist(&mut room.desk, "mine".into(), String::new(), 0).unwrap();
    assert_eq!(list.rows.len(), 1);
    assert_eq!(list.rows[0].owner, "You");
    assert_eq!(
        list.rows[0].next_step,
        "Countersign what was decided in training"
    );
    let drawn = room.result(&assessment);
    let form = CountersignForm {
        basis_digest: drawn.basis_digest,
        comment: String::new(),
        passphrase: PASSPHRASE.into(),
    };
    let done = decide::countersign(&mut room.desk, assessment.clone(), form).unwrap();
    let decision = done.decision.unwrap();
    assert!(done.supervised.is_none());
    assert!(decision.signed.starts_with("Ama Osei, consultant"));
    let trainee = decision.countersigns.unwrap();
    assert!(trainee.starts_with("João Fonseca, doctor in training"));
    assert!(room.agree(&assessment).is_ok());
}

#[test]
fn a_supervisor_who_decides_otherwise_signs_their_own_and_nothing_waits() {
    let mut room = Room::demo();
    let trainee = room.hire("João Fonseca", Role::DoctorInTraining);
    room.seat(&trainee);
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    let osei = room.osei.clone();
    let form = own_choice(&drawn);
    decide::sign_for_countersigning(&mut room.desk, assessment.clone(), osei.clone(), form)
        .unwrap();
    room.seat(&osei);
    let drawn = room.result(&assessment);
    let form = DecisionForm {
        urgency: "urgent".into(),
        ..own_choice(&drawn)
    };
    let done = decide::sign_decision(&mut room.desk, assessment, form).unwrap();
    assert!(done.supervised.is_none());
    assert!(done.decision.unwrap().countersigns.is_none());
}
