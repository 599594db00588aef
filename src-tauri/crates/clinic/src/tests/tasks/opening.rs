//! When the tasks of a decision open, and what becomes of them with the decision.

use record::body::{Adoptable, Task, Withdrawal};
use record::id::ItemId;
use record::role::Role;

use super::{followed, open, tasks_of, tick};
use crate::case::slots;
use crate::desk::{Line, patient_id};
use crate::door::Watched;
use crate::refusal::Refusal;
use crate::tests::Room;
use crate::tests::another_device::decision;
use crate::tests::forms::{own_choice, referral};
use crate::tests::receipts::AT_HUB;
use crate::view::FinishTaskForm;
use crate::{decide, task};

#[test]
fn a_decision_opens_its_tasks_a_minute_after_it_was_signed_and_not_before() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    assert_eq!(
        tasks_of(&mut room, &patient).waits,
        None,
        "nothing is decided"
    );
    room.sign(&assessment);
    tick(&mut room, 30);
    tick(&mut room, 29);
    let before = tasks_of(&mut room, &patient);
    assert!(before.tasks.is_empty());
    assert!(
        before
            .waits
            .unwrap()
            .contains("a minute after it was signed")
    );
    let asked = task::open_tasks(&mut room.desk, assessment);
    assert!(matches!(asked, Err(Refusal::Plain(_))), "nor by hand");
    assert_eq!(tick(&mut room, 1), Watched::Followed, "and they are sent");
    let after = tasks_of(&mut room, &patient);
    let said: Vec<_> = after
        .tasks
        .iter()
        .map(|it| (&*it.words, &*it.due))
        .collect();
    // Soon, signed on 24-Nov-2026: the days are those of the pathways' paces.
    assert_eq!(said.len(), 3);
    assert!(said[0].0.starts_with("Send the referral to spinal surgery"));
    assert_eq!(said[0].1, "27-Nov-2026");
    assert_eq!((said[1].1, said[2].1), ("29-Nov-2026", "29-Nov-2026"));
    assert_eq!((after.waits, after.unopened), (None, None));
    assert_eq!(after.said, "0 of 3 done");
    assert!(after.content.contains("DRAFT"), "{}", after.content);
    let letters: Vec<_> = after
        .tasks
        .iter()
        .filter_map(|it| it.letter.clone())
        .collect();
    assert_eq!(letters, ["Letter to the hospital", "Letter to the GP"]);
    tick(&mut room, 30);
    assert_eq!(open(&mut room, &patient).len(), 3, "and opens them once");
}

#[test]
fn locking_opens_what_was_signed_since_nothing_can_be_taken_back_any_more() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    room.sign(&assessment);
    let bea = room.hire("Bea Nowak", Role::Nurse);
    room.seat(&bea);
    assert_eq!(open(&mut room, &patient).len(), 3);
    let seen = room.trail().len();
    let osei = room.osei.clone();
    room.seat(&osei);
    let changed = room.said_since(seen);
    assert!(
        changed.iter().all(|(action, _)| action != "changed"),
        "once: {changed:?}"
    );
}

#[test]
fn a_crash_within_the_minute_loses_no_task() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    room.sign(&assessment);
    room.crash();
    let osei = room.osei.clone();
    room.unlock(&osei);
    assert_eq!(open(&mut room, &patient).len(), 3);
    room.crash();
    room.unlock(&osei);
    assert_eq!(open(&mut room, &patient).len(), 3);
}

#[test]
fn two_laptops_that_open_the_tasks_of_one_decision_write_the_same() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    room.sign(&assessment);
    let osei = room.osei.clone();
    let bodies = |room: &mut Room| {
        room.unlock(&osei);
        let case = room
            .desk
            .case_unshown(patient_id(&patient).unwrap())
            .unwrap();
        let tasks = case.tasks();
        tasks
            .iter()
            .map(|now| now.body.clone())
            .collect::<Vec<Task>>()
    };
    let seen = room.as_of_now(&patient);
    let mut other = room.copied();
    other.days(1);
    let theirs = bodies(&mut other);
    other.days(-1);
    room.crash();
    let ours = bodies(&mut room);
    assert_eq!(ours.len(), 3);
    assert!(ours == theirs, "made from the decision alone");
    // One is finished here, then the other laptop's openings arrive.
    let done = FinishTaskForm {
        done_on: "2026-11-24".into(),
        told: "Spinal clinic".into(),
        receipt: "Ref 99".into(),
    };
    let first = ours[0].task.to_string();
    task::finish_task(&mut room.desk, patient.clone(), first, done).unwrap();
    let lines = theirs
        .iter()
        .map(|body| Line::of(slots::task(body.task), body).unwrap());
    room.arrive(&patient, &seen, 3, lines.collect());
    let view = tasks_of(&mut room, &patient);
    assert_eq!(view.said, "1 of 3 done", "what is done stays done");
    let case = room
        .desk
        .case_unshown(patient_id(&patient).unwrap())
        .unwrap();
    assert!(case.conflicts().is_empty());
}

#[test]
fn of_two_decisions_at_once_the_tasks_of_the_more_urgent_are_open_and_the_others_held() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    let seen = room.as_of_now(&patient);
    room.sign(&assessment);
    tick(&mut room, 30);
    tick(&mut room, 31);
    room.arrive(
        &patient,
        &seen,
        AT_HUB,
        vec![decision(&assessment, "same-day")],
    );
    let view = tasks_of(&mut room, &patient);
    assert!(
        view.tasks.iter().all(|it| it.state == "held"),
        "{:?}",
        view.tasks
    );
    assert!(view.tasks[0].state_words.starts_with("Held: two decisions"));
    let held = task::take_task(&mut room.desk, patient.clone(), view.tasks[0].id.clone());
    assert!(matches!(held, Err(Refusal::Plain(_))));
    // Those of the more urgent one are opened by whoever sees that they are missing.
    assert_eq!(
        view.unopened, None,
        "the minute of the other has not passed"
    );
    tick(&mut room, 30);
    tick(&mut room, 31);
    assert_eq!(
        tasks_of(&mut room, &patient).unopened,
        Some(assessment.clone())
    );
    let opened = task::open_tasks(&mut room.desk, assessment.clone()).unwrap();
    let count = |state: &str| opened.tasks.iter().filter(|it| it.state == state).count();
    assert_eq!((count("open"), count("held")), (3, 3));
    // A decision that saw both takes the place of both.
    let drawn = room.result(&assessment);
    decide::sign_decision(&mut room.desk, assessment, own_choice(&drawn)).unwrap();
    tick(&mut room, 30);
    tick(&mut room, 31);
    let view = tasks_of(&mut room, &patient);
    let count = |state: &str| view.tasks.iter().filter(|it| it.state == state).count();
    assert_eq!((count("open"), count("not-needed")), (3, 6));
    let closed = view
        .tasks
        .iter()
        .find(|it| it.state == "not-needed")
        .unwrap();
    assert!(
        closed
            .state_words
            .contains("Another decision took the place")
    );
}

#[test]
fn a_withdrawn_decision_closes_its_tasks_with_the_reason_and_opens_none() {
    let (mut room, patient, assessment) = followed();
    let id: ItemId = assessment.parse().unwrap();
    let seen = room.as_of_now(&patient);
    let body = Withdrawal {
        what: Adoptable::Other("decision".into()),
        name: "D05 soon".into(),
        digest: "0".repeat(64),
        reason: "Signed on the wrong line".into(),
    };
    let withdrawn = Line::of(slots::decision(id), &body).unwrap();
    room.arrive(&patient, &seen, AT_HUB, vec![withdrawn]);
    let view = tasks_of(&mut room, &patient);
    assert_eq!(view.said, "");
    for task in &view.tasks {
        assert_eq!(task.state, "not-needed");
        assert!(
            task.state_words.contains("was withdrawn"),
            "{}",
            task.state_words
        );
    }
    assert_eq!((view.waits, view.unopened), (None, None));
    let asked = task::open_tasks(&mut room.desk, assessment);
    assert!(matches!(asked, Err(Refusal::Plain(_))));
    let list = task::tasks(&mut room.desk, "all".into()).unwrap();
    assert!(list.rows.is_empty(), "{:?}", list.rows);
}

#[test]
fn opening_tasks_leaves_whoever_is_on_the_screen_there_as_they_were_read() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    room.sign(&assessment);
    let other = room.refer(referral("Okafor", "Emeka"));
    let other = patient_id(&other).unwrap();
    drop(room.desk.case(other).unwrap());
    tick(&mut room, 30);
    tick(&mut room, 31);
    let shown = room.desk.sitting().unwrap().shown.as_ref();
    assert_eq!(shown.map(|shown| shown.patient), Some(other));
}
