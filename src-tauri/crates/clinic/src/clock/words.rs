//! The clock in the few words that lists and banners have room for.

use jiff::civil::Date;
use record::clock::{self, Configuration, Reading, State};

use super::{ClockEvent, read};
use crate::view::Wait;
use crate::words;

/// The last day within 18 weeks, day 0 being the day of receipt. CLINICAL facts section 5.1.
const LAST_DAY: u32 = clock::EIGHTEEN_WEEKS_DAYS.unsigned_abs();

/// The waiting-time clock in words.
pub(crate) fn wait(events: &[ClockEvent], configuration: Configuration, today: Date) -> Wait {
    of(&read(events, configuration, today))
}

pub(super) fn of(reading: &Reading) -> Wait {
    let rule = reading.rule().words().to_owned();
    let mut wait = match reading.state {
        State::Running(wait) => running(wait.days),
        State::NoNationalClock {
            local: Some(wait),
            runs: true,
            ..
        } => Wait {
            words: format!("Local wait, day {}", wait.days),
            ..running(wait.days)
        },
        State::NoNationalClock { .. } => standing("No national clock"),
        State::NotStarted => standing("No referral date"),
        State::StartNotKnown => standing("Referral date missing"),
        State::Stopped { .. } => standing("Clock stopped"),
        State::Nullified { .. } => standing("Clock nullified"),
    };
    wait.rule = rule;
    wait.missing = !reading.missing.is_empty();
    wait.forecast = reading.breaches_on().map(words::staff_date);
    wait
}

/// A clock that does not run.
fn standing(words: &str) -> Wait {
    Wait {
        words: words.into(),
        day: None,
        percent: None,
        level: "ok".into(),
        rule: String::new(),
        forecast: None,
        missing: false,
    }
}

fn running(days: i32) -> Wait {
    let day = u32::try_from(days).unwrap_or(0);
    let level = match day {
        0..84 => "ok",
        84..112 => "mid",
        112..=LAST_DAY => "near",
        _ => "over",
    };
    let words = if days >= clock::OVER_52_WEEKS_DAYS {
        format!("Day {day}, over 52 weeks")
    } else {
        format!("Day {day} of {LAST_DAY}")
    };
    Wait {
        words,
        day: Some(day),
        percent: Some((day * 100 / LAST_DAY).min(100)),
        level: level.into(),
        ..standing("")
    }
}
