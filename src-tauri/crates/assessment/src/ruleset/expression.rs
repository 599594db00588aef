//! What a rule asks of the facts, and the four ways it can turn out.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::fact::{FactValue, Known};

/// How a condition turns out, in this order.
///
/// `and` is the least and `or` the greatest, as in Kleene's logic, with one value more for
/// facts in conflict: a condition that holds for one of the values in conflict and not for
/// another is `InConflict`, and counts as holding, because the safer reading is kept until a
/// clinician settles it.
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

impl Truth {
    /// Yes or no.
    pub fn of(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }

    /// The opposite. What is open or in conflict stays so.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::True => Self::False,
            other => other,
        }
    }
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
    /// How the test turns out for what is known.
    pub fn truth(&self, known: &Known) -> Truth {
        match known {
            Known::NotApplicable => Truth::False,
            Known::Open(_) => Truth::Open,
            Known::Is(value) => Truth::of(self.holds(value)),
            Known::Conflict(values) => {
                let holding = values.iter().filter(|value| self.holds(value)).count();
                match holding {
                    0 => Truth::False,
                    all if all == values.len() => Truth::True,
                    _ => Truth::InConflict,
                }
            }
            Known::Between { lowest, highest } => self.truth_between(*lowest, *highest),
        }
    }

    /// Whether the test holds for a value.
    pub fn holds(&self, value: &FactValue) -> bool {
        match (self, value) {
            (Self::OneOf(wanted), value) => wanted.contains(value),
            (Self::AtLeast(limit), FactValue::Number(number)) => number >= limit,
            (Self::Above(limit), FactValue::Number(number)) => number > limit,
            (Self::AtMost(limit), FactValue::Number(number)) => number <= limit,
            (Self::Below(limit), FactValue::Number(number)) => number < limit,
            _ => false,
        }
    }

    fn truth_between(&self, lowest: Option<Decimal>, highest: Option<Decimal>) -> Truth {
        let low = |reached: fn(&Decimal, &Decimal) -> bool, limit: &Decimal| {
            lowest.is_some_and(|lowest| reached(&lowest, limit))
        };
        let high = |reached: fn(&Decimal, &Decimal) -> bool, limit: &Decimal| {
            highest.is_some_and(|highest| reached(&highest, limit))
        };
        let (always, never) = match self {
            Self::AtLeast(limit) => (low(Decimal::ge, limit), high(Decimal::lt, limit)),
            Self::Above(limit) => (low(Decimal::gt, limit), high(Decimal::le, limit)),
            Self::AtMost(limit) => (high(Decimal::le, limit), low(Decimal::gt, limit)),
            Self::Below(limit) => (high(Decimal::lt, limit), low(Decimal::ge, limit)),
            Self::OneOf(values) => {
                let outside = |value: &FactValue| match value {
                    FactValue::Number(number) => {
                        lowest.is_some_and(|it| number < &it)
                            || highest.is_some_and(|it| number > &it)
                    }
                    _ => true,
                };
                (false, values.iter().all(outside))
            }
        };
        match (always, never) {
            (true, _) => Truth::True,
            (false, true) => Truth::False,
            (false, false) => Truth::Open,
        }
    }
}

impl Expression {
    /// How the expression turns out; `known` gives each fact by its place.
    pub fn truth(&self, known: &[&Known]) -> Truth {
        match self {
            Self::All(parts) => parts
                .iter()
                .map(|it| it.truth(known))
                .min()
                .unwrap_or(Truth::True),
            Self::Any(parts) => parts
                .iter()
                .map(|it| it.truth(known))
                .max()
                .unwrap_or(Truth::False),
            Self::None(parts) => {
                let any = parts
                    .iter()
                    .map(|it| it.truth(known))
                    .max()
                    .unwrap_or(Truth::False);
                any.negated()
            }
            Self::Is(atom) => known
                .get(atom.fact)
                .map_or(Truth::False, |known| atom.test.truth(known)),
        }
    }

    /// The facts it waits for, in the order written; none once it no longer depends on them.
    pub fn open_facts(&self, known: &[&Known]) -> Vec<usize> {
        let mut found = Vec::new();
        self.collect_open(known, &mut found);
        found
    }

    fn collect_open(&self, known: &[&Known], into: &mut Vec<usize>) {
        if self.truth(known) != Truth::Open {
            return;
        }
        match self {
            Self::All(parts) | Self::Any(parts) | Self::None(parts) => {
                for part in parts {
                    part.collect_open(known, into);
                }
            }
            Self::Is(atom) => {
                if !into.contains(&atom.fact) {
                    into.push(atom.fact);
                }
            }
        }
    }

    /// Every fact it asks about.
    pub fn facts(&self) -> Vec<usize> {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::None(parts) => {
                parts.iter().flat_map(Self::facts).collect()
            }
            Self::Is(atom) => vec![atom.fact],
        }
    }

    /// Whether a part of it holds although the whole does not.
    pub fn partly_holds(&self, known: &[&Known]) -> bool {
        match self {
            Self::All(parts) => parts.iter().any(|part| {
                part.truth(known) >= Truth::InConflict && !matches!(part, Self::None(_))
            }),
            _ => false,
        }
    }
}
