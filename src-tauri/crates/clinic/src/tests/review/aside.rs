//! Cases put aside, and when they come back.

use record::role::Role;

use super::{assessments, only};
use crate::desk::{item_id, patient_id};
use crate::review::{begin_review, put_aside, review_choices};
use crate::tests::Room;
use crate::tests::another_device::detail;
use crate::tests::forms::referral;
use crate::view::Fault;
use crate::worklist;

#[test]
fn a_case_put_aside_is_left_out_until_its_day() {
    let mut room = Room::demo();
    room.waiting_cases(2);
    let session = room.begin_session();
    let first = session.queue[0].assessment.clone();
    room.look(&first);
    let until = room.in_days(3);
    let step = put_aside(
        &mut room.desk,
        first.clone(),
        until,
        "Waits for the scan".into(),
    );
    let step = step.unwrap();
    assert_eq!(step.session.queue[0].state, "put-aside");
    assert_eq!(step.next.unwrap().assessment, session.queue[1].assessment);
    let choices = review_choices(&mut room.desk).unwrap();
    assert_eq!((choices.waiting, choices.aside), (1, 1));
    assert_eq!(room.unsigned(), 2);
    let list = worklist::worklist(&mut room.desk, "to-sign".into(), String::new(), 0).unwrap();
    let steps: Vec<&str> = list.rows.iter().map(|row| row.next_step.as_str()).collect();
    assert!(steps.contains(&"Put aside until 27-Nov-2026"), "{steps:?}");
    let again = room.begin_session();
    assert_eq!(again.queue.len(), 1);
    room.days(3);
    let osei = room.osei.clone();
    room.seat(&osei);
    let returned = begin_review(&mut room.desk, only("put-aside")).unwrap();
    assert_eq!(assessments(&returned), [first.as_str()]);
    let said = room.look(&first).aside.unwrap();
    assert!(
        said.contains("27-Nov-2026") && said.ends_with("Waits for the scan"),
        "{said}"
    );
}

#[test]
fn safety_04_a_case_put_aside_comes_back_as_soon_as_somebody_adds_to_it() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    let before = room.as_of_now(&patient);
    room.begin_session();
    room.look(&assessment);
    let until = room.in_days(3);
    put_aside(
        &mut room.desk,
        assessment.clone(),
        until,
        "Waits for the scan".into(),
    )
    .unwrap();
    assert_eq!(review_choices(&mut room.desk).unwrap().waiting, 0);
    // What was written offline, before anybody looked, arrives late and under an early counter.
    let nurse = room.hire("Bola Okafor", Role::Nurse);
    let osei = room.osei.clone();
    room.seat(&nurse);
    room.arrive(&patient, &before, 3, vec![detail("phone", "01632 960 777")]);
    room.seat(&osei);
    let choices = review_choices(&mut room.desk).unwrap();
    assert_eq!((choices.waiting, choices.only[0].count), (1, 1));
    begin_review(&mut room.desk, only("changed")).unwrap();
    let since = room.look(&assessment).since.unwrap();
    assert!(
        since.words.starts_with("Since you looked, 24-Nov-2026"),
        "{}",
        since.words
    );
    assert_eq!(since.lines.len(), 1);
    assert!(since.lines[0].value.contains("01632 960 777"));
}

#[test]
fn safety_18_nothing_urgent_is_left_out_because_somebody_put_it_aside() {
    let mut room = Room::demo();
    let form = crate::view::ReferralForm {
        asked_urgency: "urgent".into(),
        ..referral("Abernethy", "Ruth")
    };
    let patient = room.refer(form);
    let assessment = room.start(&patient);
    room.ask_everything(&assessment);
    assert!(room.finish(&assessment).finished);
    room.begin_session();
    room.look(&assessment);
    let until = room.in_days(3);
    put_aside(
        &mut room.desk,
        assessment,
        until,
        "Waits for the scan".into(),
    )
    .unwrap();
    let choices = review_choices(&mut room.desk).unwrap();
    assert_eq!((choices.waiting, choices.aside), (1, 0));
}

#[test]
fn a_case_is_put_aside_only_until_a_day_within_four_weeks_and_with_a_reason() {
    let mut room = Room::demo();
    let (_, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    let (today, far) = (room.in_days(0), room.in_days(29));
    for (until, reason, field) in [
        ("", "Waits", "until"),
        (today.as_str(), "Waits", "until"),
        (far.as_str(), "Waits", "until"),
        ("2026-11-25", " ", "reason"),
    ] {
        let refused = put_aside(
            &mut room.desk,
            assessment.clone(),
            until.into(),
            reason.into(),
        );
        let fault = Fault::from(refused.unwrap_err());
        assert_eq!(fault.fields[0].field, field);
    }
}

#[test]
fn signing_takes_up_what_was_put_aside() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    room.look(&assessment);
    let until = room.in_days(3);
    put_aside(
        &mut room.desk,
        assessment.clone(),
        until,
        "Waits for the scan".into(),
    )
    .unwrap();
    room.signed(&assessment);
    let id = item_id(&assessment).unwrap();
    let case = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    assert!(case.aside(id).is_none());
    assert!(case.acted_on(id).is_some());
}
