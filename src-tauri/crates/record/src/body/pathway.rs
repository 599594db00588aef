//! What happened on a pathway, and how a site's waits are counted.

use serde::{Deserialize, Serialize};

use crate::clock::{Configuration, MissedFollowUp, Service};
use crate::id::ItemId;

/// Something that happened on a pathway and that the clock may care for. Slot `pathway/<item>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathwayEvent {
    /// The event.
    pub event: ItemId,
    /// What happened, by the name of [`crate::clock::EventKind`].
    pub what: String,
    /// ISO date; empty when nobody knows it.
    pub on: String,
    /// ISO date the patient and the referrer were told; empty when nobody knows it.
    pub told: String,
    /// It is shown that the patient was told of the appointment in good time.
    pub notice_shown: bool,
    /// Not against the patient's clinical interest, and the patient is not vulnerable.
    pub safe: bool,
}

/// How a site's waits are counted. Slot `clock-setting`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockSetting {
    /// consultant-led, interface or community.
    pub service: String,
    /// Its clocks go into the national return.
    pub returned_nationally: bool,
    /// Which day a discharge after a missed follow-up stops the clock on: discharge or appointment.
    pub missed_follow_up: String,
}

impl ClockSetting {
    /// The same for the clock; none where a word is not one of those it knows.
    pub fn configuration(&self) -> Option<Configuration> {
        Some(Configuration {
            service: Service::named(&self.service)?,
            returned_nationally: self.returned_nationally,
            missed_follow_up: MissedFollowUp::named(&self.missed_follow_up)?,
        })
    }
}
