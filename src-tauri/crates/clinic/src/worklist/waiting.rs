//! The waiting-time clock in words.

use jiff::civil::Date;
use record::clock::{Configuration, Event, Happening, Led, MissedFollowUp, State, read};

use crate::view::Wait;

/// The waiting-time clock in words. The service is taken as consultant-led and left out of the
/// national return, as a community service is; a site that is not says so in its settings.
pub(crate) fn wait(received: Option<Date>, stopped: Option<Date>, today: Date) -> Wait {
    let Some(received) = received else {
        return Wait {
            words: "No referral date".into(),
            day: None,
            percent: None,
            level: "ok".into(),
            rule: String::new(),
        };
    };
    let mut events = vec![Event {
        on: received,
        what: Happening::ReferralReceived,
    }];
    if let Some(on) = stopped {
        events.push(Event {
            on,
            what: Happening::FirstTreatment,
        });
    }
    let configuration = Configuration {
        led: Led::ByConsultant {
            returned_nationally: false,
        },
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
        State::NoNationalClock { .. } => Wait {
            words: "No national clock".into(),
            day: None,
            percent: None,
            level: "ok".into(),
            rule,
        },
        _ => Wait {
            words: "Clock stopped".into(),
            day: None,
            percent: None,
            level: "ok".into(),
            rule,
        },
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
