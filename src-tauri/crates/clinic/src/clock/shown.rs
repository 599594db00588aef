//! A patient's clock with every step and the rule of each.

use record::clock::{EventKind, MissingDate, Reading, State, StatusCode, Step};

use super::{ClockEvent, events_of, read, unset, words as few};
use crate::case::Case;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{ClockEventKind, ClockStep, ClockView};
use crate::words;

/// The clock of a case as of today.
pub(crate) fn shown(desk: &Desk, case: &Case) -> Result<ClockView, Refusal> {
    let (configuration, set) = desk.clock_configuration()?;
    let events = events_of(case);
    let reading = read(&events, configuration, desk.today());
    let mut notes = Vec::new();
    if !set {
        notes.push(unset().to_owned());
    }
    if !reading.returned_nationally {
        notes.push("Not returned nationally.".to_owned());
    }
    Ok(ClockView {
        wait: few::of(&reading),
        state: state(&reading),
        rule: reading.rule().words().into(),
        codes: codes(&reading),
        over_52_weeks: reading
            .running()
            .is_some_and(|wait| wait.is_over_52_weeks()),
        missing: missing(&reading, &events),
        steps: reading
            .steps
            .iter()
            .map(|step| line(step, &events))
            .collect(),
        notes,
        may_record: desk.may(Act::RecordPathway)?,
        kinds: kinds(),
    })
}

/// Where it stands, in a sentence.
fn state(reading: &Reading) -> String {
    let date = words::staff_date;
    match reading.state {
        State::NotStarted => "No clock has started.".into(),
        State::StartNotKnown => "The wait cannot be counted.".into(),
        State::Running(wait) => {
            let past = if wait.is_within_18_weeks() {
                "passes"
            } else {
                "passed"
            };
            let breach = wait.breaches_on().map(date).unwrap_or_default();
            format!(
                "Running since {}; {past} 18 weeks on {breach}.",
                date(wait.start)
            )
        }
        State::Stopped { wait, on, .. } => format!(
            "Stopped on {} after {}, {} 18 weeks.",
            date(on),
            days(wait.days),
            if wait.is_within_18_weeks() {
                "within"
            } else {
                "over"
            }
        ),
        State::Nullified { start, on } => format!(
            "The clock of {} was nullified on {}: it counts nowhere.",
            date(start),
            date(on)
        ),
        State::NoNationalClock {
            local,
            runs,
            starts_elsewhere,
        } => {
            let local = match local {
                Some(wait) if runs => format!(
                    "Local wait since {}: {}.",
                    date(wait.start),
                    days(wait.days)
                ),
                Some(wait) => format!("The local wait was {}.", days(wait.days)),
                None => "No local wait.".into(),
            };
            let elsewhere = starts_elsewhere
                .map(|on| format!(" A national clock started elsewhere on {}.", date(on)));
            local + &elsewhere.unwrap_or_default()
        }
    }
}

fn days(days: i32) -> String {
    words::count(usize::try_from(days).unwrap_or(0), "day", "days")
}

/// The national status codes that fit how it stopped.
fn codes(reading: &Reading) -> Vec<String> {
    let fitting: &[u8] = match reading.state {
        State::Stopped { reason, .. } => reason.status_codes(),
        State::Nullified { .. } => &[33],
        _ => &[],
    };
    let known = fitting.iter().filter_map(|code| StatusCode::of(*code));
    known
        .map(|code| format!("{} {}", code.code, code.words))
        .collect()
}

fn missing(reading: &Reading, events: &[ClockEvent]) -> Vec<String> {
    let named = |event: usize, date: MissingDate| {
        let kind = events.get(event).and_then(ClockEvent::kind);
        let what = kind.map_or("An event", EventKind::words);
        format!("{what}: enter {}.", date.words())
    };
    let all = reading.missing.iter();
    all.map(|missing| named(missing.event, missing.date))
        .collect()
}

fn line(step: &Step, events: &[ClockEvent]) -> ClockStep {
    let event = events.get(step.event);
    let what = match event {
        Some(event) if event.from_plan => "Plan given to the patient, counted as first treatment",
        Some(event) => event.kind().map_or("", EventKind::words),
        None => "",
    };
    ClockStep {
        on: step.on.map_or_else(|| "No date".into(), words::staff_date),
        what: what.into(),
        rule: step.rule.words().into(),
        mark: format!("{:?}", step.rule.mark()),
    }
}

/// Referrals and death are entered where they belong.
fn kinds() -> Vec<ClockEventKind> {
    EventKind::ALL
        .iter()
        .filter(|kind| !matches!(kind, EventKind::ReferralReceived | EventKind::Died))
        .map(|kind| ClockEventKind {
            id: kind.name().into(),
            label: kind.words().into(),
            asks_told: kind.asks_told(),
            asks_notice: kind.asks_notice(),
            asks_safe: kind.asks_safe(),
        })
        .collect()
}
