//! The constraints of the shipped ruleset hold for everything that can be gathered.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use assessment::answer::{Unanswered, Value};
use assessment::engine::{Budget, Found};
use assessment::question::{Catalogue, Question, QuestionKind};
use assessment::ruleset::Ruleset;
use proptest::prelude::*;
use support::Case;

/// One of the values that a question takes, chosen by a number.
fn value_of(question: &Question, pick: u16) -> Option<Value> {
    let pick = usize::from(pick);
    Some(match &question.kind {
        QuestionKind::Feature | QuestionKind::YesNo => Value::Bool(pick.is_multiple_of(2)),
        QuestionKind::Choice { options } => {
            Value::Text(options[pick % options.len()].value.clone())
        }
        QuestionKind::InstrumentItem { options, .. } => {
            Value::Number(options[pick % options.len()].value.parse().unwrap())
        }
        QuestionKind::Rating { .. } => Value::Number(i64::try_from(pick % 11).unwrap()),
        QuestionKind::Number { min, max, .. } => {
            Value::Number((*min + i64::try_from(pick % 70).unwrap()).min(*max))
        }
        _ => return None,
    })
}

/// What is done with a question: mostly answered, at times left open or in conflict.
fn put(case: Case, question: &Question, pick: u16, how: u8) -> Case {
    let Some(value) = value_of(question, pick) else {
        return case;
    };
    match how {
        0 => case,
        1 => case.unanswered(&question.id, Unanswered::Declined),
        2 => {
            let other = value_of(question, pick.wrapping_add(1)).unwrap();
            case.with(&question.id, value).also(&question.id, other)
        }
        _ => case.with(&question.id, value),
    }
}

const MEDICINES: [[&str; 4]; 10] = [
    ["morphine", "modified-release", "60 mg", "2"],
    ["tramadol", "tablet", "50 mg", "4"],
    ["tapentadol", "modified-release", "100 mg", "2"],
    ["buprenorphine", "patch", "10 microgram/h", "1"],
    ["methadone", "liquid", "1 mg/ml", "1"],
    ["pregabalin", "tablet", "75 mg", "2"],
    ["gabapentin", "tablet", "300 mg", "3"],
    ["diazepam", "tablet", "5 mg", "1"],
    ["sertraline", "tablet", "50 mg", "1"],
    ["naproxen", "tablet", "250 mg", "2"],
];

/// Any assessment at all: answers that contradict each other, holes and conflicts included.
fn any_case() -> impl Strategy<Value = Case> {
    let count = Catalogue::shipped().questions().count();
    (
        prop::collection::vec((any::<u16>(), 0_u8..12), count),
        prop::sample::subsequence(MEDICINES.to_vec(), 0..5),
        prop::sample::select(vec![None, Some("knee"), Some("low-back")]),
        any::<bool>(),
        prop::option::weighted(0.9, 18_i64..95),
    )
        .prop_map(|(answers, medicines, place, listed, age)| {
            let mut case = Case::not_asked().aged(age);
            for (question, (pick, how)) in Catalogue::shipped().questions().zip(answers) {
                case = put(case, question, pick, how);
            }
            case = place.into_iter().fold(case, Case::place);
            if listed {
                case = case.no_medicines();
            }
            medicines.into_iter().fold(case, Case::takes)
        })
}

proptest! {
    /// Whatever is answered, some completion breaks no constraint and no gate.
    #[test]
    fn no_constraint_rules_out_what_can_be_gathered(case in any_case()) {
        let program = Ruleset::shipped().program();
        let state = program.state(&case.facts());
        let mut budget = Budget::steps(100_000);
        let found = program.find(&state, &program.no_terms(), &mut budget);
        prop_assert!(matches!(found, Found::Witness(_)), "{found:?}");
    }
}

#[test]
fn a_constraint_can_fail_so_that_the_property_shows_something() {
    let text = include_str!("../../../../assets/rulesets/uk-community-pain.toml");
    let wrong = text.replacen(
        "never = { all = [\n  { fact = \"takes-two-gabapentinoids\", is = true },\n  { fact = \"takes-gabapentinoid\", is = false },\n] }",
        "never = { fact = \"takes-gabapentinoid\", is = true }",
        1,
    );
    assert_ne!(text, wrong);
    let ruleset = Ruleset::parse(&wrong).unwrap();
    let program = ruleset.program();
    let case = Case::unremarkable().takes(["gabapentin", "tablet", "300 mg", "3"]);
    let state = program.state(&case.facts());
    let found = program.find(&state, &program.no_terms(), &mut Budget::steps(100_000));
    assert!(matches!(found, Found::Impossible), "{found:?}");
}

/// An assessment, and the same with some answers not asked yet.
fn whole_and_part() -> impl Strategy<Value = (Case, Case)> {
    let count = Catalogue::shipped().questions().count();
    let holes = prop::collection::vec(prop::bool::weighted(0.2), count);
    (any_case(), holes).prop_map(|(whole, holes)| {
        // Answers on alcohol that contradict each other settle nothing, so they are no completion.
        let alcohol = ["audit-c-1", "audit-c-2", "audit-c-3"];
        let whole = alcohol
            .into_iter()
            .fold(whole, |case, id| case.number(id, 1));
        // A decision about safety arises only once something calls for it.
        let raised = !whole.facts().known("self-harm-raised").is_no();
        let whole = if raised {
            whole
        } else {
            whole.without("self-harm-outcome")
        };
        let asked = Catalogue::shipped().questions().zip(holes);
        let part = asked
            .filter(|(question, hole)| *hole && question.id != "phq-9-9")
            .fold(whole.clone(), |case, (question, _)| {
                case.without(&question.id)
            });
        (whole, part)
    })
}

proptest! {
    /// What an open answer can still bring is among what is possible before it: no fact that is
    /// worked out, and no constraint on it, rules out how an assessment goes on.
    #[test]
    fn an_answer_brings_nothing_that_was_ruled_out_before_it((whole, part) in whole_and_part()) {
        let program = Ruleset::shipped().program();
        let (after, before) = (program.state(&whole.facts()), program.state(&part.facts()));
        for (at, fact) in program.facts.iter().enumerate() {
            // Of facts in conflict an answer taken away leaves fewer values, and that is no answer.
            if after.is_conflict(at) || before.is_conflict(at) {
                continue;
            }
            let lost = after.possible(at) & !before.possible(at);
            prop_assert!(lost == 0, "{} loses {lost:b}: {:?} then {:?}", fact.id,
                part.facts().known(fact.id.as_str()), whole.facts().known(fact.id.as_str()));
        }
    }
}
