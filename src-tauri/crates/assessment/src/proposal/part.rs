//! One part of a proposal.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::answer::Unanswered;
use crate::fact::{Fact, Facts, Known};
use crate::mark::Mark;
use crate::question::Catalogue;
use crate::ruleset::Rule;

/// Why, in words a patient could hear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The rule.
    pub rule: String,
    /// Its words.
    pub words: String,
    /// Where it comes from.
    pub citation: String,
    /// The confidence in it.
    pub mark: Mark,
}

impl Reason {
    /// The reason a rule gives.
    pub fn of(rule: &Rule) -> Self {
        Self {
            rule: rule.id.clone(),
            words: rule.words.clone(),
            citation: rule.citation.clone(),
            mark: rule.mark,
        }
    }
}

/// An open question that a part waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The question's id, or a list's.
    pub question: String,
    /// Its words.
    pub text: String,
    /// Why it is open.
    pub state: Unanswered,
}

impl Missing {
    pub(super) fn of(id: &str, facts: &Facts) -> Self {
        let catalogue = Catalogue::shipped();
        let text = catalogue
            .question(id)
            .map(|question| question.text.clone())
            .or_else(|| catalogue.list(id).map(|list| list.title.clone()))
            .unwrap_or_else(|| "Birth date".to_owned());
        let state = match facts.get(id).map(|fact| &fact.known) {
            Some(Known::Open(state)) => *state,
            _ => facts
                .unanswered_lists
                .get(id)
                .copied()
                .unwrap_or(Unanswered::NotAsked),
        };
        Self {
            question: id.to_owned(),
            text,
            state,
        }
    }

    /// The open questions behind some facts, each once.
    pub(super) fn behind<'a>(
        waiting: impl IntoIterator<Item = &'a Fact>,
        facts: &Facts,
    ) -> Vec<Self> {
        let mut seen = BTreeSet::new();
        let ids = waiting.into_iter().flat_map(|fact| &fact.ask);
        ids.filter(|id| seen.insert(id.as_str()))
            .map(|id| Self::of(id, facts))
            .collect()
    }
}

/// One part of a proposal.
///
/// For urgency and the lead, exactly one value holds in the end: `possible` lists those that
/// can, most urgent first, and `certain` has it once settled. For the others any number of
/// values hold: `certain` lists those that do whatever is answered, `possible` also those
/// that may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part<T> {
    /// Whether no open answer can change it.
    pub settled: bool,
    /// The values that hold or may yet hold.
    pub possible: Vec<T>,
    /// The values that hold whatever is answered.
    pub certain: Vec<T>,
    /// Whether the search for what is possible came to an end; if not, `possible` may list too
    /// many values, and the part is not settled.
    pub exact: bool,
    /// Whether it rests on values in conflict; it then takes the safer.
    pub in_conflict: bool,
    /// What speaks for it.
    pub because: Vec<Reason>,
    /// What was considered and ruled out.
    pub against: Vec<Reason>,
    /// What it waits for.
    pub missing: Vec<Missing>,
}

impl<T> Part<T> {
    pub(super) fn with(self, possible: Vec<T>, certain: Vec<T>) -> Self {
        Self {
            possible,
            certain,
            ..self
        }
    }

    /// The value of a settled part that has exactly one.
    pub fn value(&self) -> Option<&T> {
        match (self.settled, self.possible.as_slice()) {
            (true, [one]) => Some(one),
            _ => None,
        }
    }
}

/// A medicines flag for the prescriber.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MedicineFlag {
    /// The rule.
    pub id: String,
    /// Its words.
    pub words: String,
    /// The confidence in it.
    pub mark: Mark,
}

/// Something for the clinician to do or to think about before signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prompt {
    /// The rule.
    pub id: String,
    /// Its words.
    pub words: String,
    /// The confidence in it.
    pub mark: Mark,
}

impl MedicineFlag {
    pub(super) fn of(rule: &Rule) -> Self {
        Self {
            id: rule.id.clone(),
            words: rule.words.clone(),
            mark: rule.mark,
        }
    }
}

impl Prompt {
    pub(super) fn of(rule: &Rule) -> Self {
        Self {
            id: rule.id.clone(),
            words: rule.words.clone(),
            mark: rule.mark,
        }
    }
}
