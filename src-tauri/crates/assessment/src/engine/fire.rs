//! Which terms hold: at once for all, by the terms that each fact rules out.

use std::ops::Range;

use super::program::{Decides, Program};
use super::state::State;
use super::term_set::TermSet;
use crate::ruleset::Truth;

/// How the terms turn out for what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turned {
    /// Terms that cannot hold any more.
    pub dead: TermSet,
    /// Terms that an open answer can still rule out. Some of them are dead.
    pub open: TermSet,
    /// Terms that hold in one reading of the facts in conflict and not in another.
    pub split: TermSet,
}

impl Turned {
    /// How one term turns out.
    pub fn truth(&self, term: usize) -> Truth {
        if self.dead.contains(term) {
            Truth::False
        } else if self.open.contains(term) {
            Truth::Open
        } else if self.split.contains(term) {
            Truth::InConflict
        } else {
            Truth::True
        }
    }
}

impl Program {
    /// The terms that hold when every fact has one cell. Nothing is allocated.
    ///
    /// `cells` has one cell for each fact, and `into` room for every term.
    pub fn fire(&self, cells: &[u8], into: &mut TermSet) {
        match self.width {
            1 => self.fire_in::<1>(cells, into),
            2 => self.fire_in::<2>(cells, into),
            3 => self.fire_in::<3>(cells, into),
            4 => self.fire_in::<4>(cells, into),
            5 => self.fire_in::<5>(cells, into),
            6 => self.fire_in::<6>(cells, into),
            7 => self.fire_in::<7>(cells, into),
            8 => self.fire_in::<8>(cells, into),
            _ => self.fire_in_any(cells, into),
        }
    }

    /// The same for a row of a width known when compiling, which then stays in registers.
    fn fire_in<const WIDTH: usize>(&self, cells: &[u8], into: &mut TermSet) {
        let mut dead = [0_u64; WIDTH];
        for (start, cell) in self.rows.iter().zip(cells) {
            let at = start + usize::from(*cell) * WIDTH;
            let Some(row) = self.killed.get(at..at + WIDTH) else {
                continue;
            };
            for (word, killed) in dead.iter_mut().zip(row) {
                *word |= killed;
            }
        }
        self.keep_living(&dead, into);
    }

    fn fire_in_any(&self, cells: &[u8], into: &mut TermSet) {
        let mut dead = vec![0_u64; self.width];
        for (start, cell) in self.rows.iter().zip(cells) {
            let at = start + usize::from(*cell) * self.width;
            let Some(row) = self.killed.get(at..at + self.width) else {
                continue;
            };
            for (word, killed) in dead.iter_mut().zip(row) {
                *word |= killed;
            }
        }
        self.keep_living(&dead, into);
    }

    /// Everything that was not ruled out, up to the last term.
    fn keep_living(&self, dead: &[u64], into: &mut TermSet) {
        let words = into.words_mut();
        for (word, dead) in words.iter_mut().zip(dead) {
            *word = !dead;
        }
        if let (Some(last), left @ 1..) = (words.last_mut(), self.terms.len() % 64) {
            *last &= (1 << left) - 1;
        }
    }

    /// How the terms turn out for what is known.
    pub fn turn_out(&self, state: &State) -> Turned {
        let none = self.no_terms();
        let mut turned = Turned {
            dead: none.clone(),
            open: none.clone(),
            split: none,
        };
        for (fact, cells) in self.facts.iter().enumerate() {
            let possible = state.possible(fact);
            if possible == cells.all() && !state.is_conflict(fact) {
                turned.open.add(&self.mentions[fact]);
                continue;
            }
            let several = possible.count_ones() > 1;
            for word in 0..self.width {
                let (mut every, mut some) = (u64::MAX, 0);
                let mut left = possible;
                while left != 0 {
                    let row = self.row(fact, left.trailing_zeros() as usize)[word];
                    every &= row;
                    some |= row;
                    left &= left - 1;
                }
                turned.dead.words_mut()[word] |= every;
                if several {
                    let unsure = if state.is_conflict(fact) {
                        &mut turned.split
                    } else {
                        &mut turned.open
                    };
                    unsure.words_mut()[word] |= some;
                }
            }
        }
        turned
    }

    /// How each rule turns out: as its surest term does.
    ///
    /// A rule that waits for conflicts to be settled is open while one decides it.
    pub fn rule_truths(&self, turned: &Turned) -> Vec<Truth> {
        let of = |(range, effects): (&Range<usize>, &Decides)| {
            let truths = range.clone().map(|term| turned.truth(term));
            match truths.max().unwrap_or(Truth::False) {
                Truth::InConflict if effects.waits => Truth::Open,
                truth => truth,
            }
        };
        self.rules.iter().zip(&self.effects).map(of).collect()
    }

    /// The terms that hold in a completion, in some reading of the facts in conflict.
    pub fn holding(&self, completion: &State) -> TermSet {
        let mut holding = self.no_terms();
        if completion.conflict.iter().any(|conflict| *conflict) {
            self.keep_living(self.turn_out(completion).dead.words(), &mut holding);
        } else {
            self.fire(&completion.lowest(), &mut holding);
        }
        holding
    }
}
