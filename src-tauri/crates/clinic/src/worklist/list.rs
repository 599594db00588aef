//! One tab of the worklist, and today's clinic.

use jiff::ToSpan;
use jiff::civil::Date;

use super::actions::red_actions;
use super::row::row;
use super::{count, listed};
use crate::audit;
use crate::clock::FORECAST_DAYS;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::{PatientSummary, Stage};
use crate::view::{ClinicSlot, Tab, Worklist};
use crate::words;

/// Rows drawn at once: a thousand table rows take up to half a second in the window.
pub(super) const ROWS: usize = 200;

pub(super) const TABS: [(&str, &str); 7] = [
    ("to-do", "To do"),
    ("referrals", "New referrals"),
    ("assessments", "Assessments"),
    ("to-sign", "To sign"),
    ("follow-up", "Follow-up"),
    ("waits", "18 weeks"),
    ("all", "All"),
];

/// One tab of the worklist.
pub fn worklist(
    desk: &mut Desk,
    tab: String,
    filter: String,
    all: bool,
) -> Result<Worklist, Refusal> {
    desk.allow(Act::Look)?;
    let today = desk.today();
    let me = desk.sitting()?.opened.name.clone();
    audit::listed(desk)?;
    let summaries = desk.summaries()?;
    let known = TABS.iter().any(|(id, _)| *id == tab);
    let tab = if known { tab } else { "to-do".to_owned() };
    let in_tab: Vec<&PatientSummary> = summaries
        .iter()
        .filter(|summary| belongs(summary, &tab, today))
        .collect();
    let wanted = words::folded(&filter);
    let fits = |summary: &PatientSummary| {
        let mut parts = wanted.split_whitespace();
        parts.all(|part| summary.search.contains(part))
    };
    let matching: Vec<_> = in_tab.iter().filter(|summary| fits(summary)).collect();
    let numbers = crate::door::local_numbers(desk)?;
    let (configuration, _) = desk.clock_configuration()?;
    let rows = matching
        .iter()
        .take(if all { usize::MAX } else { ROWS })
        .map(|summary| row(summary, &summaries, today, &me, configuration))
        .collect();
    Ok(Worklist {
        tabs: tabs(&summaries, today),
        tab,
        rows,
        matching: count(matching.iter()),
        total: count(in_tab.iter()),
        sorted: "sorted by priority, then by what comes first: due, or 18 weeks".into(),
        open_actions: summaries
            .iter()
            .flat_map(|summary| red_actions(summary, &numbers.hub))
            .collect(),
        today: todays_clinic(&summaries, today),
        today_label: words::weekday_date(today),
        last_saved: last_saved(&summaries),
        entries_kept: u32::try_from(desk.sitting()?.opened.store.lamport()?).unwrap_or(u32::MAX),
    })
}

fn tabs(summaries: &[PatientSummary], today: Date) -> Vec<Tab> {
    TABS.iter()
        .map(|(id, label)| Tab {
            id: (*id).into(),
            label: (*label).into(),
            count: count(summaries.iter().filter(|s| belongs(s, id, today))),
        })
        .collect()
}

fn last_saved(summaries: &[PatientSummary]) -> Option<String> {
    let written = summaries.iter().filter_map(|summary| summary.last_written);
    written.max().map(words::clock_seconds)
}

pub(super) fn belongs(summary: &PatientSummary, tab: &str, today: Date) -> bool {
    match tab {
        "referrals" => matches!(summary.stage, Stage::Referral | Stage::ReferralIncomplete),
        "assessments" => matches!(summary.stage, Stage::Booked | Stage::Assessing),
        "to-sign" => summary.stage == Stage::ToSign,
        "follow-up" => summary.stage == Stage::FollowUp,
        "waits" => summary
            .breaches_on()
            .is_some_and(|day| day <= today.saturating_add(FORECAST_DAYS.days())),
        "all" => true,
        _ => {
            let resting = match summary.stage {
                Stage::FollowUp => summary.review.is_none_or(|review| review > today),
                Stage::Booked => summary.due().is_some_and(|due| due > today),
                _ => false,
            };
            summary.died.is_none() && (!resting || !summary.actions.is_empty())
        }
    }
}

pub(super) fn todays_clinic(summaries: &[PatientSummary], today: Date) -> Vec<ClinicSlot> {
    let mut slots: Vec<ClinicSlot> = summaries
        .iter()
        .flat_map(|summary| summary.appointments.iter().map(move |slot| (summary, slot)))
        .filter(|(_, (date, _, _))| *date == today)
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
