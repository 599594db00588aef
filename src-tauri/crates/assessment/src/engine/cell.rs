//! The values of a fact, cut into cells that no test of the ruleset tells apart.

use std::fmt;

use rust_decimal::Decimal;

use crate::fact::FactValue;
use crate::ruleset::{Domain, Test};

/// Values of one fact that no test tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// No, or absent.
    No,
    /// Yes, or present.
    Yes,
    /// One choice.
    Choice(String),
    /// Numbers from one limit to another.
    Number(Span),
    /// The question does not arise for this person.
    DoesNotArise,
}

/// Numbers from one limit to another. A missing limit is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The least, or what all are above.
    pub from: Option<Decimal>,
    /// Whether `from` itself belongs to it.
    pub with_from: bool,
    /// The greatest, or what all are below.
    pub to: Option<Decimal>,
    /// Whether `to` itself belongs to it.
    pub with_to: bool,
    /// Whether only whole numbers count.
    pub whole: bool,
}

impl Cell {
    /// Whether a test holds for the values of the cell. They all answer alike.
    pub fn passes(&self, test: &Test) -> bool {
        match (self, test) {
            (Self::DoesNotArise, Test::Arises(wanted)) => !wanted,
            (Self::DoesNotArise, _) => false,
            (_, Test::Arises(wanted)) => *wanted,
            (Self::No, test) => test.holds(&FactValue::Bool(false)),
            (Self::Yes, test) => test.holds(&FactValue::Bool(true)),
            (Self::Choice(value), test) => test.holds(&FactValue::Choice(value.clone())),
            (Self::Number(span), test) => test.holds(&FactValue::Number(span.sample())),
        }
    }

    /// Whether a value belongs to the cell.
    pub fn holds(&self, value: &FactValue) -> bool {
        match (self, value) {
            (Self::No, FactValue::Bool(value)) => !value,
            (Self::Yes, FactValue::Bool(value)) => *value,
            (Self::Choice(own), FactValue::Choice(value)) => own == value,
            (Self::Number(span), FactValue::Number(number)) => span.holds(*number),
            _ => false,
        }
    }

    /// A value of the cell; none where the question does not arise.
    pub fn sample(&self) -> Option<FactValue> {
        match self {
            Self::No => Some(FactValue::Bool(false)),
            Self::Yes => Some(FactValue::Bool(true)),
            Self::Choice(value) => Some(FactValue::Choice(value.clone())),
            Self::Number(span) => Some(FactValue::Number(span.sample())),
            Self::DoesNotArise => None,
        }
    }
}

impl Span {
    /// Whether a number belongs to it.
    pub fn holds(&self, number: Decimal) -> bool {
        let above = self
            .from
            .is_none_or(|from| number > from || (self.with_from && number == from));
        let below = self
            .to
            .is_none_or(|to| number < to || (self.with_to && number == to));
        above && below
    }

    /// Whether it and the numbers from `lowest` to `highest` have one in common.
    pub fn meets(&self, lowest: Option<Decimal>, highest: Option<Decimal>) -> bool {
        let starts_in_time = match (self.from, highest) {
            (Some(from), Some(highest)) => from < highest || (self.with_from && from == highest),
            _ => true,
        };
        let ends_late_enough = match (self.to, lowest) {
            (Some(to), Some(lowest)) => to > lowest || (self.with_to && to == lowest),
            _ => true,
        };
        starts_in_time && ends_late_enough
    }

    /// Whether every number of it is below every number of `other`.
    pub fn is_below(&self, other: &Self) -> bool {
        match (self.to, other.from) {
            (Some(to), Some(from)) => {
                to < from || (to == from && !(self.with_to && other.with_from))
            }
            _ => false,
        }
    }

    /// A number of it: the least there is, or one near.
    pub fn sample(&self) -> Decimal {
        match (self.from, self.to) {
            (Some(from), _) if self.with_from => from,
            (Some(from), _) if self.whole => from.floor() + Decimal::ONE,
            (Some(from), Some(to)) => (from + to) / Decimal::TWO,
            (Some(from), None) => from + Decimal::ONE,
            (None, Some(to)) if self.with_to => to,
            (None, Some(to)) if self.whole => to.ceil() - Decimal::ONE,
            (None, Some(to)) => to - Decimal::ONE,
            (None, None) => Decimal::ZERO,
        }
    }

    /// Whether there is no number in it: the sample is one wherever there is one.
    fn is_empty(&self) -> bool {
        !self.holds(self.sample())
    }
}

impl fmt::Display for Span {
    /// The numbers in words, such as "from 50 to below 120", "above 120" or "3".
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (true, Some(from), Some(to)) =
            (self.whole, self.least_whole(), self.greatest_whole())
        {
            return if from == to {
                write!(formatter, "{from}")
            } else {
                write!(formatter, "{from} to {to}")
            };
        }
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(formatter, "{from}"),
            (Some(from), Some(to)) => {
                let start = if self.with_from { "from" } else { "above" };
                let end = if self.with_to { "to" } else { "to below" };
                write!(formatter, "{start} {from} {end} {to}")
            }
            (Some(from), None) if self.with_from => write!(formatter, "{from} or more"),
            (Some(from), None) => write!(formatter, "above {from}"),
            (None, Some(to)) if self.with_to => write!(formatter, "{to} or less"),
            (None, Some(to)) => write!(formatter, "below {to}"),
            (None, None) => formatter.write_str("any number"),
        }
    }
}

impl Span {
    fn least_whole(&self) -> Option<Decimal> {
        let from = self.from?;
        Some(if self.with_from {
            from.ceil()
        } else {
            from.floor() + Decimal::ONE
        })
    }

    fn greatest_whole(&self) -> Option<Decimal> {
        let to = self.to?;
        Some(if self.with_to {
            to.floor()
        } else {
            to.ceil() - Decimal::ONE
        })
    }
}

/// The cells of a fact: its values, told apart only where a test of `tests` does or a limit of
/// `limits` stands.
pub(super) fn cells(
    domain: &Domain,
    may_not_arise: bool,
    tests: &[&Test],
    limits: &[Decimal],
) -> Vec<Cell> {
    let mut cells = match domain {
        Domain::YesNo => vec![Cell::No, Cell::Yes],
        Domain::Choice(options) => options.iter().cloned().map(Cell::Choice).collect(),
        Domain::Number { from, to, whole } => number_cells(*from, *to, *whole, tests, limits),
    };
    if may_not_arise {
        cells.push(Cell::DoesNotArise);
    }
    cells
}

fn number_cells(
    from: Option<Decimal>,
    to: Option<Decimal>,
    whole: bool,
    tests: &[&Test],
    limits: &[Decimal],
) -> Vec<Cell> {
    let mut cuts: Vec<Decimal> = tests.iter().flat_map(|test| test.limits()).collect();
    cuts.extend_from_slice(limits);
    cuts.sort_unstable();
    cuts.dedup();
    let span = |from, with_from, to, with_to| Span {
        from,
        with_from,
        to,
        with_to,
        whole,
    };
    let mut spans = Vec::with_capacity(2 * cuts.len() + 1);
    let mut last = (from, true);
    for cut in cuts {
        spans.push(span(last.0, last.1, Some(cut), false));
        spans.push(span(Some(cut), true, Some(cut), true));
        last = (Some(cut), false);
    }
    spans.push(span(last.0, last.1, to, true));
    let within = |span: &Span| !span.is_empty() && span.meets(from, to);
    let mut made: Vec<Span> = Vec::new();
    for next in spans.into_iter().filter(within) {
        let alike = |a: &Span| {
            let (a, b) = (Cell::Number(*a), Cell::Number(next));
            tests.iter().all(|test| a.passes(test) == b.passes(test))
        };
        match made.last_mut() {
            Some(previous) if limits.is_empty() && alike(previous) => {
                previous.to = next.to;
                previous.with_to = next.with_to;
            }
            _ => made.push(next),
        }
    }
    made.into_iter().map(Cell::Number).collect()
}
