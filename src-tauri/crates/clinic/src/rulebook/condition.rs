//! What a rule asks, as a nested list; in a case, with what is known of each fact.

use assessment::fact::Known;
use assessment::question::Catalogue;
use assessment::ruleset::{Atom, Expression, FactWords, Join, Phrase, Ruleset, Truth};

use super::turning::Turning;
use crate::view::ConditionView;
use crate::words;

/// Conditions of one ruleset, in a case or outside any.
pub(super) struct Conditions<'a> {
    facts: Vec<FactWords>,
    case: Option<&'a Turning<'a>>,
}

impl<'a> Conditions<'a> {
    /// Outside any case.
    pub(super) fn of(ruleset: &Ruleset) -> Self {
        Self {
            facts: ruleset.facts_in_words(),
            case: None,
        }
    }

    /// In a case.
    pub(super) fn in_case(case: &'a Turning<'a>) -> Self {
        Self {
            case: Some(case),
            ..Self::of(case.ruleset)
        }
    }

    /// The condition; none for one that asks nothing, as the default's.
    pub(super) fn view(&self, condition: &Expression) -> Option<ConditionView> {
        match condition {
            Expression::All(parts) if parts.is_empty() => None,
            // All or any of one thing is that thing.
            Expression::All(parts) | Expression::Any(parts) if parts.len() == 1 => {
                parts.first().and_then(|only| self.view(only))
            }
            Expression::All(parts) => {
                Some(self.joined("all", "All of these hold", condition, parts))
            }
            Expression::Any(parts) => {
                Some(self.joined("any", "At least one of these holds", condition, parts))
            }
            Expression::None(parts) => {
                Some(self.joined("none", "None of these holds", condition, parts))
            }
            Expression::Is(atom) => Some(self.test(condition, atom)),
        }
    }

    fn joined(
        &self,
        joined: &str,
        words: &str,
        whole: &Expression,
        parts: &[Expression],
    ) -> ConditionView {
        ConditionView {
            joined: joined.into(),
            words: words.into(),
            parts: parts.iter().filter_map(|part| self.view(part)).collect(),
            turns_out: self.turns_out(whole),
            known: None,
            question: None,
        }
    }

    fn test(&self, whole: &Expression, atom: &Atom) -> ConditionView {
        let fact = self.facts.get(atom.fact);
        let known = self.case.and_then(|case| case.known(atom.fact));
        ConditionView {
            joined: "fact".into(),
            words: fact.map_or_else(String::new, |fact| {
                words::sentence_case(&fact.test(&atom.test))
            }),
            parts: Vec::new(),
            turns_out: self.turns_out(whole),
            known: known
                .zip(fact)
                .map(|(known, fact)| known_words(fact, known)),
            question: fact
                .map(|fact| fact.id.as_str())
                .filter(|id| Catalogue::shipped().question(id).is_some())
                .map(str::to_owned),
        }
    }

    fn turns_out(&self, part: &Expression) -> Option<String> {
        let case = self.case?;
        Some(turns_out(case.condition(part)).to_owned())
    }
}

/// How a condition turns out, as the screen knows it.
pub(super) fn turns_out(truth: Truth) -> &'static str {
    match truth {
        Truth::False => "does-not",
        Truth::Open => "open",
        Truth::InConflict => "in-conflict",
        Truth::True => "fits",
    }
}

/// What is known of a fact, in words.
pub(super) fn known_words(fact: &FactWords, known: &Known) -> String {
    match known {
        Known::Open(state) => state.words().to_owned(),
        Known::Is(value) => fact.value(value),
        Known::Conflict(values) => {
            let said: Vec<String> = values.iter().map(|value| fact.value(value)).collect();
            format!("{}, in conflict", words::listed(&said))
        }
        Known::Between { lowest, highest } => match (lowest, highest) {
            (Some(low), Some(high)) => {
                format!("between {} and {}", low.normalize(), fact.amount(*high))
            }
            (Some(low), None) => format!("at least {}", fact.amount(*low)),
            (None, Some(high)) => format!("at most {}", fact.amount(*high)),
            (None, None) => "not known".to_owned(),
        },
        Known::NotApplicable => "does not arise".to_owned(),
    }
}

/// Words for a condition that is no expression, such as what a claim rules out.
pub(super) fn phrase(phrase: &Phrase) -> ConditionView {
    let view = |joined: &str, words: &str, parts: &[Phrase]| ConditionView {
        joined: joined.into(),
        words: words::sentence_case(words),
        parts: parts.iter().map(self::phrase).collect(),
        turns_out: None,
        known: None,
        question: None,
    };
    match phrase {
        Phrase::Always => view("fact", "always", &[]),
        Phrase::Test { words, .. } | Phrase::Outcome { words } => view("fact", words, &[]),
        Phrase::Joined {
            by: Join::All,
            parts,
        } => view("all", "All of these hold", parts),
        Phrase::Joined {
            by: Join::Any,
            parts,
        } => view("any", "At least one of these holds", parts),
        Phrase::Joined {
            by: Join::None,
            parts,
        } => view("none", "None of these holds", parts),
    }
}
