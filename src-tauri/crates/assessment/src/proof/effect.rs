//! That every rule adds something of its own in some assessment.

use super::obligation::{Kind, Obligation};
use super::prover::Prover;
use super::question::Question;
use super::rule::{leading_before, smallest};
use crate::ruleset::{Disposition, Rule, Ruleset, Urgency};

/// Every rule has an effect.
///
/// What it adds must not all be added by others whenever it fires. Flags, prompts and suggestions
/// of a second opinion are a rule's own: no other can add them.
pub(super) fn obligation(prover: &mut Prover<'_>, living: &[usize]) -> Obligation {
    let words = "Every rule has an effect: in some assessment it adds what no other adds.";
    let mut made = Obligation::new(Kind::Effect, words);
    let before = (prover.searches, prover.steps);
    let ruleset = prover.ruleset;
    made.of = living.len();
    for &at in living {
        let rule = &ruleset.rules[at];
        if has_its_own(rule) {
            continue;
        }
        match adds_something(prover, at) {
            Some(true) => {}
            None => made.not_shown.push(rule.id.clone()),
            Some(false) => {
                let reason = "A rule adds something of its own in some case.";
                let Some((fires, mut shown)) = smallest(prover, at, "adds-nothing", reason) else {
                    continue;
                };
                let others = fires.into_iter().filter(|it| *it != at);
                let others = others.map(|it| &ruleset.rules[it]);
                let others = others.filter(|it| gives_any_of(it, rule));
                shown.expect.not_fired = others.map(|it| it.id.clone()).collect();
                let words = if shown.expect.not_fired.is_empty() {
                    "It adds nothing."
                } else {
                    "Whenever it fires, others add everything that it adds."
                };
                made.fail(&rule.id, words, Some(shown));
            }
        }
    }
    made.since(prover, before)
}

fn has_its_own(rule: &Rule) -> bool {
    let then = &rule.then;
    then.medicine_flag || then.prompt || then.second_opinion
}

/// Whether there is an assessment in which a rule adds something that no other does.
fn adds_something(prover: &mut Prover<'_>, at: usize) -> Option<bool> {
    let mut answer = Some(false);
    for others in rivals(prover.ruleset, at) {
        match prover.is_possible(&Question::fires(at).without(others)) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => answer = None,
        }
    }
    answer
}

/// For each thing that a rule adds, the rules that add it too.
fn rivals(ruleset: &Ruleset, at: usize) -> Vec<Vec<usize>> {
    let rule = &ruleset.rules[at];
    let others = |adds: &dyn Fn(&Rule) -> bool| -> Vec<usize> {
        let all = ruleset.rules.iter().enumerate();
        let adding = all.filter(|(other, it)| *other != at && adds(it));
        adding.map(|(other, _)| other).collect()
    };
    let mut made = Vec::new();
    if rule.then.lead.is_some() {
        made.push(leading_before(ruleset, at));
    }
    for disposition in dispositions(rule) {
        made.push(others(&|it| {
            dispositions(it).any(|other| other == disposition)
        }));
    }
    for strand in &rule.then.strands {
        made.push(others(&|it| it.then.strands.contains(strand)));
    }
    if let Some(kind) = rule.then.pain_type {
        made.push(others(&|it| it.then.pain_type == Some(kind)));
    }
    // Routine is what holds anyway.
    if let Some(urgency) = rule.then.urgency.filter(|it| *it < Urgency::Routine) {
        made.push(others(&|it| {
            it.then.urgency.is_some_and(|other| other <= urgency)
        }));
    }
    made
}

/// The dispositions that a rule adds. The default's stands in only when nothing else leads.
pub(super) fn dispositions(rule: &Rule) -> impl Iterator<Item = Disposition> + '_ {
    let lead = rule.then.lead.filter(|_| !rule.default);
    lead.into_iter().chain(rule.then.also.iter().copied())
}

/// Whether a rule gives something that another gives too.
fn gives_any_of(rule: &Rule, other: &Rule) -> bool {
    let strands = &other.then.strands;
    let urgent = |it: &Rule| it.then.urgency.filter(|it| *it < Urgency::Routine);
    dispositions(rule).any(|it| dispositions(other).any(|own| own == it))
        || rule.then.strands.iter().any(|it| strands.contains(it))
        || (rule.then.pain_type.is_some() && rule.then.pain_type == other.then.pain_type)
        || urgent(rule).is_some_and(|it| urgent(other).is_some_and(|own| it <= own))
        || (rule.then.lead.is_some() && other.then.lead.is_some())
}
