//! That there are assessments at all, and that each has an urgency and a lead.

use super::counterexample::{Counterexample, Expectation};
use super::obligation::{Kind, Obligation};
use super::prover::{Answer, Prover};
use super::question::Question;
use crate::engine::{Budget, Cell, Found, Program, State};
use crate::ruleset::{Rule, Urgency};

/// The steps of search for a remark, which nothing rests on.
const A_FEW: u32 = 1_000;

/// That every assessment has an urgency, and a lead.
pub(super) fn total(prover: &mut Prover<'_>) -> [Obligation; 2] {
    [urgency(prover), lead(prover)]
}

/// That there are assessments.
pub(super) fn possible(prover: &mut Prover<'_>) -> Obligation {
    let words = "The constraints leave an assessment possible.";
    let mut made = Obligation::new(Kind::Possible, words);
    let before = (prover.searches, prover.steps);
    made.of = 1;
    match prover.is_possible(&Question::default()) {
        Some(true) => {}
        Some(false) => made.fail(
            "constraints",
            "The constraints rule out every assessment.",
            None,
        ),
        None => made.not_shown.push("constraints".into()),
    }
    if made.failures.is_empty() {
        made.remarks = unreachable(prover.ruleset.program());
    }
    made.since(prover, before)
}

/// Answers that no assessment can have. Often meant so, and worth knowing.
fn unreachable(program: &Program) -> Vec<String> {
    let mut made = Vec::new();
    let none = program.no_terms();
    for (fact, cells) in program.facts.iter().enumerate() {
        for (at, cell) in cells.cells.iter().enumerate() {
            let value = match cell {
                Cell::No => "no",
                Cell::Yes => "yes",
                Cell::Choice(choice) => choice,
                // Numbers are cut where tests turn, which says nothing about an answer.
                Cell::Number(_) | Cell::DoesNotArise => continue,
            };
            let mut state = State::open(program);
            state.narrow(fact, 1 << at);
            let found = program.find(&state, &none, &mut Budget::steps(A_FEW));
            if found == Found::Impossible {
                let id = &cells.id;
                made.push(format!("By the constraints, {id} is never \"{value}\"."));
            }
        }
    }
    made
}

fn urgency(prover: &mut Prover<'_>) -> Obligation {
    let has = |rule: &Rule| rule.then.urgency.is_some();
    let words = "Every assessment has an urgency.";
    always(prover, Kind::Urgency, words, has, |expect| {
        expect.urgency = Some(Urgency::Routine);
    })
}

fn lead(prover: &mut Prover<'_>) -> Obligation {
    let has = |rule: &Rule| rule.then.lead.is_some();
    let words = "Every assessment has exactly one lead: the first that a rule names.";
    always(prover, Kind::Lead, words, has, |_| {})
}

/// That in every assessment one of the rules fires that `has` it.
fn always(
    prover: &mut Prover<'_>,
    kind: Kind,
    words: &str,
    has: impl Fn(&Rule) -> bool,
    expect: impl Fn(&mut Expectation),
) -> Obligation {
    let mut made = Obligation::new(kind, words);
    let before = (prover.searches, prover.steps);
    made.of = 1;
    let rules = prover.ruleset.rules.iter().enumerate();
    let having: Vec<usize> = rules
        .filter(|(_, rule)| has(rule))
        .map(|(at, _)| at)
        .collect();
    match prover.ask(&Question::default().without(having)) {
        Answer::Never => {}
        Answer::NotShown => made.not_shown.push("every assessment".into()),
        Answer::Possible(case) => {
            let mut expected = Expectation::default();
            expect(&mut expected);
            let shown = Counterexample::of_case(prover, "nothing-said", &case)
                .that("No rule says anything here.", words)
                .expecting(expected);
            made.fail(
                "every assessment",
                "No rule says anything here.",
                Some(shown),
            );
        }
    }
    made.since(prover, before)
}
