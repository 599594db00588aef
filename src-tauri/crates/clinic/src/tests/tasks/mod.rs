//! Decisions become actions: when their tasks open, who has them, and what closes them.

mod keeping;
mod opening;

use jiff::SignedDuration;

use super::Room;
use crate::door::{self, Watched};
use crate::refusal::Refusal;
use crate::task;
use crate::view::{FaultCode, TaskView, TasksOf};

pub(in crate::tests) fn tasks_of(room: &mut Room, patient: &str) -> TasksOf {
    task::tasks_of(&mut room.desk, patient.to_owned()).unwrap()
}

fn open(room: &mut Room, patient: &str) -> Vec<TaskView> {
    let mut tasks = tasks_of(room, patient).tasks;
    tasks.retain(|task| task.state == "open");
    tasks
}

/// The program's clock goes on by seconds and looks.
fn tick(room: &mut Room, seconds: i64) -> Watched {
    room.turn(SignedDuration::from_secs(seconds));
    let watched = door::watch(&mut room.desk).unwrap();
    assert!(matches!(watched, Watched::Nothing | Watched::Followed));
    watched
}

/// A signed decision whose minute has passed, so that its tasks are open.
fn followed() -> (Room, String, String) {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    room.sign(&assessment);
    tick(&mut room, 30);
    tick(&mut room, 31);
    (room, patient, assessment)
}

fn fields(answer: Result<TasksOf, Refusal>) -> Vec<String> {
    let fault = crate::view::Fault::from(answer.map(drop).unwrap_err());
    assert_eq!(fault.code, FaultCode::Invalid, "{}", fault.message);
    fault.fields.into_iter().map(|one| one.field).collect()
}
