//! What a part of a proposal waits for, what speaks for it, and what was ruled out.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assessment::answer::Unanswered;
use assessment::fact::{Fact, FactId, Facts, Known};
use assessment::proposal::{Part, Proposal, evaluate};
use assessment::ruleset::{Disposition, Ruleset, Strand, Urgency, Vocabulary};
use jiff::civil::{Date, date};

const DAY: Date = date(2026, 11, 24);

/// Rules over the yes-no facts `a` to `e`: each an id, the facts that must all be yes, and effects.
fn proposal(rules: &[(&str, &[&str], &str)], known: &[(&str, Option<bool>)]) -> Proposal {
    let mut parts = vec![String::from(
        "id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]\na = \"yes-no\"\nb = \"yes-no\"\nc = \"yes-no\"\nd = \"yes-no\"\ne = \"yes-no\"\n",
    )];
    let otherwise: [(&str, &[&str], &str); 1] =
        [("otherwise", &[], "urgency = \"routine\", lead = \"D15\"")];
    for (id, facts, then) in rules.iter().chain(&otherwise) {
        let tests: Vec<String> = facts
            .iter()
            .map(|fact| format!("{{ fact = \"{fact}\", is = true }}"))
            .collect();
        let when = if tests.is_empty() {
            "default = true".to_owned()
        } else {
            format!("when = {{ all = [{}] }}", tests.join(", "))
        };
        parts.push(format!(
            "[[rule]]\nid = \"{id}\"\n{when}\nthen = {{ {then} }}\nwords = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n"
        ));
    }
    let ruleset = Ruleset::parse_over(&parts.concat(), Vocabulary::Own).unwrap();
    let facts = known.iter().map(|(id, value)| {
        let fact = match value {
            Some(value) => Fact::yes_no(*value),
            None => Fact {
                known: Known::Open(Unanswered::NotAsked),
                ask: vec![(*id).to_owned()],
            },
        };
        (FactId::new(*id), fact)
    });
    evaluate(&ruleset, &Facts::from_known(facts, Some(44), DAY), DAY)
}

/// What a part waits for, what speaks for it, and what was ruled out.
fn told<T>(part: &Part<T>) -> (Vec<&str>, Vec<&str>, Vec<&str>) {
    (
        part.missing.iter().map(|it| it.question.as_str()).collect(),
        part.because.iter().map(|it| it.id.as_str()).collect(),
        part.against.iter().map(|it| it.id.as_str()).collect(),
    )
}

#[test]
fn the_urgency_waits_only_for_what_could_make_it_more_urgent() {
    let made = proposal(
        &[
            ("urgent", &["c"], "urgency = \"urgent\""),
            ("soon", &["a"], "urgency = \"soon\""),
            ("also-soon", &["b"], "urgency = \"soon\""),
            ("nothing-soon", &["a", "d"], "urgency = \"routine\""),
            ("not-urgent", &["a", "e"], "urgency = \"urgent\""),
        ],
        &[
            ("a", Some(true)),
            ("b", None),
            ("c", None),
            ("d", Some(false)),
            ("e", Some(false)),
        ],
    );
    assert_eq!(made.urgency.possible, [Urgency::Urgent, Urgency::Soon]);
    assert!(!made.urgency.settled && made.urgency.certain.is_empty());
    assert_eq!(
        told(&made.urgency),
        (vec!["c"], vec!["soon"], vec!["not-urgent"])
    );
}

#[test]
fn the_lead_waits_only_for_rules_before_the_first_that_fires() {
    let rules: [(&str, &[&str], &str); 4] = [
        ("first", &["a"], "urgency = \"soon\", lead = \"D06\""),
        ("fires", &["b"], "urgency = \"soon\", lead = \"D08\""),
        ("after", &["c"], "urgency = \"soon\", lead = \"D10\""),
        ("no-lead", &["d"], "urgency = \"soon\""),
    ];
    let open = [("a", None), ("b", Some(true)), ("c", None), ("d", None)];
    let made = proposal(&rules, &open);
    assert_eq!(made.lead.possible, [Disposition::D06, Disposition::D08]);
    assert_eq!(told(&made.lead), (vec!["a"], vec!["fires"], vec![]));
    // With the first ruled out, the lead is settled, and nothing after it matters.
    let settled = [
        ("a", Some(false)),
        ("b", Some(true)),
        ("c", None),
        ("d", None),
    ];
    let made = proposal(&rules, &settled);
    assert_eq!(made.lead.value(), Some(&Disposition::D08));
    assert_eq!(told(&made.lead), (vec![], vec!["fires"], vec![]));
}

#[test]
fn a_lead_that_an_open_rule_would_give_as_well_waits_for_nothing() {
    let made = proposal(
        &[
            ("first", &["a"], "urgency = \"soon\", lead = \"D08\""),
            ("fires", &["b"], "urgency = \"soon\", lead = \"D08\""),
        ],
        &[("a", None), ("b", Some(true))],
    );
    assert_eq!(made.lead.value(), Some(&Disposition::D08));
    assert_eq!(told(&made.lead).0, Vec::<&str>::new());
}

#[test]
fn a_set_is_settled_only_when_every_value_that_may_hold_does() {
    let rules: [(&str, &[&str], &str); 3] = [
        ("sure", &["a"], "strands = [\"nursing\"]"),
        ("same", &["b"], "strands = [\"nursing\"]"),
        ("more", &["c", "d"], "strands = [\"medical\"]"),
    ];
    let made = proposal(
        &rules,
        &[
            ("a", Some(true)),
            ("b", None),
            ("c", None),
            ("d", Some(true)),
        ],
    );
    assert_eq!(made.strands.possible, [Strand::Nursing, Strand::Medical]);
    assert_eq!(made.strands.certain, [Strand::Nursing]);
    assert!(!made.strands.settled);
    assert_eq!(told(&made.strands), (vec!["c"], vec!["sure"], vec![]));
    let known = [
        ("a", Some(true)),
        ("b", None),
        ("c", Some(false)),
        ("d", Some(true)),
    ];
    let made = proposal(&rules, &known);
    assert_eq!(made.strands.possible, [Strand::Nursing]);
    assert!(made.strands.settled && made.strands.exact);
    assert_eq!(told(&made.strands), (vec![], vec!["sure"], vec!["more"]));
}

/// The rules of a file over a yes-no `a` and a choice `c` of five, on a case where `a` is no.
fn ruled_out(when: &str, choice: &str) -> Vec<String> {
    let text = format!(
        "id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]\na = \"yes-no\"\nb = \"yes-no\"\nc = {{ type = \"choice\", of = [\"v\", \"w\", \"x\", \"y\", \"z\"] }}\n[[rule]]\nid = \"tried\"\nwhen = {when}\nthen = {{ lead = \"D15\" }}\nwords = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n[[rule]]\nid = \"otherwise\"\ndefault = true\nthen = {{ urgency = \"routine\", lead = \"D15\" }}\nwords = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n"
    );
    let ruleset = Ruleset::parse_over(&text, Vocabulary::Own).unwrap();
    let known = [
        (FactId::new("a"), Fact::yes_no(false)),
        (FactId::new("b"), Fact::yes_no(false)),
        (FactId::new("c"), Fact::settled(Known::choice(choice))),
    ];
    let made = evaluate(&ruleset, &Facts::from_known(known, Some(44), DAY), DAY);
    made.lead.against.iter().map(|it| it.id.clone()).collect()
}

#[test]
fn what_is_absent_is_no_reason_to_have_considered_a_rule() {
    let both = "{ all = [{ fact = \"a\", is = true }, { fact = \"b\", is = false }] }";
    assert!(ruled_out(both, "v").is_empty());
}

#[test]
fn a_choice_among_few_speaks_for_a_rule_and_one_among_most_does_not() {
    let one_of = |choices: &str| {
        format!("{{ all = [{{ fact = \"a\", is = true }}, {{ fact = \"c\", in = [{choices}] }}] }}")
    };
    assert_eq!(ruled_out(&one_of("\"v\", \"w\""), "v"), ["tried"]);
    assert!(ruled_out(&one_of("\"v\", \"w\", \"x\""), "v").is_empty());
    assert!(ruled_out(&one_of("\"v\", \"w\""), "z").is_empty());
}
