//! What scoring gives, and why it is refused.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use super::measure::{Band, Group};
use crate::mark::Mark;

/// What the answers to an instrument come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Score {
    /// The instrument's id.
    pub instrument: String,
    /// The version of the scoring rule.
    pub version: String,
    /// How many scored items have an answer.
    pub answered: usize,
    /// How many scored items need one.
    pub of: usize,
    /// Whether every item that needs an answer has one.
    pub complete: bool,
    /// The total, unrounded; only when complete, and only of a form that has one.
    pub total: Option<Decimal>,
    /// The lowest total still possible; 0 for a form that has none.
    pub lowest: Decimal,
    /// The highest total still possible; 0 for a form that has none.
    pub highest: Decimal,
    /// The band of the total; only when complete.
    pub band: Option<Band>,
    /// The bands still possible.
    pub possible_bands: Vec<Band>,
    /// Each cut-off, and whether it is reached.
    pub positive: Vec<CutResult>,
    /// Each scale.
    pub scales: Vec<ScaleScore>,
    /// The group; only when no open answer can change it.
    pub group: Option<Group>,
    /// The groups still possible.
    pub possible_groups: Vec<Group>,
    /// The answers of the profile's items written side by side; only when all are there.
    pub profile: Option<String>,
    /// What the item about self-harm asks of the clinician, on a form that has one.
    pub item9: Option<Item9Prompt>,
    /// What to know beside the figure.
    pub notes: Vec<String>,
}

/// The figure of one scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScaleScore {
    /// The scale's fixed name.
    pub id: String,
    /// Its name as shown.
    pub name: String,
    /// How many of its items have an answer.
    pub answered: usize,
    /// How many items it has.
    pub of: usize,
    /// The figure, unrounded; only when enough items are answered.
    pub value: Option<Decimal>,
    /// The band of the figure.
    pub band: Option<Band>,
    /// How many decimals it is shown with.
    pub decimals: u32,
}

/// Whether a cut-off is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CutResult {
    /// The cut-off's fixed name.
    pub id: String,
    /// What it means.
    pub label: String,
    /// The least positive total.
    pub at: i64,
    /// Whether it is the usual one.
    pub usual: bool,
    /// Whether it is reached; `None` while an open answer could change that.
    pub positive: Option<bool>,
    /// The confidence in the cut-off.
    pub mark: Mark,
    /// Where it comes from.
    pub citation: String,
}

/// What PHQ-9 item 9 asks of the clinician. There is no other use of that answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Item9Prompt {
    /// Answered above 0: talk about safety now and record what was agreed.
    Raised,
    /// Not answered: ask.
    NotAnswered,
    /// Answered 0. This does not rule risk out.
    No,
}

/// Why answers cannot be scored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// The number of answers is wrong.
    #[error(
        "{name} has {wanted} answers, but {given} were given. Write - for each that was not answered."
    )]
    Count {
        /// The instrument's name.
        name: String,
        /// How many it takes.
        wanted: usize,
        /// How many were given.
        given: usize,
    },
    /// An answer is not permitted.
    #[error("Item {item} of {name} can be {least} to {greatest}. Check that answer.")]
    Value {
        /// The instrument's name.
        name: String,
        /// The item, from 1.
        item: usize,
        /// The least permitted.
        least: i64,
        /// The greatest permitted.
        greatest: i64,
    },
    /// The first answer says that the others do not apply, yet one was given.
    #[error(
        "Item 1 of {name} means that item {item} does not apply, yet it has an answer. Correct one of the two."
    )]
    Contradiction {
        /// The instrument's name.
        name: String,
        /// The later item, from 1.
        item: usize,
    },
    /// The instrument has no total by design.
    #[error("{name} are read one by one and have no total. Look at each rating by itself.")]
    NoTotal {
        /// The instrument's name.
        name: String,
    },
}

/// A figure as it is shown, with so many decimals; half is rounded away from zero.
pub fn shown(value: Decimal, decimals: u32) -> String {
    let rounded = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    format!("{rounded:.places$}", places = decimals as usize)
}
