//! One tab of the worklist, and today's clinic.

use jiff::ToSpan;
use jiff::civil::Date;
use store::{List, Summary};

use super::actions::red_actions;
use super::listed;
use super::row::row;
use crate::audit;
use crate::clock::FORECAST_DAYS;
use crate::desk::Desk;
use crate::known_by::asked;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::{PatientSummary, Stage};
use crate::view::{ClinicSlot, Tab, WorkRow, Worklist};
use crate::words;

/// Rows given at once: a thousand table rows take up to half a second in the window.
pub(super) const ROWS: u32 = 200;

/// Red actions and appointments of one day are few; more than this are not read.
const FEW: u32 = 500;

pub(super) const TABS: [(&str, &str); 7] = [
    ("to-do", "To do"),
    ("referrals", "New referrals"),
    ("assessments", "Assessments"),
    ("to-sign", "To sign"),
    ("follow-up", "Follow-up"),
    ("waits", "18 weeks"),
    ("all", "All"),
];

/// One tab of the worklist: the rows after the first `skip`, at most 200.
pub fn worklist(
    desk: &mut Desk,
    tab: String,
    filter: String,
    skip: u32,
) -> Result<Worklist, Refusal> {
    desk.allow(Act::Look)?;
    audit::listed(desk)?;
    let today = desk.today();
    let days = Days::of(today);
    let known = TABS.iter().any(|(id, _)| *id == tab);
    let tab = if known { tab } else { "to-do".to_owned() };
    let numbers = crate::door::local_numbers(desk)?;
    let store = &desk.sitting()?.opened.store;
    let list = days.list(&tab);
    let total = store.count_of(list)?;
    let found = if filter.trim().is_empty() {
        store.list(list, skip, ROWS)?
    } else {
        store.filtered(list, &asked(&filter), skip, ROWS)?
    };
    let red = read(&store.list(List::Red, 0, FEW)?.rows);
    let expected = read(&store.list(List::On(&days.today), 0, FEW)?.rows);
    Ok(Worklist {
        tabs: tabs(desk, &days)?,
        tab,
        rows: rows(desk, &found.rows)?,
        matching: few(found.count),
        matching_or_more: found.or_more,
        total: few(total),
        sorted: "sorted by priority, then by what comes first: due, or 18 weeks".into(),
        open_actions: red
            .iter()
            .flat_map(|summary| red_actions(summary, &numbers.hub))
            .collect(),
        today: todays_clinic(&expected, today),
        today_label: words::weekday_date(today),
        last_saved: last_saved(desk)?,
        backup_warning: crate::backups::warning(desk)?,
        entries_kept: u32::try_from(desk.sitting()?.opened.store.lamport()?).unwrap_or(u32::MAX),
    })
}

/// The days that lists go by.
struct Days {
    today: String,
    /// The last day of the forecast of breaches.
    forecast: String,
}

impl Days {
    fn of(today: Date) -> Self {
        Self {
            today: today.to_string(),
            forecast: today.saturating_add(FORECAST_DAYS.days()).to_string(),
        }
    }

    fn list<'a>(&'a self, tab: &'a str) -> List<'a> {
        match tab {
            "to-do" => List::ToDo(&self.today),
            "waits" => List::Breaching(&self.forecast),
            "all" => List::All,
            tab => List::Named(tab),
        }
    }
}

fn few(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn read(rows: &[Summary]) -> Vec<PatientSummary> {
    rows.iter().filter_map(PatientSummary::from_row).collect()
}

fn rows(desk: &Desk, rows: &[Summary]) -> Result<Vec<WorkRow>, Refusal> {
    let me = &desk.sitting()?.opened.name;
    let read = read(rows);
    read.iter().map(|summary| row(desk, summary, me)).collect()
}

fn tabs(desk: &Desk, days: &Days) -> Result<Vec<Tab>, Refusal> {
    let store = &desk.sitting()?.opened.store;
    TABS.iter()
        .map(|(id, label)| {
            Ok(Tab {
                id: (*id).into(),
                label: (*label).into(),
                count: few(store.count_of(days.list(id))?),
            })
        })
        .collect()
}

fn last_saved(desk: &Desk) -> Result<Option<String>, Refusal> {
    let last = desk.sitting()?.opened.store.last_written()?;
    let written = last
        .as_ref()
        .and_then(PatientSummary::from_row)
        .and_then(|summary| summary.last_written);
    Ok(written.map(words::clock_seconds))
}

pub(super) fn todays_clinic(summaries: &[PatientSummary], today: Date) -> Vec<ClinicSlot> {
    let mut slots: Vec<ClinicSlot> = summaries
        .iter()
        .flat_map(|summary| summary.appointments.iter().map(move |slot| (summary, slot)))
        .filter(|(summary, (date, _, _))| *date == today && summary.died.is_none())
        .map(|(summary, (_, time, purpose))| {
            let (state, button) = match summary.stage {
                Stage::Referral | Stage::ReferralIncomplete | Stage::Booked => ("later", "Start"),
                Stage::Assessing => ("next", "Continue"),
                Stage::ToSign | Stage::ToPlan | Stage::ToGive => ("next", "Open"),
                Stage::FollowUp => ("done", "Open"),
            };
            ClinicSlot {
                time: time.clone(),
                patient: summary.patient.clone(),
                assessment: summary.assessments.first().cloned(),
                name: listed(summary),
                purpose: purpose.clone(),
                state: state.into(),
                button: button.into(),
            }
        })
        .collect();
    slots.sort_by(|a, b| a.time.cmp(&b.time));
    slots
}
