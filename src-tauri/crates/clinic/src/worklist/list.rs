//! One tab of the worklist, and today's clinic.

use jiff::ToSpan;
use jiff::civil::Date;
use store::List;

use super::actions::red_actions;
use super::duplicates::count_duplicates;
use super::listed;
use super::owner::Owners;
use super::reach::{Drawn, many, page};
use super::row::row;
use super::unopened::unopened;
use crate::audit;
use crate::clock::FORECAST_DAYS;
use crate::desk::Desk;
use crate::known_by::asked;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::{PatientSummary, Stage};
use crate::view::{ClinicSlot, Tab, Worklist};
use crate::words;

/// Rows given at once: a thousand table rows take up to half a second in the window.
pub(super) const ROWS: u32 = 200;

/// Red actions and appointments of one day are few; more than this are not read.
const FEW: u32 = 500;

/// What is to do of the cases one owns or covers.
const MINE: &str = "mine";

pub(super) const TABS: [(&str, &str); 8] = [
    ("to-do", "To do"),
    (MINE, "Mine"),
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
    let owners = Owners::now(desk)?;
    let raised = unopened(desk)?;
    let store = &desk.sitting()?.opened.store;
    let mine = desk.own(&owners, &days.today)?;
    let tabs = tabs(desk, &days, many(mine.len()))?;
    let found = if tab == MINE {
        narrowed(mine, &filter, skip)
    } else {
        desk.drawn(days.list(&tab), &filter, skip, ROWS)?
    };
    let total = tabs.iter().find(|one| one.id == tab);
    let total = total.map_or(0, |one| one.count);
    let red = desk.seen(&store.list(List::Red, 0, FEW)?.rows)?;
    let expected = desk.seen(&store.list(List::On(&days.today), 0, FEW)?.rows)?;
    let drawn = found.rows.iter();
    let rows = drawn
        .map(|summary| row(desk, summary, &owners))
        .collect::<Result<_, _>>()?;
    Ok(Worklist {
        tabs,
        tab,
        rows,
        matching: few(found.count),
        matching_or_more: found.or_more,
        total,
        sorted: "sorted by priority, then by what comes first: due, or 18 weeks".into(),
        open_actions: red
            .iter()
            .flat_map(|summary| red_actions(summary, &numbers.hub))
            .chain(raised.into_iter().map(|(_, action)| action))
            .collect(),
        line_warnings: crate::line::warnings(desk)?,
        duplicates: count_duplicates(desk)?,
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

/// One's own cases are few, and are narrowed as they are read.
fn narrowed(mine: Vec<PatientSummary>, filter: &str, skip: u32) -> Drawn {
    let asked = asked(filter);
    let fits = |summary: &PatientSummary| filter.trim().is_empty() || asked.fits(&summary.known_by);
    let fitting: Vec<_> = mine.into_iter().filter(fits).collect();
    Drawn {
        count: many(fitting.len()),
        rows: page(fitting, skip, ROWS),
        or_more: false,
    }
}

fn tabs(desk: &Desk, days: &Days, mine: u64) -> Result<Vec<Tab>, Refusal> {
    TABS.iter()
        .map(|(id, label)| {
            Ok(Tab {
                id: (*id).into(),
                label: (*label).into(),
                count: few(if *id == MINE {
                    mine
                } else {
                    desk.count_seen(days.list(id))?
                }),
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
