//! The waiting-time clock: every example of the clinical facts, numbered as there.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::civil::Date;
use record::clock::{
    Configuration, Event, Happening, MissedFollowUp, MissingDate, Monitoring, Reading, Rule,
    Service, State, StopReason, read,
};

const CONSULTANT_LED: Configuration = Configuration {
    service: Service::ConsultantLed,
    returned_nationally: true,
    missed_follow_up: MissedFollowUp::Discharge,
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn on(text: &str, what: Happening) -> Event {
    Event::on(day(text), what)
}

fn received(text: &str) -> Event {
    on(text, Happening::ReferralReceived)
}

fn treated(text: &str) -> Event {
    on(text, Happening::FirstTreatment)
}

const MISSED: Happening = Happening::Missed { notice_shown: true };

fn clock(events: &[Event], today: &str) -> Reading {
    read(events, CONSULTANT_LED, day(today))
}

/// Days, whether within 18 weeks, and why it stopped.
fn stopped(events: &[Event]) -> (i32, bool, StopReason) {
    match clock(events, "2030-01-01").state {
        State::Stopped { wait, reason, .. } => (wait.days, wait.is_within_18_weeks(), reason),
        other => panic!("{other:?}"),
    }
}

/// Days, whether within 18 weeks, whether over 52 weeks.
fn running(events: &[Event], today: &str) -> (i32, bool, bool) {
    match clock(events, today).state {
        State::Running(wait) => (
            wait.days,
            wait.is_within_18_weeks(),
            wait.is_over_52_weeks(),
        ),
        other => panic!("{other:?}"),
    }
}

#[test]
fn example_1_first_treatment_stops_the_clock() {
    let events = [received("2026-01-05"), treated("2026-03-09")];
    assert_eq!(stopped(&events), (63, true, StopReason::Treatment));
}

#[test]
fn examples_2_and_3_day_126_is_within_and_day_127_is_a_breach() {
    let events = [received("2026-01-05")];
    assert_eq!(running(&events, "2026-05-11"), (126, true, false));
    assert_eq!(running(&events, "2026-05-12"), (127, false, false));
    let State::Running(wait) = clock(&events, "2026-01-05").state else {
        panic!()
    };
    assert_eq!(
        (wait.days, wait.breaches_on()),
        (0, Some(day("2026-05-12")))
    );
}

#[test]
fn examples_4_and_5_a_cancellation_has_no_effect() {
    let events = |treatment| {
        [
            received("2026-02-02"),
            on("2026-04-07", Happening::Attended),
            on("2026-04-20", Happening::Cancelled),
            treated(treatment),
        ]
    };
    assert_eq!(
        stopped(&events("2026-06-08")),
        (126, true, StopReason::Treatment)
    );
    assert_eq!(
        stopped(&events("2026-06-09")),
        (127, false, StopReason::Treatment)
    );
}

#[test]
fn example_6_a_missed_first_appointment_nullifies() {
    let discharged = Happening::DischargedAfterMissing {
        safe: true,
        told: Some(day("2026-02-16")),
    };
    let events = [
        received("2026-01-05"),
        on("2026-02-16", MISSED),
        on("2026-02-16", discharged),
    ];
    let nullified = State::Nullified {
        start: day("2026-01-05"),
        on: day("2026-02-16"),
    };
    assert_eq!(clock(&events, "2026-12-31").state, nullified);
}

#[test]
fn example_7_rebooking_after_it_starts_a_new_clock() {
    let events = [
        received("2026-01-05"),
        on("2026-02-16", MISSED),
        on("2026-02-16", Happening::Rebooked),
        treated("2026-04-27"),
    ];
    assert_eq!(stopped(&events), (70, true, StopReason::Treatment));
    let reading = clock(&events, "2026-12-31");
    assert_eq!(reading.periods[1].start, day("2026-02-16"));
    assert_eq!(reading.periods[1].started_by, Rule::StartRebooked);
}

#[test]
fn example_8_a_missed_follow_up_alone_stops_nothing() {
    let events = [
        received("2026-01-05"),
        on("2026-02-02", Happening::Attended),
        on("2026-02-16", MISSED),
    ];
    assert_eq!(running(&events, "2026-03-02"), (56, true, false));
}

#[test]
fn example_9_a_safe_discharge_after_it_stops_the_clock() {
    let events = |safe, told: Option<&str>| {
        [
            received("2026-01-05"),
            on("2026-02-02", Happening::Attended),
            on("2026-02-16", MISSED),
            on(
                "2026-03-02",
                Happening::DischargedAfterMissing {
                    safe,
                    told: told.map(day),
                },
            ),
        ]
    };
    let good = events(true, Some("2026-03-02"));
    assert_eq!(
        stopped(&good),
        (56, true, StopReason::DischargedAfterMissing)
    );
    assert_eq!(StopReason::DischargedAfterMissing.status_codes(), [33, 34]);
    let by_appointment = Configuration {
        missed_follow_up: MissedFollowUp::Appointment,
        ..CONSULTANT_LED
    };
    let State::Stopped { on, wait, .. } = read(&good, by_appointment, day("2026-04-01")).state
    else {
        panic!()
    };
    assert_eq!((on, wait.days), (day("2026-02-16"), 42));
    assert_eq!(
        running(&events(false, Some("2026-03-02")), "2026-03-02").0,
        56
    );
    assert_eq!(running(&events(true, None), "2026-03-02").0, 56);
}

#[test]
fn example_10_a_decision_to_treat_after_active_monitoring_starts_a_new_clock() {
    let monitoring = Happening::ActiveMonitoring {
        by: Monitoring::Clinician,
        told: Some(day("2026-03-02")),
    };
    let events = [
        received("2026-01-05"),
        on("2026-03-02", monitoring),
        on("2026-06-01", Happening::DecisionToTreat),
        treated("2026-07-13"),
    ];
    let first = clock(&events, "2026-05-01").state;
    let State::Stopped {
        on: stop, reason, ..
    } = first
    else {
        panic!()
    };
    assert_eq!(
        (stop, reason),
        (day("2026-03-02"), StopReason::MonitoringByClinician)
    );
    assert_eq!(stopped(&events), (42, true, StopReason::Treatment));
}

#[test]
fn example_11_advice_to_the_gp_with_letters_sent_stops_the_clock() {
    let advice = |told| on("2026-01-20", Happening::ReturnedToPrimaryCare { told });
    let events = [received("2026-01-05"), advice(Some(day("2026-01-20")))];
    assert_eq!(stopped(&events), (15, true, StopReason::NotTreated));
    assert_eq!(StopReason::NotTreated.status_codes(), [34]);
}

#[test]
fn examples_12_and_13_thinking_time_and_holidays_do_not_pause() {
    let events = [
        received("2026-01-05"),
        on("2026-02-02", Happening::PatientDelay),
    ];
    assert_eq!(running(&events, "2026-03-16"), (70, true, false));
    assert_eq!(clock(&events, "2026-03-16").steps[1].rule, Rule::NoPause);
}

#[test]
fn example_14_over_52_weeks_begins_on_day_365() {
    let events = [received("2025-01-06")];
    assert_eq!(running(&events, "2026-01-05"), (364, false, false));
    assert_eq!(running(&events, "2026-01-06"), (365, false, true));
}

#[test]
fn examples_15_and_16_leap_days_and_summer_time_neither_add_nor_lose_a_day() {
    assert_eq!(
        running(&[received("2024-02-29")], "2024-07-04"),
        (126, true, false)
    );
    assert_eq!(
        running(&[received("2026-03-27")], "2026-07-31"),
        (126, true, false)
    );
}

#[test]
fn example_17_an_exercise_group_meant_as_treatment_stops_the_clock() {
    let events = [received("2026-01-05"), treated("2026-03-09")];
    let reading = clock(&events, "2026-04-01");
    assert_eq!(reading.steps[1].rule, Rule::StopTreatment);
    assert!(Rule::StopTreatment.words().contains("therapy included"));
    assert_eq!(StopReason::Treatment.status_codes(), [30]);
}

#[test]
fn example_18_relief_while_waiting_stops_nothing() {
    let events = [
        received("2026-01-05"),
        on("2026-02-02", Happening::InterimRelief),
        on("2026-02-03", Happening::Diagnostics),
    ];
    assert_eq!(running(&events, "2026-03-09"), (63, true, false));
}

#[test]
fn example_19_a_transfer_keeps_the_original_start() {
    let events = [
        received("2026-01-05"),
        on("2026-03-09", Happening::TransferredToConsultantLed),
    ];
    assert_eq!(running(&events, "2026-03-09"), (63, true, false));
    assert!(
        clock(&events, "2026-03-09").steps[1]
            .rule
            .words()
            .contains("transfer data set")
    );
}

#[test]
fn example_20_a_service_that_is_not_consultant_led_counts_a_local_wait_only() {
    let configuration = Configuration {
        service: Service::Community,
        ..CONSULTANT_LED
    };
    let events = [
        received("2026-01-05"),
        on("2026-03-09", Happening::TransferredToConsultantLed),
    ];
    let reading = read(&events, configuration, day("2026-03-16"));
    let State::NoNationalClock {
        local,
        runs,
        starts_elsewhere,
    } = reading.state
    else {
        panic!()
    };
    assert_eq!((local.map(|wait| wait.days), runs), (Some(70), true));
    assert_eq!(reading.rule(), Rule::NotConsultantLed);
    assert_eq!(starts_elsewhere, Some(day("2026-03-09")));
    assert!(!reading.returned_nationally);
}

#[test]
fn a_stop_nobody_was_told_of_does_not_count_until_they_are() {
    let advice = |told| {
        [
            received("2026-01-05"),
            on("2026-01-20", Happening::DecisionNotToTreat { told }),
        ]
    };
    assert_eq!(running(&advice(None), "2026-02-01").0, 27);
    let later = advice(Some(day("2026-02-03")));
    assert_eq!(running(&later, "2026-02-02").0, 28);
    assert_eq!(clock(&later, "2026-02-02").steps[1].rule, Rule::StopNotTold);
    assert_eq!(stopped(&later), (15, true, StopReason::NotTreated));
}

#[test]
fn a_missed_first_appointment_without_notice_shown_counts_as_nothing() {
    let events = [
        received("2026-01-05"),
        on(
            "2026-02-16",
            Happening::Missed {
                notice_shown: false,
            },
        ),
    ];
    assert_eq!(running(&events, "2026-02-16").0, 42);
}

#[test]
fn declining_and_death_stop_the_clock() {
    let declined = Happening::Declined {
        told: Some(day("2026-02-02")),
    };
    assert_eq!(
        stopped(&[received("2026-01-05"), on("2026-02-02", declined)]),
        (28, true, StopReason::Declined)
    );
    assert_eq!(
        stopped(&[received("2026-01-05"), on("2026-02-02", Happening::Died)]),
        (28, true, StopReason::Died)
    );
}

#[test]
fn a_new_clock_needs_a_completed_one() {
    for what in [
        Happening::DecisionToTreat,
        Happening::NewTreatmentDecided,
        Happening::SecondSideReady,
        Happening::ReferralReceived,
        Happening::Rebooked,
    ] {
        let reading = clock(
            &[received("2026-01-05"), on("2026-02-02", what)],
            "2026-03-09",
        );
        assert_eq!(
            (reading.periods.len(), reading.steps[1].rule),
            (1, Rule::NoEffect),
            "{what:?}"
        );
    }
    for (what, rule) in [
        (Happening::NewTreatmentDecided, Rule::StartNewTreatment),
        (Happening::SecondSideReady, Rule::StartSecondSide),
        (Happening::ReferralReceived, Rule::StartReReferral),
    ] {
        let reading = clock(
            &[
                received("2026-01-05"),
                treated("2026-01-12"),
                on("2026-02-02", what),
            ],
            "2026-03-09",
        );
        assert_eq!((reading.periods.len(), reading.steps[2].rule), (2, rule));
        assert!(matches!(reading.state, State::Running(wait) if wait.days == 35));
    }
}

#[test]
fn the_future_has_not_happened_yet_and_the_order_of_days_is_the_calendar_s() {
    let events = [treated("2026-03-09"), received("2026-01-05")];
    assert_eq!(running(&events, "2026-03-08").0, 62);
    assert_eq!(stopped(&events).0, 63);
    assert_eq!(clock(&events, "2026-01-04").state, State::NotStarted);
}

#[test]
fn a_community_service_follows_the_rules_and_is_left_out_of_the_return() {
    let reading = read(
        &[received("2026-01-05")],
        Configuration {
            returned_nationally: false,
            ..CONSULTANT_LED
        },
        day("2026-01-06"),
    );
    assert!(matches!(reading.state, State::Running(_)) && !reading.returned_nationally);
}

#[test]
fn an_interface_service_has_the_national_clock_and_hands_it_on() {
    let configuration = Configuration {
        service: Service::Interface,
        ..CONSULTANT_LED
    };
    let events = [
        received("2026-01-05"),
        on("2026-03-09", Happening::TransferredToConsultantLed),
    ];
    let reading = read(&events, configuration, day("2026-03-16"));
    assert!(matches!(reading.state, State::Running(wait) if wait.days == 70));
    assert_eq!(reading.steps[1].rule, Rule::Transferred);
    assert!(reading.returned_nationally);
}

#[test]
fn every_state_says_the_rule_it_stands_by() {
    let rule = |events: &[Event]| clock(events, "2026-04-01").rule();
    assert_eq!(rule(&[]), Rule::NotStarted);
    assert_eq!(rule(&[received("2026-01-05")]), Rule::StartReferral);
    assert_eq!(
        rule(&[received("2026-01-05"), treated("2026-02-02")]),
        Rule::StopTreatment
    );
    assert_eq!(
        rule(&[received("2026-01-05"), on("2026-02-02", MISSED)]),
        Rule::Nullified
    );
    assert_eq!(
        rule(&[Event::undated(Happening::ReferralReceived)]),
        Rule::UndatedStart
    );
}

#[test]
fn a_missing_day_is_flagged_and_moves_nothing() {
    let start = clock(&[Event::undated(Happening::ReferralReceived)], "2026-04-01");
    assert_eq!(start.state, State::StartNotKnown);
    assert_eq!(start.breaches_on(), None);
    let events = [
        Event::undated(Happening::FirstTreatment),
        received("2026-01-05"),
    ];
    let reading = clock(&events, "2026-02-02");
    assert!(matches!(reading.state, State::Running(wait) if wait.days == 28));
    let missing: Vec<_> = reading.missing.iter().map(|m| (m.event, m.date)).collect();
    assert_eq!(missing, [(0, MissingDate::Day)]);
    let last = reading.steps.last().unwrap();
    assert_eq!((last.on, last.event, last.rule), (None, 0, Rule::Undated));
}

#[test]
fn a_miss_beside_an_attendance_of_no_known_day_nullifies_nothing() {
    let events = [
        received("2026-01-05"),
        on("2026-02-16", MISSED),
        Event::undated(Happening::Attended),
    ];
    let reading = clock(&events, "2026-03-02");
    assert!(matches!(reading.state, State::Running(_)));
    assert_eq!(reading.steps[1].rule, Rule::MissedOrderUnknown);
}

#[test]
fn a_stop_without_the_day_of_telling_is_flagged() {
    let told = |told| {
        let what = Happening::DecisionNotToTreat { told };
        clock(
            &[received("2026-01-05"), on("2026-01-20", what)],
            "2026-02-01",
        )
    };
    let missing: Vec<_> = told(None)
        .missing
        .iter()
        .map(|m| (m.event, m.date))
        .collect();
    assert_eq!(missing, [(1, MissingDate::Told)]);
    assert_eq!(told(Some(day("2026-03-01"))).missing, []);
}

#[test]
fn the_forecast_is_the_first_day_past_18_weeks_of_a_wait_that_runs() {
    let open = [received("2026-01-05")];
    assert_eq!(
        clock(&open, "2026-02-02").breaches_on(),
        Some(day("2026-05-12"))
    );
    let treated = [received("2026-01-05"), treated("2026-02-02")];
    assert_eq!(clock(&treated, "2026-03-02").breaches_on(), None);
    let community = Configuration {
        service: Service::Community,
        ..CONSULTANT_LED
    };
    let local = read(&open, community, day("2026-02-02"));
    assert_eq!(local.breaches_on(), Some(day("2026-05-12")));
    let stopped = read(&treated, community, day("2026-03-02"));
    assert!(matches!(
        stopped.state,
        State::NoNationalClock { runs: false, .. }
    ));
    assert_eq!(stopped.breaches_on(), None);
}
