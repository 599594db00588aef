//! Tasks that are not done by their day, and questions that the spoke has not answered by theirs.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use record::id::SiteId;
use store::List;

use super::clinics::Clinics;
use super::overdue::Late;
use super::{at_hub, listed};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::summary::{ASKED, PatientSummary, WITH_TASKS};
use crate::view::OverdueRow;
use crate::words;

/// Each with the end of the day on which it was due, where that is past.
pub(super) fn owed(desk: &Desk, hub: &str, now: Timestamp) -> Result<Vec<Late>, Refusal> {
    let mut whom = Whom {
        desk,
        hub,
        clinics: Clinics::default(),
    };
    let late = |due: Option<Date>| {
        due.and_then(|due| end_of(desk, due))
            .filter(|by| *by <= now)
    };
    let mut all = Vec::new();
    for summary in found(desk, WITH_TASKS)? {
        // What follows from a decision tells what was decided.
        let hidden = summary.veiled;
        let tasks = summary.tasks.iter();
        for task in tasks.filter(|task| !task.held && !hidden) {
            if let Some(by) = late(task.due) {
                let words = format!("Not done: {}", task.words);
                let id = format!("task-{}", task.task);
                let since = words::staff_moment(task.since);
                let phone = whom.of(task.site.or(summary.site))?;
                all.push((by, row(&summary, phone, ("task", id), words, since)));
            }
        }
    }
    for summary in found(desk, ASKED)? {
        for asked in summary.enquiries.iter().filter(|it| !it.answered) {
            if let Some(by) = late(asked.by) {
                let words = format!("Not answered. {}", crate::task::asked_words(asked));
                let id = format!("enquiry-{}", asked.enquiry);
                let since = words::staff_moment(asked.since);
                let phone = whom.of(Some(asked.to))?;
                all.push((by, row(&summary, phone, ("enquiry", id), words, since)));
            }
        }
    }
    Ok(all)
}

/// Whom to phone about what is done at another site.
struct Whom<'a> {
    desk: &'a Desk,
    hub: &'a str,
    clinics: Clinics,
}

impl Whom<'_> {
    /// With the number, as far as it is known; nobody for what is done here.
    fn of(&mut self, site: Option<SiteId>) -> Result<(&'static str, String), Refusal> {
        let own = self.desk.sitting()?.opened.identity.site;
        Ok(match site.filter(|site| *site != own) {
            None => ("", String::new()),
            Some(site) if at_hub(self.desk)? => ("the spoke", self.clinics.phone(self.desk, site)?),
            Some(_) => ("the hub", self.hub.to_owned()),
        })
    }
}

fn found(desk: &Desk, item: &str) -> Result<Vec<PatientSummary>, Refusal> {
    let store = &desk.sitting()?.opened.store;
    let mut seen = desk.seen(&store.list(List::With(item), 0, u32::MAX)?.rows)?;
    seen.retain(|summary| summary.died.is_none());
    Ok(seen)
}

/// Midnight after a day, where the clock shows what this desk's does.
fn end_of(desk: &Desk, day: Date) -> Option<Timestamp> {
    let next = day.tomorrow().ok()?.to_datetime(Time::midnight());
    let offset = jiff::tz::Offset::from_seconds(desk.now().offset_seconds()).ok()?;
    offset.to_timestamp(next).ok()
}

fn row(
    summary: &PatientSummary,
    (whom, phone): (&str, String),
    (kind, id): (&str, String),
    words: String,
    since: String,
) -> OverdueRow {
    OverdueRow {
        id,
        patient: summary.patient.clone(),
        assessment: None,
        name: listed(summary),
        words,
        since,
        late: String::new(),
        whom: whom.into(),
        phone: Some(phone).filter(|phone| !phone.is_empty()),
        kind: kind.into(),
        route: None,
        action: "Open the record".into(),
    }
}
