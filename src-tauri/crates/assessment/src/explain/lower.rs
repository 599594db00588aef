//! The smallest changes by which what holds would hold no longer.

use super::case::{Case, Sure, surely_holds};
use super::change::MOST_FACTS;
use super::trial::{Altered, Trials, nearest};

/// A search for the smallest changes that reach a goal by breaking terms.
pub(super) struct Breaking<'a, G> {
    /// Terms that stand in the way of the goal as long as they hold.
    pub(super) terms: &'a [usize],
    pub(super) goal: G,
    /// How many changes are wanted.
    pub(super) most: usize,
}

impl Case<'_> {
    /// The smallest changes that lower the urgency, as far as it is settled.
    pub(super) fn lowers(&self, most: usize, trials: &mut Trials) -> Vec<Altered> {
        let now = self.sure(&self.state);
        if !now.urgency_settled {
            return Vec::new();
        }
        let terms: Vec<usize> = self
            .terms_of(|_, rule| rule.then.urgency.is_some_and(|it| it <= now.urgency))
            .collect();
        let goal = |it: &Sure| it.urgency > now.urgency;
        let terms = terms.as_slice();
        self.broken(&Breaking { terms, goal, most }, trials)
    }

    /// The smallest changes that reach a goal, all of so many facts.
    pub(super) fn broken<G: Fn(&Sure) -> bool>(
        &self,
        search: &Breaking<'_, G>,
        trials: &mut Trials,
    ) -> Vec<Altered> {
        let mut found: Vec<Altered> = Vec::new();
        for facts in 1..=MOST_FACTS {
            // Once some were found, larger ones would only be longer to read.
            if found.is_empty() {
                self.deepen(search, &mut Altered::new(), facts, &mut found, trials);
            }
        }
        let others = |fact: usize| self.program().facts[fact].all() & !self.absent(fact);
        let widest = |altered: Altered, trials: &mut Trials| {
            let allowed: Altered = altered.iter().map(|it| (it.0, others(it.0))).collect();
            self.widened(&altered, &allowed, &search.goal, trials)
        };
        found.into_iter().map(|it| widest(it, trials)).collect()
    }

    fn deepen<G: Fn(&Sure) -> bool>(
        &self,
        search: &Breaking<'_, G>,
        altered: &mut Altered,
        left: usize,
        found: &mut Vec<Altered>,
        trials: &mut Trials,
    ) {
        let Some(trial) = self.tried(altered, trials) else {
            return;
        };
        if (search.goal)(&trial.sure) {
            let known = |other: &Altered| same_facts(other, altered);
            // What needs fewer changes was found before.
            if left == 0
                && found.len() < search.most
                && !found.iter().any(known)
                && !self.less_would_do(altered, &search.goal, trials)
            {
                found.push(altered.clone());
            }
            return;
        }
        let needs = |term: &usize| self.program().terms[*term].needs.as_slice();
        let standing = |term: &&usize| surely_holds(&trial.state, needs(term));
        let Some(term) = search.terms.iter().find(standing).filter(|_| left > 0) else {
            return;
        };
        for &(fact, cells) in needs(term) {
            let taken = altered.iter().any(|it| it.0 == fact) || trial.followed.contains(&fact);
            if taken || !self.may_change(fact) {
                continue;
            }
            for cell in self.beside(fact, cells) {
                altered.push((fact, cell));
                self.deepen(search, altered, left - 1, found, trials);
                altered.pop();
            }
        }
    }

    /// The cells of a fact outside some, the nearest first.
    fn beside(&self, fact: usize, cells: u64) -> Vec<u64> {
        let mut left = self.program().facts[fact].all() & !cells & !self.absent(fact);
        let mut made = Vec::new();
        while left != 0 {
            let next = nearest(self.state.possible(fact), left);
            made.push(next);
            left &= !next;
        }
        made
    }
}

/// Whether two changes are about the same facts.
pub(super) fn same_facts(one: &[(usize, u64)], other: &[(usize, u64)]) -> bool {
    one.len() == other.len() && one.iter().all(|it| other.iter().any(|that| that.0 == it.0))
}
