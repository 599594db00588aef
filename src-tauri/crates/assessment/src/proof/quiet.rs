//! The quiet case: everything asked and nothing found, from which a counterexample differs as
//! little as can be.

use rust_decimal::Decimal;

use crate::engine::{Cell, Program, Span};
use crate::fact::{FactValue, Facts, Known};
use crate::ruleset::{Impossible, Ruleset};
use crate::vignette::Vignette;

/// The case in which nothing is found.
pub(super) struct Quiet {
    /// Its facts, as the base of every vignette gathers them.
    pub(super) facts: Facts,
    cells: Vec<u8>,
    /// The facts that the base leaves open, so that a counterexample has to name them.
    unsaid: Vec<bool>,
}

impl Quiet {
    pub(super) fn of(ruleset: &Ruleset) -> Self {
        let facts = base();
        let program = ruleset.program();
        let state = program.state(&facts);
        let fact = 0..program.facts.len();
        Self {
            unsaid: fact
                .map(|it| state.possible(it).count_ones() != 1)
                .collect(),
            cells: state.lowest(),
            facts,
        }
    }

    /// The quiet cell of a fact.
    pub(super) fn cell(&self, fact: usize) -> u8 {
        self.cells[fact]
    }

    /// What a case says otherwise than the quiet one, by the place of each fact.
    pub(super) fn differences(&self, ruleset: &Ruleset, cells: &[u8]) -> Vec<(usize, Known)> {
        let program = ruleset.program();
        let all = cells.iter().enumerate();
        let told = all.filter(|(fact, cell)| **cell != self.cells[*fact] || self.unsaid[*fact]);
        let told = told.map(|(fact, cell)| (fact, self.known(program, fact, *cell)));
        let mut told: Vec<(usize, Known)> = told.collect();
        for constraint in &ruleset.constraints {
            if let Impossible::Less { more, less } = constraint.never {
                raise(&mut told, program, cells, more, less);
            }
        }
        told
    }

    /// A value of a cell, the nearest to the quiet one when it is a number.
    fn known(&self, program: &Program, fact: usize, cell: u8) -> Known {
        let cells = &program.facts[fact];
        let usual = match self.facts.known(cells.id.as_str()) {
            Known::Is(FactValue::Number(number)) => Some(*number),
            _ => None,
        };
        match &cells.cells[usize::from(cell)] {
            Cell::Number(span) => Known::Is(FactValue::Number(nearest(span, usual))),
            other => other.sample().map_or(Known::NotApplicable, Known::Is),
        }
    }
}

/// Of two numbers from one cell, of which one is never less, that one takes the other's value.
fn raise(told: &mut [(usize, Known)], program: &Program, cells: &[u8], more: usize, less: usize) {
    let of = |fact: usize| told.iter().find(|(it, _)| *it == fact).map(|(_, it)| it);
    let (Some(Known::Is(FactValue::Number(high))), Some(Known::Is(FactValue::Number(low)))) =
        (of(more), of(less))
    else {
        return;
    };
    let (high, low) = (*high, *low);
    let cell = &program.facts[more].cells[usize::from(cells[more])];
    let fits = cell.holds(&FactValue::Number(low));
    let known = told.iter_mut().find(|(it, _)| *it == more);
    if let Some((_, known)) = known.filter(|_| fits && high < low) {
        *known = Known::number(low);
    }
}

/// The base that a vignette builds on when it names none.
fn base() -> Facts {
    const TEXT: &str = "[[vignette]]\nid = \"quiet\"\nexpect = {}\n";
    let read = Vignette::parse("quiet", TEXT).unwrap_or_default();
    let nothing = || Facts::from_known([], None, Vignette::ON);
    read.first().map_or_else(nothing, Vignette::facts)
}

/// The number of a span that is nearest to another, or one just within.
fn nearest(span: &Span, usual: Option<Decimal>) -> Decimal {
    let Some(usual) = usual else {
        return span.sample();
    };
    if span.holds(usual) {
        return usual;
    }
    match span.to {
        Some(to) if to <= usual && span.with_to => to,
        Some(to) if to <= usual && span.whole => to.ceil() - Decimal::ONE,
        _ => span.sample(),
    }
}
