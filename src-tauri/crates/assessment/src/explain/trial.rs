//! A case with some answers changed, and with what follows from them.

use super::case::{Case, Sure, surely_holds};
use crate::engine::State;
use crate::question::Catalogue;

/// Facts, each with the cells it is changed to.
pub(super) type Altered = Vec<(usize, u64)>;

/// A case with some answers changed.
pub(super) struct Trial {
    pub(super) state: State,
    /// Facts that follow from those changed.
    pub(super) followed: Vec<usize>,
    pub(super) sure: Sure,
}

/// How many trials may still be made.
pub(super) struct Trials(u32);

impl Trials {
    pub(super) fn at_most(count: u32) -> Self {
        Self(count)
    }

    pub(super) fn are_spent(&self) -> bool {
        self.0 == 0
    }

    fn take(&mut self) -> bool {
        let left = self.0 > 0;
        self.0 = self.0.saturating_sub(1);
        left
    }
}

impl Case<'_> {
    /// The case with these facts changed; none when that cannot be, or nothing is left to try it
    /// with.
    pub(super) fn tried(&self, altered: &[(usize, u64)], trials: &mut Trials) -> Option<Trial> {
        if !trials.take() {
            return None;
        }
        let mut state = self.state.clone();
        for &(fact, cells) in altered {
            state.set(fact, cells, false);
        }
        let followed = self.follow(&mut state, altered)?;
        let sure = self.sure(&state);
        Some(Trial {
            state,
            followed,
            sure,
        })
    }

    /// Lets the facts follow that the constraints tie to those changed; none when they cannot.
    fn follow(&self, state: &mut State, altered: &[(usize, u64)]) -> Option<Vec<usize>> {
        let program = self.program();
        let needs = |term: usize| program.terms[term].needs.as_slice();
        let mut followed: Vec<usize> = Vec::new();
        // A constraint that the case breaks as it stands says nothing about a change.
        let broken = |state: &State| {
            let mut all = program.constraints.clone();
            all.find(|&term| {
                surely_holds(state, needs(term)) && !surely_holds(&self.state, needs(term))
            })
        };
        while let Some(term) = broken(state) {
            let may_follow = |fact: usize| {
                let taken = altered.iter().any(|it| it.0 == fact) || followed.contains(&fact);
                !taken && self.may_follow(fact, altered)
            };
            let &(fact, cells) = needs(term).iter().find(|it| may_follow(it.0))?;
            let left = program.facts[fact].all() & !cells;
            let gated = program.facts[fact].gate.is_some();
            let to = if gated {
                left
            } else {
                nearest(self.state.possible(fact), left)
            };
            if to == 0 {
                return None;
            }
            state.set(fact, to, false);
            followed.push(fact);
        }
        Some(followed)
    }

    /// Whether a fact may follow from those changed: its question arises only by one of them, or
    /// it is worked out and nobody answers it.
    fn may_follow(&self, fact: usize, altered: &[(usize, u64)]) -> bool {
        let cells = &self.program().facts[fact];
        let gated = cells
            .gate
            .is_some_and(|gate| altered.iter().any(|it| it.0 == gate));
        gated || (!cells.fixed && Catalogue::shipped().question(cells.id.as_str()).is_none())
    }

    /// Whether an answer could change this fact at all.
    pub(super) fn may_change(&self, fact: usize) -> bool {
        !self.program().facts[fact].fixed && self.state.possible(fact) != self.absent(fact)
    }

    /// The same change with every further cell that `allowed` gives, that leads to the same and
    /// for which a part of the change would still not do.
    pub(super) fn widened(
        &self,
        altered: &[(usize, u64)],
        allowed: &[(usize, u64)],
        goal: &impl Fn(&Sure) -> bool,
        trials: &mut Trials,
    ) -> Altered {
        let mut made = altered.to_vec();
        let Some(Trial { sure, .. }) = self.tried(&made, trials) else {
            return made;
        };
        for at in 0..made.len() {
            let (fact, _) = made[at];
            let all = allowed.iter().find(|it| it.0 == fact).map_or(0, |it| it.1);
            for cell in 0..self.program().facts[fact].cells.len() {
                let bit = 1 << cell;
                if all & !made[at].1 & bit == 0 {
                    continue;
                }
                made[at].1 |= bit;
                let same = self.tried(&made, trials).is_some_and(|it| it.sure == sure);
                let may_do = |it: &Sure| goal(it) || !it.urgency_settled || !it.lead_settled;
                if !same || self.less_would_do(&made, &may_do, trials) {
                    made[at].1 &= !bit;
                }
            }
        }
        made
    }

    /// Whether a part of a change already reaches the goal.
    pub(super) fn less_would_do(
        &self,
        altered: &[(usize, u64)],
        goal: &impl Fn(&Sure) -> bool,
        trials: &mut Trials,
    ) -> bool {
        let whole = (1_u32 << altered.len()) - 1;
        (1..whole).any(|parts| {
            let kept = altered.iter().enumerate();
            let kept: Altered = kept
                .filter(|(at, _)| parts & 1 << at != 0)
                .map(|(_, it)| *it)
                .collect();
            self.tried(&kept, trials).is_some_and(|it| goal(&it.sure))
        })
    }
}

/// Of some cells the one nearest to where a fact stands, as a bit; 0 when there is none.
pub(super) fn nearest(from: u64, to: u64) -> u64 {
    let here = i64::from(from.trailing_zeros().min(63));
    let cells = (0..64_i64).filter(|at| to & 1 << at != 0);
    let found = cells.min_by_key(|at| (at - here).abs());
    found.map_or(0, |at| 1 << at)
}
