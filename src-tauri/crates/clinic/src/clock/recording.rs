//! Recording what the clock cannot know by itself.

use jiff::civil::Date;
use record::body::PathwayEvent;
use record::clock::EventKind;
use record::id::ItemId;

use crate::case::slots;
use crate::desk::{Desk, Line, patient_id};
use crate::faults::Faults;
use crate::patient::open_patient;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{ClockEventForm, PatientView};
use crate::words;

/// Records something that happened on a patient's pathway. A date that nobody knows is left out
/// and flagged, never guessed.
pub fn record_clock_event(
    desk: &mut Desk,
    patient: String,
    form: ClockEventForm,
) -> Result<PatientView, Refusal> {
    desk.allow(Act::RecordPathway)?;
    let id = patient_id(&patient)?;
    let today = desk.today();
    let kind = EventKind::named(&form.what)
        .ok_or_else(|| Refusal::field("what", "Choose what happened."))?;
    let received = desk
        .case(id)?
        .referrals()
        .iter()
        .filter_map(|found| words::iso(&found.body.received))
        .min();
    let mut faults = Faults::default();
    check_day(&mut faults, "on", (&form.on, received, today));
    if kind.asks_told() {
        let from = words::iso(&form.on).or(received);
        check_day(&mut faults, "told", (&form.told, from, today));
    }
    faults.none()?;
    let event = ItemId::from_random(desk.random());
    let body = PathwayEvent {
        event,
        what: kind.name().into(),
        on: form.on,
        told: if kind.asks_told() {
            form.told
        } else {
            String::new()
        },
        notice_shown: kind.asks_notice() && form.notice_shown,
        safe: kind.asks_safe() && form.safe,
    };
    desk.write(id, vec![Line::of(slots::pathway(event), &body)?])?;
    open_patient(desk, patient)
}

/// A day that is not one, has not come yet, or lies before what it follows. None typed is allowed.
fn check_day(faults: &mut Faults, field: &str, (typed, from, today): (&str, Option<Date>, Date)) {
    let message = match words::iso(typed) {
        _ if typed.is_empty() => return,
        None => "Enter a day such as 05-Jan-2026, or leave it empty if nobody knows it.",
        Some(on) if on > today => "This day has not come yet.",
        Some(on) if from.is_some_and(|from| on < from) => {
            "This day lies before what it follows. Check it."
        }
        Some(_) => return,
    };
    faults.add(field, message);
}
