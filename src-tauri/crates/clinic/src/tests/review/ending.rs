//! What is passed by, countersigned, told at the end and counted.

use jiff::SignedDuration;
use record::role::Role;
use store::List;

use super::{all, assessments};
use crate::desk::{item_id, patient_id};
use crate::refusal::Refusal;
use crate::review::{
    begin_review, countersign_reviewed, end_review, pass_by, review_rates, sign_reviewed,
};
use crate::tests::Room;
use crate::tests::forms::own_choice;
use crate::tests::room::PASSPHRASE;
use crate::view::{CountersignForm, DecisionForm, ReviewForm};
use crate::{decide, line};

#[test]
fn passing_a_case_by_decides_nothing_and_what_comes_after_it_is_told() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    assert!(room.look(&assessment).since.is_none());
    let step = pass_by(&mut room.desk, assessment.clone()).unwrap();
    assert!(step.next.is_none());
    assert_eq!(step.session.queue[0].state, "passed");
    assert_eq!(room.unsigned(), 1);
    assert_eq!(room.look(&assessment).since.unwrap().lines, Vec::new());
    let lead = room.hire("Edith Whitlock", Role::Lead);
    room.seat(&lead);
    room.begin_session();
    room.look(&assessment);
    pass_by(&mut room.desk, assessment.clone()).unwrap();
    let osei = room.osei.clone();
    room.seat(&osei);
    // A colleague's look is nothing that changed.
    assert_eq!(room.look(&assessment).since.unwrap().lines, Vec::new());
    assert!(line::case_sync(&mut room.desk, patient).is_ok());
}

#[test]
fn a_doctor_in_training_signs_in_a_session_and_the_supervisor_countersigns_in_theirs() {
    let mut room = Room::demo();
    let (_, assessment) = room.waiting_cases(1).remove(0);
    let trainee = room.hire("Jo Marsh", Role::DoctorInTraining);
    let osei = room.osei.clone();
    room.seat(&trainee);
    room.begin_session();
    let case = room.look(&assessment);
    let form = own_choice(&case.result);
    let step = sign_reviewed(&mut room.desk, assessment.clone(), osei.clone(), form).unwrap();
    assert_eq!(step.undo, None);
    assert_eq!(step.session.queue[0].state, "changed");
    room.seat(&osei);
    room.begin_session();
    let case = room.look(&assessment);
    assert!(case.result.supervised.as_ref().unwrap().may_countersign);
    let form = CountersignForm {
        basis_digest: case.result.basis_digest.clone(),
        comment: String::new(),
        passphrase: PASSPHRASE.into(),
    };
    let step = countersign_reviewed(&mut room.desk, assessment.clone(), form).unwrap();
    assert!(step.undo.is_some());
    let decision = room.result(&assessment).decision.unwrap();
    assert!(decision.countersigns.unwrap().starts_with("Jo Marsh"));
}

#[test]
fn a_case_decided_from_another_screen_is_not_offered_again_by_the_session() {
    let mut room = Room::demo();
    room.waiting_cases(3);
    let session = room.begin_session();
    let queue: Vec<String> = assessments(&session).iter().map(|&id| id.into()).collect();
    room.sign(&queue[1]);
    let step = room.signed(&queue[0]);
    assert_eq!(step.session.queue[1].state, "elsewhere");
    assert_eq!(step.next.unwrap().assessment, queue[2]);
}

#[test]
fn the_end_says_what_was_done_and_no_case_outside_the_session_is_signed_through_it() {
    let mut room = Room::demo();
    room.waiting_cases(3);
    let two = ReviewForm { most: 2, ..all() };
    let session = begin_review(&mut room.desk, two).unwrap();
    let inside = session.queue[0].assessment.clone();
    let store = &room.desk.sitting().unwrap().opened.store;
    let rows = store.list(List::Named("to-sign"), 0, 99).unwrap().rows;
    let rows = rows
        .iter()
        .filter_map(crate::summary::PatientSummary::from_row);
    let outside = rows
        .map(|row| row.assessments[0].clone())
        .find(|id| !assessments(&session).contains(&id.as_str()))
        .unwrap();
    let drawn = room.result(&outside);
    let form = own_choice(&drawn);
    let refused = sign_reviewed(&mut room.desk, outside, String::new(), form);
    assert!(matches!(refused, Err(Refusal::NotFound(_))));
    room.signed(&inside);
    let end = end_review(&mut room.desk).unwrap();
    assert_eq!(end.words, "1 signed with a reason, 1 not decided");
    assert_eq!((end.rows.len(), end.unsent), (2, None));
    assert!(end_review(&mut room.desk).is_err());
}

#[test]
fn the_row_of_a_patient_who_was_in_no_session_is_as_it_was_before_there_were_any() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    let json = |room: &Room| {
        let store = &room.desk.sitting().unwrap().opened.store;
        store
            .summary(patient_id(&patient).unwrap())
            .unwrap()
            .unwrap()
            .json
    };
    assert!(!json(&room).contains("\"aside\"") && !json(&room).contains("\"looked\""));
    room.begin_session();
    room.look(&assessment);
    pass_by(&mut room.desk, assessment.clone()).unwrap();
    assert!(json(&room).contains("\"looked\""));
    let again = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    let made = crate::summary::PatientSummary::row_of(&again).unwrap();
    assert_eq!(made.json, json(&room));
    room.signed(&assessment);
    assert!(!json(&room).contains("\"looked\""));
}

#[test]
fn safety_09_the_lead_sees_how_often_and_how_quickly_but_never_by_whom_nor_of_a_few() {
    let mut room = Room::demo();
    let (_, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    let case = room.look(&assessment);
    room.turn(SignedDuration::from_secs(9));
    let form = DecisionForm {
        basis_digest: case.result.basis_digest.clone(),
        passphrase: PASSPHRASE.into(),
        ..case.result.proposed.clone()
    };
    sign_reviewed(&mut room.desk, assessment.clone(), String::new(), form).unwrap();
    let row = room.desk.summaries().unwrap().remove(0);
    let signed = row.signed_in_session.unwrap();
    assert!(signed.as_proposed);
    assert_eq!(signed.seconds, 9);
    let hidden = decide::is_hidden(item_id(&assessment).unwrap());
    assert_eq!(signed.first_choice.is_some(), hidden);
    assert!(review_rates(&mut room.desk).is_err());
    let lead = room.hire("Edith Whitlock", Role::Lead);
    room.seat(&lead);
    let rates = review_rates(&mut room.desk).unwrap();
    assert_eq!(
        (rates.signed.as_str(), rates.as_proposed.as_str()),
        ("*", "*")
    );
    assert_eq!(rates.quick, "*");
    // What is taken back or decided elsewhere counts no more.
    room.sign(&assessment);
    assert_eq!(review_rates(&mut room.desk).unwrap().signed, "0");
}
