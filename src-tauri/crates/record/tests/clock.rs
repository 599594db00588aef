//! The waiting-time clock: every example of the clinical facts, numbered as there.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod waits;

use record::clock::{
    Configuration, Event, Happening, MissingDate, Rule, Service, State, StopReason, read,
};
use waits::{CONSULTANT_LED, MISSED, clock, day, on, received, running, stopped, treated};

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
