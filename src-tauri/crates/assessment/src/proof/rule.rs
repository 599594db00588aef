//! That each rule is of use, and that no two are at odds.

use super::counterexample::{Counterexample, Expectation};
use super::obligation::{Kind, Obligation};
use super::prover::{Answer, Prover};
use super::question::Question;
use crate::engine::TermSet;
use crate::ruleset::{Disposition, Expression, Rule, Ruleset, Urgency};

pub(super) fn obligations(prover: &mut Prover<'_>) -> Vec<Obligation> {
    let (not_dead, living) = not_dead(prover);
    vec![
        not_dead,
        not_shadowed(prover, &living),
        super::effect::obligation(prover, &living),
        no_contradiction(prover, &living),
    ]
}

/// No rule is dead. Besides, the rules that are not: of the rest nothing more is asked.
fn not_dead(prover: &mut Prover<'_>) -> (Obligation, Vec<usize>) {
    let words = "No rule is dead: each fires in some assessment.";
    let mut made = Obligation::new(Kind::NotDead, words);
    let before = (prover.searches, prover.steps);
    let ruleset = prover.ruleset;
    made.of = ruleset.rules.len();
    let mut living = Vec::new();
    for (at, rule) in ruleset.rules.iter().enumerate() {
        match prover.is_possible(&Question::fires(at)) {
            Some(true) => living.push(at),
            None => {
                made.not_shown.push(rule.id.clone());
                living.push(at);
            }
            Some(false) => {
                let (words, shown) = nearest_case(prover, rule);
                made.fail(&rule.id, words, shown);
            }
        }
    }
    (made.since(prover, before), living)
}

/// The case that comes nearest to firing a dead rule: as many of its parts hold as can.
fn nearest_case(prover: &mut Prover<'_>, rule: &Rule) -> (String, Option<Counterexample>) {
    let parts = match &rule.when {
        Expression::All(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    };
    let mut question = Question::default();
    let mut nearest = None;
    let mut missing = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        question.facts.push(part.clone());
        if let Answer::Possible(case) = prover.ask(&question) {
            nearest = Some(case);
        } else {
            question.facts.pop();
            missing.push((at + 1).to_string());
        }
    }
    if nearest.is_none()
        && let Answer::Possible(case) = prover.ask(&Question::default())
    {
        nearest = Some(case);
    }
    let words = if missing.len() == parts.len() {
        "It can never fire: what it asks cannot be.".to_owned()
    } else {
        let parts = missing.join(", ");
        format!(
            "It can never fire: part {parts} of what it asks cannot hold with the parts before it."
        )
    };
    let shown = nearest.map(|case| {
        Counterexample::of_case(prover, format!("{}-never-fires", rule.id), &case)
            .that(
                format!("The nearest case to \"{}\" that can be.", rule.id),
                "A rule that can never fire protects nobody.",
            )
            .expecting(fired(rule))
    });
    (words, shown)
}

/// No rule names a lead that it can never give.
///
/// It gives its lead when it fires and no earlier rule gives another. An earlier rule that gives
/// the same one does it no harm.
fn not_shadowed(prover: &mut Prover<'_>, living: &[usize]) -> Obligation {
    let words = "No rule is shadowed: each that names a lead gives it in some assessment.";
    let mut made = Obligation::new(Kind::NotShadowed, words);
    let before = (prover.searches, prover.steps);
    let ruleset = prover.ruleset;
    for &at in living {
        let rule = &ruleset.rules[at];
        let Some(lead) = rule.then.lead else { continue };
        made.of += 1;
        match leads(prover, at, lead) {
            Some(true) => {}
            None => made.not_shown.push(rule.id.clone()),
            Some(false) => {
                let reason = "A rule that names a lead gives it in some case.";
                let Some((fires, mut shown)) = smallest(prover, at, "never-leads", reason) else {
                    continue;
                };
                let by = fires.iter().map(|it| &ruleset.rules[*it]);
                let by = by.filter(|it| it.then.lead.is_some()).map(|it| &it.id);
                let by = by.take(1).cloned().collect::<String>();
                let words = format!(
                    "Whenever it fires, an earlier rule gives another lead. Here that is \"{by}\"."
                );
                shown.expect.lead = Some(lead);
                made.fail(&rule.id, words, Some(shown));
            }
        }
    }
    made.since(prover, before)
}

/// Whether in some assessment a rule fires and the lead is the one it names.
fn leads(prover: &mut Prover<'_>, rule: usize, lead: Disposition) -> Option<bool> {
    let ruleset = prover.ruleset;
    let mut answer = Some(false);
    let same = (0..=rule)
        .rev()
        .filter(|at| ruleset.rules[*at].then.lead == Some(lead));
    for first in same {
        let mut question = Question::fires(rule).without(leading_before(ruleset, first));
        if first != rule {
            question.some.push(vec![first]);
        }
        match prover.is_possible(&question) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => answer = None,
        }
    }
    answer
}

/// The rules before one that name a lead.
pub(super) fn leading_before(ruleset: &Ruleset, rule: usize) -> Vec<usize> {
    (0..rule)
        .filter(|at| ruleset.rules[*at].then.lead.is_some())
        .collect()
}

/// No rule's urgency is contradicted by another.
///
/// Two rules contradict each other when one fires only where the other does as well and is less
/// urgent: what it says of urgency then never counts, and whoever wrote it meant something else.
/// The other way round is no contradiction but how rules are refined: the narrower one is more
/// urgent. Where several others share the work, that counts as well.
fn no_contradiction(prover: &mut Prover<'_>, living: &[usize]) -> Obligation {
    let words =
        "No rule is contradicted: each that names an urgency decides it in some assessment.";
    let mut made = Obligation::new(Kind::NoContradiction, words);
    let before = (prover.searches, prover.steps);
    let ruleset = prover.ruleset;
    for &at in living {
        let rule = &ruleset.rules[at];
        let Some(urgency) = rule.then.urgency else {
            continue;
        };
        made.of += 1;
        let above = more_urgent(ruleset, urgency);
        match prover.is_possible(&Question::fires(at).without(above)) {
            Some(true) => {}
            None => made.not_shown.push(rule.id.clone()),
            Some(false) => {
                let reason = "A rule that names an urgency decides it in some case.";
                let Some((fires, mut shown)) = smallest(prover, at, "contradicted", reason) else {
                    continue;
                };
                let by = fires.into_iter().min_by_key(|it| urgency_of(ruleset, *it));
                let by = by.map_or("another", |it| &ruleset.rules[it].id);
                let words = format!(
                    "It says \"{}\", and whenever it fires a rule that is more urgent does too. Here that is \"{by}\".",
                    urgency.words()
                );
                shown.expect.urgency = Some(urgency);
                made.fail(&rule.id, words, Some(shown));
            }
        }
    }
    made.remarks.extend(led_by_less_urgent(prover));
    made.since(prover, before)
}

fn urgency_of(ruleset: &Ruleset, rule: usize) -> Urgency {
    ruleset.rules[rule].then.urgency.unwrap_or(Urgency::Routine)
}

/// The rules that are more urgent than this.
pub(super) fn more_urgent(ruleset: &Ruleset, than: Urgency) -> Vec<usize> {
    let rules = ruleset.rules.iter().enumerate();
    let above = rules.filter(|(_, rule)| rule.then.urgency.is_some_and(|it| it < than));
    above.map(|(at, _)| at).collect()
}

/// Rules that name an urgency and no lead, where the lead can then be that of a less urgent rule.
///
/// Often meant so: "seen again within 48 hours" says nothing of where. Worth knowing.
fn led_by_less_urgent(prover: &mut Prover<'_>) -> Option<String> {
    let ruleset = prover.ruleset;
    let mut found = Vec::new();
    for (at, rule) in ruleset.rules.iter().enumerate() {
        let Some(urgency) = rule.then.urgency.filter(|_| rule.then.lead.is_none()) else {
            continue;
        };
        let leading = ruleset.rules.iter().enumerate().filter(|(_, it)| {
            it.then.lead.is_some() && it.then.urgency.unwrap_or(Urgency::Routine) <= urgency
        });
        let leading = leading.map(|(at, _)| at);
        if prover.is_possible(&Question::fires(at).without(leading)) != Some(false) {
            found.push(rule.id.as_str());
        }
    }
    (!found.is_empty()).then(|| {
        let found = found.join(", ");
        format!("These name an urgency and no lead, and the lead can then be that of a less urgent rule: {found}.")
    })
}

pub(super) fn fired(rule: &Rule) -> Expectation {
    Expectation {
        fired: vec![rule.id.clone()],
        ..Expectation::default()
    }
}

/// The smallest case in which a rule fires: the rules that fire in it, and the case written down.
pub(super) fn smallest(
    prover: &mut Prover<'_>,
    rule: usize,
    what: &str,
    reason: &str,
) -> Option<(Vec<usize>, Counterexample)> {
    let Answer::Possible(case) = prover.ask(&Question::fires(rule)) else {
        return None;
    };
    let rule = &prover.ruleset.rules[rule];
    let shown = Counterexample::of_case(prover, format!("{}-{what}", rule.id), &case)
        .that(
            format!("The smallest case in which \"{}\" fires.", rule.id),
            reason,
        )
        .expecting(fired(rule));
    Some((firing(prover.ruleset, &case.cells), shown))
}

/// The rules that fire in a case, in their order.
pub(super) fn firing(ruleset: &Ruleset, cells: &[u8]) -> Vec<usize> {
    let program = ruleset.program();
    let mut holding: TermSet = program.no_terms();
    program.fire(cells, &mut holding);
    let fires = |at: &usize| {
        program.rules[*at]
            .clone()
            .any(|term| holding.contains(term))
    };
    (0..ruleset.rules.len()).filter(fires).collect()
}
