//! Compiling a ruleset.

use std::sync::Arc;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::cell::{Cell, cells};
use super::expand::{Expanded, Way};
use super::program::{Decides, FactCells, Program, Term};
use super::term_set::TermSet;
use super::values::Values;
use crate::ruleset::{
    ConflictPolicy, Constraint, Expression, FactDeclaration, Impossible, Rule, Test, Urgency,
};

/// A ruleset that cannot be compiled: what is too much, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TooManyWays {
    /// A rule, constraint or claim can hold in too many ways.
    #[error("expected fewer combinations; split \"{0}\" into several")]
    Combinations(String),
    /// A number is compared with too many limits.
    #[error("expected at most 31 different limits for \"{0}\"")]
    Limits(String),
}

impl TooManyWays {
    /// The name of the rule, constraint or fact.
    pub(crate) fn about(&self) -> &str {
        let (Self::Combinations(name) | Self::Limits(name)) = self;
        name
    }
}

impl Program {
    /// Compiles the parts of a ruleset. `further` are tests that only claims make.
    pub(crate) fn compile(
        declared: &[FactDeclaration],
        rules: &[Arc<Rule>],
        constraints: &[Constraint],
        further: &[&Expression],
    ) -> Result<Self, TooManyWays> {
        let facts = cut(declared, rules, constraints, further)?;
        let mut terms = Vec::new();
        let mut ranges = Vec::with_capacity(rules.len());
        for (at, rule) in rules.iter().enumerate() {
            let start = terms.len();
            terms.extend(expanded(&rule.when, &facts, &rule.id)?.map(|needs| Term {
                rule: Some(at),
                needs,
            }));
            ranges.push(start..terms.len());
        }
        let start = terms.len();
        for constraint in constraints {
            terms.extend(forbidden(constraint, &facts)?.into_iter().map(forbid));
        }
        for (at, declaration) in declared.iter().enumerate() {
            terms.extend(gate(at, declaration, &facts).into_iter().map(forbid));
        }
        let constraints = start..terms.len();
        let effects = rules.iter().map(|rule| Decides {
            urgency: rule.then.urgency,
            lead: rule.then.lead,
            waits: rule.in_conflict == ConflictPolicy::Waits,
        });
        let values = Values::of(rules, &ranges, terms.len());
        let made = assemble(facts, terms, ranges, constraints, effects.collect());
        Ok(Self { values, ..made })
    }

    /// The ways in which a condition over the same facts can hold.
    pub fn expand(&self, expression: &Expression) -> Result<Expanded, TooManyWays> {
        Expanded::of(expression, &self.facts)
            .map_err(|_| TooManyWays::Combinations("this condition".into()))
    }
}

fn forbid(needs: Way) -> Term {
    Term { rule: None, needs }
}

fn expanded(
    when: &Expression,
    facts: &[FactCells],
    name: &str,
) -> Result<impl Iterator<Item = Way> + use<>, TooManyWays> {
    let expanded = Expanded::of(when, facts);
    let ways = expanded.map_err(|_| TooManyWays::Combinations(name.to_owned()))?;
    Ok(ways.ways.into_iter())
}

fn forbidden(constraint: &Constraint, facts: &[FactCells]) -> Result<Vec<Way>, TooManyWays> {
    match &constraint.never {
        Impossible::When(when) => Ok(expanded(when, facts, &constraint.id)?.collect()),
        Impossible::Less { more, less } => Ok(less_than(*more, *less, facts)),
    }
}

/// The ways in which the greater of two numbers would be the smaller.
fn less_than(more: usize, less: usize, facts: &[FactCells]) -> Vec<Way> {
    let mut made = Vec::new();
    for (at, cell) in facts[less].cells.iter().enumerate() {
        let Cell::Number(span) = cell else { continue };
        let below = facts[more]
            .cells
            .iter()
            .enumerate()
            .filter(|(_, other)| matches!(other, Cell::Number(other) if other.is_below(span)));
        let below = below.fold(0, |bits, (at, _)| bits | 1 << at);
        if below != 0 {
            let mut way = vec![(less, 1 << at), (more, below)];
            way.sort_unstable();
            made.push(way);
        }
    }
    made
}

/// A question arises exactly when the answer that decides on it says so.
fn gate(fact: usize, declaration: &FactDeclaration, facts: &[FactCells]) -> Vec<Way> {
    let Some(gate) = &declaration.gate else {
        return Vec::new();
    };
    let deciding = &facts[gate.fact];
    let met = deciding.cells.iter().enumerate();
    let met = met
        .filter(|(_, cell)| gate.met_by(cell))
        .fold(0, |bits, (at, _)| bits | 1 << at);
    let own = &facts[fact];
    let absent = own.does_not_arise();
    let mut ways = Vec::new();
    for (deciding_cells, own_cells) in [(met, absent), (deciding.all() & !met, own.all() & !absent)]
    {
        if deciding_cells != 0 && own_cells != 0 {
            let mut way = vec![(gate.fact, deciding_cells), (fact, own_cells)];
            way.sort_unstable();
            ways.push(way);
        }
    }
    ways
}

/// Cuts each fact into cells, by all tests made of it.
fn cut(
    declared: &[FactDeclaration],
    rules: &[Arc<Rule>],
    constraints: &[Constraint],
    further: &[&Expression],
) -> Result<Vec<FactCells>, TooManyWays> {
    let mut tests: BTreeMap<usize, Vec<&Test>> = BTreeMap::new();
    let mut limits: BTreeMap<usize, BTreeSet<Decimal>> = BTreeMap::new();
    let conditions = rules.iter().map(|rule| &rule.when);
    let never = constraints.iter().filter_map(|it| match &it.never {
        Impossible::When(when) => Some(when),
        Impossible::Less { .. } => None,
    });
    for expression in conditions.chain(never).chain(further.iter().copied()) {
        for atom in expression.atoms() {
            tests.entry(atom.fact).or_default().push(&atom.test);
        }
    }
    // Two numbers of which one is never less are cut alike, or the constraint would not bite.
    for constraint in constraints {
        if let Impossible::Less { more, less } = constraint.never {
            let both = [more, less];
            let of = |fact: &usize| tests.get(fact).into_iter().flatten();
            let all: BTreeSet<Decimal> = both
                .iter()
                .flat_map(of)
                .flat_map(|test| test.limits())
                .collect();
            for fact in both {
                limits.entry(fact).or_default().extend(&all);
            }
        }
    }
    let none = Vec::new();
    let facts = declared.iter().enumerate().map(|(at, declaration)| {
        let tests = tests.get(&at).unwrap_or(&none);
        let limits: Vec<Decimal> = limits.get(&at).into_iter().flatten().copied().collect();
        let cells = cells(
            &declaration.domain,
            declaration.may_not_arise,
            tests,
            &limits,
        );
        if cells.len() > 64 {
            return Err(TooManyWays::Limits(declaration.id.to_string()));
        }
        Ok(FactCells {
            id: declaration.id.clone(),
            cells,
            sign: declaration.sign,
            fixed: declaration.fixed,
            gate: declaration.gate.as_ref().map(|gate| gate.fact),
        })
    });
    facts.collect()
}

pub(super) fn assemble(
    facts: Vec<FactCells>,
    terms: Vec<Term>,
    ranges: Vec<std::ops::Range<usize>>,
    constraints: std::ops::Range<usize>,
    effects: Vec<Decides>,
) -> Program {
    let count = terms.len();
    let width = count.div_ceil(64);
    let mut mentions = vec![TermSet::none(count); facts.len()];
    let mut rows = Vec::with_capacity(facts.len());
    let mut killed = Vec::new();
    for fact in &facts {
        rows.push(killed.len());
        killed.resize(killed.len() + fact.cells.len() * width, 0_u64);
    }
    for (at, term) in terms.iter().enumerate() {
        for &(fact, fits) in &term.needs {
            mentions[fact].insert(at);
            for cell in (0..facts[fact].cells.len()).filter(|cell| fits & (1 << cell) == 0) {
                killed[rows[fact] + cell * width + at / 64] |= 1 << (at % 64);
            }
        }
    }
    let of_rules = |wanted: &dyn Fn(&Decides) -> bool| {
        let chosen = effects.iter().zip(&ranges).filter(|(rule, _)| wanted(rule));
        TermSet::of(count, chosen.flat_map(|(_, range)| range.clone()))
    };
    let by_urgency = Urgency::ALL.into_iter().filter_map(|urgency| {
        let terms = of_rules(&|rule| rule.urgency == Some(urgency));
        (!terms.is_empty()).then_some((urgency, terms))
    });
    let by_urgency = by_urgency.collect();
    Program {
        by_urgency,
        leading: of_rules(&|rule| rule.lead.is_some()),
        effects,
        rule_of: terms.iter().filter_map(|term| term.rule).collect(),
        never: TermSet::of(count, constraints.clone()),
        values: Values::default(),
        rules: ranges,
        facts,
        terms,
        constraints,
        killed,
        rows,
        mentions,
        width,
    }
}
