//! The waiting-time clock on the patient's screen and in the worklist.

use super::Room;
use super::forms::referral;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{ClockEventForm, ClockSettings, ClockView};
use crate::{clock, patient, worklist};

fn event(what: &str, on: &str) -> ClockEventForm {
    ClockEventForm {
        what: what.into(),
        on: on.into(),
        ..ClockEventForm::default()
    }
}

fn of(room: &mut Room, patient: &str) -> ClockView {
    patient::open_patient(&mut room.desk, patient.to_owned())
        .unwrap()
        .clock
}

fn record(room: &mut Room, patient: &str, form: ClockEventForm) -> Result<ClockView, Refusal> {
    clock::record_clock_event(&mut room.desk, patient.to_owned(), form).map(|view| view.clock)
}

#[test]
fn the_patient_s_screen_shows_the_clock_with_the_rule_of_every_step() {
    let mut room = Room::demo();
    let id = room.refer(referral("Nowak", "Anna"));
    let shown = of(&mut room, &id);
    assert!(
        shown
            .state
            .starts_with("Running since 20-Nov-2026; passes 18 weeks on 27-Mar-2027")
    );
    assert!(shown.rule.starts_with("Rules 1 and 2"));
    let missed = ClockEventForm {
        notice_shown: true,
        ..event("missed", "2026-11-23")
    };
    let after = record(&mut room, &id, missed).unwrap();
    assert!(
        after.state.contains("was nullified on 23-Nov-2026"),
        "{}",
        after.state
    );
    assert_eq!(after.codes, ["33 Did not attend the first care activity"]);
    let again = record(&mut room, &id, event("rebooked", "2026-11-24")).unwrap();
    assert!(
        again.state.starts_with("Running since 24-Nov-2026"),
        "{}",
        again.state
    );
    assert_eq!(again.steps.len(), 3);
}

#[test]
fn a_stop_without_the_day_of_telling_runs_on_and_is_flagged() {
    let mut room = Room::demo();
    let id = room.refer(referral("Nowak", "Anna"));
    let untold = record(
        &mut room,
        &id,
        event("returned-to-primary-care", "2026-11-23"),
    )
    .unwrap();
    assert!(untold.state.starts_with("Running"));
    assert_eq!(
        untold.missing,
        ["Returned to the GP: enter the day the patient and the referrer were told."]
    );
    assert!(untold.wait.missing);
    let undated = record(&mut room, &id, event("first-treatment", "")).unwrap();
    assert!(undated.state.starts_with("Running") && undated.missing.len() == 2);
}

#[test]
fn a_day_to_come_or_before_the_referral_is_refused() {
    let mut room = Room::demo();
    let id = room.refer(referral("Nowak", "Anna"));
    for on in ["2026-11-19", "2099-01-01", "yesterday"] {
        let refused = record(&mut room, &id, event("attended", on));
        assert!(
            matches!(&refused, Err(Refusal::Invalid(fields)) if fields[0].field == "on"),
            "{on}"
        );
    }
    let unknown = record(&mut room, &id, event("seen", "2026-11-23"));
    assert!(matches!(&unknown, Err(Refusal::Invalid(fields)) if fields[0].field == "what"));
}

#[test]
fn the_site_says_what_kind_of_service_it_is_and_every_clock_follows() {
    let mut room = Room::demo();
    let id = room.refer(referral("Nowak", "Anna"));
    let before = of(&mut room, &id);
    assert!(
        before
            .notes
            .iter()
            .any(|note| note.contains("has not said"))
    );
    room.seat_a(record::role::Role::Lead);
    let settings = ClockSettings {
        service: "community".into(),
        returned_nationally: true,
        missed_follow_up: "discharge".into(),
        set: false,
    };
    let kept = clock::save_clock_settings(&mut room.desk, settings).unwrap();
    assert!(kept.set && kept.service == "community");
    let after = of(&mut room, &id);
    assert!(
        after.state.starts_with("Local wait since 20-Nov-2026"),
        "{}",
        after.state
    );
    assert_eq!(after.notes, ["Not returned nationally."]);
    let wrong = ClockSettings {
        service: "acute".into(),
        ..kept
    };
    assert!(clock::save_clock_settings(&mut room.desk, wrong).is_err());
}

#[test]
fn a_nurse_records_events_and_does_not_set_what_kind_of_service_the_site_is() {
    let mut room = Room::demo();
    room.seat_a(record::role::Role::Nurse);
    let id = room.refer(referral("Nowak", "Anna"));
    record(&mut room, &id, event("attended", "2026-11-23")).unwrap();
    let now = clock::clock_settings(&mut room.desk).unwrap();
    let refused = clock::save_clock_settings(&mut room.desk, now);
    assert!(matches!(refused, Err(Refusal::NotAllowed(Act::SetClock))));
}

#[test]
fn an_event_entered_in_error_no_longer_moves_the_clock() {
    let mut room = Room::demo();
    let id = room.refer(referral("Nowak", "Anna"));
    record(&mut room, &id, event("first-treatment", "2026-11-23")).unwrap();
    let view = patient::open_patient(&mut room.desk, id.clone()).unwrap();
    assert!(view.clock.state.starts_with("Stopped on 23-Nov-2026"));
    let entry = view
        .timeline
        .iter()
        .find(|entry| entry.title == "First treatment started, therapy included")
        .unwrap();
    let after = patient::mark_in_error(
        &mut room.desk,
        id,
        entry.id.clone(),
        "Another patient".into(),
    )
    .unwrap();
    assert!(after.clock.state.starts_with("Running"));
}

#[test]
fn the_day_a_clock_passes_18_weeks_orders_the_worklist_within_one_urgency() {
    let mut room = Room::demo();
    let mut long = referral("Nowak", "Anna");
    long.received = "2026-06-01".into();
    long.asked_urgency = "soon".into();
    let mut short = referral("Okafor", "Emeka");
    short.asked_urgency = "soon".into();
    let mut urgent = referral("Ferreira", "Luis");
    urgent.asked_urgency = "urgent".into();
    let ids = [short, long, urgent].map(|form| room.refer(form));
    let list = worklist::worklist(&mut room.desk, "referrals".into(), String::new(), 0).unwrap();
    let place = |id: &String| list.rows.iter().position(|row| row.patient == *id).unwrap();
    let [short, long, urgent] = [place(&ids[0]), place(&ids[1]), place(&ids[2])];
    assert!(urgent < long && long < short, "{urgent} {long} {short}");
    let waits = worklist::worklist(&mut room.desk, "waits".into(), String::new(), 0).unwrap();
    let named = |id: &String| waits.rows.iter().any(|row| row.patient == *id);
    assert!(named(&ids[1]) && !named(&ids[0]) && !named(&ids[2]));
}
