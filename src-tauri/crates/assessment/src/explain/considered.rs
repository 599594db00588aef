//! Why not: of the ways in which a rule could hold, the nearest, and what it lacks.

use serde::Serialize;

use super::case::{Case, fits, surely_holds};
use super::finding::Finding;
use crate::engine::Cell;
use crate::fact::{FactId, Facts};
use crate::proposal::Reason;
use crate::ruleset::{Disposition, Rule, Ruleset, Urgency};

/// Why a rule does not fire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhyNot {
    /// The rule. Its words say what would follow, not what does.
    pub rule: Reason,
    /// How urgent it would be.
    pub urgency: Option<Urgency>,
    /// Where it would lead.
    pub lead: Option<Disposition>,
    /// What was found and speaks for it.
    pub found: Vec<Finding>,
    /// What fits besides, such as that something is absent.
    pub fits: Vec<Finding>,
    /// What does not fit.
    pub misfits: Vec<Misfit>,
    /// What is not known.
    pub open: Vec<Misfit>,
}

/// A fact that keeps a rule from firing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Misfit {
    /// What is known of it.
    pub is: Finding,
    /// What it would have to be: `50 years or more`.
    pub needed: String,
}

/// Why a rule does not fire; none when it does, or there is no such rule.
pub fn why_not(ruleset: &Ruleset, facts: &Facts, rule: &str) -> Option<WhyNot> {
    Case::new(ruleset, facts).nearest(|_, it| it.id == rule)
}

/// Why a case is not this urgent: the nearest rule that would make it so.
pub fn why_not_urgency(ruleset: &Ruleset, facts: &Facts, urgency: Urgency) -> Option<WhyNot> {
    Case::new(ruleset, facts).nearest(|_, it| it.then.urgency == Some(urgency))
}

/// The rules that would be more urgent than what is sure, for which something that was found
/// speaks, and why they do not fire. The nearest come first; at most `most`.
pub fn why_not_more_urgent(ruleset: &Ruleset, facts: &Facts, most: usize) -> Vec<WhyNot> {
    let case = Case::new(ruleset, facts);
    let sure = case.sure(&case.state).urgency;
    let more_urgent = |rule: &Rule| rule.then.urgency.is_some_and(|it| it < sure);
    let rules = ruleset.rules.iter().enumerate();
    let mut found: Vec<(Distance, WhyNot)> = rules
        .filter(|(_, rule)| more_urgent(rule))
        .filter_map(|(at, _)| {
            let term = case.nearest_term(|other, _| other == at, true)?;
            Some((case.distance(term), case.not_because(term)?))
        })
        .collect();
    found.sort_by_key(|(distance, _)| *distance);
    found.into_iter().take(most).map(|(_, it)| it).collect()
}

/// How far a term is from holding: what does not fit, what is open, and fewest of what fits last.
type Distance = (usize, usize, std::cmp::Reverse<usize>);

impl Case<'_> {
    fn nearest(&self, wanted: impl Fn(usize, &Rule) -> bool) -> Option<WhyNot> {
        self.nearest_term(wanted, false)
            .and_then(|term| self.not_because(term))
    }

    /// The nearest term of some rules, none of which surely holds.
    fn nearest_term(
        &self,
        wanted: impl Fn(usize, &Rule) -> bool,
        only_found: bool,
    ) -> Option<usize> {
        let terms: Vec<usize> = self.terms_of(wanted).collect();
        let needs = |term: &usize| self.program().terms[*term].needs.as_slice();
        if terms
            .iter()
            .any(|term| surely_holds(&self.state, needs(term)))
        {
            return None;
        }
        let found = |term: &usize| {
            let mut needs = needs(term).iter();
            needs.any(|(fact, cells)| {
                fits(&self.state, *fact, *cells) && self.is_found(*fact, *cells)
            })
        };
        let terms = terms.into_iter().filter(|term| !only_found || found(term));
        terms.min_by_key(|term| self.distance(*term))
    }

    fn distance(&self, term: usize) -> Distance {
        let (mut wrong, mut open, mut fitting) = (0, 0, 0);
        for &(fact, cells) in &self.program().terms[term].needs {
            if fits(&self.state, fact, cells) {
                fitting += 1;
            } else if self.state.possible(fact) & cells != 0 {
                open += 1;
            } else {
                wrong += 1;
            }
        }
        (wrong, open, std::cmp::Reverse(fitting))
    }

    /// Whether what a term needs of a fact is a finding: something positive that can be found, and
    /// neither that it is absent nor an age.
    pub(super) fn is_found(&self, fact: usize, cells: u64) -> bool {
        let all = &self.program().facts[fact];
        // Only the opposite of a test holds where the question does not arise.
        if cells & self.absent(fact) != 0 {
            return false;
        }
        match all.cells.first() {
            Some(Cell::Yes | Cell::No) => all.cell(&Cell::No).is_none_or(|no| cells & 1 << no == 0),
            // "Any but these" is no finding.
            Some(Cell::Choice(_)) => 2 * cells.count_ones() < all.all().count_ones(),
            _ => !all.fixed,
        }
    }

    fn not_because(&self, term: usize) -> Option<WhyNot> {
        let (_, rule) = self.rule(term)?;
        let mut made = WhyNot {
            rule: Reason::of(rule),
            urgency: rule.then.urgency,
            lead: rule.then.lead,
            found: Vec::new(),
            fits: Vec::new(),
            misfits: Vec::new(),
            open: Vec::new(),
        };
        for &(fact, cells) in &self.program().terms[term].needs {
            let is = self.finding(fact, cells)?;
            if fits(&self.state, fact, cells) {
                let found = self.is_found(fact, cells);
                let fitting = if found {
                    &mut made.found
                } else {
                    &mut made.fits
                };
                fitting.push(is);
                continue;
            }
            let called = self.called(fact)?;
            let needed = self.cells(fact, cells & !self.absent(fact), &called);
            let misfit = Misfit { is, needed };
            if self.state.possible(fact) & cells == 0 {
                made.misfits.push(misfit);
            } else {
                made.open.push(misfit);
            }
        }
        Some(made)
    }

    /// "Does not arise", unless nothing else would do: nobody can answer so.
    pub(super) fn absent(&self, fact: usize) -> u64 {
        self.program().facts[fact].does_not_arise()
    }
}

impl WhyNot {
    /// Why not, in one sentence: what is otherwise than it would have to be, and what is open.
    pub fn words(&self) -> String {
        let misfit = |it: &Misfit| format!("{} (it would have to be {})", it.is.words, it.needed);
        let wrong: Vec<String> = self.misfits.iter().map(misfit).collect();
        let open: Vec<String> = self.open.iter().map(misfit).collect();
        match (wrong.is_empty(), open.is_empty()) {
            (false, true) => format!("Not so, because: {}", wrong.join("; ")),
            (false, false) => {
                format!(
                    "Not so, because: {}. Open besides: {}",
                    wrong.join("; "),
                    open.join("; ")
                )
            }
            (true, _) => format!("Still open: {}", open.join("; ")),
        }
    }

    /// The facts that the answer rests on.
    pub fn facts(&self) -> impl Iterator<Item = &FactId> {
        let lacking = self.misfits.iter().chain(&self.open).map(|it| &it.is.fact);
        let fitting = self.found.iter().chain(&self.fits).map(|it| &it.fact);
        fitting.chain(lacking)
    }
}
