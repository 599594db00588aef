//! How the rules of a ruleset turn out for the facts of a case.

use std::sync::Arc;

use assessment::engine::{State, Turned};
use assessment::fact::{Facts, Known};
use assessment::ruleset::{Atom, Expression, Rule, Ruleset, Truth};

/// A ruleset over the facts of one case.
pub(super) struct Turning<'a> {
    pub(super) ruleset: &'a Ruleset,
    pub(super) facts: &'a Facts,
    state: State,
    turned: Turned,
}

impl<'a> Turning<'a> {
    pub(super) fn of(ruleset: &'a Ruleset, facts: &'a Facts) -> Self {
        let program = ruleset.program();
        let state = program.state(facts);
        let turned = program.turn_out(&state);
        Self {
            ruleset,
            facts,
            state,
            turned,
        }
    }

    /// Every rule in its order, with how it turns out.
    pub(super) fn rules(&self) -> Vec<(&'a Rule, Truth)> {
        let truths = self.ruleset.program().rule_truths(&self.turned);
        let rules = self.ruleset.rules.iter().map(Arc::as_ref);
        rules.zip(truths).collect()
    }

    /// How a part of a condition turns out: Kleene's values, and one for facts in conflict.
    pub(super) fn condition(&self, part: &Expression) -> Truth {
        let all = |parts: &[Expression]| parts.iter().map(|it| self.condition(it)).min();
        let any = |parts: &[Expression]| parts.iter().map(|it| self.condition(it)).max();
        match part {
            Expression::All(parts) => all(parts).unwrap_or(Truth::True),
            Expression::Any(parts) => any(parts).unwrap_or(Truth::False),
            Expression::None(parts) => match any(parts).unwrap_or(Truth::False) {
                Truth::False => Truth::True,
                Truth::True => Truth::False,
                undecided => undecided,
            },
            Expression::Is(atom) => self.test(atom),
        }
    }

    fn test(&self, atom: &Atom) -> Truth {
        let Some(fact) = self.ruleset.program().facts.get(atom.fact) else {
            return Truth::False;
        };
        let cells = fact.cells.iter().enumerate();
        let possible = cells.filter(|(at, _)| self.state.possible(atom.fact) & (1 << at) != 0);
        let (mut some, mut every) = (false, true);
        for (_, cell) in possible {
            let passes = cell.passes(&atom.test);
            some |= passes;
            every &= passes;
        }
        match (some, every) {
            (false, _) => Truth::False,
            (true, true) => Truth::True,
            (true, false) if self.state.is_conflict(atom.fact) => Truth::InConflict,
            (true, false) => Truth::Open,
        }
    }

    /// What is known of a fact, by its place.
    pub(super) fn known(&self, fact: usize) -> Option<&'a Known> {
        let declared = self.ruleset.facts.get(fact)?;
        Some(self.facts.known(declared.id.as_str()))
    }

    /// The open facts that a rule waits for, by their place, each once.
    pub(super) fn waits_for(&self, rule: &str) -> Vec<usize> {
        let program = self.ruleset.program();
        let at = self.ruleset.rules.iter().position(|it| it.id == rule);
        let terms = at
            .and_then(|at| program.rules.get(at))
            .cloned()
            .unwrap_or_default();
        let mut found: Vec<usize> = Vec::new();
        for term in terms.filter(|term| self.turned.truth(*term) == Truth::Open) {
            for &(fact, cells) in program.terms.get(term).map_or(&[][..], |it| &it.needs) {
                let undecided = self.state.is_open(fact) && self.state.possible(fact) & !cells != 0;
                if undecided && !found.contains(&fact) {
                    found.push(fact);
                }
            }
        }
        found
    }
}
