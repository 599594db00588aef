//! The smallest changes that would make a case more urgent.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::case::{Case, Sure, fits};
use super::change::MOST_FACTS;
use super::trial::{Altered, Trials, nearest};
use crate::ruleset::Urgency;

/// A way in which a more urgent rule would hold.
struct Way {
    urgency: Urgency,
    rule: usize,
    /// How many findings already speak for it.
    found: usize,
    /// What does not fit, with all cells that would.
    lacks: Altered,
}

/// What would raise the urgency.
pub(super) struct Raises {
    pub(super) changes: Vec<Altered>,
    /// How many facts there are each of which alone would do.
    pub(super) alone: usize,
}

impl Case<'_> {
    /// The smallest changes that raise the urgency: at most so many, each for another rule.
    pub(super) fn raises(&self, most: usize, trials: &mut Trials) -> Raises {
        let sure = self.sure(&self.state).urgency;
        let goal = |it: &Sure| it.urgency < sure;
        let ways = self.ways_up(sure);
        let alone: BTreeSet<usize> = ways
            .iter()
            .filter(|way| way.lacks.len() == 1)
            .map(|way| way.lacks[0].0)
            .collect();
        let mut made = Raises {
            changes: Vec::new(),
            alone: alone.len(),
        };
        let mut rules: Vec<usize> = Vec::new();
        for way in ways {
            if made.changes.len() == most || trials.are_spent() {
                break;
            }
            if rules.contains(&way.rule) {
                continue;
            }
            let step = |&(fact, cells): &(usize, u64)| (fact, self.step(fact, cells));
            let altered: Altered = way.lacks.iter().map(step).collect();
            let raises = self
                .tried(&altered, trials)
                .is_some_and(|it| goal(&it.sure));
            if raises && !self.less_would_do(&altered, &goal, trials) {
                rules.push(way.rule);
                made.changes
                    .push(self.widened(&altered, &way.lacks, &goal, trials));
            }
        }
        made
    }

    /// The ways in which more urgent rules would hold, the nearest first.
    fn ways_up(&self, sure: Urgency) -> Vec<Way> {
        let terms = self.terms_of(|_, rule| rule.then.urgency.is_some_and(|it| it < sure));
        let mut ways: Vec<Way> = terms.filter_map(|term| self.way(term)).collect();
        ways.sort_by_key(|way| (way.lacks.len(), Reverse(way.found), way.urgency, way.rule));
        ways
    }

    /// What a term lacks; none when that is too much, or cannot be changed.
    fn way(&self, term: usize) -> Option<Way> {
        let (rule, of) = self.rule(term)?;
        let (mut lacks, mut found) = (Altered::new(), 0);
        for &(fact, cells) in &self.program().terms[term].needs {
            if fits(&self.state, fact, cells) {
                found += usize::from(self.is_found(fact, cells));
                continue;
            }
            let cells = cells & !self.absent(fact);
            let fixed = self.program().facts[fact].fixed;
            if fixed || cells == 0 || lacks.len() == MOST_FACTS {
                return None;
            }
            lacks.push((fact, cells));
        }
        Some(Way {
            urgency: of.then.urgency?,
            rule,
            found,
            lacks,
        })
    }

    /// The nearest of some cells: one that is still possible, when there is one.
    pub(super) fn step(&self, fact: usize, cells: u64) -> u64 {
        let possible = self.state.possible(fact);
        match possible & cells {
            0 => nearest(possible, cells),
            some => some & some.wrapping_neg(),
        }
    }
}
