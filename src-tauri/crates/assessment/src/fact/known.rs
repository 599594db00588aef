//! How much is known of one fact.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::answer::Unanswered;

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum FactValue {
    /// Yes or no, present or absent.
    Bool(bool),
    /// A number.
    Number(Decimal),
    /// One choice.
    Choice(String),
}

/// How much is known of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", content = "value", rename_all = "kebab-case")]
pub enum Known {
    /// Nothing.
    Open(Unanswered),
    /// Its value.
    Is(FactValue),
    /// Several values, none of which saw the other.
    Conflict(Vec<FactValue>),
    /// A number that is still open between two limits.
    Between {
        /// The least possible.
        lowest: Option<Decimal>,
        /// The greatest possible.
        highest: Option<Decimal>,
    },
    /// The question does not arise. Nothing that is asked of it holds.
    NotApplicable,
}

impl Known {
    /// Yes or no.
    pub fn bool(value: bool) -> Self {
        Self::Is(FactValue::Bool(value))
    }

    /// A number.
    pub fn number(value: impl Into<Decimal>) -> Self {
        Self::Is(FactValue::Number(value.into()))
    }

    /// A choice.
    pub fn choice(value: &str) -> Self {
        Self::Is(FactValue::Choice(value.to_owned()))
    }

    /// A number between two limits, which may meet.
    pub fn between(lowest: Decimal, highest: Decimal) -> Self {
        if lowest == highest {
            return Self::number(lowest);
        }
        Self::Between {
            lowest: Some(lowest),
            highest: Some(highest),
        }
    }

    /// Whether an answer could still change it.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open(_) | Self::Between { .. })
    }

    /// Whether it is surely yes, or yes in one of the values in conflict.
    pub fn is_yes(&self) -> bool {
        match self {
            Self::Is(value) => *value == FactValue::Bool(true),
            Self::Conflict(values) => values.contains(&FactValue::Bool(true)),
            _ => false,
        }
    }

    /// Whether it is surely no, or does not arise.
    pub fn is_no(&self) -> bool {
        matches!(self, Self::Is(FactValue::Bool(false)) | Self::NotApplicable)
    }

    /// Whether it is this choice, surely or in one of the values in conflict.
    pub fn is_choice(&self, wanted: &str) -> bool {
        let fits = |value: &FactValue| matches!(value, FactValue::Choice(it) if it == wanted);
        match self {
            Self::Is(value) => fits(value),
            Self::Conflict(values) => values.iter().any(fits),
            _ => false,
        }
    }
}
