//! That the claims of a ruleset are true.

use super::counterexample::{Counterexample, Expectation};
use super::effect::dispositions;
use super::obligation::{Kind, Obligation};
use super::problem::Case;
use super::prover::{Answer, Prover};
use super::question::Question;
use super::rule::{firing, leading_before, more_urgent};
use crate::ruleset::{Claim, ClaimTest, Disposition, Ruleset, Urgency};

/// One obligation for each claim; claims in the same words are one.
pub(super) fn obligations(prover: &mut Prover<'_>) -> Vec<Obligation> {
    let mut made: Vec<Obligation> = Vec::new();
    for claim in &prover.ruleset.claims {
        let known = made.iter().position(|it| it.words == claim.words);
        let known = known.unwrap_or_else(|| {
            made.push(Obligation::new(Kind::Claim, &claim.words));
            made.len() - 1
        });
        add(&mut made[known], prover, claim);
    }
    made
}

fn add(made: &mut Obligation, prover: &mut Prover<'_>, claim: &Claim) {
    let (searches, steps) = (prover.searches, prover.steps);
    made.of += 1;
    for question in questions(prover.ruleset, claim) {
        match prover.ask(&question) {
            Answer::Never => {}
            Answer::NotShown => made.not_shown.push(claim.id.clone()),
            Answer::Possible(case) => {
                let shown =
                    Counterexample::of_case(prover, format!("{}-is-broken", claim.id), &case)
                        .that("The claim does not hold here.", &claim.words)
                        .expecting(expected(prover.ruleset, claim, &case));
                made.fail(&claim.id, "The claim does not hold.", Some(shown));
                break;
            }
        }
    }
    made.searches += prover.searches - searches;
    made.steps += prover.steps - steps;
}

/// The ways in which a claim could be broken, a question each.
fn questions(ruleset: &Ruleset, claim: &Claim) -> Vec<Question> {
    let mut made = vec![Question::default()];
    for test in &claim.never {
        let ways = ways(ruleset, test);
        let both = |question: &Question, way: &Question| {
            let mut both = question.clone().without(way.none.iter().copied());
            both.some.extend(way.some.iter().cloned());
            both.facts.extend(way.facts.iter().cloned());
            both
        };
        made = made
            .iter()
            .flat_map(|question| ways.iter().map(|way| both(question, way)))
            .collect();
    }
    made
}

/// The ways in which one part of a claim comes about.
fn ways(ruleset: &Ruleset, test: &ClaimTest) -> Vec<Question> {
    match test {
        ClaimTest::Facts(condition) => vec![Question {
            facts: vec![condition.clone()],
            ..Question::default()
        }],
        ClaimTest::Fires(rule) => vec![Question::fires(*rule)],
        ClaimTest::Lead(lead) => gives_lead(ruleset, *lead, |_| true),
        ClaimTest::Disposition(wanted) => {
            let all = ruleset.rules.iter().enumerate();
            let giving = all.filter(|(_, rule)| dispositions(rule).any(|it| it == *wanted));
            let mut ways: Vec<Question> = giving.map(|(at, _)| Question::fires(at)).collect();
            ways.extend(gives_lead(ruleset, *wanted, |at| ruleset.rules[at].default));
            ways
        }
        ClaimTest::Urgency(urgency) => vec![exactly(ruleset, *urgency)],
        ClaimTest::LessUrgentThan(urgency) => {
            let rules = ruleset.rules.iter().enumerate();
            let as_urgent =
                rules.filter(|(_, rule)| rule.then.urgency.is_some_and(|it| it <= *urgency));
            vec![Question::default().without(as_urgent.map(|(at, _)| at))]
        }
    }
}

/// The rules of `among` that give a lead: they fire, and no earlier one names any.
fn gives_lead(
    ruleset: &Ruleset,
    lead: Disposition,
    among: impl Fn(usize) -> bool,
) -> Vec<Question> {
    let leads = |at: &usize| ruleset.rules[*at].then.lead == Some(lead) && among(*at);
    (0..ruleset.rules.len())
        .filter(leads)
        .map(|at| Question::fires(at).without(leading_before(ruleset, at)))
        .collect()
}

/// The urgency is exactly this. Routine is also what holds when no rule says anything.
fn exactly(ruleset: &Ruleset, urgency: Urgency) -> Question {
    let question = Question::default().without(more_urgent(ruleset, urgency));
    if urgency == Urgency::Routine {
        return question;
    }
    let rules = ruleset.rules.iter().enumerate();
    let own = rules.filter(|(_, rule)| rule.then.urgency == Some(urgency));
    Question {
        some: vec![own.map(|(at, _)| at).collect()],
        ..question
    }
}

/// What would have to come of a case that breaks a claim: the rules that break it would be still.
fn expected(ruleset: &Ruleset, claim: &Claim, case: &Case) -> Expectation {
    let fired = firing(ruleset, &case.cells);
    let mut expected = Expectation::default();
    let mut still = |at: usize| {
        let id = &ruleset.rules[at].id;
        if !expected.not_fired.contains(id) {
            expected.not_fired.push(id.clone());
        }
    };
    let rule = |at: usize| &ruleset.rules[at].then;
    for test in &claim.never {
        match test {
            ClaimTest::Facts(_) => {}
            ClaimTest::Fires(rule) => still(*rule),
            ClaimTest::Lead(lead) | ClaimTest::Disposition(lead) => {
                let gives =
                    |at: &&usize| rule(**at).lead == Some(*lead) || rule(**at).also.contains(lead);
                fired
                    .iter()
                    .find(gives)
                    .into_iter()
                    .for_each(|at| still(*at));
            }
            ClaimTest::Urgency(urgency) => {
                let gives = |at: &&usize| rule(**at).urgency == Some(*urgency);
                fired
                    .iter()
                    .find(gives)
                    .into_iter()
                    .for_each(|at| still(*at));
            }
            ClaimTest::LessUrgentThan(urgency) => expected.urgency = Some(*urgency),
        }
    }
    expected
}
