use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Wait;

/// A patient's waiting-time clock, with what it stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ClockView {
    /// The same in few words.
    pub wait: Wait,
    /// Where it stands, in a sentence.
    pub state: String,
    /// The rule it stands by.
    pub rule: String,
    /// The national status codes that fit, such as "30 First treatment".
    pub codes: Vec<String>,
    /// It runs and is reported as over 52 weeks.
    pub over_52_weeks: bool,
    /// Dates nobody wrote down, each with what to enter.
    pub missing: Vec<String>,
    /// What each event did, in the order of their days.
    pub steps: Vec<ClockStep>,
    /// What else is to be known: not returned nationally, not set by this site.
    pub notes: Vec<String>,
    /// The person at work may record events.
    pub may_record: bool,
    /// What can be recorded.
    pub kinds: Vec<ClockEventKind>,
}

/// What one event did to a clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ClockStep {
    /// DD-Mmm-YYYY or "No date".
    pub on: String,
    /// What happened.
    pub what: String,
    /// The rule that was applied.
    pub rule: String,
    /// How well the rule's wording was checked: V, V2, M or D.
    pub mark: String,
}

/// A kind of event that can be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ClockEventKind {
    /// Id sent back.
    pub id: String,
    /// In words.
    pub label: String,
    /// Ask when the patient and the referrer were told.
    pub asks_told: bool,
    /// Ask whether notice of the appointment is shown.
    pub asks_notice: bool,
    /// Ask whether the discharge was safe.
    pub asks_safe: bool,
}

/// An event as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct ClockEventForm {
    /// Kind.
    pub what: String,
    /// ISO date; empty when nobody knows it.
    pub on: String,
    /// ISO date the patient and the referrer were told; empty when nobody knows it.
    pub told: String,
    /// It is shown that the patient was told of the appointment in good time.
    pub notice_shown: bool,
    /// Safe, and not against the patient's interest.
    pub safe: bool,
}

/// How a site's waits are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClockSettings {
    /// consultant-led, interface or community.
    pub service: String,
    /// Its clocks go into the national return.
    pub returned_nationally: bool,
    /// Which day a discharge after a missed follow-up stops the clock on: discharge or appointment.
    pub missed_follow_up: String,
    /// Somebody of this site set it. Ignored when sent.
    pub set: bool,
}
