//! What a rule asks of the facts, and the four ways it can turn out.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::fact::FactValue;

/// How a condition turns out, in this order.
///
/// Kleene's three values, with one more for facts in conflict: a condition that holds for one of
/// the values in conflict and not for another is `InConflict`, and counts as holding, because
/// the safer reading is kept until a clinician settles it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Truth {
    /// It does not hold, whatever is answered.
    False,
    /// An open answer decides.
    Open,
    /// It holds for one of the values in conflict.
    InConflict,
    /// It holds, whatever is answered.
    True,
}

/// What is asked of one fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// It has one of these values.
    OneOf(Vec<FactValue>),
    /// It is at least this.
    AtLeast(Decimal),
    /// It is more than this.
    Above(Decimal),
    /// It is at most this.
    AtMost(Decimal),
    /// It is less than this.
    Below(Decimal),
    /// The question arises for this person, or does not.
    Arises(bool),
}

/// One test of one fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Atom {
    /// The fact, by its place in the ruleset's declarations.
    pub fact: usize,
    /// The test.
    pub test: Test,
}

/// Tests joined by all, any and none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expression {
    /// All hold.
    All(Vec<Expression>),
    /// At least one holds.
    Any(Vec<Expression>),
    /// None holds.
    None(Vec<Expression>),
    /// One test.
    Is(Atom),
}

impl Test {
    /// Whether the test holds for a value.
    pub fn holds(&self, value: &FactValue) -> bool {
        match (self, value) {
            (Self::OneOf(wanted), value) => wanted.contains(value),
            (Self::Arises(wanted), _) => *wanted,
            (Self::AtLeast(limit), FactValue::Number(number)) => number >= limit,
            (Self::Above(limit), FactValue::Number(number)) => number > limit,
            (Self::AtMost(limit), FactValue::Number(number)) => number <= limit,
            (Self::Below(limit), FactValue::Number(number)) => number < limit,
            _ => false,
        }
    }

    /// The numbers at which the test turns.
    pub fn limits(&self) -> Vec<Decimal> {
        let number = |value: &FactValue| match value {
            FactValue::Number(number) => Some(*number),
            _ => None,
        };
        match self {
            Self::OneOf(values) => values.iter().filter_map(number).collect(),
            Self::AtLeast(limit)
            | Self::Above(limit)
            | Self::AtMost(limit)
            | Self::Below(limit) => {
                vec![*limit]
            }
            Self::Arises(_) => Vec::new(),
        }
    }
}

impl Expression {
    /// Every test it makes, in the order written.
    pub fn atoms(&self) -> Vec<&Atom> {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::None(parts) => {
                parts.iter().flat_map(Self::atoms).collect()
            }
            Self::Is(atom) => vec![atom],
        }
    }

    /// Whether it holds when every fact has the value that `values` gives by its place; none
    /// where the question does not arise.
    pub fn holds(&self, values: &[Option<FactValue>]) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(values)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(values)),
            Self::None(parts) => !parts.iter().any(|part| part.holds(values)),
            Self::Is(atom) => match (values.get(atom.fact), &atom.test) {
                (Some(Some(value)), test) => test.holds(value),
                (_, Test::Arises(wanted)) => !wanted,
                _ => false,
            },
        }
    }
}
