//! One part of a proposal.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::answer::Unanswered;
use crate::fact::{Fact, Facts, Known};
use crate::question::Catalogue;
use crate::ruleset::Rule;

/// Why, in words a patient could hear: the rule that says so, shared with its ruleset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(Arc<Rule>);

impl Reason {
    /// The reason a rule gives.
    pub fn of(rule: &Arc<Rule>) -> Self {
        Self(Arc::clone(rule))
    }
}

impl Deref for Reason {
    type Target = Rule;

    fn deref(&self) -> &Rule {
        &self.0
    }
}

impl Serialize for Reason {
    /// What a person reads of the rule; the whole of it is the ruleset's to tell.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut said = serializer.serialize_struct("Reason", 4)?;
        said.serialize_field("rule", &self.id)?;
        said.serialize_field("words", &self.words)?;
        said.serialize_field("citation", &self.citation)?;
        said.serialize_field("mark", &self.mark)?;
        said.end()
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
