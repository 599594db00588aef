//! What is known of a case, in cells.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::cell::Cell;
use super::program::{FactCells, Program};
use crate::fact::{Fact, FactValue, Facts, Known};

/// For each fact, the cells still possible, and whether they are open or in conflict.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct State {
    pub(super) possible: Vec<u64>,
    pub(super) conflict: Vec<bool>,
}

impl State {
    /// Nothing is known.
    pub fn open(program: &Program) -> Self {
        Self {
            possible: program.facts.iter().map(FactCells::all).collect(),
            conflict: vec![false; program.facts.len()],
        }
    }

    /// Everything is known: one cell for each fact.
    pub fn complete(cells: &[u8]) -> Self {
        Self {
            possible: cells.iter().map(|&cell| 1 << cell).collect(),
            conflict: vec![false; cells.len()],
        }
    }

    /// The cells of a fact that are possible, as bits.
    pub fn possible(&self, fact: usize) -> u64 {
        self.possible.get(fact).copied().unwrap_or_default()
    }

    /// Whether all possible cells of the fact hold, because people said different things.
    pub fn is_conflict(&self, fact: usize) -> bool {
        self.conflict.get(fact).copied().unwrap_or_default()
    }

    /// Whether an answer can still choose among several cells of the fact.
    pub fn is_open(&self, fact: usize) -> bool {
        self.possible(fact).count_ones() > 1 && !self.is_conflict(fact)
    }

    /// Whether every fact has one cell, so that nothing is open or in conflict.
    pub fn is_complete(&self) -> bool {
        self.possible.iter().all(|cells| cells.is_power_of_two())
    }

    /// Says that only these cells of an open fact are possible.
    pub fn narrow(&mut self, fact: usize, cells: u64) {
        if let Some(possible) = self.possible.get_mut(fact) {
            *possible &= cells;
        }
    }

    /// Says which cells of a fact are possible, whatever was known before.
    pub fn set(&mut self, fact: usize, cells: u64, in_conflict: bool) {
        if let Some(possible) = self.possible.get_mut(fact) {
            *possible = cells;
            self.conflict[fact] = in_conflict && cells.count_ones() > 1;
        }
    }

    /// The one cell of each fact, the lowest where several are possible.
    pub fn lowest(&self) -> Vec<u8> {
        self.possible
            .iter()
            .map(|cells| u8::try_from(cells.trailing_zeros()).unwrap_or(0) & 63)
            .collect()
    }

    /// Narrows to the cells that a term needs, where an answer can still choose.
    ///
    /// False when the term cannot hold any more.
    pub fn narrow_to(&mut self, needs: &[(usize, u64)]) -> bool {
        for &(fact, cells) in needs {
            if self.possible(fact) & cells == 0 {
                return false;
            }
            if !self.is_conflict(fact) {
                self.narrow(fact, cells);
            }
        }
        true
    }
}

impl Program {
    /// What is known of a case, in the cells of this program.
    pub fn state(&self, facts: &Facts) -> State {
        let mut state = State::open(self);
        let mut known = facts.all().peekable();
        // Both are in the order of the names, so one walk finds all.
        for (at, cells) in self.facts.iter().enumerate() {
            while let Some((id, fact)) = known.peek() {
                let order = (*id).cmp(&cells.id);
                if order == Ordering::Greater {
                    break;
                }
                if order == Ordering::Equal {
                    let (possible, in_conflict) = cells_of(cells, fact);
                    state.set(at, possible, in_conflict);
                }
                known.next();
            }
        }
        state
    }
}

impl FactCells {
    /// The cells that are possible for what is known of the fact, and whether they are in conflict.
    pub fn possible_for(&self, fact: &Fact) -> (u64, bool) {
        cells_of(self, fact)
    }
}

fn cells_of(cells: &FactCells, fact: &Fact) -> (u64, bool) {
    let open = || {
        // A question that is known to be shown arises; its own name is what it waits for.
        let shown = fact.ask.iter().any(|id| id == cells.id.as_str());
        let absent = if shown { cells.does_not_arise() } else { 0 };
        (cells.all() & !absent, false)
    };
    match &fact.known {
        Known::Open(_) => open(),
        Known::NotApplicable => match cells.does_not_arise() {
            0 => open(),
            cell => (cell, false),
        },
        Known::Is(value) => match holding(cells, value) {
            0 => open(),
            some => (some, false),
        },
        Known::Conflict(values) => {
            let all = values
                .iter()
                .fold(0, |bits, value| bits | holding(cells, value));
            if all == 0 { open() } else { (all, true) }
        }
        Known::Between { lowest, highest } => match between(cells, *lowest, *highest) {
            0 => open(),
            some => (some, false),
        },
    }
}

/// The cell of a value, as a bit. A number beyond the domain counts as its nearest end.
fn holding(cells: &FactCells, value: &FactValue) -> u64 {
    let found = cells.cells.iter().position(|cell| cell.holds(value));
    if let Some(at) = found {
        return 1 << at;
    }
    let FactValue::Number(number) = value else {
        return 0;
    };
    let numbers = || {
        let all = cells.cells.iter().enumerate();
        all.filter(|(_, cell)| matches!(cell, Cell::Number(_)))
    };
    let below = numbers().next().filter(|(_, cell)| {
        matches!(cell, Cell::Number(span) if span.from.is_some_and(|from| *number < from))
    });
    let nearest = below.or_else(|| numbers().next_back());
    nearest.map_or(0, |(at, _)| 1 << at)
}

fn between(cells: &FactCells, lowest: Option<Decimal>, highest: Option<Decimal>) -> u64 {
    let meets = |cell: &Cell| matches!(cell, Cell::Number(span) if span.meets(lowest, highest));
    let all = cells.cells.iter().enumerate();
    all.filter(|(_, cell)| meets(cell))
        .fold(0, |bits, (at, _)| bits | 1 << at)
}
