//! The 20 worked examples of the clock, with leap days and summer time.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod waits;

use record::clock::{
    Configuration, Happening, MissedFollowUp, Monitoring, Rule, Service, State, StopReason, read,
};
use waits::{CONSULTANT_LED, MISSED, clock, day, on, received, running, stopped, treated};

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
