//! A ruleset over the facts of a case, as the explanations look at it.

use std::sync::Arc;

use crate::engine::{Program, State, Turned};
use crate::fact::Facts;
use crate::ruleset::{Disposition, Rule, Ruleset, Truth, Urgency};

/// A ruleset over known facts.
pub(super) struct Case<'a> {
    pub(super) ruleset: &'a Ruleset,
    pub(super) facts: &'a Facts,
    pub(super) state: State,
    pub(super) turned: Turned,
}

/// What surely comes of a case, as far as single ways in which rules hold show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sure {
    /// At least this urgent.
    pub(super) urgency: Urgency,
    /// Whether no open answer can make it more urgent.
    pub(super) urgency_settled: bool,
    /// The lead of the first rule that surely fires and names one.
    pub(super) lead: Option<Disposition>,
    /// Whether no open answer can bring another lead.
    pub(super) lead_settled: bool,
}

impl<'a> Case<'a> {
    pub(super) fn new(ruleset: &'a Ruleset, facts: &'a Facts) -> Self {
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

    pub(super) fn program(&self) -> &'a Program {
        self.ruleset.program()
    }

    /// The rule of a term of a rule.
    pub(super) fn rule(&self, term: usize) -> Option<(usize, &'a Arc<Rule>)> {
        let at = self.program().rule_of(term)?;
        Some((at, self.ruleset.rules.get(at)?))
    }

    /// The terms of the rules that `wanted` picks, in the order of the file.
    pub(super) fn terms_of(
        &self,
        wanted: impl Fn(usize, &Rule) -> bool,
    ) -> impl Iterator<Item = usize> {
        let rules = self.ruleset.rules.iter().enumerate();
        rules
            .filter(move |(at, rule)| wanted(*at, rule))
            .flat_map(|(at, _)| self.program().rules[at].clone())
    }

    /// What surely comes of the case in a state.
    pub(super) fn sure(&self, state: &State) -> Sure {
        let truths = self.program().rule_truths(&self.program().turn_out(state));
        let mut made = Sure {
            urgency: Urgency::Routine,
            urgency_settled: true,
            lead: None,
            lead_settled: true,
        };
        let mut may_be = Urgency::Routine;
        for (rule, truth) in self.ruleset.rules.iter().zip(truths) {
            let then = &rule.then;
            match truth {
                Truth::False => {}
                Truth::Open => {
                    may_be = may_be.min(then.urgency.unwrap_or(Urgency::Routine));
                    made.lead_settled &= made.lead.is_some() || then.lead.is_none();
                }
                Truth::InConflict | Truth::True => {
                    made.urgency = made.urgency.min(then.urgency.unwrap_or(Urgency::Routine));
                    made.lead = made.lead.or(then.lead);
                }
            }
        }
        made.urgency_settled = may_be >= made.urgency && !self.guards(made.urgency, state);
        made
    }

    /// While a warning sign is open, "routine" is never settled.
    fn guards(&self, urgency: Urgency, state: &State) -> bool {
        let facts = self.program().facts.iter().enumerate();
        let open = |(at, fact): (usize, &crate::engine::FactCells)| fact.sign && state.is_open(at);
        urgency == Urgency::Routine && { facts }.any(open)
    }
}

/// Whether a term surely holds; in some reading, where people said different things.
pub(super) fn surely_holds(state: &State, needs: &[(usize, u64)]) -> bool {
    needs.iter().all(|&(fact, cells)| fits(state, fact, cells))
}

/// Whether what is known of a fact fits; in some reading, where people said different things.
pub(super) fn fits(state: &State, fact: usize, cells: u64) -> bool {
    let possible = state.possible(fact);
    if state.is_conflict(fact) {
        possible & cells != 0
    } else {
        possible & !cells == 0
    }
}
