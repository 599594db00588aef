//! Answers, and the four ways a question can be without one.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a question has no answer. These four, everywhere; "no" and zero are not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unanswered {
    /// Nobody has asked yet, or the answer is too old to count.
    NotAsked,
    /// The person chose not to answer.
    Declined,
    /// The person does not know.
    NotKnown,
    /// It cannot be answered today, for example by phone.
    CannotBeAnswered,
}

impl Unanswered {
    /// The state as the screen writes it.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotAsked => "not asked",
            Self::Declined => "declined",
            Self::NotKnown => "not known",
            Self::CannotBeAnswered => "cannot be answered",
        }
    }
}

/// The value of an answered question. A choice and an ISO date are text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no; for a warning sign, present or absent.
    Bool(bool),
    /// A whole number, in the question's unit.
    Number(i64),
    /// Words, one choice, a decimal, or a date as `2026-11-24`.
    Text(String),
    /// Several choices.
    Choices(Vec<String>),
}

/// An answer, or the reason there is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The question was answered.
    Given(Value),
    /// It was not, and this is why.
    Unanswered(Unanswered),
}

/// Answers are about a patient, so they never reach a log through `Debug`.
impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Bool(_) => "Bool(..)",
            Self::Number(_) => "Number(..)",
            Self::Text(_) => "Text(..)",
            Self::Choices(_) => "Choices(..)",
        })
    }
}

impl Answer {
    /// The value, when there is one.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Self::Given(value) => Some(value),
            Self::Unanswered(_) => None,
        }
    }

    /// The reason there is no answer, when there is none.
    pub fn unanswered(&self) -> Option<Unanswered> {
        match self {
            Self::Given(_) => None,
            Self::Unanswered(state) => Some(*state),
        }
    }
}

impl Value {
    /// The value as yes or no.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The value as a whole number.
    pub fn as_number(&self) -> Option<i64> {
        match self {
            Self::Number(value) => Some(*value),
            _ => None,
        }
    }

    /// The value as text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(value) => Some(value),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Unanswered, Value};

    #[test]
    fn safety_14_there_are_exactly_four_unanswered_states_with_fixed_names() {
        let states = [
            Unanswered::NotAsked,
            Unanswered::Declined,
            Unanswered::NotKnown,
            Unanswered::CannotBeAnswered,
        ];
        let names: Vec<String> = states
            .iter()
            .map(|state| serde_json::to_string(state).unwrap())
            .collect();
        assert_eq!(
            names,
            [
                "\"not-asked\"",
                "\"declined\"",
                "\"not-known\"",
                "\"cannot-be-answered\""
            ]
        );
        for other in ["\"no\"", "\"unknown\"", "\"absent\"", "0"] {
            assert!(
                serde_json::from_str::<Unanswered>(other).is_err(),
                "{other}"
            );
        }
    }

    #[test]
    fn an_answer_comes_back_from_the_wire_as_it_went() {
        for answer in [
            Answer::Given(Value::Bool(true)),
            Answer::Given(Value::Number(7)),
            Answer::Given(Value::Text("2026-11-24".into())),
            Answer::Given(Value::Choices(vec!["a".into(), "b".into()])),
            Answer::Unanswered(Unanswered::Declined),
        ] {
            let wire = serde_json::to_string(&answer).unwrap();
            assert_eq!(serde_json::from_str::<Answer>(&wire).unwrap(), answer);
        }
    }

    #[test]
    fn debug_output_holds_no_answer() {
        let shown = format!("{:?}", Answer::Given(Value::Text("fell at home".into())));
        assert!(!shown.contains("fell"));
    }
}
