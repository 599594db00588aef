//! What is said of a ruleset that cannot be read: where, what was expected, and the nearest name.
//!
//! Each case is a small sound ruleset with one piece of it replaced. The cases stand in
//! `ruleset_errors.toml` beside this file, each with all that is said of it.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use assessment::ruleset::{Ruleset, RulesetError};
use serde::Deserialize;

const SOUND: &str = r#"id = "small"
version = "1"
status = "draft"
title = "Small"

[facts]
age = { type = "number", unit = "years", from = 0, to = 130, whole = true }
ces-saddle = "yes-no"
impact = "choice"
ome-maximum = "number"
ome-typical = "number"

[[constraint]]
id = "most-is-most"
not-less = ["ome-maximum", "ome-typical"]
words = "The most is never less."

[[rule]]
id = "saddle"
warning = "ces"
when = { fact = "ces-saddle", is = true }
then = { urgency = "emergency", lead = "D01" }
words = "Because."
citation = "A source"
mark = "M"
owner = "somebody"
review = 2027-05-31

[[rule]]
id = "older"
when = { all = [{ fact = "age", at-least = 50 }, { fact = "impact", is = "severe" }] }
then = { urgency = "soon", lead = "D08", strands = ["medical"] }
words = "Because."
citation = "A source"
mark = "M"
owner = "somebody"
review = 2027-05-31

[[rule]]
id = "default"
default = true
then = { urgency = "routine", lead = "D15" }
words = "Because."
citation = "A source"
mark = "D"
owner = "somebody"
review = 2027-05-31

[[claim]]
id = "saddle-is-seen"
never = { all = [{ fact = "ces-saddle", is = true }, { less-urgent-than = "emergency" }] }
words = "Because."
citation = "A source"
mark = "M"
"#;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    broken: Vec<Broken>,
}

/// A piece of the sound ruleset, what stands in its place, and what is said of that.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Broken {
    piece: String,
    instead: String,
    /// `line:column: what was expected; did you mean "the nearest name"?`
    said: String,
}

fn cases() -> Vec<Broken> {
    let cases: Cases = toml::from_str(include_str!("ruleset_errors.toml")).unwrap();
    cases.broken
}

impl Broken {
    fn text(&self) -> String {
        assert!(SOUND.contains(&self.piece), "{}", self.piece);
        SOUND.replacen(&self.piece, &self.instead, 1)
    }

    fn fault(&self) -> RulesetError {
        let Err(fault) = Ruleset::parse(&self.text()) else {
            panic!("this was read: {}", self.instead);
        };
        fault
    }
}

#[test]
fn the_ruleset_that_the_cases_break_is_sound() {
    Ruleset::parse(SOUND).unwrap();
}

#[test]
fn every_fault_is_said_with_its_line_its_column_what_was_expected_and_the_nearest_name() {
    let cases = cases();
    assert!(cases.len() >= 30, "{}", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let fault = case.fault();
            let near = fault.nearest.as_ref();
            let near = near.map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
            let said = format!("{}:{}: {}{near}", fault.line, fault.column, fault.expected);
            (said != case.said)
                .then(|| format!("{}\n  was {said}\n  not {}", case.instead, case.said))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fault_says_what_was_expected_and_none_is_in_the_words_of_a_library() {
    for case in cases() {
        let fault = case.fault();
        assert!(
            fault.expected.starts_with("expected "),
            "{}",
            fault.expected
        );
        for word in [
            "unknown",
            "invalid type",
            "Raw",
            "struct",
            "sequence",
            "variant",
            "field",
        ] {
            assert!(
                !fault.expected.contains(word),
                "{word} in {}",
                fault.expected
            );
        }
    }
}

#[test]
fn a_place_is_never_outside_the_text() {
    for case in cases() {
        let (text, fault) = (case.text(), case.fault());
        let lines: Vec<&str> = text.split('\n').collect();
        let line = lines[fault.line - 1];
        assert!(fault.column <= line.chars().count() + 1, "{}", case.instead);
    }
}

#[test]
fn no_two_cases_are_the_same() {
    let texts: BTreeSet<String> = cases().iter().map(Broken::text).collect();
    assert_eq!(texts.len(), cases().len());
}
