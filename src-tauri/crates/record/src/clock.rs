//! The referral-to-treatment clock of England, read from events, the site's configuration and a day.
//!
//! Rules: NHS England RTT rules suite, October 2022, read against its guidance v5.0 of February
//! 2025, which wins. Each rule carries the confidence mark it was compiled with. Days are calendar
//! dates: no time zone can lose or add one. Nothing is ever subtracted: pauses ended on 1 October
//! 2015.

mod event;
mod reckon;
mod rule;

use jiff::civil::Date;

pub use event::{Event, Happening, Monitoring};
pub use rule::{Mark, Rule, StopReason};

/// Day 126 is the last within 18 weeks; day 127 is a breach. The start day is day 0.
/// Confidence V2 for "at most 126" and M for the rest.
pub const EIGHTEEN_WEEKS_DAYS: i32 = 126;

/// From day 365 a wait is reported as over 52 weeks. Confidence M.
pub const OVER_52_WEEKS_DAYS: i32 = 365;

/// What the commissioner settled for this service. Never inferred from whom a patient sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Configuration {
    /// Whether a consultant keeps overall clinical responsibility.
    pub led: Led,
    /// Which date a discharge after a missed follow-up stops the clock on.
    pub missed_follow_up: MissedFollowUp,
}

/// Whether the service is consultant-led.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Led {
    /// RTT rules apply.
    ByConsultant {
        /// False for a community service, which follows the rules but is left out of the
        /// national return (guidance v5.0, 7.2; V2).
        returned_nationally: bool,
    },
    /// No national clock; the local wait is counted.
    Otherwise,
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

/// The clock on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Where the clock stands.
    pub state: State,
    /// Every clock of this referral in order; the last is the one `state` speaks of.
    pub periods: Vec<Period>,
    /// What each event did and by which rule, in the order of their dates.
    pub steps: Vec<Step>,
    /// Whether the clock goes into the national return. False also where there is no clock.
    pub returned_nationally: bool,
}

/// Where the clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing has started it.
    NotStarted,
    /// It runs.
    Running(Wait),
    /// It has stopped, and the wait is what it was.
    Stopped {
        /// The wait up to the stop.
        wait: Wait,
        /// The day it stopped.
        on: Date,
        /// Why.
        reason: StopReason,
    },
    /// The first appointment was missed: the wait counts nowhere.
    Nullified {
        /// The day the clock had started.
        start: Date,
        /// The day of the missed appointment.
        on: Date,
    },
    /// The service is not consultant-led.
    NoNationalClock {
        /// The local wait, if it has begun.
        local: Option<Wait>,
        /// The day the patient was referred on to a consultant-led service, where a national
        /// clock starts.
        starts_elsewhere: Option<Date>,
    },
}

/// A wait in whole days; the start day is day 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// The day the clock started.
    pub start: Date,
    /// Days from the start to the stop, or to today.
    pub days: i32,
}

impl Wait {
    fn between(start: Date, end: Date) -> Self {
        Self {
            start,
            days: (end - start).get_days(),
        }
    }

    /// Whether it is within 18 weeks, [`EIGHTEEN_WEEKS_DAYS`] included.
    pub fn is_within_18_weeks(&self) -> bool {
        self.days <= EIGHTEEN_WEEKS_DAYS
    }

    /// Whether it is reported as over 52 weeks.
    pub fn is_over_52_weeks(&self) -> bool {
        self.days >= OVER_52_WEEKS_DAYS
    }

    /// The first day that breaches 18 weeks; none at the end of the calendar.
    pub fn breaches_on(&self) -> Option<Date> {
        self.start
            .checked_add(jiff::Span::new().days(EIGHTEEN_WEEKS_DAYS + 1))
            .ok()
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
    /// The day of the event.
    pub on: Date,
    /// The rule that was applied.
    pub rule: Rule,
}

/// Reads the clock on `today`. Events after today have not happened yet. Those of one day count
/// in the order given.
pub fn read(events: &[Event], configuration: Configuration, today: Date) -> Reading {
    let mut happened: Vec<_> = events.iter().filter(|event| event.on <= today).collect();
    happened.sort_by_key(|event| event.on);
    let mut reckoning = reckon::Reckoning::new(configuration, today);
    for event in happened {
        reckoning.take(event);
    }
    reckoning.reading()
}
