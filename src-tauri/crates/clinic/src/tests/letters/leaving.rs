//! When a letter may leave, and when not.

use jiff::SignedDuration;
use record::body::{Adoptable, Letter, Withdrawal};

use super::super::Room;
use super::super::another_device::decision;
use super::super::forms::text;
use super::super::receipts::AT_HUB;
use super::decided;
use crate::case::slots;
use crate::desk::{Line, item_id, patient_id};
use crate::view::{DeathForm, GivenForm};
use crate::{letter, person};

fn first_hold(room: &mut Room, assessment: &str, to: &str) -> String {
    let view = room.letter(assessment, to);
    view.holds.first().cloned().unwrap_or_default()
}

/// Refused for a reason that the screen says as well.
fn held(room: &mut Room, assessment: &str, to: &str, why: &str) {
    let said = first_hold(room, assessment, to);
    assert!(said.contains(why), "{said}");
    let refused = room
        .try_saving(assessment, to, false)
        .unwrap_err()
        .to_string();
    assert_eq!(refused, said);
}

#[test]
fn safety_04_nothing_leaves_in_the_minute_in_which_a_decision_can_be_taken_back() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    room.sign(&assessment);
    room.approve(&assessment, "gp");
    held(&mut room, &assessment, "gp", "can still be taken back");
    room.turn(SignedDuration::from_secs(59));
    held(&mut room, &assessment, "gp", "may leave from 10:21:00");
    room.turn(SignedDuration::from_secs(1));
    assert!(room.try_saving(&assessment, "gp", false).is_ok());
}

#[test]
fn a_letter_that_nobody_approved_does_not_leave_and_one_changed_since_is_a_draft_again() {
    let (mut room, _, assessment) = decided();
    room.complete(&assessment, "gp");
    held(&mut room, &assessment, "gp", "not approved yet");
    room.try_approving(&assessment, "gp").unwrap();
    assert!(room.try_saving(&assessment, "gp", false).is_ok());
    let changed = room.write_part(&assessment, "gp", "asks", "Please call us.");
    assert!(changed.changed_since_approved && changed.version == 2);
    held(
        &mut room,
        &assessment,
        "gp",
        "changed since it was approved",
    );
    let again = room.try_approving(&assessment, "gp").unwrap();
    assert!(!again.changed_since_approved && again.version == 2);
    assert!(room.try_saving(&assessment, "gp", false).is_ok());
}

#[test]
fn safety_04_a_decision_made_without_seeing_an_allergy_holds_its_letters() {
    let (mut room, patient, assessment) = decided();
    room.approve(&assessment, "gp");
    let next = room.start(&patient);
    let latex = [
        ("substance", "Latex"),
        ("reaction", "Rash"),
        ("kind", "allergy"),
    ];
    room.row(&next, "allergy", &latex);
    held(
        &mut room,
        &assessment,
        "gp",
        "made without seeing an allergy (Latex)",
    );
}

#[test]
fn safety_01_two_decisions_at_once_hold_their_letters() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    let seen = room.as_of_now(&patient);
    room.sign(&assessment);
    room.approve(&assessment, "gp");
    room.turn(SignedDuration::from_secs(61));
    room.arrive(
        &patient,
        &seen,
        AT_HUB,
        vec![decision(&assessment, "routine")],
    );
    held(&mut room, &assessment, "gp", "The decision is in conflict");
}

fn taken_back(assessment: &str) -> Line {
    let body = Withdrawal {
        what: Adoptable::Other("decision".into()),
        name: "D05 soon".into(),
        digest: "00".repeat(32),
        reason: "Signed on the wrong case".into(),
    };
    Line::of(slots::decision(item_id(assessment).unwrap()), &body).unwrap()
}

#[test]
fn safety_04_a_decision_that_was_taken_back_has_no_letter_any_more() {
    let (mut room, patient, assessment) = decided();
    room.approve(&assessment, "gp");
    let seen = room.as_of_now(&patient);
    room.arrive(&patient, &seen, AT_HUB, vec![taken_back(&assessment)]);
    let opened = letter::open_letter(&mut room.desk, assessment.clone(), "gp".into());
    assert!(opened.is_err());
    assert!(room.try_saving(&assessment, "gp", false).is_err());
}

#[test]
fn safety_01_a_taking_back_that_did_not_see_the_decision_holds_its_letters() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    let seen = room.as_of_now(&patient);
    room.sign(&assessment);
    room.approve(&assessment, "gp");
    room.turn(SignedDuration::from_secs(61));
    room.arrive(&patient, &seen, AT_HUB, vec![taken_back(&assessment)]);
    held(&mut room, &assessment, "gp", "The decision is in conflict");
}

#[test]
fn safety_01_two_versions_of_one_letter_do_not_leave_until_somebody_settles_them() {
    let (mut room, patient, assessment) = decided();
    room.complete(&assessment, "gp");
    let seen = room.as_of_now(&patient);
    let case = room
        .desk
        .case_unshown(patient_id(&patient).unwrap())
        .unwrap();
    let mut heads = case.under::<Letter>("letter");
    let now = heads.remove(0).all()[0].body.clone();
    let version = |addressee: &str| {
        let body = Letter {
            addressee: addressee.into(),
            ..now.clone()
        };
        Line::of(slots::letter(body.letter), &body).unwrap()
    };
    room.arrive(&patient, &seen, AT_HUB, vec![version("Priory Street")]);
    room.arrive(&patient, &seen, AT_HUB + 1, vec![version("Station Road")]);
    held(&mut room, &assessment, "gp", "This letter is in conflict");
    assert!(room.try_approving(&assessment, "gp").is_err());
}

#[test]
fn safety_01_without_leave_to_share_only_the_patient_has_a_letter() {
    for (said, leaves) in [
        ("team-gp", true),
        ("limited", true),
        ("team-only", false),
        ("no", false),
    ] {
        let mut room = Room::demo();
        let (_, assessment) = room.begin();
        room.ask_everything(&assessment);
        room.answer(&assessment, "consent-share", text(said));
        assert!(room.finish(&assessment).finished, "{said}");
        room.sign(&assessment);
        room.turn(SignedDuration::from_secs(61));
        for to in ["gp", "hospital"] {
            room.approve(&assessment, to);
            assert_eq!(
                room.try_saving(&assessment, to, false).is_ok(),
                leaves,
                "{said}, {to}"
            );
        }
        room.approve(&assessment, "patient");
        assert!(
            room.try_saving(&assessment, "patient", true).is_ok(),
            "{said}"
        );
    }
}

#[test]
fn no_letter_goes_to_somebody_who_has_died() {
    let (mut room, patient, assessment) = decided();
    room.approve(&assessment, "patient");
    let form = DeathForm {
        died: true,
        date: "2026-11-23".into(),
        source: "gp".into(),
        ..DeathForm::default()
    };
    person::record_death(&mut room.desk, patient, form).unwrap();
    let view = room.letter(&assessment, "patient");
    assert!(
        view.holds
            .iter()
            .any(|why| why.contains("No letter goes to them")),
        "{:?}",
        view.holds
    );
    assert!(room.try_saving(&assessment, "patient", false).is_err());
}

#[test]
fn safety_12_a_letter_is_given_only_to_the_person_and_posted_only_where_that_is_safe() {
    let mut room = Room::demo();
    let (patient, assessment) = room.begin();
    room.ask_everything(&assessment);
    room.answer(&assessment, "safe-contact", text("phone"));
    room.finish(&assessment);
    room.sign(&assessment);
    room.turn(SignedDuration::from_secs(61));
    room.approve(&assessment, "patient");
    let form = GivenForm {
        name_checked: true,
        born: "1979-09-17".into(),
        to: "patient".into(),
    };
    let mut give = |form: &GivenForm| {
        letter::letter_given(
            &mut room.desk,
            assessment.clone(),
            "patient".into(),
            form.clone(),
        )
    };
    for wrong in [
        GivenForm {
            born: "1979-09-18".into(),
            ..form.clone()
        },
        GivenForm {
            name_checked: false,
            ..form.clone()
        },
        GivenForm {
            to: "post".into(),
            ..form.clone()
        },
    ] {
        assert!(give(&wrong).is_err());
    }
    let view = give(&form).unwrap();
    assert!(
        view.sent[0].starts_with("Version 1 handed 24-Nov-2026"),
        "{:?}",
        view.sent
    );
    let record = crate::patient::open_patient(&mut room.desk, patient).unwrap();
    let titles: Vec<_> = record.timeline.iter().map(|it| it.title.as_str()).collect();
    assert!(titles.contains(&"Letter handed: version 1"), "{titles:?}");
}
