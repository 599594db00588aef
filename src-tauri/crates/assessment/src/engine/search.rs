//! Searching for a completion in which some terms do not hold.
//!
//! A multi-valued form of the method of Davis, Putnam, Logemann and Loveland: each term that
//! must not hold is a clause, of which at least one fact has to leave the cells it needs.

use super::program::Program;
use super::state::State;
use super::term_set::TermSet;

/// How many more steps a search may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget(u32);

impl Budget {
    /// So many steps. A step looks once at every term that must not hold.
    pub fn steps(steps: u32) -> Self {
        Self(steps)
    }

    /// How many steps are left.
    pub fn left(self) -> u32 {
        self.0
    }

    fn take(&mut self) -> bool {
        let left = self.0 > 0;
        self.0 = self.0.saturating_sub(1);
        left
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A completion: open facts have one cell, facts in conflict keep theirs.
    Witness(State),
    /// There is none.
    Impossible,
    /// The budget was spent before it was known.
    OutOfBudget,
}

/// How many terms a guess mends before it is given up.
const MENDINGS: usize = 64;

/// What stands in a term's way.
enum Standing {
    /// It cannot hold.
    Dead,
    /// Nothing can keep it from holding.
    Holds,
    /// Only one fact can keep it from holding.
    One(usize, u64),
    /// So many facts can.
    Several(usize),
}

impl Program {
    /// A completion of the open facts in which no term of `never` holds, and no constraint is
    /// broken.
    ///
    /// A term of a rule holds when it does in some reading of the facts in conflict; a
    /// constraint is broken when it is in every reading.
    pub fn find(&self, state: &State, never: &TermSet, budget: &mut Budget) -> Found {
        if !budget.take() {
            return Found::OutOfBudget;
        }
        if let Some(witness) = self.guess(state, never) {
            return Found::Witness(witness);
        }
        let mut clauses: Vec<usize> = never
            .iter()
            .filter(|term| !self.never.contains(*term))
            .collect();
        clauses.extend(self.constraints.clone());
        let mut state = state.clone();
        self.solve(&mut state, &clauses, budget)
    }

    /// A completion that takes the lowest cells and mends what must not hold, one term after
    /// the other, without ever going back.
    ///
    /// Most searches that end in a witness end here, for the price of a few evaluations. None
    /// says nothing: the search proper decides.
    fn guess(&self, state: &State, never: &TermSet) -> Option<State> {
        if state.conflict.contains(&true) {
            return None;
        }
        let mut forbidden = never.clone();
        forbidden.add(&self.never);
        let mut tried = state.clone();
        let mut cells = tried.lowest();
        let mut holding = self.no_terms();
        for _ in 0..MENDINGS {
            self.fire(&cells, &mut holding);
            let Some(term) = holding.first_among(&forbidden) else {
                return Some(State::complete(&cells));
            };
            let needs = &self.terms[term].needs;
            let escape = |need: &&(usize, u64)| tried.possible(need.0) & !need.1 != 0;
            let &(fact, fits) = needs.iter().find(escape)?;
            tried.narrow(fact, !fits);
            cells[fact] = u8::try_from(tried.possible(fact).trailing_zeros()).ok()?;
        }
        None
    }

    /// The same without the constraints, for a case that breaks one as it stands.
    pub fn find_unbound(&self, state: &State, never: &TermSet, budget: &mut Budget) -> Found {
        let clauses: Vec<usize> = never
            .iter()
            .filter(|term| !self.never.contains(*term))
            .collect();
        let mut state = state.clone();
        self.solve(&mut state, &clauses, budget)
    }

    fn solve(&self, state: &mut State, clauses: &[usize], budget: &mut Budget) -> Found {
        if !budget.take() {
            return Found::OutOfBudget;
        }
        let mut left = clauses.to_vec();
        loop {
            let (mut forced, mut tightest) = (false, None);
            let mut kept = Vec::with_capacity(left.len());
            for &term in &left {
                match self.standing(state, term) {
                    Standing::Dead => {}
                    Standing::Holds => return Found::Impossible,
                    Standing::One(fact, cells) => {
                        state.narrow(fact, !cells);
                        forced = true;
                    }
                    Standing::Several(ways) => {
                        kept.push(term);
                        if tightest.is_none_or(|(_, fewest)| ways < fewest) {
                            tightest = Some((term, ways));
                        }
                    }
                }
            }
            left = kept;
            match tightest {
                _ if forced => {}
                None => return Found::Witness(self.settle(state)),
                Some((term, _)) => return self.branch(state, term, &left, budget),
            }
        }
    }

    /// Tries each fact that can keep a term from holding.
    fn branch(&self, state: &mut State, term: usize, left: &[usize], budget: &mut Budget) -> Found {
        for &(fact, cells) in &self.terms[term].needs {
            if state.is_conflict(fact) || state.possible(fact) & !cells == 0 {
                continue;
            }
            let mut tried = state.clone();
            tried.narrow(fact, !cells);
            match self.solve(&mut tried, left, budget) {
                Found::Impossible => state.narrow(fact, cells),
                other => return other,
            }
        }
        Found::Impossible
    }

    fn standing(&self, state: &State, term: usize) -> Standing {
        let is_constraint = self.constraints.contains(&term);
        let (mut ways, mut last) = (0, (0, 0));
        for &(fact, cells) in &self.terms[term].needs {
            let possible = state.possible[fact];
            if possible & cells == 0 {
                return Standing::Dead;
            }
            if possible & !cells == 0 {
                continue;
            }
            if state.conflict[fact] {
                if is_constraint {
                    return Standing::Dead;
                }
            } else {
                ways += 1;
                last = (fact, cells);
            }
        }
        match ways {
            0 => Standing::Holds,
            1 => Standing::One(last.0, last.1),
            several => Standing::Several(several),
        }
    }

    /// Any choice will do for what is left: the lowest cell, which is "no" or the least.
    fn settle(&self, state: &State) -> State {
        let mut settled = state.clone();
        for fact in 0..self.facts.len() {
            if !settled.is_conflict(fact) {
                let possible = settled.possible(fact);
                settled.possible[fact] = possible & possible.wrapping_neg();
            }
        }
        settled
    }
}
