//! The spoke is asked for more, and answers.

use record::body::{Enquiry, PutAside};
use record::role::Role;

use super::Room;
use super::tasks::tasks_of;
use crate::case::slots;
use crate::desk::{Line, patient_id};
use crate::refusal::Refusal;
use crate::view::{AskForm, ReviewForm, TaskRow};
use crate::{review, task, worklist};

const QUESTION: &str = "Which hand is weaker, and since when?";

fn question() -> AskForm {
    AskForm {
        text: QUESTION.into(),
        by: "2026-11-26".into(),
    }
}

/// A finished assessment of which the spoke was asked more.
fn asked() -> (Room, String, String) {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    let before = tasks_of(&mut room, &patient);
    assert_eq!(before.ask_about.as_deref(), Some(assessment.as_str()));
    task::ask_spoke(&mut room.desk, assessment.clone(), question()).unwrap();
    (room, patient, assessment)
}

fn mine(room: &mut Room) -> Vec<TaskRow> {
    task::tasks(&mut room.desk, "mine".into()).unwrap().rows
}

fn stands_aside(room: &mut Room, patient: &str, assessment: &str) -> bool {
    let case = room
        .desk
        .case_unshown(patient_id(patient).unwrap())
        .unwrap();
    let held = case.held::<PutAside>(&slots::aside(assessment.parse().unwrap()));
    let found = held.one().unwrap();
    assert_eq!(found.body.until, "2026-11-26");
    !found.body.lifted
}

#[test]
fn what_the_spoke_is_asked_stands_in_the_nurses_list_and_on_the_worklist_with_the_clock() {
    let (mut room, patient, assessment) = asked();
    room.seat_a(Role::Nurse);
    let rows = mine(&mut room);
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0].kind.as_str(), rows[0].due.as_str()),
        ("enquiry", "26-Nov-2026")
    );
    assert!(rows[0].words.ends_with(QUESTION), "{}", rows[0].words);
    let list = worklist::worklist(&mut room.desk, "to-do".into(), String::new(), 0).unwrap();
    assert!(list.rows[0].next_step.ends_with(QUESTION));
    let view = tasks_of(&mut room, &patient);
    assert_eq!(view.enquiries[0].to, "Fernbank Spoke");
    assert!(view.enquiries[0].clock.contains("Nothing pauses it"));
    assert!(stands_aside(&mut room, &patient, &assessment));
}

#[test]
fn an_answer_is_a_reply_in_until_somebody_has_signed_who_saw_it() {
    let (mut room, patient, assessment) = asked();
    room.seat_a(Role::Nurse);
    let enquiry = mine(&mut room)[0].id.clone();
    let answer = |room: &mut Room, text: &str| {
        let patient = patient.clone();
        task::answer_enquiry(&mut room.desk, patient, enquiry.clone(), text.into())
    };
    assert!(matches!(answer(&mut room, " "), Err(Refusal::Invalid(_))));
    let view = answer(&mut room, "The left, for two weeks.").unwrap();
    assert!(!view.enquiries[0].open);
    let said = &view.enquiries[0].answers[0];
    assert!(said.label.starts_with("Robin Nurse, nurse, 24-Nov-2026"));
    assert_eq!(said.value, "The left, for two weeks.");
    assert!(matches!(
        answer(&mut room, "No, the right."),
        Err(Refusal::Stale(_))
    ));
    assert!(mine(&mut room).is_empty());
    assert!(!stands_aside(&mut room, &patient, &assessment));
    let osei = room.osei.clone();
    room.seat(&osei);
    let rows = mine(&mut room);
    assert_eq!(
        (rows[0].kind.as_str(), rows[0].who.as_str()),
        ("reply", "You")
    );
    room.sign(&assessment);
    assert!(mine(&mut room).iter().all(|row| row.kind != "reply"));
}

#[test]
fn an_answer_that_arrives_after_the_screen_was_drawn_blocks_the_signature() {
    let (mut room, patient, assessment) = asked();
    let drawn = room.result(&assessment);
    let enquiry = tasks_of(&mut room, &patient).enquiries[0].id.clone();
    let answer = "The left.".to_owned();
    task::answer_enquiry(&mut room.desk, patient, enquiry, answer).unwrap();
    let form = super::forms::own_choice(&drawn);
    let refused = crate::decide::sign_decision(&mut room.desk, assessment, form);
    assert!(matches!(refused, Err(Refusal::Stale(_))));
}

#[test]
fn asking_in_a_review_session_goes_on_and_the_case_comes_back_with_the_answer() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    let all = ReviewForm {
        most: 20,
        ..ReviewForm::default()
    };
    review::begin_review(&mut room.desk, all.clone()).unwrap();
    drop(review::review_case(&mut room.desk, assessment.clone()).unwrap());
    let step = review::ask_in_review(&mut room.desk, assessment.clone(), question()).unwrap();
    assert_eq!(step.session.queue[0].state, "enquired");
    assert!(step.next.is_none());
    let ended = review::end_review(&mut room.desk).unwrap();
    assert_eq!(ended.words, "1 asked of the spoke");
    let waiting = |room: &mut Room| review::review_choices(&mut room.desk).unwrap().waiting;
    assert_eq!(waiting(&mut room), 0);
    let enquiry = tasks_of(&mut room, &patient).enquiries[0].id.clone();
    task::answer_enquiry(&mut room.desk, patient, enquiry, "The left.".into()).unwrap();
    assert_eq!(waiting(&mut room), 1);
    let reply = ReviewForm {
        only: "reply".into(),
        ..all
    };
    let session = review::begin_review(&mut room.desk, reply).unwrap();
    assert_eq!(session.queue.len(), 1, "reply in");
}

#[test]
fn a_question_that_is_not_answered_by_its_day_is_overdue() {
    let (mut room, _, _) = asked();
    let late = |room: &mut Room| {
        let rows = worklist::overdue(&mut room.desk).unwrap().rows;
        rows.into_iter().filter(|row| row.kind == "enquiry").count()
    };
    room.days(2);
    assert_eq!(late(&mut room), 0, "its day");
    room.days(1);
    assert_eq!(late(&mut room), 1);
}

#[test]
fn the_spoke_is_asked_before_a_decision_and_not_after_one() {
    let (mut room, patient, assessment) = asked();
    room.sign(&assessment);
    assert_eq!(tasks_of(&mut room, &patient).ask_about, None);
    let refused = task::ask_spoke(&mut room.desk, assessment, question());
    assert!(matches!(refused, Err(Refusal::Plain(_))));
    let (_, running) = room.begin();
    let refused = task::ask_spoke(&mut room.desk, running, question());
    assert!(matches!(refused, Err(Refusal::Plain(_))));
}

#[test]
fn a_question_says_what_is_asked_and_by_a_day_that_is_still_to_come() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    let form = AskForm {
        text: String::new(),
        by: "2026-11-23".into(),
    };
    let refused = task::ask_spoke(&mut room.desk, assessment, form).unwrap_err();
    let fields = crate::view::Fault::from(refused).fields;
    let fields: Vec<_> = fields.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(fields, ["text", "by"]);
}

#[test]
fn two_answers_that_did_not_see_each_other_are_both_shown_and_are_no_conflict() {
    let (mut room, patient, _) = asked();
    let seen = room.as_of_now(&patient);
    let id = tasks_of(&mut room, &patient).enquiries[0].id.clone();
    let case = room
        .desk
        .case_unshown(patient_id(&patient).unwrap())
        .unwrap();
    let theirs = Enquiry {
        open: false,
        answer: "Both hands.".into(),
        ..case.enquiries()[0].body.clone()
    };
    task::answer_enquiry(&mut room.desk, patient.clone(), id, "The left.".into()).unwrap();
    let lines = vec![Line::of(slots::enquiry(theirs.enquiry), &theirs).unwrap()];
    room.arrive(&patient, &seen, 3, lines);
    let view = tasks_of(&mut room, &patient);
    let mut said: Vec<_> = view.enquiries[0]
        .answers
        .iter()
        .map(|it| &*it.value)
        .collect();
    said.sort_unstable();
    assert_eq!(said, ["Both hands.", "The left."]);
    let case = room
        .desk
        .case_unshown(patient_id(&patient).unwrap())
        .unwrap();
    assert!(case.conflicts().is_empty());
}
