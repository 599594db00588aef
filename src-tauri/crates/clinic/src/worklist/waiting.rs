//! The waiting-time clock in words.

use jiff::civil::Date;
use record::clock::{Configuration, Event, Happening, MissedFollowUp, Service, State, read};

use crate::view::Wait;

/// The waiting-time clock in words. The service is taken as consultant-led and left out of the
/// national return, as a community service is; a site that is not says so in its settings.
pub(crate) fn wait(received: Option<Date>, stopped: Option<Date>, today: Date) -> Wait {
    let Some(received) = received else {
        return standing("No referral date", String::new());
    };
    let event = |on, what| Event { on, what };
    let begun = event(Some(received), Happening::ReferralReceived);
    let treated = stopped.map(|on| event(Some(on), Happening::FirstTreatment));
    let events: Vec<Event> = std::iter::once(begun).chain(treated).collect();
    let configuration = Configuration {
        service: Service::ConsultantLed,
        returned_nationally: false,
        missed_follow_up: MissedFollowUp::Discharge,
    };
    let reading = read(&events, configuration, today);
    let rule = reading
        .steps
        .last()
        .map(|step| step.rule.words().to_owned())
        .unwrap_or_default();
    match reading.state {
        State::Running(wait) => running(wait.days, rule),
        State::NoNationalClock { .. } => standing("No national clock", rule),
        _ => standing("Clock stopped", rule),
    }
}

/// A clock that does not run.
fn standing(words: &str, rule: String) -> Wait {
    Wait {
        words: words.into(),
        day: None,
        percent: None,
        level: "ok".into(),
        rule,
    }
}

/// The last day within 18 weeks, day 0 being the day of receipt. CLINICAL facts section 5.1.
pub(super) const LAST_DAY: u32 = 126;

pub(super) fn running(days: i32, rule: String) -> Wait {
    let day = u32::try_from(days).unwrap_or(0);
    let level = match day {
        0..84 => "ok",
        84..112 => "mid",
        112..=LAST_DAY => "near",
        _ => "over",
    };
    Wait {
        words: format!("Day {day} of {LAST_DAY}"),
        day: Some(day),
        percent: Some((day * 100 / LAST_DAY).min(100)),
        level: level.into(),
        rule,
    }
}
