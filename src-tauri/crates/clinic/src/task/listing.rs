//! What is to be done, over all patients: drawn from the rows of the worklist, so that no record is
//! opened for it.

use record::id::SiteId;
use store::List;

use super::content::standing;
use super::enquiring::asked_words;
use super::whose::Whose;
use crate::audit;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::{Act, may};
use crate::summary::{ASKED, PatientSummary, SummaryEnquiry, SummaryTask, WITH_TASKS, reply_item};
use crate::view::{Tab, TaskList, TaskRow};

const MINE: &str = "mine";
const HERE: &str = "here";
const OVERDUE: &str = "overdue";

const TABS: [(&str, &str); 4] = [
    (MINE, "Mine"),
    (HERE, "This site"),
    (OVERDUE, "Overdue"),
    ("all", "All"),
];

/// A row, and the tabs it stands in besides the last.
struct Listed {
    row: TaskRow,
    due: Option<jiff::civil::Date>,
    mine: bool,
    here: bool,
}

impl Listed {
    fn is_in(&self, tab: &str) -> bool {
        match tab {
            MINE => self.mine,
            HERE => self.here,
            OVERDUE => self.row.late.is_some(),
            _ => true,
        }
    }
}

/// One tab of what is to be done: tasks, what the spoke was asked, and what it answered.
pub fn tasks(desk: &mut Desk, tab: String) -> Result<TaskList, Refusal> {
    desk.allow(Act::Look)?;
    audit::listed(desk)?;
    let known = TABS.iter().any(|(id, _)| *id == tab);
    let tab = if known { tab } else { MINE.to_owned() };
    let mut all = listed(desk)?;
    all.sort_by(|a, b| {
        // What has no date stands last.
        (a.due.is_none(), a.due, &a.row.name, &a.row.id).cmp(&(
            b.due.is_none(),
            b.due,
            &b.row.name,
            &b.row.id,
        ))
    });
    let count = |id: &str| all.iter().filter(|one| one.is_in(id)).count();
    let tabs = TABS.iter().map(|(id, label)| Tab {
        id: (*id).into(),
        label: (*label).into(),
        count: u32::try_from(count(id)).unwrap_or(u32::MAX),
    });
    Ok(TaskList {
        tabs: tabs.collect(),
        rows: all
            .into_iter()
            .filter(|one| one.is_in(&tab))
            .map(|one| one.row)
            .collect(),
        tab,
        content: standing(),
    })
}

fn listed(desk: &Desk) -> Result<Vec<Listed>, Refusal> {
    let whose = Whose::now(desk)?;
    let answers = may(desk.role()?, Act::Assess);
    let mut all = Vec::new();
    // Nobody is rung about somebody who has died: what is left stands on the record.
    let mut with_tasks = found(desk, WITH_TASKS)?;
    // What follows from a decision tells what was decided.
    with_tasks.retain(|summary| !summary.veiled);
    for summary in with_tasks {
        let tasks = summary.tasks.iter();
        all.extend(tasks.map(|task| of_task(&whose, &summary, task)));
    }
    for summary in found(desk, ASKED)? {
        let open = summary.enquiries.iter().filter(|it| !it.answered);
        all.extend(open.map(|it| of_enquiry(&whose, &summary, it, answers)));
    }
    for summary in found(desk, &reply_item(whose.me()))? {
        let answered = summary.enquiries.iter().filter(|it| it.answered);
        let mine = answered.filter(|it| it.asker == whose.me());
        all.extend(mine.map(|it| of_reply(&whose, &summary, it)));
    }
    Ok(all)
}

fn found(desk: &Desk, item: &str) -> Result<Vec<PatientSummary>, Refusal> {
    let rows = desk
        .sitting()?
        .opened
        .store
        .list(List::With(item), 0, u32::MAX)?
        .rows;
    let mut seen = desk.seen(&rows)?;
    seen.retain(|summary| summary.died.is_none());
    Ok(seen)
}

fn name(summary: &PatientSummary) -> String {
    PatientSummary::listed_name(&summary.family, &summary.given, "")
}

/// Where a task is done: where it says, else at the site that keeps the record.
fn place(task: &SummaryTask, summary: &PatientSummary) -> Option<SiteId> {
    task.site.or(summary.site)
}

fn of_task(whose: &Whose, summary: &PatientSummary, task: &SummaryTask) -> Listed {
    let site = place(task, summary);
    Listed {
        mine: whose.is_mine(task.owner, &task.role, site),
        here: whose.is_here(site),
        due: task.due,
        row: TaskRow {
            id: task.task.to_string(),
            kind: "task".into(),
            patient: summary.patient.clone(),
            assessment: task.assessment.map(|id| id.to_string()),
            name: name(summary),
            words: task.words.clone(),
            who: whose.words(task.owner, &task.role, site),
            due: whose.due(task.due),
            late: whose.late(task.due).filter(|_| !task.held),
            held: task.held,
        },
    }
}

/// It is for every clinician of the site that was asked.
fn of_enquiry(
    whose: &Whose,
    summary: &PatientSummary,
    enquiry: &SummaryEnquiry,
    answers: bool,
) -> Listed {
    let here = whose.is_here(Some(enquiry.to));
    Listed {
        mine: here && answers,
        here,
        due: enquiry.by,
        row: TaskRow {
            id: enquiry.enquiry.to_string(),
            kind: "enquiry".into(),
            patient: summary.patient.clone(),
            assessment: Some(enquiry.assessment.to_string()),
            name: name(summary),
            words: asked_words(enquiry),
            who: whose.site(enquiry.to),
            due: whose.due(enquiry.by),
            late: whose.late(enquiry.by),
            held: false,
        },
    }
}

fn of_reply(whose: &Whose, summary: &PatientSummary, enquiry: &SummaryEnquiry) -> Listed {
    Listed {
        mine: true,
        here: false,
        due: None,
        row: TaskRow {
            id: enquiry.enquiry.to_string(),
            kind: "reply".into(),
            patient: summary.patient.clone(),
            assessment: Some(enquiry.assessment.to_string()),
            name: name(summary),
            words: format!("Reply in: {}", enquiry.text),
            who: whose.words(Some(enquiry.asker), "", None),
            due: whose.due(None),
            late: None,
            held: false,
        },
    }
}
