//! What lists know of the tasks of a patient and of what the spoke was asked.

use jiff::civil::Date;
use record::id::{ItemId, SiteId, StaffId};
use record::moment::Moment;
use serde::{Deserialize, Serialize};

use crate::case::{Case, EnquiryNow, TaskNow, TaskState};
use crate::words;

/// The item under which patients are found who have an open task.
pub(crate) const WITH_TASKS: &str = "task/open";

/// The item under which patients are found of whom the spoke was asked something.
pub(crate) const ASKED: &str = "enquiry/open";

/// The item under which patients are found of whom the spoke has answered what somebody asked.
pub(crate) fn reply_item(asker: StaffId) -> String {
    format!("enquiry/reply/{asker}")
}

/// A task that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SummaryTask {
    pub(crate) task: ItemId,
    pub(crate) assessment: Option<ItemId>,
    pub(crate) words: String,
    /// The role in whose list it stands until somebody takes it.
    pub(crate) role: String,
    pub(crate) owner: Option<StaffId>,
    /// Where it is done; none for the site that keeps the record.
    pub(crate) site: Option<SiteId>,
    pub(crate) due: Option<Date>,
    pub(crate) since: Moment,
    /// Another decision is acted on until somebody has settled it.
    pub(crate) held: bool,
}

impl SummaryTask {
    fn of(now: &TaskNow<'_>) -> Self {
        Self {
            task: now.body.task,
            assessment: now.body.assessment,
            words: now.body.words.clone(),
            role: now.body.role.clone(),
            owner: now.body.owner,
            site: now.body.site,
            due: words::iso(&now.body.due),
            since: now.placed.entry.claimed,
            held: now.state == TaskState::Held,
        }
    }

    /// Every task that is in somebody's list.
    pub(super) fn all(case: &Case) -> Vec<Self> {
        let tasks = case.tasks().into_iter();
        tasks
            .filter(TaskNow::is_open)
            .map(|now| Self::of(&now))
            .collect()
    }
}

/// Something the spoke was asked and has not answered, or has answered for somebody who has not
/// decided since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SummaryEnquiry {
    pub(crate) enquiry: ItemId,
    pub(crate) assessment: ItemId,
    /// The site that was asked.
    pub(crate) to: SiteId,
    pub(crate) text: String,
    pub(crate) by: Option<Date>,
    pub(crate) since: Moment,
    pub(crate) asker: StaffId,
    /// It was asked at the hub.
    pub(crate) from_hub: bool,
    pub(crate) answered: bool,
}

impl SummaryEnquiry {
    fn of(case: &Case, now: &EnquiryNow<'_>) -> Self {
        Self {
            enquiry: now.body.enquiry,
            assessment: now.body.assessment,
            to: now.body.to,
            text: now.body.text.clone(),
            by: words::iso(&now.body.by),
            since: now.asked.entry.claimed,
            asker: now.asked.entry.author,
            from_hub: case.hub_devices().contains(&now.asked.device),
            answered: !now.is_open(),
        }
    }

    /// What is open, and what was answered and nobody has signed a decision on that saw the answer.
    pub(super) fn all(case: &Case) -> Vec<Self> {
        let waits = |now: &EnquiryNow<'_>| {
            now.is_open() || !case.decided_with(now.body.assessment, &now.answers)
        };
        let all = case.enquiries().into_iter();
        all.filter(waits).map(|now| Self::of(case, &now)).collect()
    }
}

/// Under what the patient is found because of these.
pub(super) fn items(tasks: &[SummaryTask], enquiries: &[SummaryEnquiry]) -> Vec<String> {
    let mut items = Vec::new();
    if !tasks.is_empty() {
        items.push(WITH_TASKS.to_owned());
    }
    if enquiries.iter().any(|it| !it.answered) {
        items.push(ASKED.to_owned());
    }
    let replies = enquiries.iter().filter(|it| it.answered);
    items.extend(replies.map(|it| reply_item(it.asker)));
    items.sort();
    items.dedup();
    items
}
