//! What a record holds that the clock stands on.

use jiff::civil::Date;
use record::body::PathwayEvent;
use record::clock::{self, Configuration, Details, Event, EventKind, Reading};
use serde::{Deserialize, Serialize};

use crate::case::{Case, Held};
use crate::words;

/// One event of a patient's pathway, as the clock and the lists need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ClockEvent {
    /// Name of the kind.
    pub(crate) what: String,
    pub(crate) on: Option<Date>,
    pub(crate) told: Option<Date>,
    pub(crate) notice_shown: bool,
    pub(crate) safe: bool,
    /// It was not recorded as an event; something else in the record says it.
    pub(crate) from_plan: bool,
}

impl ClockEvent {
    fn plain(kind: EventKind, on: Option<Date>) -> Self {
        Self {
            what: kind.name().into(),
            on,
            told: None,
            notice_shown: false,
            safe: false,
            from_plan: false,
        }
    }

    pub(crate) fn kind(&self) -> Option<EventKind> {
        EventKind::named(&self.what)
    }

    fn event(&self) -> Option<Event> {
        let details = Details {
            told: self.told,
            notice_shown: self.notice_shown,
            safe: self.safe,
        };
        self.kind().map(|kind| kind.event(self.on, details))
    }
}

/// Reads the clock on a day. An event of a kind from a newer version moves nothing.
pub(crate) fn read(events: &[ClockEvent], configuration: Configuration, on: Date) -> Reading {
    let known: Vec<Event> = events.iter().filter_map(ClockEvent::event).collect();
    clock::read(&known, configuration, on)
}

/// Every event of a patient's pathway: referrals, what was recorded as an event, plans given, and
/// death. All referrals to this service are for one condition, pain; so a second one while the
/// first is open starts no clock, and the wait is the longer of the two.
pub(crate) fn events_of(case: &Case) -> Vec<ClockEvent> {
    let mut events: Vec<ClockEvent> = case
        .referrals()
        .iter()
        .map(|found| {
            let received = words::iso(&found.body.received);
            ClockEvent::plain(EventKind::ReferralReceived, received)
        })
        .collect();
    for held in case.under::<PathwayEvent>("pathway/") {
        events.extend(recorded(&held));
    }
    events.extend(plans_given(case));
    if let Some(died) = &case.identity().died {
        events.push(ClockEvent::plain(EventKind::Died, died.on));
    }
    events.retain(|event| event.kind().is_some());
    events.sort_by_key(|event| (event.on.is_none(), event.on));
    events
}

/// Two values of one event that did not see each other agree on nothing: its dates are unknown.
fn recorded(held: &Held<crate::case::Found<'_, &PathwayEvent>>) -> Option<ClockEvent> {
    let body = held.all().first()?.body;
    let settled = held.one().is_some();
    let date = |text: &str| words::iso(text).filter(|_| settled);
    Some(ClockEvent {
        what: body.what.clone(),
        on: date(&body.on),
        told: date(&body.told),
        notice_shown: settled && body.notice_shown,
        safe: settled && body.safe,
        from_plan: false,
    })
}

/// A plan in the patient's hands is the start of managing the condition, unless treatment had
/// started before. A design decision; the service's own rule may differ, and the step says so.
fn plans_given(case: &Case) -> impl Iterator<Item = ClockEvent> {
    case.assessments().iter().filter_map(|facts| {
        case.decision(facts.id).one()?;
        let (_, moment) = case.plan(facts.id).given?;
        Some(ClockEvent {
            from_plan: true,
            ..ClockEvent::plain(EventKind::FirstTreatment, Some(moment.local().date()))
        })
    })
}
