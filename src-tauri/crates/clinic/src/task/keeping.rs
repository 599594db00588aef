//! Taking, giving, finishing and adding tasks.

use jiff::civil::Date;
use record::body::Task;
use record::id::{ItemId, PatientId, StaffId};

use super::content::{Asks, At, step};
use super::opening::hub_site;
use super::shown::shown;
use super::task_id;
use crate::case::{DONE, NOT_NEEDED, OPEN, TaskState, slots};
use crate::desk::{Desk, Line, patient_id};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::{self, Act};
use crate::view::{AddTaskForm, FinishTaskForm, GiveTaskForm, TasksOf};
use crate::words;

/// The most characters of a task in one's own words, and of what is written down when it is done. A
/// design decision: what a list shows without being opened.
const MOST: usize = 300;

/// The person at work does it.
pub fn take_task(desk: &mut Desk, patient: String, task: String) -> Result<TasksOf, Refusal> {
    desk.allow(Act::KeepTasks)?;
    let (patient, body) = open_task(desk, &patient, &task)?;
    let owner = Some(desk.staff()?);
    keep(desk, patient, &Task { owner, ..body })
}

/// A colleague does it, or it is to be done by another day.
pub fn give_task(
    desk: &mut Desk,
    patient: String,
    task: String,
    form: GiveTaskForm,
) -> Result<TasksOf, Refusal> {
    desk.allow(Act::KeepTasks)?;
    let (patient, body) = open_task(desk, &patient, &task)?;
    let mut faults = Faults::default();
    let owner = owner(desk, &form.to, &mut faults)?;
    let due = due(desk, &form.due, &mut faults);
    faults.none()?;
    let body = Task {
        owner: owner.or(body.owner),
        due,
        ..body
    };
    keep(desk, patient, &body)
}

/// It is done: on which day, who was told, and their reference where the step asks for them.
pub fn finish_task(
    desk: &mut Desk,
    patient: String,
    task: String,
    form: FinishTaskForm,
) -> Result<TasksOf, Refusal> {
    desk.allow(Act::KeepTasks)?;
    let (patient, body) = open_task(desk, &patient, &task)?;
    let asks = step(&body.step).map_or(Asks::None, |step| step.receipt);
    let mut faults = Faults::default();
    let day = words::iso(form.done_on.trim());
    match day {
        Some(day) if day > desk.today() => {
            faults.add(
                "done_on",
                "This day is still to come. Enter when it was done.",
            );
        }
        Some(day) if day >= Date::constant(1900, 1, 1) => {}
        _ => faults.add("done_on", "Enter the day on which it was done."),
    }
    if asks != Asks::None {
        faults.need("told", &form.told, "Write who was told.");
    }
    if asks == Asks::Reference {
        faults.need(
            "receipt",
            &form.receipt,
            "Write their reference, or the date they gave.",
        );
    }
    short("told", &form.told, &mut faults);
    short("receipt", &form.receipt, &mut faults);
    faults.none()?;
    let body = Task {
        state: DONE.into(),
        owner: body.owner.or(Some(desk.staff()?)),
        done_on: form.done_on.trim().into(),
        told: form.told.trim().into(),
        receipt: form.receipt.trim().into(),
        ..body
    };
    keep(desk, patient, &body)
}

/// Nobody has to do it any more, for a reason.
pub fn drop_task(
    desk: &mut Desk,
    patient: String,
    task: String,
    reason: String,
) -> Result<TasksOf, Refusal> {
    desk.allow(Act::KeepTasks)?;
    let (patient, body) = open_task(desk, &patient, &task)?;
    let mut faults = Faults::default();
    if reason.split_whitespace().count() < 2 {
        faults.add("reason", "Say in a few words why it is not needed.");
    }
    short("reason", &reason, &mut faults);
    faults.none()?;
    let body = Task {
        state: NOT_NEEDED.into(),
        told: reason.trim().into(),
        ..body
    };
    keep(desk, patient, &body)
}

/// Something else has to be done: a step of the pathways, or in one's own words.
pub fn add_task(desk: &mut Desk, patient: String, form: AddTaskForm) -> Result<TasksOf, Refusal> {
    desk.allow(Act::KeepTasks)?;
    let patient = patient_id(&patient)?;
    let case = desk.case_beside(patient)?;
    let chosen = step(&form.step);
    let mut faults = Faults::default();
    if chosen.is_none() {
        faults.need(
            "words",
            &form.words,
            "Write what has to be done, or choose a step.",
        );
        if role::from_value(&form.role).is_none() && form.to.is_empty() {
            faults.add("role", "Choose who does it.");
        }
    }
    short("words", &form.words, &mut faults);
    let owner = owner(desk, &form.to, &mut faults)?;
    let due = due(desk, &form.due, &mut faults);
    faults.none()?;
    let at_hub = chosen.is_some_and(|step| step.at == At::Hub);
    let site = hub_site(desk)?.filter(|_| at_hub);
    let body = Task {
        task: ItemId::from_random(desk.random()),
        assessment: case.assessments().first().map(|facts| facts.id),
        decision: None,
        step: chosen.map(|step| step.id.clone()).unwrap_or_default(),
        words: chosen.map_or_else(|| form.words.trim().to_owned(), |step| step.words.clone()),
        role: chosen.map_or(form.role, |step| step.role.clone()),
        owner,
        site,
        due,
        state: OPEN.into(),
        done_on: String::new(),
        told: String::new(),
        receipt: String::new(),
    };
    keep(desk, patient, &body)
}

/// A task that somebody has to do.
fn open_task(desk: &mut Desk, patient: &str, task: &str) -> Result<(PatientId, Task), Refusal> {
    let (patient, task) = (patient_id(patient)?, task_id(task)?);
    let case = desk.case_beside(patient)?;
    let now = case.task(task).ok_or(Refusal::NotFound("That task"))?;
    match now.state {
        TaskState::Open => Ok((patient, now.body.clone())),
        TaskState::Held => Err(Refusal::plain(now.why)),
        TaskState::Done | TaskState::NotNeeded => Err(Refusal::Stale(
            "This task is closed: somebody finished it, or its decision stands no more. The list says which.",
        )),
    }
}

fn keep(desk: &mut Desk, patient: PatientId, body: &Task) -> Result<TasksOf, Refusal> {
    desk.write(patient, vec![Line::of(slots::task(body.task), body)?])?;
    shown(desk, patient)
}

/// A colleague who may keep tasks; nobody where none is chosen.
fn owner(desk: &Desk, to: &str, faults: &mut Faults) -> Result<Option<StaffId>, Refusal> {
    if to.is_empty() {
        return Ok(None);
    }
    let now = desk.now();
    let mut people = desk.sitting()?.people()?.into_values();
    let found = people.find(|person| person.staff.to_string() == to);
    let found = found.filter(|it| it.holds(now) && role::may(it.role, Act::KeepTasks));
    if found.is_none() {
        faults.add("to", "Choose a colleague whose certificate holds.");
    }
    Ok(found.map(|person| person.staff))
}

fn due(desk: &Desk, text: &str, faults: &mut Faults) -> String {
    let text = text.trim();
    if words::iso(text).is_none_or(|day| day < desk.today()) {
        faults.add(
            "due",
            "Enter a day by which it is to be done, today or later.",
        );
    }
    text.into()
}

fn short(field: &str, text: &str, faults: &mut Faults) {
    if text.trim().chars().count() > MOST {
        faults.add(field, "Keep to 300 characters. The rest belongs in a note.");
    }
}
