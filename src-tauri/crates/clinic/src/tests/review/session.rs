//! Whose cases a session has, and one signature after another.

use jiff::SignedDuration;
use record::body::Reviewed;
use record::role::Role;

use super::{all, asked_again, assessments};
use crate::decide;
use crate::desk::{item_id, patient_id};
use crate::refusal::Refusal;
use crate::review::{begin_review, end_review, review_case, review_choices, sign_reviewed};
use crate::tests::Room;
use crate::tests::another_device::detail;
use crate::tests::forms::{own_choice, referral};
use crate::tests::room::PASSPHRASE;
use crate::view::{DecisionForm, ReviewForm};

#[test]
fn a_session_has_the_cases_that_wait_to_be_signed_and_no_more_than_were_asked_for() {
    let mut room = Room::demo();
    let cases = room.waiting_cases(3);
    room.sign(&cases[0].1);
    let choices = review_choices(&mut room.desk).unwrap();
    assert_eq!((choices.waiting, choices.aside), (2, 0));
    assert_eq!(choices.sites[0].count, 2);
    let session = room.begin_session();
    let mut queued = assessments(&session);
    queued.sort_unstable();
    let mut wanted = [cases[1].1.as_str(), cases[2].1.as_str()];
    wanted.sort_unstable();
    assert_eq!(queued, wanted);
    let one = ReviewForm { most: 1, ..all() };
    assert_eq!(begin_review(&mut room.desk, one).unwrap().queue.len(), 1);
}

#[test]
fn the_most_urgent_case_comes_first() {
    let mut room = Room::demo();
    let asked = [
        ("Abernethy", "routine"),
        ("Quayle", "urgent"),
        ("Upton", "soon"),
    ];
    for (family, urgency) in asked {
        let form = crate::view::ReferralForm {
            asked_urgency: urgency.into(),
            ..referral(family, "Ruth")
        };
        let patient = room.refer(form);
        let assessment = room.start(&patient);
        room.ask_everything(&assessment);
        assert!(room.finish(&assessment).finished);
    }
    let session = room.begin_session();
    let names: Vec<&str> = session.queue.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["QUAYLE, Ruth", "UPTON, Ruth", "ABERNETHY, Ruth"]);
    let urgent = ReviewForm {
        urgency: "urgent".into(),
        ..all()
    };
    let session = begin_review(&mut room.desk, urgent).unwrap();
    assert_eq!(session.queue.len(), 1);
}

#[test]
fn the_next_case_comes_with_the_answer_to_a_signature() {
    let mut room = Room::demo();
    room.waiting_cases(3);
    let session = room.begin_session();
    let queue: Vec<String> = assessments(&session).iter().map(|&id| id.into()).collect();
    let step = room.signed(&queue[1]);
    assert_eq!(step.next.unwrap().assessment, queue[2]);
    assert_eq!(step.session.at.as_deref(), Some(queue[2].as_str()));
    assert_eq!(step.session.queue[1].state, "changed");
    // After the last one the first that was left comes.
    let step = room.signed(&queue[2]);
    assert_eq!(step.next.unwrap().assessment, queue[0]);
    let step = room.signed(&queue[0]);
    assert!(step.next.is_none());
    assert_eq!(step.session.done, 3);
    assert_eq!(room.unsigned(), 0);
}

#[test]
fn the_passphrase_is_asked_for_once_in_a_session_and_again_after_a_lock() {
    let mut room = Room::demo();
    room.waiting_cases(4);
    let session = room.begin_session();
    let queue: Vec<String> = assessments(&session).iter().map(|&id| id.into()).collect();
    assert!(session.asks);
    assert!(asked_again(
        &room.sign_in_session(&queue[0], "").unwrap_err()
    ));
    assert!(!room.signed(&queue[0]).session.asks);
    room.turn(SignedDuration::from_mins(14));
    assert!(room.sign_in_session(&queue[1], "").is_ok());
    let osei = room.osei.clone();
    room.seat(&osei);
    assert!(asked_again(
        &room.sign_in_session(&queue[2], "").unwrap_err()
    ));
    assert!(room.sign_in_session(&queue[2], PASSPHRASE).is_ok());
}

#[test]
fn the_passphrase_is_asked_for_again_after_a_quarter_of_an_hour_and_after_the_end() {
    let mut room = Room::demo();
    let queue = room.queue(3);
    room.signed(&queue[0]);
    room.turn(SignedDuration::from_mins(15));
    assert!(asked_again(
        &room.sign_in_session(&queue[1], "").unwrap_err()
    ));
    room.signed(&queue[1]);
    end_review(&mut room.desk).unwrap();
    room.begin_session();
    assert!(asked_again(
        &room.sign_in_session(&queue[2], "").unwrap_err()
    ));
}

#[test]
fn what_a_session_was_shown_signs_nothing_outside_it() {
    let mut room = Room::demo();
    let queue = room.queue(2);
    room.signed(&queue[0]);
    let drawn = room.result(&queue[1]);
    let form = DecisionForm {
        passphrase: String::new(),
        ..own_choice(&drawn)
    };
    let refused = decide::sign_decision(&mut room.desk, queue[1].clone(), form);
    assert!(refused.is_err());
    assert!(room.result(&queue[1]).decision.is_none());
}

#[test]
fn nothing_typed_is_no_wrong_try_and_a_wrong_one_is() {
    let mut room = Room::demo();
    let queue = room.queue(2);
    let seen = room.trail().len();
    for _ in 0..6 {
        drop(room.sign_in_session(&queue[0], "").unwrap_err());
    }
    let wrong = "wrong-passphrase";
    let tries = |room: &Room| {
        let said = room.said_since(seen).into_iter();
        said.filter(|(action, _)| action == wrong).count()
    };
    assert_eq!(tries(&room), 0);
    room.signed(&queue[0]);
    // Somebody else types: what was shown before counts no more.
    drop(
        room.sign_in_session(&queue[1], "not the passphrase")
            .unwrap_err(),
    );
    assert_eq!(tries(&room), 1);
    assert!(asked_again(
        &room.sign_in_session(&queue[1], "").unwrap_err()
    ));
}

#[test]
fn a_session_goes_on_after_a_lock_where_it_stood_and_is_nobody_elses() {
    let mut room = Room::demo();
    let queue = room.queue(3);
    room.signed(&queue[0]);
    room.seat_a(Role::Lead);
    assert_eq!(review_choices(&mut room.desk).unwrap().under_way, None);
    assert!(review_case(&mut room.desk, queue[1].clone()).is_err());
    let osei = room.osei.clone();
    room.seat(&osei);
    let again = review_choices(&mut room.desk).unwrap().under_way.unwrap();
    assert_eq!(assessments(&again), queue);
    assert_eq!(again.at.as_deref(), Some(queue[1].as_str()));
    assert_eq!(again.queue[0].state, "changed");
}

#[test]
fn safety_04_an_entry_that_arrived_since_the_case_was_drawn_blocks_its_signature() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    let case = room.look(&assessment);
    let seen = room.as_of_now(&patient);
    room.arrive(&patient, &seen, 3, vec![detail("phone", "01632 960 777")]);
    let form = own_choice(&case.result);
    let refused = sign_reviewed(&mut room.desk, assessment.clone(), String::new(), form);
    assert!(matches!(refused, Err(Refusal::Stale(_))));
    assert!(room.result(&assessment).decision.is_none());
}

#[test]
fn a_colleagues_look_at_the_case_stops_no_signature() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    let case = room.look(&assessment);
    let looked = Reviewed {
        assessment: item_id(&assessment).unwrap(),
        session: item_id(&assessment).unwrap(),
        step: "passed".into(),
        seconds: 12,
        hidden: false,
    };
    let seen = room.as_of_now(&patient);
    let line = crate::desk::Line::appended(&looked).unwrap();
    room.arrive(&patient, &seen, 3, vec![line]);
    let form = own_choice(&case.result);
    assert!(sign_reviewed(&mut room.desk, assessment, String::new(), form).is_ok());
}

#[test]
fn safety_09_a_hidden_proposal_is_chosen_for_before_it_is_signed_in_a_session() {
    let mut room = Room::demo_of(5);
    let mut hidden = None;
    for number in 0..60 {
        let patient = room.refer(referral(&format!("Family{number}"), "Given"));
        let assessment = room.start(&patient);
        if decide::is_hidden(item_id(&assessment).unwrap()) {
            room.ask_everything(&assessment);
            assert!(room.finish(&assessment).finished);
            hidden = Some((patient, assessment));
            break;
        }
    }
    let (patient, assessment) = hidden.unwrap();
    room.begin_session();
    let case = review_case(&mut room.desk, assessment.clone()).unwrap();
    assert!(case.result.triage.hidden);
    assert_eq!(case.result.proposed, DecisionForm::default());
    let form = own_choice(&case.result);
    let refused = sign_reviewed(&mut room.desk, assessment.clone(), String::new(), form);
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("you choose first")
    );
    room.signed(&assessment);
    let case = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    assert!(case.appended::<Reviewed>()[0].body.hidden);
}

#[test]
fn a_signature_says_in_which_session_after_how_long_and_what_was_done() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    let case = room.look(&assessment);
    room.turn(SignedDuration::from_secs(42));
    let as_proposed = DecisionForm {
        basis_digest: case.result.basis_digest.clone(),
        passphrase: PASSPHRASE.into(),
        ..case.result.proposed.clone()
    };
    sign_reviewed(&mut room.desk, assessment, String::new(), as_proposed).unwrap();
    let case = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    let looks = case.appended::<Reviewed>();
    assert_eq!(looks.len(), 1);
    assert_eq!(
        (looks[0].body.step.as_str(), looks[0].body.seconds),
        ("signed", 42)
    );
    let decision = case.acted_on(looks[0].body.assessment).unwrap();
    assert_eq!(decision.placed.id.envelope, looks[0].placed.id.envelope);
    assert!(decision.placed.id.index > looks[0].placed.id.index);
    assert!(decision.placed.entry.signed.is_some());
}
