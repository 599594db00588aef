//! A question in the engine's terms, and the search for an answer.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::question::Question;
use super::quiet::Quiet;
use crate::engine::{Budget, Found, Program, State, TermSet};
use crate::ruleset::{Expression, Ruleset};

/// One way for something to hold: for some facts, the cells that fit.
type Fits<'p> = Cow<'p, [(usize, u64)]>;

/// A question, compiled.
pub(super) struct Problem<'p> {
    program: Held<'p>,
    /// Of each group, at least one way holds.
    groups: Vec<Vec<Fits<'p>>>,
    /// None of these terms holds.
    never: TermSet,
    /// How many facts the case itself has; the rest belong to the one beside it.
    own: usize,
    /// The facts that differ in the case beside it.
    differs: Vec<usize>,
}

/// The program of a ruleset, or one made for two cases at once.
enum Held<'p> {
    Whole(&'p Program),
    Twin(Box<Program>),
}

/// A case that answers a question with yes: one cell for each fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Case {
    /// The case itself.
    pub(super) cells: Vec<u8>,
    /// The one beside it, when there is one.
    pub(super) beside: Option<Vec<u8>>,
}

impl<'p> Problem<'p> {
    /// None when a condition has more ways to hold than can be searched.
    pub(super) fn of(ruleset: &'p Ruleset, question: &Question) -> Option<Self> {
        let whole = ruleset.program();
        let mut groups = Vec::new();
        for rules in &question.some {
            groups.push(terms(whole, rules));
        }
        for condition in &question.facts {
            groups.push(ways(whole, condition)?);
        }
        let mut differs = Vec::new();
        let program = match &question.beside {
            None => Held::Whole(whole),
            Some(beside) => {
                differs.clone_from(&beside.differs);
                let mut other = vec![terms(whole, &beside.some)];
                for condition in &beside.facts {
                    other.push(ways(whole, condition)?);
                }
                for way in other.iter_mut().flatten() {
                    *way = Cow::Owned(whole.beside(&differs, way));
                }
                groups.extend(other);
                Held::Twin(Box::new(whole.twin(&differs)))
            }
        };
        let never = program.get().terms_of(question.none.iter().copied());
        // The narrowest first: what cannot be is then seen soonest.
        groups.sort_by_key(Vec::len);
        Some(Self {
            program,
            groups,
            never,
            own: whole.facts.len(),
            differs,
        })
    }

    /// Searches for a case.
    pub(super) fn solve(&self, budget: &mut Budget) -> Found {
        self.choose(0, &State::open(self.program.get()), budget)
    }

    fn choose(&self, group: usize, state: &State, budget: &mut Budget) -> Found {
        let Some(ways) = self.groups.get(group) else {
            return self.program.get().find(state, &self.never, budget);
        };
        let mut answer = Found::Impossible;
        for way in ways {
            let mut narrowed = state.clone();
            if !narrowed.narrow_to(way) {
                continue;
            }
            match self.choose(group + 1, &narrowed, budget) {
                Found::Impossible => {}
                Found::OutOfBudget => answer = Found::OutOfBudget,
                witness @ Found::Witness(_) => return witness,
            }
        }
        answer
    }

    /// Whether one cell for each fact answers the question with yes.
    fn holds(&self, cells: &[u8], holding: &mut TermSet) -> bool {
        let program = self.program.get();
        program.fire(cells, holding);
        let fits = |way: &Fits<'_>| {
            let fit = |(fact, fits): &(usize, u64)| fits & (1 << cells[*fact]) != 0;
            way.iter().all(fit)
        };
        program.admits(holding)
            && !holding.meets(&self.never)
            && self.groups.iter().all(|ways| ways.iter().any(fits))
    }

    /// The same answer with as few findings as can be reached by taking back one at a time.
    ///
    /// A fact goes back to its quiet cell while the question is still answered with yes; what it
    /// gates and what the case beside it says goes back along with it where that is needed.
    pub(super) fn shrink(&self, witness: &State, quiet: &Quiet) -> Case {
        let program = self.program.get();
        let mut cells = witness.lowest();
        let mut holding = program.no_terms();
        let quiet_of = |fact: usize| quiet.cell(self.original(fact));
        let mut changed = true;
        while changed {
            changed = false;
            for fact in 0..program.facts.len() {
                if cells[fact] == quiet_of(fact) {
                    continue;
                }
                for together in self.together(fact, &cells, quiet) {
                    let mut tried = cells.clone();
                    for it in together {
                        tried[it] = quiet_of(it);
                    }
                    if self.holds(&tried, &mut holding) {
                        cells = tried;
                        changed = true;
                        break;
                    }
                }
            }
        }
        self.case(&cells)
    }

    /// What goes back along with a fact: nothing, its copy in the other case, or what a
    /// constraint ties to it.
    fn together(&self, fact: usize, cells: &[u8], quiet: &Quiet) -> Vec<Vec<usize>> {
        let program = self.program.get();
        let own = self.original(fact);
        let loud = |it: &usize| cells[*it] != quiet.cell(self.original(*it));
        let all = || (0..program.facts.len()).filter(loud);
        let copies: Vec<usize> = all().filter(|it| self.original(*it) == own).collect();
        let constraints = &program.terms[program.constraints.clone()];
        let tying = constraints
            .iter()
            .filter(|term| term.needs.iter().any(|need| copies.contains(&need.0)));
        let tied: BTreeSet<usize> = tying
            .flat_map(|term| term.needs.iter().map(|need| need.0))
            .filter(|it| loud(it) && !copies.contains(it))
            .collect();
        let pair = |it: &usize| {
            let mut pair = copies.clone();
            pair.extend(all().filter(|other| self.original(*other) == self.original(*it)));
            pair
        };
        let mut made = vec![vec![fact], copies.clone()];
        made.extend(tied.iter().map(pair));
        made.push(copies.iter().chain(&tied).copied().collect());
        made
    }

    fn case(&self, cells: &[u8]) -> Case {
        let own = cells[..self.own].to_vec();
        let beside = (!self.differs.is_empty()).then(|| {
            let mut other = own.clone();
            for (at, differing) in self.differs.iter().enumerate() {
                other[*differing] = cells[self.own + at];
            }
            other
        });
        Case { cells: own, beside }
    }

    /// The fact of the ruleset that a fact of either case is.
    fn original(&self, fact: usize) -> usize {
        let copy = fact.checked_sub(self.own);
        copy.map_or(fact, |at| self.differs[at])
    }
}

impl Held<'_> {
    fn get(&self) -> &Program {
        match self {
            Self::Whole(program) => program,
            Self::Twin(program) => program,
        }
    }
}

/// The ways in which one of some rules fires.
fn terms<'p>(program: &'p Program, rules: &[usize]) -> Vec<Fits<'p>> {
    let ranges = rules.iter().filter_map(|rule| program.rules.get(*rule));
    let terms = ranges.cloned().flatten();
    terms
        .map(|at| Cow::Borrowed(program.terms[at].needs.as_slice()))
        .collect()
}

/// The ways in which a condition holds; none when they are too many to search.
fn ways<'p>(program: &Program, condition: &Expression) -> Option<Vec<Fits<'p>>> {
    let expanded = program.expand(condition).ok()?;
    Some(expanded.ways.into_iter().map(Cow::Owned).collect())
}
