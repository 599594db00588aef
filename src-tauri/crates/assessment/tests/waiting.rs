//! What is asked for: only what can still decide, and the same by every way to it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assessment::answer::Unanswered;
use assessment::fact::{Fact, FactId, FactValue, Facts, Inputs, Known};
use assessment::proposal::{evaluate, next_question};
use assessment::question::{Catalogue, QuestionKind};
use assessment::ruleset::{Ruleset, Vocabulary};
use jiff::civil::{Date, date};

const DAY: Date = date(2026, 11, 24);

const RULE: &str =
    "words = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n";

fn waits(facts: [(&str, Known); 3]) -> Vec<String> {
    let text = format!(
        "id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]\na = \"yes-no\"\nb = \"yes-no\"\nn = \"number\"\n\
         [[rule]]\nid = \"one\"\nwhen = {{ all = [{{ fact = \"a\", is = true }}, {{ fact = \"b\", is = true }}, {{ fact = \"n\", at-least = 10 }}] }}\nthen = {{ strands = [\"medical\"] }}\n{RULE}\
         [[rule]]\nid = \"two\"\nwhen = {{ fact = \"n\", at-least = 20 }}\nthen = {{ prompt = true }}\n{RULE}\
         [[rule]]\nid = \"d\"\ndefault = true\nthen = {{ urgency = \"routine\", lead = \"D15\" }}\n{RULE}"
    );
    let ruleset = Ruleset::parse_over(&text, Vocabulary::Own).unwrap();
    let facts = facts.map(|(id, known)| {
        let ask = if known.is_open() {
            vec![id.to_owned()]
        } else {
            Vec::new()
        };
        (FactId::new(id), Fact { known, ask })
    });
    let made = evaluate(&ruleset, &Facts::from_known(facts, Some(44), DAY), DAY);
    made.strands
        .missing
        .into_iter()
        .map(|it| it.question)
        .collect()
}

#[test]
fn only_what_can_still_decide_is_waited_for() {
    let open = || Known::Open(Unanswered::NotAsked);
    let between = |low: i64, high: i64| Known::between(low.into(), high.into());
    let yes = || Known::bool(true);
    let split = Known::Conflict(vec![FactValue::Bool(true), FactValue::Bool(false)]);
    assert_eq!(
        waits([("a", open()), ("b", open()), ("n", open())]),
        ["a", "b", "n"]
    );
    assert_eq!(
        waits([("a", open()), ("b", yes()), ("n", Known::number(12))]),
        ["a"]
    );
    // Open still, and yet surely enough.
    assert_eq!(
        waits([("a", open()), ("b", yes()), ("n", between(12, 25))]),
        ["a"]
    );
    assert_eq!(
        waits([("a", open()), ("b", yes()), ("n", between(5, 25))]),
        ["a", "n"]
    );
    // No answer settles a conflict: a clinician does.
    assert_eq!(
        waits([("a", open()), ("b", split), ("n", Known::number(12))]),
        ["a"]
    );
}

#[test]
fn the_next_question_is_the_same_asked_for_alone_as_in_the_proposal() {
    let facts = Facts::gather(
        &Inputs {
            age: Some(44),
            ..Inputs::default()
        },
        DAY,
    );
    let made = evaluate(Ruleset::shipped(), &facts, DAY);
    assert!(made.next_question.is_some());
    assert_eq!(
        next_question(Ruleset::shipped(), &facts, &made),
        made.next_question
    );
}

#[test]
fn warning_signs_are_counted_in_words() {
    let signs = || {
        let all = Catalogue::shipped().questions();
        all.filter(|question| question.kind == QuestionKind::Feature)
    };
    let counted = |present: usize, asked: usize| {
        let facts = signs()
            .enumerate()
            .take(asked)
            .map(|(at, sign)| (FactId::new(&sign.id), Fact::yes_no(at < present)));
        evaluate(
            Ruleset::shipped(),
            &Facts::from_known(facts, Some(44), DAY),
            DAY,
        )
        .counted
    };
    let all = signs().count();
    assert_eq!(counted(0, 0), "not asked");
    assert_eq!(counted(0, all), format!("all {all} asked, none present"));
    assert_eq!(counted(2, all), format!("all {all} asked, 2 present"));
    assert_eq!(counted(1, 3), format!("3 of {all} asked, 1 present"));
}
