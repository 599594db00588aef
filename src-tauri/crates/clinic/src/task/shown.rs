//! The tasks of one patient, as the screen shows them.

use record::id::PatientId;
use record::role::Role;

use super::content::{Asks, standing, step, steps};
use super::enquiring::{CLOCK, asks_about};
use super::opening::without_tasks;
use super::whose::Whose;
use crate::case::{Case, EnquiryNow, TaskNow, TaskState};
use crate::desk::{Desk, patient_id};
use crate::refusal::Refusal;
use crate::role::{self, Act};
use crate::view::{Choice, EnquiryView, Labelled, StepChoice, TaskView, TasksOf};
use crate::words;

/// The tasks of a patient, and what the spoke was asked of them.
pub fn tasks_of(desk: &mut Desk, patient: String) -> Result<TasksOf, Refusal> {
    desk.allow(Act::Look)?;
    let id = patient_id(&patient)?;
    shown(desk, id)
}

/// The same as it stands now.
pub(super) fn shown(desk: &mut Desk, patient: PatientId) -> Result<TasksOf, Refusal> {
    // Beside the record: what arrived meanwhile has not been seen because of this.
    let case = desk.case_beside(patient)?;
    let whose = Whose::now(desk)?;
    let site = case.kept_at(case.patient).first().copied();
    let mut tasks = case.tasks();
    tasks.sort_by_key(|now| !now.is_open());
    let without = without_tasks(desk, &case)?;
    let about = asks_about(desk, &case)?;
    let enquiries = case.enquiries();
    let enquiries = enquiries.iter();
    Ok(TasksOf {
        patient: case.patient.to_string(),
        today: desk.today().to_string(),
        content: standing(),
        said: said(&tasks),
        waits: without
            .filter(|(_, waits)| *waits)
            .map(|_| WAITS.to_owned()),
        unopened: without
            .filter(|(_, waits)| !*waits)
            .map(|(assessment, _)| assessment.to_string()),
        tasks: tasks
            .iter()
            .map(|now| task_view(&whose, now, now.body.site.or(site)))
            .collect(),
        enquiries: enquiries
            .map(|now| enquiry_view(desk, &case, &whose, now))
            .collect::<Result<_, _>>()?,
        ask_whom: site.map(|site| whose.site(site)).unwrap_or_default(),
        ask_about: about.map(|assessment| assessment.to_string()),
        clock: CLOCK.into(),
        steps: step_choices(),
        roles: role_choices(),
        colleagues: colleagues(desk)?,
        may_keep: desk.may(Act::KeepTasks)?,
        may_ask: desk.may(Act::Assess)?,
    })
}

/// What is said while a decision can still be taken back.
const WAITS: &str = "The tasks of this decision open a minute after it was signed. Until then it can be taken back.";

/// How many tasks of a case are done, and whether all are; none where it has no task.
pub(crate) fn progress(case: &Case) -> Option<(String, bool)> {
    let tasks = case.tasks();
    let words = said(&tasks);
    let all_done = !tasks.iter().any(TaskNow::is_open);
    (!words.is_empty()).then_some((words, all_done))
}

/// "2 of 4 done": of those that are needed.
fn said(tasks: &[TaskNow<'_>]) -> String {
    let needed = tasks.iter().filter(|now| now.state != TaskState::NotNeeded);
    let all = needed.clone().count();
    let done = needed.filter(|now| now.state == TaskState::Done).count();
    if all == 0 {
        String::new()
    } else {
        format!("{done} of {all} done")
    }
}

fn task_view(whose: &Whose, now: &TaskNow<'_>, site: Option<record::id::SiteId>) -> TaskView {
    let body = now.body;
    let due = words::iso(&body.due);
    let late = whose.late(due).filter(|_| now.state == TaskState::Open);
    let of_step = step(&body.step);
    TaskView {
        id: body.task.to_string(),
        words: body.words.clone(),
        who: whose.words(body.owner, &body.role, site),
        yours: body.owner == Some(whose.me()),
        due: whose.due(due),
        due_on: body.due.clone(),
        late,
        state: match now.state {
            TaskState::Open => "open",
            TaskState::Held => "held",
            TaskState::Done => "done",
            TaskState::NotNeeded => "not-needed",
        }
        .into(),
        state_words: state_words(now),
        letter: of_step
            .and_then(|step| step.letter.as_deref())
            .map(|letter| letter_words(letter).to_owned()),
        asks: match of_step.map_or(Asks::None, |step| step.receipt) {
            Asks::None => "none",
            Asks::Told => "told",
            Asks::Reference => "reference",
        }
        .into(),
    }
}

fn state_words(now: &TaskNow<'_>) -> String {
    match now.state {
        TaskState::Open => String::new(),
        TaskState::Held => now.why.clone(),
        TaskState::NotNeeded => format!("Not needed. {}", now.why),
        TaskState::Done => {
            let body = now.body;
            let part =
                |label: &str, text: &str| (!text.is_empty()).then(|| format!("{label}: {text}"));
            let parts = [
                Some(format!("Done {}", words::staff_iso(&body.done_on))),
                part("Told", &body.told),
                part("Reference", &body.receipt),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(". ")
        }
    }
}

fn letter_words(letter: &str) -> &'static str {
    match letter {
        "gp" => "Letter to the GP",
        "patient" => "Letter to the patient",
        "hospital" => "Letter to the hospital",
        "hospice" => "Letter to the hospice",
        "discharge" => "Discharge summary",
        _ => "A letter",
    }
}

fn enquiry_view(
    desk: &mut Desk,
    case: &Case,
    whose: &Whose,
    now: &EnquiryNow<'_>,
) -> Result<EnquiryView, Refusal> {
    let by = words::iso(&now.body.by);
    let asked = &now.asked.entry;
    let from_hub = case.hub_devices().contains(&now.asked.device);
    let mut answers = Vec::new();
    for found in &now.answers {
        let entry = &found.placed.entry;
        answers.push(Labelled {
            label: format!(
                "{}, {}",
                desk.name_and_role(entry.author)?,
                words::staff_moment(entry.claimed)
            ),
            value: found.body.answer.clone(),
        });
    }
    Ok(EnquiryView {
        id: now.body.enquiry.to_string(),
        text: now.body.text.clone(),
        title: if from_hub { "The hub asks" } else { "Asked" }.into(),
        asked: format!(
            "{}, {}",
            desk.name_and_role(asked.author)?,
            words::staff_moment(asked.claimed)
        ),
        to: whose.site(now.body.to),
        by: whose.due(by),
        late: whose.late(by).filter(|_| now.is_open()),
        open: now.is_open(),
        answers,
        clock: CLOCK.into(),
    })
}

fn step_choices() -> Vec<StepChoice> {
    let all = steps().iter().map(|step| StepChoice {
        value: step.id.clone(),
        label: step.words.clone(),
        role: step.role.clone(),
    });
    all.collect()
}

/// The clinical safety officer keeps no tasks.
fn role_choices() -> Vec<Choice> {
    let roles = Role::ALL.into_iter();
    roles
        .filter(|role| role::may(*role, Act::KeepTasks))
        .map(|role| Choice {
            value: role::value(role),
            label: role::words(role).into(),
        })
        .collect()
}

fn colleagues(desk: &Desk) -> Result<Vec<Choice>, Refusal> {
    let now = desk.now();
    let people = desk.sitting()?.people()?.into_values();
    Ok(people
        .filter(|person| person.holds(now) && role::may(person.role, Act::KeepTasks))
        .map(|person| Choice {
            value: person.staff.to_string(),
            label: format!(
                "{}, {}",
                person.name,
                role::words(person.role).to_lowercase()
            ),
        })
        .collect())
}
