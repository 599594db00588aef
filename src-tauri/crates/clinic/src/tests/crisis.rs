//! Danger now: what opens a record of safety, what closes it, and what survives.

use assessment::route::{ACTING_NOW, SAFETY};
use jiff::SignedDuration;

use super::Room;
use super::forms::{absent, number, present};
use crate::assess;
use crate::door;
use crate::refusal::Refusal;
use crate::route;
use crate::view::{AnswerView, OpenAction, RouteForm, RouteView, Status, UrgencyTag};
use crate::worklist;

fn actions(room: &mut Room) -> Vec<OpenAction> {
    worklist::worklist(&mut room.desk, String::new(), String::new(), 0)
        .unwrap()
        .open_actions
}

fn safety_records(room: &mut Room) -> usize {
    actions(room)
        .iter()
        .filter(|action| action.kind == "safety-record")
        .count()
}

fn record(room: &mut Room, patient: &str, form: RouteForm) -> Result<RouteView, Refusal> {
    route::record_route(&mut room.desk, patient.to_owned(), SAFETY.into(), form)
}

fn acting_now() -> RouteForm {
    RouteForm {
        outcome: ACTING_NOW.into(),
        ..RouteForm::default()
    }
}

fn whole_record() -> RouteForm {
    RouteForm {
        outcome: "urgent-today".into(),
        said: "Thinks of it at night".into(),
        intent: "None now".into(),
        means: "Keeps spare morphine".into(),
        protective: "Her sister".into(),
        told: "Crisis team".into(),
        hub_call: "Dr Hale".into(),
        ..RouteForm::default()
    }
}

#[test]
fn safety_06_item_9_of_one_or_declined_or_not_known_opens_a_safety_record_and_leads_at_once() {
    let answers = [
        number(1),
        number(3),
        AnswerView::Declined,
        AnswerView::NotKnown,
        AnswerView::CannotBeAnswered,
    ];
    for answer in answers {
        let mut room = Room::demo();
        let (_, assessment) = room.begin();
        room.ask_everything(&assessment);
        let after = room.answer(&assessment, "phq-9-9", answer.clone());
        assert_eq!(after.route.as_deref(), Some(SAFETY), "{answer:?}");
        assert_eq!(safety_records(&mut room), 1, "{answer:?}");
        let outcome = room.finish(&assessment);
        assert!(!outcome.finished, "{answer:?}");
        assert!(!outcome.blocked_by.is_empty(), "{answer:?}");
    }
}

#[test]
fn safety_06_item_9_of_zero_opens_nothing() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    assert_eq!(room.answer(&assessment, "phq-9-9", number(0)).route, None);
    assert_eq!(safety_records(&mut room), 0);
}

#[test]
fn safety_06_acting_now_leaves_a_red_action_at_the_top_of_the_worklist() {
    let mut room = Room::demo();
    room.refer(super::forms::referral("Aalto", "Essi"));
    let (patient, assessment) = room.begin();
    room.answer(&assessment, "phq-9-9", number(2));
    record(&mut room, &patient, acting_now()).unwrap();
    assert_eq!(safety_records(&mut room), 1);
    let list = worklist::worklist(&mut room.desk, "to-do".into(), String::new(), 0).unwrap();
    assert_eq!(list.rows[0].patient, patient);
    let open: Vec<_> = list
        .open_actions
        .iter()
        .map(|action| action.words.as_str())
        .collect();
    assert!(open.contains(&list.rows[0].next_step.as_str()));
}

#[test]
fn safety_06_a_safety_record_survives_a_crash_a_lock_and_the_night() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    room.answer(&assessment, "phq-9-9", number(2));
    let osei = room.osei.clone();
    room.crash();
    room.days(1);
    room.unlock(&osei);
    assert_eq!(safety_records(&mut room), 1);
    room.seat(&osei);
    assert_eq!(safety_records(&mut room), 1);
    assert!(!room.finish(&assessment).blocked_by.is_empty());
}

#[test]
fn safety_06_lowering_item_9_afterwards_closes_nothing() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    room.ask_everything(&assessment);
    room.answer(&assessment, "phq-9-9", number(2));
    room.answer(&assessment, "phq-9-9", number(0));
    assert_eq!(safety_records(&mut room), 1);
    assert!(!room.finish(&assessment).finished);
}

#[test]
fn safety_06_a_safety_record_closes_only_when_all_that_belongs_in_it_is_written() {
    let mut room = Room::demo();
    let (patient, assessment) = room.begin();
    room.ask_everything(&assessment);
    room.answer(&assessment, "phq-9-9", number(2));
    for empty in ["said", "intent", "means", "protective", "told"] {
        let mut form = whole_record();
        match empty {
            "said" => form.said.clear(),
            "intent" => form.intent.clear(),
            "means" => form.means.clear(),
            "protective" => form.protective.clear(),
            _ => form.told.clear(),
        }
        let refused = record(&mut room, &patient, form).unwrap_err();
        assert!(matches!(&refused, Refusal::Invalid(fields) if fields[0].field == empty));
        assert_eq!(safety_records(&mut room), 1);
    }
    record(&mut room, &patient, whole_record()).unwrap();
    assert_eq!(safety_records(&mut room), 0);
    assert!(room.finish(&assessment).finished);
}

#[test]
fn safety_06_item_9_raised_again_after_its_record_opens_another() {
    let mut room = Room::demo();
    let (patient, assessment) = room.begin();
    room.answer(&assessment, "phq-9-9", number(1));
    record(&mut room, &patient, whole_record()).unwrap();
    room.turn(SignedDuration::from_mins(5));
    let after = room.answer(&assessment, "phq-9-9", number(3));
    assert_eq!(after.route.as_deref(), Some(SAFETY));
    assert_eq!(safety_records(&mut room), 1);
}

#[test]
fn safety_06_an_answer_typed_just_before_a_crash_still_opens_its_red_action() {
    let mut room = Room::demo();
    let (patient, assessment) = room.begin();
    // The answer is on disk and the program is gone before the action is.
    let body = record::body::Answered {
        assessment: assessment.parse().unwrap(),
        question: "phq-9-9".into(),
        answer: record::body::AnswerState::Given {
            value: record::body::AnswerValue::Number(2),
        },
        source: "clinician".into(),
    };
    let slot = crate::case::slots::answer(assessment.parse().unwrap(), "phq-9-9");
    let line = crate::desk::Line::of(slot, &body).unwrap();
    room.desk
        .keep_typed(patient.parse().unwrap(), line)
        .unwrap();
    let osei = room.osei.clone();
    room.crash();
    room.unlock(&osei);
    assert_eq!(safety_records(&mut room), 1);
}

#[test]
fn safety_06_a_hub_that_was_not_told_is_said_on_the_locked_screen_too() {
    let mut room = Room::demo();
    let (patient, assessment) = room.begin();
    let after = room.answer(&assessment, "ces-saddle", present());
    assert_eq!(after.route.as_deref(), Some("ces"));
    let Status::Locked(door) = door::lock(&mut room.desk).unwrap() else {
        panic!("the desk is locked");
    };
    assert_eq!(door.hub_not_told, 1);
    let osei = room.osei.clone();
    room.unlock(&osei);
    let action = actions(&mut room)
        .into_iter()
        .find(|action| action.kind == "hub-not-told")
        .unwrap();
    route::record_hub_call(&mut room.desk, patient, action.id, "Dr Hale".into()).unwrap();
    assert!(
        actions(&mut room)
            .iter()
            .all(|action| action.kind != "hub-not-told")
    );
    let Status::Locked(door) = door::lock(&mut room.desk).unwrap() else {
        panic!("the desk is locked");
    };
    assert_eq!(door.hub_not_told, 0);
}

#[test]
fn safety_06_a_warning_sign_taken_back_does_not_close_its_emergency() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    room.answer(&assessment, "ces-saddle", present());
    room.answer(&assessment, "ces-saddle", absent());
    assert!(
        actions(&mut room)
            .iter()
            .any(|action| action.kind == "emergency-record")
    );
}

#[test]
fn safety_07_declined_signs_close_only_with_a_reason_and_a_safety_net_and_nothing_is_settled() {
    for answer in [
        AnswerView::Declined,
        AnswerView::CannotBeAnswered,
        AnswerView::NotKnown,
    ] {
        let mut room = Room::demo();
        let (_, assessment) = room.begin();
        room.ask_everything(&assessment);
        room.answer(&assessment, "ces-saddle", answer.clone());
        let outcome = room.finish(&assessment);
        assert!(!outcome.finished, "{answer:?}");
        assert_eq!(outcome.needs_safety_net[0].value, "ces-saddle");
        let mut close = |reason: &str, net: &str| {
            assess::finish_assessment(
                &mut room.desk,
                assessment.clone(),
                super::forms::sure(reason, net),
            )
            .unwrap()
            .finished
        };
        assert!(!close("In too much pain to go on", " "), "{answer:?}");
        assert!(!close("", "Card given"), "{answer:?}");
        assert!(
            close("In too much pain to go on", "Card given, 999 explained"),
            "{answer:?}"
        );
        let result = room.result(&assessment);
        assert_eq!(result.triage.urgency, UrgencyTag::NotSettled, "{answer:?}");
        assert!(!result.sign_as_proposed.allowed, "{answer:?}");
    }
}
