//! What the proof says of the shipped ruleset, and of the same ruleset with a fault put in.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use assessment::proof::{Counterexample, Failure, Kind, Report, Verdict, check, overdue};
use assessment::ruleset::Ruleset;
use assessment::vignette::Vignette;
use jiff::civil::date;

const SHIPPED: &str = include_str!("../../../../assets/rulesets/uk-community-pain.toml");

/// A rule in the shape of a file.
fn rule(id: &str, when: &str, then: &str) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\nwhen = {when}\nthen = {{ {then} }}\nwords = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n\n"
    )
}

/// The shipped ruleset with a rule put in after the first one.
fn with_rule(rule: &str) -> Ruleset {
    let first = SHIPPED.find("[[rule]]").unwrap();
    let second = first + 1 + SHIPPED[first + 1..].find("[[rule]]").unwrap();
    let (before, after) = SHIPPED.split_at(second);
    Ruleset::parse(&format!("{before}{rule}{after}")).unwrap()
}

/// The failures of one kind about one thing.
fn failure(report: &Report, kind: Kind, about: &str) -> Failure {
    let of_kind = report.obligations.iter().filter(|it| it.kind == kind);
    let mut failures = of_kind.flat_map(|it| &it.failures);
    let found = failures.find(|it| it.about == about).cloned();
    found.unwrap_or_else(|| panic!("{kind:?} holds of {about}"))
}

/// The facts that a counterexample tells, as it writes them.
fn facts(shown: &Counterexample) -> String {
    let text = shown.to_string();
    let line = text.lines().find(|line| line.starts_with("facts"));
    line.unwrap_or("nothing").to_owned()
}

/// A counterexample is a vignette that does not come out as it would have to.
fn fails_when_run(shown: &Counterexample, ruleset: &Ruleset) {
    let read = Vignette::parse("counterexample.toml", &shown.to_string());
    let read = read.unwrap_or_else(|error| panic!("{error}\n{shown}"));
    assert!(!read[0].run(ruleset).passed(), "{shown}");
}

/// What the proof finds about a rule that was put in, and that it shows it.
fn found(ruleset: &Ruleset, kind: Kind, about: &str) -> Counterexample {
    let failure = failure(&check(ruleset, &[]), kind, about);
    let shown = failure.counterexample.unwrap();
    fails_when_run(&shown, ruleset);
    shown
}

#[test]
fn everything_that_must_hold_of_the_shipped_ruleset_is_proved() {
    let report = check(Ruleset::shipped(), Vignette::shipped());
    for obligation in &report.obligations {
        let first = obligation.failures.first();
        let shown = first.map(|it| {
            (
                &it.about,
                &it.words,
                it.counterexample.as_ref().map(ToString::to_string),
            )
        });
        assert_eq!(
            obligation.verdict(),
            Verdict::Proved,
            "{}\n{shown:?}",
            obligation.words
        );
        assert!(obligation.of > 0, "nothing was asked: {}", obligation.words);
    }
    assert!(report.passed());
}

#[test]
fn the_same_check_gives_the_same_report() {
    let once = check(Ruleset::shipped(), Vignette::shipped());
    assert_eq!(once, check(Ruleset::shipped(), Vignette::shipped()));
}

#[test]
fn a_rule_that_can_never_fire_is_found_with_the_nearest_case_that_can_be() {
    let when = "{ all = [{ fact = \"fear-movement\", is = true }, { fact = \"age\", above = 70 }, { fact = \"age\", below = 60 }] }";
    let ruleset = with_rule(&rule("no-such-age", when, "prompt = true"));
    let shown = found(&ruleset, Kind::NotDead, "no-such-age");
    assert_eq!(facts(&shown), "facts = { age = 71, fear-movement = true }");
}

#[test]
fn a_rule_whose_lead_an_earlier_rule_always_takes_is_found() {
    let when = "{ fact = \"ces-bladder\", is = true }";
    let then = "urgency = \"emergency\", lead = \"D04\"";
    let ruleset = with_rule(&rule("in-the-shadow", when, then));
    let shown = found(&ruleset, Kind::NotShadowed, "in-the-shadow");
    assert_eq!(facts(&shown), "facts = { ces-bladder = true }");
}

#[test]
fn a_rule_that_adds_only_what_others_add_is_found() {
    let when = "{ fact = \"ces-bladder\", is = true }";
    let ruleset = with_rule(&rule("adds-nothing", when, "also = [\"D01\"]"));
    let shown = found(&ruleset, Kind::Effect, "adds-nothing");
    assert_eq!(shown.expect.not_fired, ["ces-new"]);
}

#[test]
fn a_rule_that_says_less_urgent_than_another_always_does_is_found() {
    let when = "{ fact = \"ces-bladder\", is = true }";
    let then = "urgency = \"soon\", prompt = true";
    let ruleset = with_rule(&rule("says-soon", when, then));
    let shown = found(&ruleset, Kind::NoContradiction, "says-soon");
    assert_eq!(facts(&shown), "facts = { ces-bladder = true }");
}

#[test]
fn a_warning_sign_that_lowers_the_urgency_is_found() {
    let when = "{ all = [{ fact = \"infection-risk\", is = false }, { fact = \"fear-movement\", is = true }] }";
    let then = "urgency = \"soon\", prompt = true";
    let ruleset = with_rule(&rule("calmed-by-a-sign", when, then));
    let shown = found(&ruleset, Kind::Monotone, "infection-risk");
    assert_eq!(
        facts(&shown),
        "facts = { fear-movement = true, infection-risk = true }"
    );
}

#[test]
fn a_claim_that_does_not_hold_is_found_with_the_smallest_case() {
    let claim = "[[claim]]\nid = \"never-so\"\nnever = { all = [{ urgency = \"emergency\" }, { fact = \"fear-movement\", is = true }] }\nwords = \"Whoever fears movement is no emergency.\"\ncitation = \"c\"\nmark = \"D\"\n";
    let ruleset = Ruleset::parse(&format!("{SHIPPED}\n{claim}")).unwrap();
    let shown = found(&ruleset, Kind::Claim, "never-so");
    assert_eq!(shown.facts.len(), 2, "{shown}");
    assert!(facts(&shown).contains("fear-movement = true"));
}

#[test]
fn a_rule_without_citation_words_or_owner_is_found() {
    let mut ruleset = Ruleset::shipped().clone();
    Arc::make_mut(&mut ruleset.rules[3]).citation = " ".into();
    Arc::make_mut(&mut ruleset.rules[4]).owner.clear();
    let report = check(&ruleset, &[]);
    let [third, fourth] = [3, 4].map(|at| ruleset.rules[at].id.clone());
    assert_eq!(
        failure(&report, Kind::Sources, &third).words,
        "It has no citation."
    );
    assert_eq!(
        failure(&report, Kind::Sources, &fourth).words,
        "It has no owner."
    );
}

#[test]
fn a_rule_that_no_vignette_fires_is_found_with_a_case_that_does() {
    let all = Vignette::shipped();
    let ruleset = Ruleset::shipped();
    let without: Vec<Vignette> = all
        .iter()
        .filter(|it| !it.run(ruleset).fired.iter().any(|id| id == "ces-new"))
        .cloned()
        .collect();
    let failure = failure(&check(ruleset, &without), Kind::Exercised, "ces-new");
    let shown = failure.counterexample.unwrap();
    assert_eq!(shown.facts.len(), 1, "{shown}");
    let read = Vignette::parse("case.toml", &shown.to_string()).unwrap();
    assert!(read[0].run(ruleset).passed(), "{shown}");
}

#[test]
fn a_warning_sign_that_no_rule_uses_is_found() {
    let text = format!(
        "id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]\nces-bladder = \"yes-no\"\nces-bowel = \"yes-no\"\n{}[[rule]]\nid = \"default\"\ndefault = true\nthen = {{ urgency = \"routine\", lead = \"D15\" }}\nwords = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n",
        rule(
            "one",
            "{ fact = \"ces-bladder\", is = true }",
            "urgency = \"emergency\", lead = \"D01\""
        )
    );
    let report = check(&Ruleset::parse(&text).unwrap(), &[]);
    let bowel = failure(&report, Kind::SignsUsed, "ces-bowel");
    assert_eq!(bowel.words, "It is asked, and no rule uses it.");
    let saddle = failure(&report, Kind::SignsUsed, "ces-saddle");
    assert!(saddle.words.contains("does not declare it"));
}

#[test]
fn a_review_that_is_due_is_told_and_fails_nothing() {
    let ruleset = Ruleset::shipped();
    assert_eq!(overdue(ruleset, date(2026, 11, 24)), []);
    let late = overdue(ruleset, date(2100, 1, 1));
    assert_eq!(late.len(), ruleset.rules.len());
}
