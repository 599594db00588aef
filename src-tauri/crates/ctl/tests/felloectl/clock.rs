//! `felloectl clock`.

use std::process::Output;

use serde_json::json;

use crate::program::{code, complained, json_of, with_input};

fn read(events: &str, on: &str) -> Output {
    with_input(&["clock", "-", "--on", on, "--json"], events)
}

#[test]
fn a_wait_is_counted_with_its_rule_and_the_day_it_passes_18_weeks() {
    let events = r#"{"events": [{"on": "2026-01-05", "what": "referral-received"}]}"#;
    let output = read(events, "2026-05-12");
    let answer = json_of(&output);
    assert_eq!(code(&output), 0);
    assert_eq!(answer["state"], json!("running"));
    assert_eq!(answer["days"], json!(127));
    assert_eq!(answer["within_18_weeks"], json!(false));
    assert_eq!(answer["breaches_on"], json!("2026-05-12"));
    assert!(
        answer["rule"]
            .as_str()
            .unwrap()
            .starts_with("Rules 1 and 2")
    );
}

#[test]
fn what_kind_of_service_it_is_comes_with_the_events() {
    let events = r#"{"service": {"kind": "community"}, "events": [
        {"on": "2026-01-05", "what": "referral-received"},
        {"on": "2026-03-09", "what": "transferred"}]}"#;
    let answer = json_of(&read(events, "2026-03-16"));
    assert_eq!(answer["state"], json!("no-national-clock"));
    assert_eq!(answer["days"], json!(70));
    assert_eq!(answer["starts_elsewhere"], json!("2026-03-09"));
    assert_eq!(answer["returned_nationally"], json!(false));
}

#[test]
fn a_date_that_is_missing_is_named_and_not_guessed() {
    let events = r#"{"events": [
        {"on": "2026-01-05", "what": "referral-received"},
        {"on": "2026-01-20", "what": "decision-not-to-treat"},
        {"what": "first-treatment"}]}"#;
    let answer = json_of(&read(events, "2026-02-02"));
    assert_eq!(answer["state"], json!("running"));
    let missing = [
        "Event 2 (decision-not-to-treat): enter the day the patient and the referrer were told.",
        "Event 3 (first-treatment): enter the day it happened.",
    ];
    assert_eq!(answer["missing"], json!(missing));
}

#[test]
fn a_mistake_in_the_file_is_told_with_its_place() {
    for (events, place) in [
        (
            r#"{"events": [{"on": "2026-02-30", "what": "attended"}]}"#,
            "line 1 column",
        ),
        ("{\"events\": [\n{\"on\": 5}]}", "line 2 column"),
        (r#"{"events": [{"what": "seen"}]}"#, "Event 1 of the file"),
        (
            r#"{"events": [{"what": "attended", "safe": true}]}"#,
            "Event 1 of the file",
        ),
        (
            r#"{"service": {"kind": "acute"}, "events": []}"#,
            "service.kind",
        ),
        (r#"{"events": [], "paused": 3}"#, "paused"),
    ] {
        let output = read(events, "2026-02-02");
        assert_eq!(code(&output), 2, "{events}");
        let said = complained(&output);
        assert!(said.contains(place), "{said}");
    }
    let day = with_input(&["clock", "-", "--on", "tomorrow"], "{}");
    assert_eq!(code(&day), 2);
}
