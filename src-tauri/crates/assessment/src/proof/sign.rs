//! Warning signs: one that is present never makes things look better, and one that was not asked
//! never settles routine.

use std::collections::BTreeSet;

use super::counterexample::{Counterexample, Expectation};
use super::obligation::{Kind, Obligation};
use super::problem::Case;
use super::prover::{Answer, Prover};
use super::question::{Beside, Question};
use super::rule::{firing, more_urgent};
use crate::answer::Unanswered;
use crate::engine::{Cell, Outcome};
use crate::fact::{DERIVED, Fact, FactId, FactValue, Facts, Known, derived};
use crate::proposal::evaluate;
use crate::question::{Catalogue, QuestionKind};
use crate::ruleset::{Atom, Disposition, Expression, Ruleset, Test, Urgency};
use crate::vignette::Vignette;

pub(super) fn obligations(prover: &mut Prover<'_>) -> Vec<Obligation> {
    let mut made = vec![monotone(prover), not_asked(prover)];
    made.extend(used(prover.ruleset));
    made
}

/// The warning signs that a ruleset declares, by place.
fn signs(ruleset: &Ruleset) -> Vec<usize> {
    let all = ruleset.facts.iter().enumerate();
    all.filter(|(_, fact)| fact.sign)
        .map(|(at, _)| at)
        .collect()
}

/// A warning sign is present, or absent.
fn answered(fact: usize, present: bool) -> Expression {
    let test = Test::OneOf(vec![FactValue::Bool(present)]);
    Expression::Is(Atom { fact, test })
}

/// A warning sign answered "present" never makes things look better than "absent".
///
/// Two assessments are compared that differ in the sign and in what depends on it: the questions
/// that it opens, and worked-out facts that it changes by a constraint. In the one where it is
/// present neither the urgency may be lower, nor the lead that of a less urgent rule.
fn monotone(prover: &mut Prover<'_>) -> Obligation {
    let words = "Warning signs are monotone: \"present\" never lowers the urgency or the lead's.";
    let mut made = Obligation::new(Kind::Monotone, words);
    let before = (prover.searches, prover.steps);
    let ruleset = prover.ruleset;
    for sign in signs(ruleset) {
        made.of += 1;
        let id = ruleset.facts[sign].id.clone();
        for question in lowering(ruleset, sign) {
            match prover.ask(&question) {
                Answer::Never => {}
                Answer::NotShown => made.not_shown.push(id.to_string()),
                Answer::Possible(case) => {
                    let (words, shown) = lowered(prover, id.as_str(), &case);
                    made.fail(id.as_str(), words, Some(shown));
                    break;
                }
            }
        }
    }
    made.since(prover, before)
}

/// The questions whether a sign lowers anything, for each urgency that could be lost.
fn lowering(ruleset: &Ruleset, sign: usize) -> Vec<Question> {
    let differs = dependent(ruleset, sign);
    let touched = touched(ruleset, sign, &differs);
    let urgent = |at: usize| ruleset.rules[at].then.urgency.unwrap_or(Urgency::Routine);
    let leads = |at: usize| ruleset.rules[at].then.lead.is_some();
    let levels: BTreeSet<Urgency> = touched.iter().map(|at| urgent(*at)).collect();
    let mut made = Vec::new();
    for level in levels.into_iter().filter(|it| *it < Urgency::Routine) {
        for by_lead in [false, true] {
            let counts = |at: &usize| urgent(*at) <= level && (!by_lead || leads(*at));
            let lost: Vec<usize> = touched.iter().copied().filter(|at| counts(at)).collect();
            if lost.is_empty() {
                continue;
            }
            made.push(Question {
                none: (0..ruleset.rules.len()).filter(counts).collect(),
                facts: vec![answered(sign, true)],
                beside: Some(Beside {
                    differs: differs.clone(),
                    some: lost,
                    facts: vec![answered(sign, false)],
                }),
                ..Question::default()
            });
        }
    }
    made
}

/// The rules that can fire where a sign is absent, and perhaps not where it is present.
///
/// Most rules ask for signs that are present, so that little is left to search.
fn touched(ruleset: &Ruleset, sign: usize, differs: &[usize]) -> Vec<usize> {
    let program = ruleset.program();
    let bit = |cell: &Cell| {
        let at = program.facts[sign].cell(cell);
        at.map_or(0, |at| 1_u64 << at)
    };
    let (no, yes) = (bit(&Cell::No), bit(&Cell::Yes));
    let can_be_lost = |term: usize| {
        let needs = &program.terms[term].needs;
        let of_sign = needs.iter().find(|need| need.0 == sign);
        let follows = |fact: &usize| *fact != sign && differs.contains(fact);
        of_sign.is_none_or(|need| need.1 & no != 0)
            && (of_sign.is_some_and(|need| need.1 & yes == 0)
                || needs.iter().any(|need| follows(&need.0)))
    };
    let touched = |rule: &usize| program.rules[*rule].clone().any(can_be_lost);
    (0..ruleset.rules.len()).filter(touched).collect()
}

/// A sign, and the facts that can change because it does: the questions that it opens or closes
/// and the facts that are worked out from it, and so on.
///
/// What somebody answered otherwise is another case, so nothing else may change.
fn dependent(ruleset: &Ruleset, sign: usize) -> Vec<usize> {
    let program = ruleset.program();
    let constraints = &program.terms[program.constraints.clone()];
    let worked_out = |fact: usize| derived(program.facts[fact].id.as_str()).is_some();
    let mut found = vec![sign];
    let mut at = 0;
    while let Some(&fact) = found.get(at) {
        at += 1;
        let with_it = constraints
            .iter()
            .filter(|term| term.needs.iter().any(|need| need.0 == fact));
        for (other, _) in with_it.flat_map(|term| &term.needs) {
            let follows = program.facts[*other].gate == Some(fact) || worked_out(*other);
            if follows && !found.contains(other) {
                found.push(*other);
            }
        }
    }
    found
}

fn lowered(prover: &Prover<'_>, id: &str, case: &Case) -> (String, Counterexample) {
    let ruleset = prover.ruleset;
    let program = ruleset.program();
    let outcome = |cells: &[u8]| -> Outcome {
        let mut holding = program.no_terms();
        program.fire(cells, &mut holding);
        program.outcome(&holding)
    };
    let beside = case.beside.as_ref().unwrap_or(&case.cells);
    let (present, absent) = (outcome(&case.cells), outcome(beside));
    let leads = |at: &usize| ruleset.rules[*at].then.lead.is_some();
    let led_by = firing(ruleset, beside).into_iter().find(leads);
    let led_by = led_by.map(|at| ruleset.rules[at].id.clone());
    let said = |it: Outcome| {
        let lead = it.lead.map_or("none", Disposition::words);
        format!("\"{}\" with the lead \"{lead}\"", it.urgency.words())
    };
    let words = format!(
        "Absent, the case is {}. Present, it is {}.",
        said(absent),
        said(present)
    );
    // The same lead can come from a less urgent rule.
    let alike = present == absent;
    let shown = Counterexample::of_case(prover, format!("{id}-lowers"), case)
        .that(
            words.clone(),
            "A warning sign that is present never makes things look better.",
        )
        .expecting(Expectation {
            urgency: (present.urgency != absent.urgency).then_some(absent.urgency),
            lead: absent.lead.filter(|it| present.lead != Some(*it)),
            fired: led_by.filter(|_| alike).into_iter().collect(),
            ..Expectation::default()
        });
    (words, shown)
}

/// No warning sign that is open lets routine be settled.
///
/// Where the sign alone makes every assessment more urgent than routine, the rules show it for
/// every state. Everywhere it is also tried as it is used: the quiet case with only this sign
/// open goes through the whole evaluation, guard included.
fn not_asked(prover: &mut Prover<'_>) -> Obligation {
    let words = "A warning sign that was not asked never settles routine.";
    let mut made = Obligation::new(Kind::NotAsked, words);
    let before = (prover.searches, prover.steps);
    let ruleset = prover.ruleset;
    let above = more_urgent(ruleset, Urgency::Routine);
    let mut guarded = Vec::new();
    let mut facts = prover.quiet.facts.clone();
    for sign in signs(ruleset) {
        made.of += 1;
        let id = ruleset.facts[sign].id.clone();
        let mut calm = Question::default().without(above.iter().copied());
        calm.facts.push(answered(sign, true));
        if prover.is_possible(&calm) != Some(false) {
            guarded.push(id.to_string());
        }
        if settles_routine(ruleset, &mut facts, &id) {
            let shown = Counterexample {
                id: format!("{id}-not-asked"),
                words: "Everything was asked but this, and routine is settled.".into(),
                reason: words.into(),
                facts: vec![(id.clone(), Known::Open(Unanswered::NotAsked))],
                expect: Expectation {
                    urgency: Some(Urgency::NotSettled),
                    ..Expectation::default()
                },
            };
            let words = "Open, it lets routine be settled.";
            made.fail(id.as_str(), words, Some(shown));
        }
    }
    if !guarded.is_empty() {
        made.remarks.push(format!(
            "Present, these do not always raise the urgency by the rules, so the guard on open warning signs protects them: {}.",
            guarded.join(", ")
        ));
    }
    made.since(prover, before)
}

/// Whether routine is settled once a sign is not asked. The facts are left as they were.
fn settles_routine(ruleset: &Ruleset, facts: &mut Facts, sign: &FactId) -> bool {
    let open = Fact {
        known: Known::Open(Unanswered::NotAsked),
        ask: vec![sign.to_string()],
    };
    let answered = facts.get(sign.as_str()).cloned();
    facts.set(sign.clone(), open);
    let urgency = evaluate(ruleset, facts, Vignette::ON).urgency;
    if let Some(answered) = answered {
        facts.set(sign.clone(), answered);
    }
    urgency.settled && urgency.possible.contains(&Urgency::Routine)
}

/// Every warning sign that is asked of people is declared and used by a rule, by itself or through
/// a worked-out fact that it changes. Nothing is asked of a ruleset over facts of its own.
fn used(ruleset: &Ruleset) -> Option<Obligation> {
    let catalogue = Catalogue::shipped();
    let of_people =
        |id: &str| catalogue.question(id).is_some() || DERIVED.iter().any(|it| it.id == id);
    let mut facts = ruleset.facts.iter();
    if ruleset.facts.is_empty() || !facts.all(|fact| of_people(fact.id.as_str())) {
        return None;
    }
    let words = "Every warning sign that is asked is declared and used by a rule.";
    let mut made = Obligation::new(Kind::SignsUsed, words);
    let conditions = ruleset.rules.iter().map(|rule| &rule.when);
    let named: BTreeSet<usize> = conditions
        .flat_map(Expression::atoms)
        .map(|atom| atom.fact)
        .collect();
    for sign in catalogue.questions() {
        if sign.kind != QuestionKind::Feature {
            continue;
        }
        made.of += 1;
        let declared = ruleset.facts.iter();
        let place = declared
            .enumerate()
            .find(|(_, it)| it.id.as_str() == sign.id);
        match place {
            None => made.fail(
                &sign.id,
                "It is asked, and the ruleset does not declare it.",
                None,
            ),
            Some((at, _)) if !dependent(ruleset, at).iter().any(|it| named.contains(it)) => {
                made.fail(&sign.id, "It is asked, and no rule uses it.", None);
            }
            Some(_) => {}
        }
    }
    Some(made)
}
