//! What can be chosen, and what each choice is called.

use assessment::ruleset::{Disposition, Strand, Urgency};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::triage::Proposed;
use crate::view::{Choice, DecisionForm, UrgencyTag};

/// Why something other than the proposal is signed.
pub(super) const REASONS: [(&str, &str); 6] = [
    ("patient-wish", "The patient wishes otherwise"),
    ("clinical-judgement", "Clinical judgement"),
    ("known-context", "Something known that the rules do not see"),
    ("not-available", "The service is not available"),
    ("second-opinion", "After a second opinion"),
    ("not-settled", "The proposal is not settled"),
];

pub(super) fn to_value<T: Serialize>(value: T) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|json| json.as_str().map(str::to_owned))
        .unwrap_or_default()
}

pub(super) fn from_value<T: DeserializeOwned>(value: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(value.to_owned())).ok()
}

/// Whether a value that was signed stands for this disposition or strand.
pub(crate) fn is_value<T: Serialize>(one: T, value: &str) -> bool {
    to_value(one) == value
}

/// An urgency from its value; "not settled" is nothing a clinician can sign.
pub(crate) fn urgency_of(value: &str) -> Option<Urgency> {
    from_value(value).filter(|urgency| *urgency != Urgency::NotSettled)
}

/// The value of an urgency in forms and in the record.
pub(crate) fn urgency_value(urgency: Urgency) -> String {
    to_value(urgency)
}

/// The urgency in words.
pub(crate) fn urgency_label(urgency: Urgency) -> &'static str {
    urgency.words()
}

/// 1 for the most urgent, growing.
pub(crate) fn rank(urgency: Urgency) -> u8 {
    let place = Urgency::ALL
        .iter()
        .position(|known| *known == urgency)
        .unwrap_or(0);
    // Room between ranks, for what stands between two of them.
    u8::try_from(place * 2 + 2).unwrap_or(u8::MAX)
}

/// The tag of an urgency.
pub(crate) fn tag(urgency: Urgency) -> UrgencyTag {
    match urgency {
        Urgency::Emergency => UrgencyTag::Emergency,
        Urgency::CrisisOrSafeguardingNow => UrgencyTag::Crisis,
        Urgency::SameDay => UrgencyTag::SameDay,
        Urgency::Within48Hours => UrgencyTag::TwoDays,
        Urgency::UrgentSuspectedCancer => UrgencyTag::SuspectedCancer,
        Urgency::Urgent => UrgencyTag::Urgent,
        Urgency::Soon => UrgencyTag::Soon,
        Urgency::Routine => UrgencyTag::Routine,
        Urgency::NotSettled => UrgencyTag::NotSettled,
    }
}

/// A disposition's code in words.
pub(crate) fn lead_words(code: &str) -> String {
    from_value::<Disposition>(code).map_or_else(|| code.to_owned(), |lead| lead.words().to_owned())
}

pub(super) fn dispositions() -> Vec<Choice> {
    (1..=19)
        .filter_map(|number| from_value::<Disposition>(&format!("D{number:02}")))
        .map(|lead| Choice {
            value: to_value(lead),
            label: lead.words().into(),
        })
        .collect()
}

pub(super) fn urgencies() -> Vec<Choice> {
    Urgency::ALL
        .into_iter()
        .filter(|urgency| *urgency != Urgency::NotSettled)
        .map(|urgency| Choice {
            value: to_value(urgency),
            label: urgency.words().into(),
        })
        .collect()
}

pub(super) fn strands() -> Vec<Choice> {
    Strand::ALL
        .into_iter()
        .map(|strand| Choice {
            value: to_value(strand),
            label: strand.words().into(),
        })
        .collect()
}

/// The reasons to choose from.
pub(super) fn reasons() -> Vec<Choice> {
    REASONS
        .iter()
        .map(|(value, label)| Choice {
            value: (*value).into(),
            label: (*label).into(),
        })
        .collect()
}

pub(super) fn form_of(proposed: &Proposed) -> DecisionForm {
    DecisionForm {
        lead: proposed.lead.map(to_value).unwrap_or_default(),
        urgency: proposed.urgency.map(to_value).unwrap_or_default(),
        strands: proposed
            .strands
            .iter()
            .map(|strand| to_value(*strand))
            .collect(),
        ..DecisionForm::default()
    }
}
