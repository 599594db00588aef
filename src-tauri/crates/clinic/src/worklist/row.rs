//! One row: who, how urgent, what next, by when.

use assessment::ruleset::Urgency;
use jiff::civil::Date;

use super::actions::action_words;
use super::number;
use super::owner::Owners;
use crate::case::VEILED;
use crate::clock::wait;
use crate::decide::{tag, urgency_label};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::summary::{PatientSummary, Stage};
use crate::view::{Opens, UrgencyTag, WorkRow};
use crate::words;

pub(super) fn row(
    desk: &Desk,
    summary: &PatientSummary,
    owners: &Owners,
) -> Result<WorkRow, Refusal> {
    let today = desk.today();
    let (configuration, _) = desk.clock_configuration()?;
    let born = |born| words::born(born, today);
    let title = Some(&summary.title).filter(|title| !title.is_empty());
    Ok(WorkRow {
        patient: summary.patient.clone(),
        urgency: summary.urgency.map_or(UrgencyTag::NotKnown, tag),
        urgency_label: match summary.urgency {
            _ if summary.veiled => "Hidden",
            urgency => urgency.map_or("Not known", short_label),
        }
        .into(),
        urgency_signed: summary.urgency_signed,
        family: summary.family.to_uppercase(),
        given: summary.given.clone(),
        title: title.map(|title| format!("({title})")).unwrap_or_default(),
        born: summary.born.map_or_else(|| "Not known".into(), born),
        nhs_number: number(summary),
        similar_name: desk.is_similar(summary)?,
        next_step: next_step(summary),
        stage: stage_words(summary.stage).into(),
        due: due(summary, today),
        late: late(summary, today),
        wait: wait(&summary.clock, configuration, today),
        owner: owners.words(summary),
        record_state: if summary.conflict { "Conflict" } else { "Kept" }.into(),
        opens: match summary.stage {
            Stage::Assessing => Opens::Assessment,
            Stage::ToSign => Opens::Result,
            Stage::ToPlan | Stage::ToGive => Opens::Plan,
            _ => Opens::Patient,
        },
        assessment: summary.assessments.first().cloned(),
    })
}

fn due(summary: &PatientSummary, today: Date) -> String {
    match summary.due() {
        None => "No date".into(),
        Some(due) if due == today => "Today".into(),
        Some(due) => words::staff_date(due),
    }
}

fn late(summary: &PatientSummary, today: Date) -> Option<String> {
    let days = (today - summary.due()?).get_days();
    let days = usize::try_from(days).ok().filter(|days| *days > 0)?;
    Some(format!("{} late", words::count(days, "day", "days")))
}

/// The urgency where there is room for two words.
pub(crate) fn short_label(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::CrisisOrSafeguardingNow => "Crisis now",
        Urgency::Within48Hours => "48 hours",
        Urgency::UrgentSuspectedCancer => "Cancer?",
        other => urgency_label(other),
    }
}

pub(super) fn next_step(summary: &PatientSummary) -> String {
    if let (Some(died), None) = (&summary.died, summary.actions.first()) {
        return format!("None. Died: {}", died.words);
    }
    if let Some(action) = summary.actions.first() {
        return action_words(&action.what).into();
    }
    if summary.unverified {
        return "Unverified entries: ask the patient again".into();
    }
    if summary.veiled {
        return VEILED.into();
    }
    if let Some(again) = &summary.again {
        return again.clone();
    }
    if let Some(asked) = summary.enquiries.iter().find(|it| !it.answered) {
        return crate::task::asked_words(asked);
    }
    if summary.to_countersign {
        return "Countersign what was decided in training".into();
    }
    match summary.stage {
        Stage::ReferralIncomplete => format!(
            "Ask the referrer: {}",
            summary.missing.join(", ").to_lowercase()
        ),
        Stage::Referral => "Book a first appointment".into(),
        Stage::Booked => "Start the assessment".into(),
        Stage::Assessing => "Finish the assessment".into(),
        Stage::ToSign => summary.aside.map_or_else(
            || "Read the proposal and sign a decision".into(),
            |until| format!("Put aside until {}", words::staff_date(until)),
        ),
        Stage::ToPlan => "Write the plan with the patient".into(),
        Stage::ToGive => "Give the plan to the patient".into(),
        Stage::FollowUp => "Review the plan".into(),
    }
}

pub(crate) fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::ReferralIncomplete => "Referral incomplete",
        Stage::Referral => "Referral received",
        Stage::Booked => "Appointment booked",
        Stage::Assessing => "Assessment in progress",
        Stage::ToSign => "Assessment finished",
        Stage::ToPlan => "Decision signed",
        Stage::ToGive => "Plan agreed",
        Stage::FollowUp => "Follow-up",
    }
}
