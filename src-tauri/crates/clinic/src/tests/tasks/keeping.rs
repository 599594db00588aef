//! Who has a task, what it takes to finish it, and when it is late.

use record::body::Task;
use record::id::ItemId;
use record::role::Role;
use store::SiteKind;

use super::{fields, followed, open};
use crate::case::slots;
use crate::desk::{Line, patient_id};
use crate::refusal::Refusal;
use crate::tests::Room;
use crate::view::{AddTaskForm, DeathForm, FinishTaskForm, GiveTaskForm};
use crate::{line, person, task, worklist};

#[test]
fn a_task_that_one_says_is_done_and_another_gives_away_stays_open() {
    let (mut room, patient, _) = followed();
    let first = open(&mut room, &patient)[0].id.clone();
    let seen = room.as_of_now(&patient);
    let id: ItemId = first.parse().unwrap();
    let given = Task {
        owner: Some(room.osei.parse().unwrap()),
        ..seen_task(&mut room, &patient, id)
    };
    let done = FinishTaskForm {
        done_on: "2026-11-24".into(),
        told: "Clinic".into(),
        receipt: "1".into(),
    };
    task::finish_task(&mut room.desk, patient.clone(), first, done).unwrap();
    let lines = vec![Line::of(slots::task(id), &given).unwrap()];
    room.arrive(&patient, &seen, 3, lines);
    assert_eq!(open(&mut room, &patient).len(), 3);
}

fn seen_task(room: &mut Room, patient: &str, id: ItemId) -> Task {
    let case = room
        .desk
        .case_unshown(patient_id(patient).unwrap())
        .unwrap();
    case.task(id).unwrap().body.clone()
}

#[test]
fn a_task_that_asks_for_a_receipt_is_not_done_without_one() {
    let (mut room, patient, _) = followed();
    let referral = open(&mut room, &patient)[0].clone();
    assert_eq!(referral.asks, "reference");
    let mut finish = |form: FinishTaskForm| {
        task::finish_task(&mut room.desk, patient.clone(), referral.id.clone(), form)
    };
    assert_eq!(
        fields(finish(FinishTaskForm::default())),
        ["done_on", "told", "receipt"]
    );
    let form = FinishTaskForm {
        done_on: "2026-11-25".into(),
        told: "Spinal clinic".into(),
        receipt: "Ref 99".into(),
    };
    assert_eq!(
        fields(finish(form.clone())),
        ["done_on"],
        "tomorrow is still to come"
    );
    let form = FinishTaskForm {
        done_on: "2026-11-24".into(),
        ..form
    };
    let view = finish(form.clone()).unwrap();
    let done = view.tasks.iter().find(|it| it.state == "done").unwrap();
    assert_eq!(
        done.state_words,
        "Done 24-Nov-2026. Told: Spinal clinic. Reference: Ref 99"
    );
    assert_eq!(
        (view.said.as_str(), done.who.as_str()),
        ("1 of 3 done", "You")
    );
    assert!(matches!(finish(form), Err(Refusal::Stale(_))), "twice");
    let steps = line::case_sync(&mut room.desk, patient).unwrap().steps;
    let tasks = steps.iter().find(|it| it.step == "Tasks").unwrap();
    assert_eq!((tasks.words.as_str(), tasks.done), ("1 of 3 done", false));
}

#[test]
fn a_task_stands_in_the_list_of_its_role_until_somebody_takes_it_and_can_be_given_on() {
    let (mut room, patient, _) = followed();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    let mine = |room: &mut Room| task::tasks(&mut room.desk, "mine".into()).unwrap().rows;
    assert!(mine(&mut room).is_empty(), "a consultant's list");
    room.seat(&bea);
    let rows = mine(&mut room);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0].who, "Nurse, Fernbank Spoke");
    assert_eq!(rows[0].name, "NDLOVU, Thabo");
    let id = rows[0].id.clone();
    let view = task::take_task(&mut room.desk, patient.clone(), id.clone()).unwrap();
    assert!(view.tasks.iter().any(|it| it.id == id && it.yours));
    let osei = room.osei.clone();
    let give = |room: &mut Room, due: &str| {
        let form = GiveTaskForm {
            to: osei.clone(),
            due: due.into(),
        };
        task::give_task(&mut room.desk, patient.clone(), id.clone(), form)
    };
    assert_eq!(fields(give(&mut room, "2026-11-01")), ["due"]);
    drop(give(&mut room, "2026-12-01").unwrap());
    assert_eq!(mine(&mut room).len(), 2);
    room.seat(&osei);
    assert_eq!(
        (
            mine(&mut room)[0].id.as_str(),
            mine(&mut room)[0].due.as_str()
        ),
        (id.as_str(), "01-Dec-2026")
    );
    let reason = "The patient went privately".to_owned();
    let view = task::drop_task(&mut room.desk, patient, id, reason).unwrap();
    let dropped = view
        .tasks
        .iter()
        .find(|it| it.state == "not-needed")
        .unwrap();
    assert_eq!(
        dropped.state_words,
        "Not needed. The patient went privately"
    );
    assert!(mine(&mut room).is_empty());
}

#[test]
fn a_task_is_overdue_from_the_day_after_it_was_due_until_it_is_done() {
    let (mut room, patient, _) = followed();
    let late = |room: &mut Room| {
        let rows = worklist::overdue(&mut room.desk).unwrap().rows;
        let tasks = rows.into_iter().filter(|row| row.kind == "task");
        tasks.collect::<Vec<_>>()
    };
    room.days(3);
    assert!(late(&mut room).is_empty(), "due today");
    room.days(1);
    let rows = late(&mut room);
    assert_eq!(rows.len(), 1);
    assert!(rows[0].words.starts_with("Not done: Send the referral"));
    assert_eq!(
        (rows[0].patient.as_str(), rows[0].assessment.as_deref()),
        (patient.as_str(), None)
    );
    let list = task::tasks(&mut room.desk, "overdue".into()).unwrap();
    assert_eq!(list.rows[0].late.as_deref(), Some("1 day late"));
    let id = list.rows[0].id.clone();
    task::drop_task(&mut room.desk, patient, id, "Seen there already".into()).unwrap();
    assert!(late(&mut room).is_empty());
}

#[test]
fn nobody_is_told_to_ring_somebody_who_has_died() {
    let (mut room, patient, _) = followed();
    let form = DeathForm {
        died: true,
        date: "2026-11-24".into(),
        source: "gp".into(),
        ..DeathForm::default()
    };
    person::record_death(&mut room.desk, patient.clone(), form).unwrap();
    let list = task::tasks(&mut room.desk, "all".into()).unwrap();
    assert!(list.rows.is_empty());
    room.days(30);
    let rows = worklist::overdue(&mut room.desk).unwrap().rows;
    assert!(rows.iter().all(|row| row.kind != "task"));
    assert_eq!(
        open(&mut room, &patient).len(),
        3,
        "they still stand on the record"
    );
}

#[test]
fn the_hub_does_what_is_done_at_the_hub_and_a_spoke_alone_does_it_all() {
    let (mut room, patient, _) = followed();
    let form = AddTaskForm {
        step: "book-hub".into(),
        due: "2026-12-01".into(),
        ..AddTaskForm::default()
    };
    let view = task::add_task(&mut room.desk, patient, form).unwrap();
    let booked = view
        .tasks
        .iter()
        .find(|it| it.words.starts_with("Book the hub"))
        .unwrap();
    assert_eq!(
        booked.who, "Administrator, Fernbank Spoke",
        "there is no hub"
    );
    assert_eq!(
        room.desk.sitting().unwrap().opened.identity.site_kind,
        SiteKind::Spoke
    );
    let own = AddTaskForm {
        due: "2026-12-01".into(),
        ..AddTaskForm::default()
    };
    let patient = view.patient;
    assert_eq!(
        fields(task::add_task(&mut room.desk, patient.clone(), own.clone())),
        ["words", "role"]
    );
    let own = AddTaskForm {
        words: "Post the flare-up card".into(),
        role: "nurse".into(),
        ..own
    };
    let view = task::add_task(&mut room.desk, patient, own).unwrap();
    assert_eq!(view.said, "0 of 5 done");
}
