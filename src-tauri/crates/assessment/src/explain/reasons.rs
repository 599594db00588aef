//! Why: the fewest findings that carry an outcome.

use serde::Serialize;

use super::case::{Case, surely_holds};
use super::finding::Finding;
use crate::engine::{Budget, Found, State, TermSet};
use crate::fact::Facts;
use crate::proposal::Reason;
use crate::ruleset::{Disposition, PainType, Rule, Ruleset, Strand, Urgency};

/// What is to be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// How soon.
    Urgency(Urgency),
    /// The lead disposition.
    Lead(Disposition),
    /// That a disposition applies, as the lead or beside it.
    Disposition(Disposition),
    /// That a kind of care takes part.
    Strand(Strand),
    /// A kind of pain.
    PainType(PainType),
    /// That a rule fires, such as a medicines flag or a prompt.
    Rule(String),
}

/// Why something comes of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The rule that gives it. Several, when one of them fires whatever is still answered.
    pub rules: Vec<Reason>,
    /// The findings that carry it: as long as they stand, nothing else can take it away. None,
    /// for what holds unless something else is found.
    pub findings: Vec<Finding>,
    /// Whether it holds only in some reading of answers in conflict, the safer one.
    pub in_conflict: bool,
}

/// The steps of search for what no single rule decides; about a millisecond.
const STEPS: u32 = 2_000;

/// Why something surely comes of a case; none when it does not, or is still open.
pub fn why(ruleset: &Ruleset, facts: &Facts, about: &About) -> Option<Why> {
    let case = Case::new(ruleset, facts);
    let gives = |_: usize, rule: &Rule| about.is_given_by(rule);
    let program = case.program();
    let needs = |term: &usize| program.terms[*term].needs.as_slice();
    // `fires` and not only `holds`: a rule may wait for conflicts to be settled.
    let truths = program.rule_truths(&case.turned);
    let fires = |term: &usize| {
        let rule = program.rule_of(*term).and_then(|rule| truths.get(rule));
        rule.is_some_and(|truth| *truth >= crate::ruleset::Truth::InConflict)
    };
    let shortest = case
        .terms_of(gives)
        .filter(|term| fires(term) && surely_holds(&case.state, needs(term)))
        .min_by_key(|term| {
            let needs = needs(term);
            let split = |fact: &&(usize, u64)| case.state.is_conflict(fact.0);
            (needs.iter().filter(split).count(), needs.len())
        });
    match shortest {
        Some(term) => case.carried_by(term),
        None => case.carried_together(case.terms_of(gives).collect()),
    }
}

impl About {
    fn is_given_by(&self, rule: &Rule) -> bool {
        let then = &rule.then;
        match self {
            Self::Urgency(urgency) => then.urgency == Some(*urgency),
            Self::Lead(lead) => then.lead == Some(*lead),
            Self::Disposition(place) => then.lead == Some(*place) || then.also.contains(place),
            Self::Strand(strand) => then.strands.contains(strand),
            Self::PainType(kind) => then.pain_type.iter().any(|it| it == kind),
            Self::Rule(id) => rule.id == *id,
        }
    }
}

impl Case<'_> {
    fn carried_by(&self, term: usize) -> Option<Why> {
        let (_, rule) = self.rule(term)?;
        let mut needs = self.program().terms[term].needs.clone();
        // What was found comes before what was not.
        needs.sort_by_key(|(fact, cells)| !self.is_found(*fact, *cells));
        let findings: Vec<Finding> = needs
            .iter()
            .filter_map(|(fact, cells)| self.finding(*fact, *cells))
            .collect();
        Some(Why {
            rules: vec![Reason::of(rule)],
            in_conflict: findings.iter().any(|finding| finding.in_conflict),
            findings,
        })
    }

    /// What holds because one of several rules fires whatever is still answered.
    ///
    /// Each known fact is opened in turn; those that it then no longer surely follows from stay.
    fn carried_together(&self, terms: Vec<usize>) -> Option<Why> {
        let program = self.program();
        let living: Vec<usize> = terms
            .into_iter()
            .filter(|term| !self.turned.dead.contains(*term))
            .collect();
        let never = TermSet::of(program.terms.len(), living.iter().copied());
        let mut budget = Budget::steps(STEPS);
        let mut certain =
            |state: &State| program.find(state, &never, &mut budget) == Found::Impossible;
        if living.is_empty() || !certain(&self.state) {
            return None;
        }
        let (mut state, mut findings) = (self.state.clone(), Vec::new());
        for (fact, cells) in program.facts.iter().enumerate() {
            let (possible, in_conflict) = (state.possible(fact), state.is_conflict(fact));
            if possible == cells.all() && !in_conflict {
                continue;
            }
            state.set(fact, cells.all(), false);
            if !certain(&state) {
                state.set(fact, possible, in_conflict);
                findings.extend(self.finding(fact, possible));
            }
        }
        let mut rules: Vec<usize> = living
            .iter()
            .filter_map(|term| program.rule_of(*term))
            .collect();
        rules.dedup();
        Some(Why {
            rules: rules
                .iter()
                .map(|at| Reason::of(&self.ruleset.rules[*at]))
                .collect(),
            in_conflict: findings.iter().any(|finding| finding.in_conflict),
            findings,
        })
    }
}
