//! Clocks are testimony, not order: whatever they show, nothing is lost, doubled or put before
//! what it came after.

use super::Room;
use super::forms::{number, referral, text};
use crate::door;
use crate::patient;
use crate::view::Status;

/// What was told of the main pain, in the order of the timeline, oldest first.
fn told(room: &mut Room, patient: &str) -> Vec<String> {
    let view = patient::open_patient(&mut room.desk, patient.to_owned()).unwrap();
    let mut all: Vec<String> = view
        .timeline
        .iter()
        .flat_map(|entry| entry.detail.iter())
        .filter(|line| line.value.starts_with("Knee"))
        .map(|line| line.value.clone())
        .collect();
    all.reverse();
    all
}

/// Answers one question again and again, each time after the clock was set to what `times` says.
fn answered_at(room: &mut Room, assessment: &str, times: &[&str]) {
    for (nth, time) in times.iter().enumerate() {
        room.set_clock(time);
        room.answer(assessment, "pain-main", text(&format!("Knee {nth}")));
        crate::assess::leave_section(&mut room.desk, assessment.to_owned()).unwrap();
    }
}

#[test]
fn the_last_answer_stands_whatever_the_clock_showed_when_it_was_given() {
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    answered_at(
        &mut room,
        &assessment,
        &[
            "2026-11-24T10:20:00+00:00",
            "2025-11-24T10:20:00+00:00",
            "2036-11-24T10:20:00+00:00",
            "1999-01-01T00:00:00+00:00",
        ],
    );
    room.set_clock("2026-11-24T10:21:00+00:00");
    let osei = room.osei.clone();
    room.crash();
    room.unlock(&osei);
    let shown = room.view(&assessment).answers.remove("pain-main").unwrap();
    assert_eq!(shown.answer, text("Knee 3"));
    assert_eq!(shown.conflict, None, "each had seen the one before");
}

#[test]
fn the_timeline_is_in_the_order_of_writing_when_the_clock_went_back_a_year_and_on_ten() {
    let mut room = Room::live();
    let (patient, assessment) = room.begin();
    answered_at(
        &mut room,
        &assessment,
        &[
            "2036-11-24T10:20:00+00:00",
            "2025-11-24T10:20:00+00:00",
            "2026-11-24T10:20:00+00:00",
        ],
    );
    assert_eq!(told(&mut room, &patient), ["Knee 0", "Knee 1", "Knee 2"]);
}

#[test]
fn the_hour_that_comes_twice_in_october_keeps_both_answers_in_the_order_they_were_given() {
    let mut room = Room::live();
    let (patient, assessment) = room.begin();
    answered_at(
        &mut room,
        &assessment,
        &["2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+00:00"],
    );
    let shown = room.view(&assessment).answers.remove("pain-main").unwrap();
    assert_eq!(shown.answer, text("Knee 1"));
    assert_eq!(told(&mut room, &patient), ["Knee 0", "Knee 1"]);
}

#[test]
fn the_hour_that_is_missing_in_march_loses_no_answer() {
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    room.set_clock("2027-03-28T00:59:59+00:00");
    room.answer(&assessment, "pain-average", number(4));
    room.set_clock("2027-03-28T02:00:01+01:00");
    room.answer(&assessment, "pain-worst", number(8));
    let osei = room.osei.clone();
    room.crash();
    room.unlock(&osei);
    let answers = room.view(&assessment).answers;
    assert_eq!(answers["pain-average"].answer, number(4));
    assert_eq!(answers["pain-worst"].answer, number(8));
}

#[test]
fn waits_are_counted_in_dates_so_that_a_change_of_the_hour_is_no_day_more_or_less() {
    let mut room = Room::live();
    room.set_clock("2026-10-20T23:30:00+01:00");
    let mut form = referral("Ndlovu", "Thabo");
    form.received = "2026-10-20".into();
    let patient = room.refer(form);
    let mut day = |time: &str| {
        room.set_clock(time);
        let view = patient::open_patient(&mut room.desk, patient.clone()).unwrap();
        view.banner.wait.day.unwrap()
    };
    let before = day("2026-10-24T00:10:00+01:00");
    assert_eq!(day("2026-10-25T23:50:00+00:00"), before + 1);
    assert_eq!(day("2026-10-26T00:10:00+00:00"), before + 2);
}

#[test]
fn a_clock_set_back_while_nobody_is_at_the_desk_neither_unlocks_nor_locks_out() {
    let mut room = Room::live();
    let osei = room.osei.clone();
    door::lock(&mut room.desk).unwrap();
    for time in ["2025-11-24T10:20:00+00:00", "2026-11-24T10:20:00+00:00"] {
        room.set_clock(time);
        assert!(matches!(
            door::status(&mut room.desk).unwrap(),
            Status::Locked(_)
        ));
        room.unlock(&osei);
        door::lock(&mut room.desk).unwrap();
    }
}
