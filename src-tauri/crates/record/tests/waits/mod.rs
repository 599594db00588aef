//! Short ways to say what happened in a wait.

// Each test program uses a part of it.
#![allow(dead_code)]

use jiff::civil::Date;
use record::clock::{
    Configuration, Event, Happening, MissedFollowUp, Reading, Service, State, StopReason, read,
};

pub(crate) const CONSULTANT_LED: Configuration = Configuration {
    service: Service::ConsultantLed,
    returned_nationally: true,
    missed_follow_up: MissedFollowUp::Discharge,
};

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn on(text: &str, what: Happening) -> Event {
    Event::on(day(text), what)
}

pub(crate) fn received(text: &str) -> Event {
    on(text, Happening::ReferralReceived)
}

pub(crate) fn treated(text: &str) -> Event {
    on(text, Happening::FirstTreatment)
}

pub(crate) const MISSED: Happening = Happening::Missed { notice_shown: true };

pub(crate) fn clock(events: &[Event], today: &str) -> Reading {
    read(events, CONSULTANT_LED, day(today))
}

/// Days, whether within 18 weeks, and why it stopped.
pub(crate) fn stopped(events: &[Event]) -> (i32, bool, StopReason) {
    match clock(events, "2030-01-01").state {
        State::Stopped { wait, reason, .. } => (wait.days, wait.is_within_18_weeks(), reason),
        other => panic!("{other:?}"),
    }
}

/// Days, whether within 18 weeks, whether over 52 weeks.
pub(crate) fn running(events: &[Event], today: &str) -> (i32, bool, bool) {
    match clock(events, today).state {
        State::Running(wait) => (
            wait.days,
            wait.is_within_18_weeks(),
            wait.is_over_52_weeks(),
        ),
        other => panic!("{other:?}"),
    }
}
