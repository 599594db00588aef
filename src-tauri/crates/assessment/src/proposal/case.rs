//! A ruleset over the facts of one case, and the parts that come of it.

use std::sync::Arc;

use super::part::{Missing, Part, Reason};
use crate::engine::{Cell, Exact, Outlook, Program, State, Term, TermSet, Turned};
use crate::fact::{Fact, Facts};
use crate::ruleset::{Disposition, Effects, Rule, Ruleset, Truth, Urgency};

/// A ruleset with how each of its rules turns out.
pub(super) struct Case<'a> {
    facts: &'a Facts,
    program: &'a Program,
    turned_out: Vec<TurnedOut<'a>>,
}

/// A rule, how it turns out, and what it waits for.
pub(super) struct TurnedOut<'a> {
    pub(super) rule: &'a Arc<Rule>,
    pub(super) truth: Truth,
    /// Facts, open and undecided; empty unless the rule is open.
    pub(super) waiting: Vec<&'a Fact>,
    /// Whether it does not fire although something that was found speaks for it.
    ruled_out: bool,
}

impl<'a> Case<'a> {
    pub(super) fn new(
        ruleset: &'a Ruleset,
        facts: &'a Facts,
        state: &'a State,
        turned: &Turned,
    ) -> Self {
        let program = ruleset.program();
        let truths = program.rule_truths(turned);
        let rules = ruleset.rules.iter().zip(truths).enumerate();
        let turned_out = rules.map(|(at, (rule, truth))| {
            let waiting = if truth == Truth::Open {
                let open = program.rules[at]
                    .clone()
                    .filter(|term| turned.truth(*term) == Truth::Open);
                waiting(program, state, open, facts)
            } else {
                Vec::new()
            };
            TurnedOut {
                rule,
                truth,
                waiting,
                ruled_out: truth == Truth::False && was_considered(program, state, at),
            }
        });
        Self {
            facts,
            turned_out: turned_out.collect(),
            program,
        }
    }

    pub(super) fn rules(&self) -> impl Iterator<Item = (&'a Arc<Rule>, Truth)> {
        self.turned_out.iter().map(|it| (it.rule, it.truth))
    }

    /// The most urgent rule that fires gives the urgency.
    ///
    /// `open_signs` are the warning signs without an answer: while there is one, "routine" is
    /// not settled, whatever the rules make of it.
    pub(super) fn urgency(
        &self,
        outlook: Outlook<Urgency>,
        open_signs: &[Missing],
    ) -> Part<Urgency> {
        let Outlook { possible, exact } = outlook;
        let guarded = possible == [Urgency::Routine] && !open_signs.is_empty();
        let settled = exact && possible.len() == 1 && !guarded;
        let least = possible.last().copied().unwrap_or(Urgency::Routine);
        let of = |rule: usize| self.effects(rule).urgency;
        let opens = |rule| of(rule).is_some_and(|it| it < least && possible.contains(&it));
        let urgent = |rule| of(rule).is_some_and(|it| it < Urgency::Routine);
        let mut part = self.part(|rule| of(rule) == Some(least), opens, urgent);
        if guarded {
            part.missing = open_signs.to_vec();
        }
        part.certain = possible.iter().copied().filter(|_| settled).collect();
        Part {
            settled,
            possible,
            exact,
            ..part
        }
    }

    /// The first rule that fires and names a lead gives it.
    pub(super) fn lead(&self, outlook: Outlook<Disposition>) -> Part<Disposition> {
        let Outlook { possible, exact } = outlook;
        let settled = exact && possible.len() == 1;
        let of = |rule: usize| self.effects(rule).lead;
        let leads = |it: &TurnedOut<'_>| it.rule.then.lead.is_some();
        let fires = |it: &TurnedOut<'_>| it.truth >= Truth::InConflict && leads(it);
        let chosen = self.turned_out.iter().position(fires);
        let changes = |rule: usize| {
            let before = chosen.is_none_or(|chosen| rule < chosen);
            !settled && before && of(rule).is_some_and(|lead| possible.contains(&lead))
        };
        let mut part = self.part(
            |rule| chosen == Some(rule),
            changes,
            |rule| of(rule).is_some(),
        );
        part.certain = possible.iter().copied().filter(|_| settled).collect();
        Part {
            settled,
            possible,
            exact,
            ..part
        }
    }

    fn effects(&self, rule: usize) -> &'a Effects {
        &self.turned_out[rule].rule.then
    }

    /// A part in which any number of values hold; each stands where the file first names it.
    pub(super) fn set<K: Copy, T>(
        &self,
        outlook: &mut Exact<'_>,
        values: &[(K, TermSet)],
        say: impl Fn(K) -> T,
    ) -> Part<T> {
        let (mut certain, mut possible, mut all_exact) = (Vec::new(), Vec::new(), true);
        let mut about = self.program.no_terms();
        let mut adding = about.clone();
        for (value, terms) in values {
            let (truth, exact) = outlook.any_of(terms);
            all_exact &= exact;
            about.add(terms);
            match truth {
                Truth::False => continue,
                Truth::True => certain.push(say(*value)),
                _ => adding.add(terms),
            }
            possible.push(say(*value));
        }
        let one_of = |terms: &TermSet, rule: usize| {
            let range = &self.program.rules[rule];
            !range.is_empty() && terms.contains(range.start)
        };
        let gives = |rule| one_of(&about, rule);
        Part {
            settled: all_exact && possible.len() == certain.len(),
            exact: all_exact,
            ..self.part(gives, |rule| one_of(&adding, rule), gives)
        }
        .with(possible, certain)
    }

    /// A part without its values, from the rules that bear on it, named by their places.
    fn part<T>(
        &self,
        speaks_for: impl Fn(usize) -> bool,
        may_change: impl Fn(usize) -> bool,
        about: impl Fn(usize) -> bool,
    ) -> Part<T> {
        let rules = || self.turned_out.iter().enumerate();
        let open = rules().filter(|(at, it)| it.truth == Truth::Open && may_change(*at));
        let speaking =
            || rules().filter(|(at, it)| it.truth >= Truth::InConflict && speaks_for(*at));
        let ruled_out = rules().filter(|(at, it)| it.ruled_out && about(*at));
        let waiting = open.flat_map(|(_, it)| it.waiting.iter().copied());
        Part {
            settled: false,
            exact: true,
            in_conflict: speaking().any(|(_, it)| it.truth == Truth::InConflict),
            because: speaking().map(|(_, it)| Reason::of(it.rule)).collect(),
            against: ruled_out.map(|(_, it)| Reason::of(it.rule)).collect(),
            missing: Missing::behind(waiting, self.facts),
            certain: Vec::new(),
            possible: Vec::new(),
        }
    }
}

/// Whether something that was found speaks for a rule which does not fire in the end.
fn was_considered(program: &Program, state: &State, rule: usize) -> bool {
    let found = |(fact, cells): &(usize, u64)| {
        let all = &program.facts[*fact];
        let finding = match all.cells.first() {
            // The first cell is "no", and "no" is no finding.
            Some(Cell::No) => cells & 1 == 0,
            // "Any but this one" is no finding.
            Some(Cell::Choice(_)) => 2 * cells.count_ones() <= all.all().count_ones(),
            _ => true,
        };
        finding && state.possible(*fact) & !cells == 0
    };
    let terms: &[Term] = &program.terms[program.rules[rule].clone()];
    terms.iter().any(|term| term.needs.iter().any(found))
}

/// The open facts that some terms wait for, in the order of the terms.
fn waiting<'a>(
    program: &Program,
    state: &State,
    terms: impl Iterator<Item = usize>,
    facts: &'a Facts,
) -> Vec<&'a Fact> {
    let mut found: Vec<usize> = Vec::new();
    for term in terms {
        for &(fact, cells) in &program.terms[term].needs {
            let undecided = state.is_open(fact) && state.possible(fact) & !cells != 0;
            if undecided && !found.contains(&fact) {
                found.push(fact);
            }
        }
    }
    let of = |fact: usize| facts.get(program.facts[fact].id.as_str());
    found.into_iter().filter_map(of).collect()
}
