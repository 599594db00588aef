//! What may be taken back, and for how long.

use jiff::SignedDuration;
use record::body::Decision;
use record::role::Role;

use crate::case::Held;
use crate::desk::{item_id, patient_id};
use crate::patient;
use crate::review::take_back;
use crate::tests::Room;
use crate::tests::another_device::decision;

#[test]
fn a_decision_taken_back_within_a_minute_leaves_the_case_to_be_signed() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    let undo = room.signed(&assessment).undo.unwrap();
    assert_eq!((undo.seconds, undo.name.as_str()), (60, "ABERNETHY, Ruth"));
    assert_eq!(room.unsigned(), 0);
    room.turn(SignedDuration::from_secs(59));
    let step = take_back(&mut room.desk, assessment.clone()).unwrap();
    let again = step.next.unwrap();
    assert_eq!(again.assessment, assessment);
    assert!(again.result.decision.is_none());
    assert_eq!(step.session.queue[0].state, "to-do");
    assert_eq!(room.unsigned(), 1);
    let case = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    let id = item_id(&assessment).unwrap();
    assert!(matches!(case.decision(id), Held::Nothing));
    assert!(case.conflicts().is_empty());
    let view = patient::open_patient(&mut room.desk, patient).unwrap();
    let titles: Vec<&str> = view.timeline.iter().map(|it| it.title.as_str()).collect();
    assert!(titles.contains(&"Decision taken back"), "{titles:?}");
    // It is decided again, over the withdrawal.
    assert!(room.sign_in_session(&assessment, "").is_ok());
    assert_eq!(room.unsigned(), 0);
}

#[test]
fn a_withdrawal_is_signed_and_names_what_it_withdraws() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    room.signed(&assessment);
    let id = item_id(&assessment).unwrap();
    let before = room.as_of_now(&patient);
    let slot = record::entry::Slot::new(crate::case::slots::decision(id)).unwrap();
    let decided = before.heads(&slot);
    let said = record::cbor::encode(&before.entry(&decided[0]).unwrap().entry.body).unwrap();
    take_back(&mut room.desk, assessment).unwrap();
    let after = room.as_of_now(&patient);
    let heads = after.heads(&slot);
    let placed = after.entry(&heads[0]).unwrap();
    assert_eq!(placed.entry.parents, decided);
    assert!(placed.entry.signed.is_some() && placed.unverified.is_none());
    let body: record::body::Withdrawal = crate::case::body_of(&placed.entry).unwrap();
    assert_eq!(
        (body.what.as_str(), body.name.as_str()),
        ("decision", "D05 soon")
    );
    assert_eq!(body.digest, blake3::hash(&said).to_hex().to_string());
}

#[test]
fn after_a_minute_or_a_lock_or_by_a_colleague_nothing_is_taken_back() {
    let mut room = Room::demo();
    let queue = room.queue(2);
    room.signed(&queue[0]);
    room.turn(SignedDuration::from_secs(60));
    let refused = take_back(&mut room.desk, queue[0].clone()).unwrap_err();
    assert!(
        refused.to_string().contains("Sign a new decision"),
        "{refused}"
    );
    room.signed(&queue[1]);
    let osei = room.osei.clone();
    room.turn(SignedDuration::from_secs(1));
    room.seat(&osei);
    let refused = take_back(&mut room.desk, queue[1].clone()).unwrap_err();
    assert!(
        refused.to_string().contains("Sign a new decision"),
        "{refused}"
    );
    let lead = room.hire("Edith Whitlock", Role::Lead);
    room.seat(&lead);
    assert!(take_back(&mut room.desk, queue[1].clone()).is_err());
    for assessment in &queue {
        assert!(room.result(assessment).decision.is_some());
    }
}

#[test]
fn a_clock_that_was_set_back_does_not_give_the_minute_again() {
    let mut room = Room::demo();
    let (_, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    room.signed(&assessment);
    room.turn(SignedDuration::from_secs(-3));
    assert!(take_back(&mut room.desk, assessment).is_err());
}

#[test]
fn safety_01_a_decision_that_did_not_see_the_withdrawal_goes_on_to_hold_and_both_are_shown() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    room.signed(&assessment);
    let seen = room.as_of_now(&patient);
    take_back(&mut room.desk, assessment.clone()).unwrap();
    room.arrive(&patient, &seen, 3, vec![decision(&assessment, "urgent")]);
    let id = item_id(&assessment).unwrap();
    let case = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    let acted: Decision = case.acted_on(id).unwrap().body.clone();
    assert_eq!(acted.decided.urgency, "urgent");
    let conflicts = case.conflicts();
    assert_eq!(conflicts.len(), 1);
    assert!(conflicts[0].wants_signature());
    assert!(!room.result(&assessment).sign_as_proposed.allowed);
}

#[test]
fn safety_01_of_two_decisions_that_did_not_see_each_other_none_is_taken_back() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    let seen = room.as_of_now(&patient);
    room.signed(&assessment);
    room.arrive(&patient, &seen, 3, vec![decision(&assessment, "urgent")]);
    let refused = take_back(&mut room.desk, assessment.clone()).unwrap_err();
    assert!(refused.to_string().contains("Sign one that saw both"));
    let id = item_id(&assessment).unwrap();
    let case = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    assert_eq!(case.decision(id).all().len(), 2);
}
