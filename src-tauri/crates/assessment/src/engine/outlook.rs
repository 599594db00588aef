//! Every way a case can still turn out, exactly.

use super::fire::Turned;
use super::program::{Outcome, Program};
use super::search::{Budget, Found};
use super::state::State;
use super::term_set::TermSet;
use crate::ruleset::{Disposition, Truth, Urgency};

/// The values that can still come of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook<T> {
    /// Values that some completion gives, and perhaps others when it is not exact.
    pub possible: Vec<T>,
    /// Whether the search came to an end within its budget.
    pub exact: bool,
}

/// A case, and what was found out about its completions so far.
pub struct Exact<'p> {
    program: &'p Program,
    state: &'p State,
    turned: &'p Turned,
    /// Terms that wait for a conflict to be settled: they may hold, and never surely do.
    undecided: TermSet,
    /// Whether the constraints count. A case that breaks one as it stands is searched without.
    bound: bool,
    /// Whether nothing is open or in conflict: the case is then its own and only completion.
    complete: bool,
    budget: Budget,
    seen: Vec<Seen>,
}

/// A completion that was met: the terms that hold in it and what comes of them.
struct Seen {
    holding: TermSet,
    outcome: Outcome,
}

/// Whether something can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Can {
    Yes,
    No,
    NotKnown,
}

impl<'p> Exact<'p> {
    /// Begins with a case.
    pub fn new(program: &'p Program, state: &'p State, turned: &'p Turned, budget: Budget) -> Self {
        let waiting = program
            .effects
            .iter()
            .enumerate()
            .filter(|(_, rule)| rule.waits);
        let mut undecided = program.terms_of(waiting.map(|(rule, _)| rule));
        let decided: Vec<usize> = undecided
            .iter()
            .filter(|term| turned.truth(*term) != Truth::InConflict)
            .collect();
        undecided.remove(&TermSet::of(program.terms.len(), decided));
        let mut made = Self {
            program,
            state,
            turned,
            undecided,
            bound: true,
            complete: state.is_complete(),
            budget,
            seen: Vec::new(),
        };
        if made.complete {
            made.remember(state);
        } else {
            made.bound = made.meet(state, &program.no_terms()) != Can::No;
        }
        made
    }

    /// How soon.
    pub fn urgency(&mut self) -> Outlook<Urgency> {
        let program = self.program;
        let mut outlook = Outlook::begun();
        let mut above = program.no_terms();
        for (urgency, terms) in &program.by_urgency {
            let met = self
                .seen
                .iter()
                .any(|seen| seen.outcome.urgency == *urgency);
            let can = if met {
                Can::Yes
            } else {
                self.can_hold(terms, &above)
            };
            outlook.add(*urgency, can);
            if self.surely_holds(terms) {
                break;
            }
            above.add(terms);
        }
        outlook
    }

    /// The lead disposition.
    pub fn lead(&mut self) -> Outlook<Disposition> {
        let program = self.program;
        let mut outlook = Outlook::begun();
        let mut before = program.no_terms();
        for (rule, effects) in program.effects.iter().enumerate() {
            let Some(lead) = effects.lead else { continue };
            let terms = program.terms_of([rule]);
            if !outlook.possible.contains(&lead) {
                let met = self.seen.iter().any(|seen| seen.outcome.lead == Some(lead));
                let can = if met {
                    Can::Yes
                } else {
                    self.can_hold(&terms, &before)
                };
                outlook.add(lead, can);
            }
            if self.surely_holds(&terms) {
                break;
            }
            before.add(&terms);
        }
        outlook
    }

    /// Whether one of these terms holds in every completion, or in some; and whether that is exact.
    pub fn any_of(&mut self, terms: &TermSet) -> (Truth, bool) {
        if self.surely_holds(terms) {
            return (Truth::True, true);
        }
        let can_fail = self.can_fail(terms);
        if can_fail == Can::No {
            return (Truth::True, true);
        }
        let none = self.program.no_terms();
        let can_hold = if self.seen.iter().any(|seen| seen.holding.meets(terms)) {
            Can::Yes
        } else {
            self.can_hold(terms, &none)
        };
        let exact = can_fail != Can::NotKnown && can_hold != Can::NotKnown;
        let truth = if can_hold == Can::No {
            Truth::False
        } else {
            Truth::Open
        };
        (truth, exact)
    }

    /// Whether one of the terms holds whatever is answered, without a search.
    fn surely_holds(&self, terms: &TermSet) -> bool {
        terms.iter().any(|term| {
            !self.undecided.contains(term) && self.turned.truth(term) >= Truth::InConflict
        })
    }

    /// Whether one of `terms` holds in some completion where none of `never` does, besides those
    /// that were met already.
    fn can_hold(&mut self, terms: &TermSet, never: &TermSet) -> Can {
        let mut answer = Can::No;
        if self.complete {
            return answer;
        }
        for term in terms
            .iter()
            .filter(|term| !self.turned.dead.contains(*term))
        {
            let mut state = self.state.clone();
            if !state.narrow_to(&self.program.terms[term].needs) {
                continue;
            }
            match self.meet(&state, never) {
                Can::Yes => return Can::Yes,
                Can::NotKnown => answer = Can::NotKnown,
                Can::No => {}
            }
        }
        answer
    }

    /// Whether there is a completion in which none of the terms surely holds.
    fn can_fail(&mut self, terms: &TermSet) -> Can {
        let mut sure = terms.clone();
        sure.remove(&self.undecided);
        if self.seen.iter().any(|seen| !seen.holding.meets(&sure)) {
            return Can::Yes;
        }
        if self.complete {
            return Can::No;
        }
        let state = self.state;
        self.meet(state, &sure)
    }

    /// Whether a state has a completion in which none of `never` holds; it is remembered.
    fn meet(&mut self, state: &State, never: &TermSet) -> Can {
        let found = if self.bound {
            self.program.find(state, never, &mut self.budget)
        } else {
            self.program.find_unbound(state, never, &mut self.budget)
        };
        match found {
            Found::Impossible => Can::No,
            Found::OutOfBudget => Can::NotKnown,
            Found::Witness(completion) => {
                self.remember(&completion);
                Can::Yes
            }
        }
    }

    fn remember(&mut self, completion: &State) {
        let holding = self.program.holding(completion);
        let outcome = self.program.outcome(&holding);
        self.seen.push(Seen { holding, outcome });
    }
}

impl<T> Outlook<T> {
    fn begun() -> Self {
        Self {
            possible: Vec::new(),
            exact: true,
        }
    }

    fn add(&mut self, value: T, can: Can) {
        if can != Can::No {
            self.possible.push(value);
        }
        self.exact &= can != Can::NotKnown;
    }
}
