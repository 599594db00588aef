//! One row: who, how urgent, what next, by when.

use assessment::ruleset::Urgency;
use jiff::civil::Date;

use super::actions::action_words;
use super::likeness::similar;
use super::number;
use super::waiting::wait;
use crate::decide::{tag, urgency_label};
use crate::summary::{PatientSummary, Stage};
use crate::view::{Opens, UrgencyTag, WorkRow};
use crate::words;

pub(super) fn row(
    summary: &PatientSummary,
    everybody: &[PatientSummary],
    today: Date,
    me: &str,
) -> WorkRow {
    let due = summary.due();
    let late = due
        .map(|due| (today - due).get_days())
        .filter(|days| *days > 0);
    WorkRow {
        patient: summary.patient.clone(),
        urgency: summary.urgency.map_or(UrgencyTag::NotKnown, tag),
        urgency_label: summary.urgency.map_or("Not known", short_label).into(),
        urgency_signed: summary.urgency_signed,
        family: summary.family.to_uppercase(),
        given: summary.given.clone(),
        title: if summary.title.is_empty() {
            String::new()
        } else {
            format!("({})", summary.title)
        },
        born: summary
            .born
            .map_or_else(|| "Not known".into(), |born| words::born(born, today)),
        nhs_number: number(summary),
        similar_name: similar(summary, everybody),
        next_step: next_step(summary),
        stage: stage_words(summary.stage).into(),
        due: due.map_or_else(
            || "No date".into(),
            |due| {
                if due == today {
                    "Today".into()
                } else {
                    words::staff_date(due)
                }
            },
        ),
        late: late.map(|days| {
            format!(
                "{} late",
                words::count(usize::try_from(days).unwrap_or(0), "day", "days")
            )
        }),
        wait: wait(summary.received, summary.stopped, today),
        owner: if summary.owner.is_empty() {
            "Unassigned".into()
        } else if summary.owner == me {
            "You".into()
        } else {
            words::short_name(&summary.owner)
        },
        record_state: if summary.conflict {
            "Conflict".into()
        } else {
            "Kept".into()
        },
        opens: match summary.stage {
            Stage::Assessing => Opens::Assessment,
            Stage::ToSign => Opens::Result,
            Stage::ToPlan | Stage::ToGive => Opens::Plan,
            _ => Opens::Patient,
        },
        assessment: summary.assessments.first().cloned(),
    }
}

/// The urgency where there is room for two words.
pub(super) fn short_label(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::CrisisOrSafeguardingNow => "Crisis now",
        Urgency::Within48Hours => "48 hours",
        Urgency::UrgentSuspectedCancer => "Cancer?",
        other => urgency_label(other),
    }
}

pub(super) fn next_step(summary: &PatientSummary) -> String {
    if let Some(action) = summary.actions.first() {
        return action_words(&action.what).into();
    }
    match summary.stage {
        Stage::ReferralIncomplete => format!(
            "Ask the referrer: {}",
            summary.missing.join(", ").to_lowercase()
        ),
        Stage::Referral => "Book a first appointment".into(),
        Stage::Booked => "Start the assessment".into(),
        Stage::Assessing => "Finish the assessment".into(),
        Stage::ToSign => "Read the proposal and sign a decision".into(),
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
