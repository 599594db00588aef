//! The ruleset's language: what is refused, where, and with which nearest name.

use super::{Ruleset, RulesetError, Status};

/// A ruleset with one rule before the default.
fn with_rule(rule: &str) -> Result<Ruleset, RulesetError> {
    let default = r#"
[[rule]]
id = "default"
default = true
then = { urgency = "routine", lead = "D15" }
words = "w"
citation = "c"
mark = "D"
owner = "o"
review = 2027-05-31
"#;
    Ruleset::parse(&format!("{HEAD}{rule}{default}"))
}

const HEAD: &str = r#"id = "t"
version = "1"
status = "draft"
title = "T"
[facts]
age = "number"
ces-saddle = "yes-no"
impact = "choice"
"#;

fn rule(when: &str, then: &str) -> String {
    format!(
        "[[rule]]\nid = \"one\"\nwhen = {when}\nthen = {then}\nwords = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n"
    )
}

fn fault(when: &str) -> RulesetError {
    with_rule(&rule(when, "{ urgency = \"soon\" }")).unwrap_err()
}

#[test]
fn a_misspelt_fact_is_shown_with_its_place_and_the_nearest_name() {
    let error = fault("{ fact = \"ces-sadle\", is = true }");
    assert_eq!((error.line, error.column), (11, 17));
    assert_eq!(error.nearest.as_deref(), Some("ces-saddle"));
    assert!(
        error.to_string().starts_with("line 11, column 17: "),
        "{error}"
    );
}

#[test]
fn a_misspelt_key_is_shown_with_the_nearest_one() {
    let error = fault("{ fact = \"age\", at-leest = 50 }");
    assert_eq!(error.line, 11);
    assert_eq!(error.nearest.as_deref(), Some("at-least"));
}

#[test]
fn a_misspelt_urgency_disposition_or_choice_is_refused() {
    let urgency = with_rule(&rule(
        "{ fact = \"age\", is = 1 }",
        "{ urgency = \"sonn\" }",
    ))
    .unwrap_err();
    assert_eq!(
        (urgency.line, urgency.nearest.as_deref()),
        (12, Some("soon"))
    );
    let lead = with_rule(&rule("{ fact = \"age\", is = 1 }", "{ lead = \"D99\" }")).unwrap_err();
    assert_eq!(lead.line, 12);
    assert_eq!(
        fault("{ fact = \"impact\", is = \"sevre\" }")
            .nearest
            .as_deref(),
        Some("severe")
    );
}

#[test]
fn a_fact_that_is_no_question_is_refused_where_it_is_declared() {
    let text = HEAD.replace("ces-saddle = ", "ces-sadle = ");
    let rule = rule("{ fact = \"age\", is = 1 }", "{ urgency = \"soon\" }");
    let error = Ruleset::parse(&format!("{text}{rule}")).unwrap_err();
    assert_eq!(
        (error.line, error.nearest.as_deref()),
        (7, Some("ces-saddle"))
    );
}

#[test]
fn a_test_of_the_wrong_type_is_refused() {
    for when in [
        "{ fact = \"age\", is = true }",
        "{ fact = \"ces-saddle\", is = 1 }",
        "{ fact = \"ces-saddle\", at-least = 1 }",
        "{ fact = \"impact\", is = true }",
        "{ fact = \"age\" }",
        "{ fact = \"age\", at-least = 1, below = 3 }",
        "{ all = [] }",
        "{ fact = \"age\", at-least = 1, any = [] }",
    ] {
        assert_eq!(fault(when).line, 11, "{when}");
    }
}

#[test]
fn the_last_rule_must_be_the_default() {
    let rule = rule("{ fact = \"age\", is = 1 }", "{ urgency = \"soon\" }");
    let error = Ruleset::parse(&format!("{HEAD}{rule}")).unwrap_err();
    assert!(error.expected.contains("default"), "{error}");
}

#[test]
fn a_lead_out_of_the_order_of_urgency_is_refused() {
    let soon = rule("{ fact = \"age\", is = 1 }", "{ lead = \"D08\" }");
    let emergency = rule(
        "{ fact = \"ces-saddle\", is = true }",
        "{ urgency = \"emergency\", lead = \"D01\" }",
    )
    .replace("\"one\"", "\"two\"");
    assert!(with_rule(&format!("{soon}{emergency}")).is_err());
    assert!(with_rule(&format!("{emergency}{soon}")).is_ok());
}

#[test]
fn the_shipped_rules_are_a_draft_of_at_least_forty_each_with_its_source() {
    let ruleset = Ruleset::shipped();
    assert_eq!(ruleset.status, Status::Draft);
    assert!(ruleset.rules.len() >= 40, "{}", ruleset.rules.len());
    for rule in &ruleset.rules {
        for text in [&rule.words, &rule.citation, &rule.owner] {
            assert!(!text.trim().is_empty(), "{}", rule.id);
        }
    }
}

#[test]
fn the_digest_says_which_text_it_is() {
    let one = with_rule("").unwrap();
    let other = with_rule("# a note\n").unwrap();
    assert_ne!(one.digest, other.digest);
}
