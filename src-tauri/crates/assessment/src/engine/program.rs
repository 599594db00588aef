//! A ruleset compiled.

use std::ops::Range;

use super::cell::Cell;
use super::term_set::TermSet;
use super::values::Values;
use crate::fact::FactId;
use crate::ruleset::{Disposition, Urgency};

/// A ruleset compiled. Facts, rules and their order are the ruleset's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The facts, each cut into cells.
    pub facts: Vec<FactCells>,
    /// The ways in which rules hold, rule by rule, and then those of the constraints.
    pub terms: Vec<Term>,
    /// The terms of each rule.
    pub rules: Vec<Range<usize>>,
    /// The terms that must never hold.
    pub constraints: Range<usize>,
    /// What else can follow, with the terms that give it.
    pub values: Values,
    /// What each rule decides.
    pub(super) effects: Vec<Decides>,
    /// The rule of each term of a rule.
    pub(super) rule_of: Vec<usize>,
    /// For each urgency that a rule names, most urgent first, the terms of its rules.
    pub(super) by_urgency: Vec<(Urgency, TermSet)>,
    /// The terms of all rules that name a lead.
    pub(super) leading: TermSet,
    /// The constraints' terms.
    pub(super) never: TermSet,
    /// For each fact and cell, the terms that cannot hold then; one row after the other.
    pub(super) killed: Vec<u64>,
    /// Where the rows of each fact begin.
    pub(super) rows: Vec<usize>,
    /// For each fact, the terms that need something of it.
    pub(super) mentions: Vec<TermSet>,
    /// How many words a row has.
    pub(super) width: usize,
}

/// A fact, cut into cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactCells {
    /// Its name.
    pub id: FactId,
    /// Its cells, at most 64.
    pub cells: Vec<Cell>,
    /// Whether it is a warning sign.
    pub sign: bool,
    /// Whether nothing that is done can change it, such as an age.
    pub fixed: bool,
    /// Its gate, when an answer to another declared fact decides whether it arises.
    pub gate: Option<usize>,
}

/// One way in which a rule holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The rule; none for a constraint.
    pub rule: Option<usize>,
    /// For each fact that matters, the cells that fit, as bits; facts in rising order.
    pub needs: Vec<(usize, u64)>,
}

/// What a rule decides of urgency and lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decides {
    pub(super) urgency: Option<Urgency>,
    pub(super) lead: Option<Disposition>,
    /// Whether it waits until a clinician has settled a conflict.
    pub(super) waits: bool,
}

/// What comes of the rules that fire, as far as exactly one value holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Outcome {
    /// How soon.
    pub urgency: Urgency,
    /// The lead disposition; none only in a ruleset without a default.
    pub lead: Option<Disposition>,
}

impl FactCells {
    /// All its cells, as bits.
    pub fn all(&self) -> u64 {
        u64::MAX >> (64 - self.cells.len().clamp(1, 64))
    }

    /// The cell that answers to this description.
    pub fn cell(&self, wanted: &Cell) -> Option<usize> {
        self.cells.iter().position(|cell| cell == wanted)
    }

    /// The cell for "does not arise", as a bit; 0 when it always arises.
    pub fn does_not_arise(&self) -> u64 {
        self.cell(&Cell::DoesNotArise).map_or(0, |at| 1 << at)
    }
}

impl Program {
    /// The place of a fact.
    pub fn fact(&self, id: &str) -> Option<usize> {
        let found = self.facts.binary_search_by(|fact| fact.id.as_str().cmp(id));
        found.ok()
    }

    /// No term.
    pub fn no_terms(&self) -> TermSet {
        TermSet::none(self.terms.len())
    }

    /// The terms of some rules.
    pub fn terms_of(&self, rules: impl IntoIterator<Item = usize>) -> TermSet {
        let ranges = rules.into_iter().filter_map(|rule| self.rules.get(rule));
        TermSet::of(self.terms.len(), ranges.cloned().flatten())
    }

    /// The rule of a term; none for a constraint.
    pub fn rule_of(&self, term: usize) -> Option<usize> {
        self.rule_of.get(term).copied()
    }

    /// What comes of the terms that hold.
    pub fn outcome(&self, holding: &TermSet) -> Outcome {
        let urgency = self
            .by_urgency
            .iter()
            .find(|(_, terms)| terms.meets(holding))
            .map_or(Urgency::Routine, |(urgency, _)| *urgency);
        let first = holding.first_among(&self.leading);
        let rule = first.and_then(|term| self.rule_of(term));
        Outcome {
            urgency,
            lead: rule.and_then(|rule| self.effects[rule].lead),
        }
    }

    /// Whether no constraint is among the terms that hold.
    pub fn admits(&self, holding: &TermSet) -> bool {
        !holding.meets(&self.never)
    }

    pub(super) fn row(&self, fact: usize, cell: usize) -> &[u64] {
        let start = self.rows[fact] + cell * self.width;
        &self.killed[start..start + self.width]
    }
}
