//! Which groups the answers still leave open.

use std::collections::{BTreeMap, BTreeSet};

use super::form::Instrument;
use super::measure::{Group, Limit};

impl Instrument {
    /// The groups that some way of answering what is open leads to, in their order.
    ///
    /// The sums that limits look at share items, so they are followed together: what is reachable
    /// is a set of tuples of sums, item by item. It is exact, and small, since sums are small.
    pub(super) fn possible_groups(&self, answers: &[Option<i64>]) -> Vec<Group> {
        if self.groups.is_empty() {
            return Vec::new();
        }
        let sums = self.sums_looked_at();
        let mut reached = BTreeSet::from([vec![0_i64; sums.len()]]);
        for at in 0..self.items.len() {
            let answer = answers.get(at).copied().flatten();
            let counts: BTreeSet<i64> = self
                .points_of(at)
                .into_iter()
                .filter(|(value, _)| answer.is_none_or(|answer| answer == *value))
                .map(|(_, points)| points)
                .collect();
            if !sums.values().any(|items| items.contains(&at)) {
                continue;
            }
            reached = reached
                .iter()
                .flat_map(|before| counts.iter().map(|points| more(before, &sums, at, *points)))
                .collect();
        }
        let names: Vec<&str> = sums.keys().copied().collect();
        let met: BTreeSet<usize> = reached
            .iter()
            .filter_map(|tuple| {
                let by_name = names.iter().copied().zip(tuple.iter().copied()).collect();
                self.groups.iter().position(|group| fits(group, &by_name))
            })
            .collect();
        met.into_iter()
            .filter_map(|at| self.groups.get(at).cloned())
            .collect()
    }

    /// Each sum that a limit looks at, with the positions of its items.
    fn sums_looked_at(&self) -> BTreeMap<&str, BTreeSet<usize>> {
        let limits = self.groups.iter().flat_map(|group| &group.when).flatten();
        limits
            .map(|limit| (limit.of.as_str(), self.positions(limit)))
            .collect()
    }

    fn positions(&self, limit: &Limit) -> BTreeSet<usize> {
        match self.scales.iter().find(|scale| scale.id == limit.of) {
            Some(scale) => scale.items.iter().map(|number| number - 1).collect(),
            None => self.scored_items().map(|(at, _)| at).collect(),
        }
    }
}

fn more(
    before: &[i64],
    sums: &BTreeMap<&str, BTreeSet<usize>>,
    at: usize,
    points: i64,
) -> Vec<i64> {
    before
        .iter()
        .zip(sums.values())
        .map(|(sum, items)| sum + if items.contains(&at) { points } else { 0 })
        .collect()
}

fn fits(group: &Group, sums: &BTreeMap<&str, i64>) -> bool {
    let holds = |limit: &Limit| {
        sums.get(limit.of.as_str())
            .is_some_and(|sum| limit.fits(*sum))
    };
    group.when.is_empty() || group.when.iter().any(|all| all.iter().all(holds))
}
