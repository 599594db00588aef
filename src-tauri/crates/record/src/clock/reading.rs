//! What is read off the clock on one day.

use jiff::civil::Date;

use super::{EIGHTEEN_WEEKS_DAYS, OVER_52_WEEKS_DAYS, Period, Rule, Step, StopReason};

/// The clock on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Where the clock stands.
    pub state: State,
    /// Every clock of this referral in order; the last is the one `state` speaks of.
    pub periods: Vec<Period>,
    /// What each event did and by which rule, in the order of their dates; those without one last.
    pub steps: Vec<Step>,
    /// Dates that nobody wrote down. The clock may be wrong until they are entered.
    pub missing: Vec<Missing>,
    /// Whether the clock goes into the national return. False also where there is no clock.
    pub returned_nationally: bool,
}

impl Reading {
    /// The rule by which the clock stands as it does.
    pub fn rule(&self) -> Rule {
        match self.state {
            State::NotStarted => Rule::NotStarted,
            State::StartNotKnown => Rule::UndatedStart,
            State::Running(_) => self
                .periods
                .last()
                .map_or(Rule::NotStarted, |period| period.started_by),
            State::Stopped { reason, .. } => reason.rule(),
            State::Nullified { .. } => Rule::Nullified,
            State::NoNationalClock { .. } => Rule::NotConsultantLed,
        }
    }

    /// The wait that still runs, national or local.
    pub fn running(&self) -> Option<Wait> {
        match self.state {
            State::Running(wait)
            | State::NoNationalClock {
                local: Some(wait),
                runs: true,
                ..
            } => Some(wait),
            _ => None,
        }
    }

    /// Forecast: the first day past 18 weeks of a wait that runs, if nothing stops it before. It
    /// may have gone by.
    pub fn breaches_on(&self) -> Option<Date> {
        self.running()?.breaches_on()
    }
}

/// A date that nobody wrote down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// Which of the events given, counted from 0.
    pub event: usize,
    /// Which of its dates.
    pub date: MissingDate,
}

/// Which date of an event is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingDate {
    /// The day it happened.
    Day,
    /// The day the patient and the referrer were told.
    Told,
}

impl MissingDate {
    /// What to enter, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Day => "the day it happened",
            Self::Told => "the day the patient and the referrer were told",
        }
    }
}

/// Where the clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing has started it.
    NotStarted,
    /// A referral was received, and nobody wrote down when: the wait cannot be counted.
    StartNotKnown,
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
    /// The service is neither consultant-led nor an interface service.
    NoNationalClock {
        /// The local wait, if it has begun.
        local: Option<Wait>,
        /// Whether it still runs.
        runs: bool,
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
    pub(super) fn between(start: Date, end: Date) -> Self {
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
