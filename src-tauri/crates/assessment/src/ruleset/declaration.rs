//! What a ruleset says of its facts: their values, and what cannot be.

use rust_decimal::Decimal;
use serde::Serialize;

use super::effect::{Disposition, Urgency};
use super::expression::Expression;
use crate::engine::Cell;
use crate::fact::{FactId, FactKind};
use crate::mark::Mark;

/// The values a fact can have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Domain {
    /// Yes or no, present or absent.
    YesNo,
    /// One of these.
    Choice(Vec<String>),
    /// A number.
    Number {
        /// The least possible.
        from: Option<Decimal>,
        /// The greatest possible.
        to: Option<Decimal>,
        /// Whether it is always a whole number.
        whole: bool,
    },
}

impl Domain {
    /// The values in words, for a message, such as "a number from 0 to 130".
    pub(super) fn words(&self) -> String {
        match self {
            Self::YesNo => "`true` or `false`".to_owned(),
            Self::Choice(options) => {
                let options: Vec<String> = options.iter().map(|it| format!("`{it}`")).collect();
                format!("one of {}", options.join(", "))
            }
            Self::Number { from, to, whole } => {
                let kind = if *whole { "a whole number" } else { "a number" };
                match (from, to) {
                    (Some(from), Some(to)) => format!("{kind} from {from} to {to}"),
                    (Some(from), None) => format!("{kind} of {from} or more"),
                    (None, Some(to)) => format!("{kind} of {to} or less"),
                    (None, None) => kind.to_owned(),
                }
            }
        }
    }

    /// The type of its values.
    pub fn kind(&self) -> FactKind {
        match self {
            Self::YesNo => FactKind::YesNo,
            Self::Choice(_) => FactKind::Choice,
            Self::Number { .. } => FactKind::Number,
        }
    }
}

/// A fact that the rules may ask about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactDeclaration {
    /// Its name.
    pub id: FactId,
    /// Its values.
    pub domain: Domain,
    /// The unit of a number, such as `years`.
    pub unit: Option<String>,
    /// Whether nothing that is done can change it, such as an age or a past illness.
    pub fixed: bool,
    /// Whether it is a warning sign of the catalogue.
    pub sign: bool,
    /// Whether it can be that the question does not arise.
    pub may_not_arise: bool,
    /// The answer that decides whether it arises, when that is a fact of the ruleset too.
    pub gate: Option<Gate>,
}

/// The answer that decides whether a question arises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gate {
    /// The deciding fact, by its place in the ruleset's declarations.
    pub fact: usize,
    /// The values for which the question arises; yes and present are `yes`.
    pub one_of: Vec<String>,
}

impl Gate {
    /// Whether the question arises for the values of a cell of the deciding fact.
    pub fn met_by(&self, cell: &Cell) -> bool {
        let has = |text: &str| self.one_of.iter().any(|wanted| wanted == text);
        match cell {
            Cell::No => has("no"),
            Cell::Yes => has("yes"),
            Cell::Choice(value) => has(value),
            Cell::Number(span) => has(&span.sample().to_string()),
            Cell::DoesNotArise => false,
        }
    }
}

/// A combination of facts that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Constraint {
    /// A fixed name.
    pub id: String,
    /// What cannot be.
    pub never: Impossible,
    /// Why, in words.
    pub words: String,
}

/// What a constraint rules out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Impossible {
    /// That this holds.
    When(Expression),
    /// That one number is less than another. Facts are named by their place.
    Less {
        /// The one that is never less.
        more: usize,
        /// The one that is never more.
        less: usize,
    },
}

/// A sentence about the rules themselves, which the proof has to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// A fixed name.
    pub id: String,
    /// What never happens together.
    pub never: Vec<ClaimTest>,
    /// The claim, in words.
    pub words: String,
    /// Where it comes from.
    pub citation: String,
    /// The confidence in it.
    pub mark: Mark,
}

/// One part of what a claim rules out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimTest {
    /// The facts are so.
    Facts(Expression),
    /// A rule fires, named by its place.
    Fires(usize),
    /// This is the lead disposition.
    Lead(Disposition),
    /// This disposition is the lead or stands beside it.
    Disposition(Disposition),
    /// This is the urgency.
    Urgency(Urgency),
    /// The urgency is less than this.
    LessUrgentThan(Urgency),
}
