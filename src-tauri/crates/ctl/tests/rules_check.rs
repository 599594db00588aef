//! `felloectl rules check`: what it says of the shipped rules, and of rules with a fault put in.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::process::{Command, Output, Stdio};

use serde_json::Value;

const SHIPPED: &str = include_str!("../../../../assets/rulesets/uk-community-pain.toml");

fn check(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_felloectl"))
        .args(["rules", "check"])
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What is said of a ruleset in a file, which has to be that something does not hold.
fn fault_of(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    std::fs::write(&file, text).unwrap();
    let output = check(&[file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    said(&output)
}

/// The shipped rules with one more after the first.
fn with_rule(id: &str, when: &str, then: &str) -> String {
    let first = SHIPPED.find("[[rule]]").unwrap();
    let second = first + 1 + SHIPPED[first + 1..].find("[[rule]]").unwrap();
    let (before, after) = SHIPPED.split_at(second);
    format!(
        "{before}[[rule]]\nid = \"{id}\"\nwhen = {when}\nthen = {{ {then} }}\nwords = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n\n{after}"
    )
}

/// Whether the lines stand one after the other in what was said.
fn has_lines(said: &str, lines: &[&str]) {
    assert!(said.contains(&lines.join("\n")), "{lines:#?}\n{said}");
}

const BLADDER: &str = "{ fact = \"ces-bladder\", is = true }";

#[test]
fn of_the_shipped_rules_everything_is_proved_a_line_each() {
    let output = check(&[]);
    let words = said(&output);
    assert_eq!(output.status.code(), Some(0), "{words}");
    let proved = words.lines().filter(|line| line.starts_with("proved    "));
    let last = words.lines().last().unwrap();
    let all = format!("All {} proved for every assessment", proved.count());
    assert!(last.starts_with(&all), "{words}");
}

#[test]
fn json_has_each_obligation_and_nothing_else_is_on_standard_output() {
    let output = check(&["--json"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let obligations = json["report"]["obligations"].as_array().unwrap();
    assert!(obligations.iter().any(|it| it["kind"] == "monotone"));
    assert!(
        obligations
            .iter()
            .all(|it| it["failures"] == Value::Array(Vec::new()))
    );
}

#[test]
fn a_review_that_is_due_is_told_and_is_no_failure() {
    let output = check(&["--on", "2100-01-01"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        said(&output).contains("Review due: ces-new, since "),
        "{}",
        said(&output)
    );
}

#[test]
fn a_dead_rule_is_told_with_the_nearest_case_that_can_be() {
    let when = "{ all = [{ fact = \"fear-movement\", is = true }, { fact = \"age\", above = 70 }, { fact = \"age\", below = 60 }] }";
    let said = fault_of(&with_rule("no-such-age", when, "prompt = true"));
    has_lines(
        &said,
        &[
            "  no-such-age: It can never fire: part 3 of what it asks cannot hold with the parts before it.",
            "",
            "[[vignette]]",
            "id = \"no-such-age-never-fires\"",
        ],
    );
    has_lines(
        &said,
        &[
            "facts = { age = 71, fear-movement = true }",
            "expect = { fired = [\"no-such-age\"] }",
        ],
    );
}

#[test]
fn a_shadowed_rule_is_told_with_the_rule_that_stands_before_it() {
    let then = "urgency = \"emergency\", lead = \"D04\"";
    let said = fault_of(&with_rule("in-the-shadow", BLADDER, then));
    has_lines(
        &said,
        &[
            "  in-the-shadow: Whenever it fires, an earlier rule gives another lead. Here that is \"ces-new\".",
        ],
    );
    has_lines(
        &said,
        &[
            "facts = { ces-bladder = true }",
            "expect = { lead = \"D04\", fired = [\"in-the-shadow\"] }",
        ],
    );
}

#[test]
fn a_warning_sign_that_lowers_is_told_with_both_outcomes() {
    let when = "{ all = [{ fact = \"infection-risk\", is = false }, { fact = \"fear-movement\", is = true }] }";
    let said = fault_of(&with_rule(
        "calmed",
        when,
        "urgency = \"soon\", prompt = true",
    ));
    assert!(
        said.contains("FAILED    Warning signs are monotone"),
        "{said}"
    );
    assert!(
        said.contains("  infection-risk: Absent, the case is \"Soon\""),
        "{said}"
    );
    has_lines(
        &said,
        &[
            "facts = { fear-movement = true, infection-risk = true }",
            "expect = { urgency = \"soon\" }",
        ],
    );
}

#[test]
fn a_broken_claim_is_told_with_the_case_that_breaks_it() {
    let claim = "[[claim]]\nid = \"never-new\"\nnever = { fires = \"ces-new\" }\nwords = \"Nobody has a new sign.\"\ncitation = \"c\"\nmark = \"D\"\n";
    let said = fault_of(&format!("{SHIPPED}\n{claim}"));
    has_lines(
        &said,
        &[
            "FAILED    Nobody has a new sign.",
            "  never-new: The claim does not hold.",
        ],
    );
    has_lines(&said, &["expect = { not-fired = [\"ces-new\"] }"]);
}

#[test]
fn a_missing_citation_is_told_with_its_rule() {
    let at = SHIPPED.find("citation = \"").unwrap() + "citation = \"".len();
    let end = at + SHIPPED[at..].find('"').unwrap();
    let said = fault_of(&format!("{}{}", &SHIPPED[..at], &SHIPPED[end..]));
    assert!(said.contains(": It has no citation."), "{said}");
}

#[test]
fn a_file_that_cannot_be_read_is_told_with_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    std::fs::write(
        &file,
        SHIPPED.replacen("ces-bladder = \"yes-no\"", "ces-blader = \"yes-no\"", 1),
    )
    .unwrap();
    let name = file.to_str().unwrap();
    let output = check(&[name]);
    assert_eq!(output.status.code(), Some(2));
    let complained = String::from_utf8(output.stderr).unwrap();
    let place = complained
        .strip_prefix(name)
        .and_then(|rest| rest.strip_prefix(':'));
    let line = place.and_then(|rest| rest.split(':').next()?.parse::<usize>().ok());
    assert!(line.is_some(), "{complained}");
    assert!(complained.contains("ces-bladder"), "{complained}");
}
