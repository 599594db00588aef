//! The waiting-time clock without a patient: events from a file, read on a day.

use jiff::civil::Date;
use record::clock::{
    self, Configuration, Details, Event, EventKind, MissedFollowUp, Reading, Service, State,
    StatusCode,
};
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// The file: what kind of service it is, and what happened. See `docs/clock.md`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    service: Setting,
    events: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Setting {
    kind: String,
    returned_nationally: bool,
    missed_follow_up: String,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            kind: "consultant-led".into(),
            returned_nationally: true,
            missed_follow_up: "discharge".into(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    what: String,
    on: Option<Date>,
    told: Option<Date>,
    #[serde(default)]
    notice_shown: bool,
    #[serde(default)]
    safe: bool,
}

/// Where a clock stands.
#[derive(Debug, Clone, Serialize)]
pub struct ClockAnswer {
    /// not-started, start-not-known, running, stopped, nullified or no-national-clock.
    pub state: &'static str,
    /// The rule it stands by, in words.
    pub rule: &'static str,
    /// The day the clock, or the local wait, started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<Date>,
    /// The day it stopped or was nullified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Date>,
    /// Days waited; the start day is day 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i32>,
    /// At most 126 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_18_weeks: Option<bool>,
    /// 365 days or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over_52_weeks: Option<bool>,
    /// The first day past 18 weeks of a wait that runs; it may have gone by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breaches_on: Option<Date>,
    /// The day a national clock started at another service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_elsewhere: Option<Date>,
    /// The clock goes into the national return.
    pub returned_nationally: bool,
    /// National status codes that fit how it ended.
    pub status_codes: Vec<u8>,
    /// What each event did, in the order of their days; those without one last.
    pub steps: Vec<ClockStepAnswer>,
    /// Dates that nobody wrote down: which event of the file, counted from 1, and what to enter.
    pub missing: Vec<String>,
    /// The whole in words.
    pub words: String,
}

/// What one event did.
#[derive(Debug, Clone, Serialize)]
pub struct ClockStepAnswer {
    /// Which event of the file, counted from 1.
    pub event: usize,
    /// Its day.
    pub on: Option<Date>,
    /// Its kind.
    pub what: &'static str,
    /// The rule that was applied.
    pub rule: &'static str,
    /// How well the rule's wording was checked: V, V2, M or D.
    pub mark: String,
}

/// Reads the clock on a day from the text of a file.
pub fn clock(text: &str, on: Date) -> Result<ClockAnswer, Refusal> {
    let file: File = serde_json::from_str(text)
        .map_err(|error| Refusal::plain(format!("The events cannot be read: {error}.")))?;
    let configuration = configuration(&file.service)?;
    let kinds = kinds(&file.events)?;
    let events: Vec<Event> = kinds
        .iter()
        .zip(&file.events)
        .map(|(kind, line)| {
            let details = Details {
                told: line.told,
                notice_shown: line.notice_shown,
                safe: line.safe,
            };
            kind.event(line.on, details)
        })
        .collect();
    Ok(answer(&clock::read(&events, configuration, on), &kinds))
}

fn configuration(service: &Setting) -> Result<Configuration, Refusal> {
    let kind = Service::named(&service.kind).ok_or_else(|| {
        Refusal::plain(format!(
            "service.kind: '{}' is not a kind of service. Use consultant-led, interface or community.",
            service.kind
        ))
    })?;
    let missed_follow_up = MissedFollowUp::named(&service.missed_follow_up).ok_or_else(|| {
        Refusal::plain(format!(
            "service.missed_follow_up: '{}' is not a choice. Use discharge or appointment.",
            service.missed_follow_up
        ))
    })?;
    Ok(Configuration {
        service: kind,
        returned_nationally: service.returned_nationally,
        missed_follow_up,
    })
}

/// Each line's kind; a line that says what its kind does not ask for is a mistake to be shown.
fn kinds(lines: &[Line]) -> Result<Vec<EventKind>, Refusal> {
    let wrong = |index: usize, words: String| {
        let place = index + 1;
        Refusal::plain(format!("Event {place} of the file: {words}"))
    };
    let mut kinds = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(kind) = EventKind::named(&line.what) else {
            let names: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.name()).collect();
            let names = names.join(", ");
            let words = format!(
                "'{}' is not something a clock knows. Use one of {names}.",
                line.what
            );
            return Err(wrong(index, words));
        };
        let extra = [
            ("told", line.told.is_some() && !kind.asks_told()),
            ("notice_shown", line.notice_shown && !kind.asks_notice()),
            ("safe", line.safe && !kind.asks_safe()),
        ];
        if let Some((field, _)) = extra.iter().find(|(_, said)| *said) {
            let words = format!("'{}' has no '{field}'. Take it out.", line.what);
            return Err(wrong(index, words));
        }
        kinds.push(kind);
    }
    Ok(kinds)
}

fn answer(reading: &Reading, kinds: &[EventKind]) -> ClockAnswer {
    let (name, wait, ended) = match reading.state {
        State::NotStarted => ("not-started", None, None),
        State::StartNotKnown => ("start-not-known", None, None),
        State::Running(wait) => ("running", Some(wait), None),
        State::Stopped { wait, on, .. } => ("stopped", Some(wait), Some(on)),
        State::Nullified { on, .. } => ("nullified", None, Some(on)),
        State::NoNationalClock { local, .. } => ("no-national-clock", local, None),
    };
    let started = match reading.state {
        State::Nullified { start, .. } => Some(start),
        _ => wait.map(|wait| wait.start),
    };
    let starts_elsewhere = match reading.state {
        State::NoNationalClock {
            starts_elsewhere, ..
        } => starts_elsewhere,
        _ => None,
    };
    let what = |event: usize| kinds.get(event).map_or("", |kind| kind.name());
    let mut answer = ClockAnswer {
        state: name,
        rule: reading.rule().words(),
        started,
        ended,
        days: wait.map(|wait| wait.days),
        within_18_weeks: wait.map(|wait| wait.is_within_18_weeks()),
        over_52_weeks: wait.map(|wait| wait.is_over_52_weeks()),
        breaches_on: reading.breaches_on(),
        starts_elsewhere,
        returned_nationally: reading.returned_nationally,
        status_codes: codes(reading),
        steps: reading
            .steps
            .iter()
            .map(|step| ClockStepAnswer {
                event: step.event + 1,
                on: step.on,
                what: what(step.event),
                rule: step.rule.words(),
                mark: format!("{:?}", step.rule.mark()),
            })
            .collect(),
        missing: reading
            .missing
            .iter()
            .map(|missing| {
                let (place, date) = (missing.event + 1, missing.date.words());
                format!("Event {place} ({}): enter {date}.", what(missing.event))
            })
            .collect(),
        words: String::new(),
    };
    answer.words = said(&answer);
    answer
}

fn codes(reading: &Reading) -> Vec<u8> {
    let fitting: &[u8] = match reading.state {
        State::Stopped { reason, .. } => reason.status_codes(),
        State::Nullified { .. } => &[33],
        _ => &[],
    };
    let known = fitting
        .iter()
        .filter(|code| StatusCode::of(**code).is_some());
    known.copied().collect()
}

fn said(answer: &ClockAnswer) -> String {
    let mut lines = vec![match (answer.days, answer.within_18_weeks) {
        (Some(days), Some(within)) => format!(
            "{}, day {days}, {} 18 weeks",
            answer.state.replace('-', " "),
            if within { "within" } else { "over" }
        ),
        _ => answer.state.replace('-', " "),
    }];
    lines.push(answer.rule.to_owned());
    for step in &answer.steps {
        let on = step
            .on
            .map_or_else(|| "no date".to_owned(), |on| on.to_string());
        lines.push(format!("  {on}  {}: {}", step.what, step.rule));
    }
    lines.extend(answer.missing.iter().cloned());
    lines.join("\n")
}
