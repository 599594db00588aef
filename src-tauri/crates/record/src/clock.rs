//! The referral-to-treatment clock of England, read from events, the site's configuration and a day.
//!
//! Rules: NHS England RTT rules suite, October 2022, read against its guidance v5.0 of February
//! 2025, which wins. Each rule carries the confidence mark it was compiled with. Days are calendar
//! dates: no time zone can lose or add one. Nothing is ever subtracted: pauses ended on 1 October
//! 2015.

mod event;
mod event_kind;
mod reading;
mod reckon;
mod rule;
mod status_code;

use jiff::civil::Date;

pub use event::{Event, Happening, Monitoring};
pub use event_kind::{Details, EventKind};
pub use reading::{Missing, MissingDate, Reading, State, Wait};
pub use rule::{Mark, Rule, StopReason};
pub use status_code::{Effect, STATUS_CODES, StatusCode};

/// Day 126 is the last within 18 weeks; day 127 is a breach. The start day is day 0.
/// Confidence V2 for "at most 126" and M for the rest.
pub const EIGHTEEN_WEEKS_DAYS: i32 = 126;

/// From day 365 a wait is reported as over 52 weeks. Confidence M.
pub const OVER_52_WEEKS_DAYS: i32 = 365;

/// What the commissioner settled for this service. Never inferred from whom a patient sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Configuration {
    /// What kind of service it is.
    pub service: Service,
    /// Whether its clocks go into the national return. A consultant-led community service follows
    /// the rules and is left out of it (guidance v5.0, 7.2; V2). Without effect where there is no
    /// national clock.
    pub returned_nationally: bool,
    /// Which date a discharge after a missed follow-up stops the clock on.
    pub missed_follow_up: MissedFollowUp,
}

/// What kind of service it is: whether the national rules apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// A consultant keeps overall clinical responsibility, present in person or not: the rules
    /// apply (Rule 1 a; V).
    ConsultantLed,
    /// It assesses, may treat, and may refer on to a consultant-led service: the rules apply from
    /// the day it receives the referral (Rule 1 b; V).
    Interface,
    /// Led by nurses or therapists and never by a consultant: no national clock; the local wait is
    /// counted the same way.
    Community,
}

impl Service {
    /// Every kind, with its name in files and entries.
    pub const ALL: [(Self, &str); 3] = [
        (Self::ConsultantLed, "consultant-led"),
        (Self::Interface, "interface"),
        (Self::Community, "community"),
    ];

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(kind, known)| (known == name).then_some(kind))
    }
}

/// The guidance is of two minds about this date, so a site may choose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MissedFollowUp {
    /// The day of the discharge.
    #[default]
    Discharge,
    /// The day of the appointment that was missed.
    Appointment,
}

impl MissedFollowUp {
    /// The choice of that name: discharge or appointment.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "discharge" => Some(Self::Discharge),
            "appointment" => Some(Self::Appointment),
            _ => None,
        }
    }
}

/// One clock from start to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The day it started.
    pub start: Date,
    /// The rule that started it.
    pub started_by: Rule,
    /// How it ended; none while it runs.
    pub end: Option<End>,
}

/// How a clock ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It stopped.
    Stopped {
        /// On this day.
        on: Date,
        /// For this reason.
        reason: StopReason,
    },
    /// It was nullified on this day.
    Nullified(Date),
}

/// What one event did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The day of the event; none where it was never written down.
    pub on: Option<Date>,
    /// Which of the events given, counted from 0.
    pub event: usize,
    /// The rule that was applied.
    pub rule: Rule,
}

/// Reads the clock on `today`. Events after today have not happened yet; those of one day count
/// in the order given. An event without a day is never guessed at: it moves nothing, and is named
/// in [`Reading::missing`].
pub fn read(events: &[Event], configuration: Configuration, today: Date) -> Reading {
    let mut dated: Vec<(Date, usize, &Event)> = Vec::with_capacity(events.len());
    let mut undated = Vec::new();
    for (index, event) in events.iter().enumerate() {
        match event.on {
            Some(on) if on <= today => dated.push((on, index, event)),
            Some(_) => {}
            None => undated.push((index, event)),
        }
    }
    dated.sort_by_key(|(on, index, _)| (*on, *index));
    let attended_some_day = undated
        .iter()
        .any(|(_, event)| event.what == Happening::Attended);
    let mut reckoning = reckon::Reckoning::new(configuration, today, attended_some_day);
    for (on, index, event) in dated {
        reckoning.take(on, index, event.what);
    }
    for (index, event) in undated {
        reckoning.take_undated(index, event.what);
    }
    reckoning.reading()
}
