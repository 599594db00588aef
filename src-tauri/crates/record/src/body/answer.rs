//! Answers, and rows of lists.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::ItemId;

/// What was answered, or which of the four unanswered states holds.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum AnswerState {
    /// Answered.
    Given {
        /// The value.
        value: AnswerValue,
    },
    /// Not asked.
    NotAsked,
    /// Declined.
    Declined,
    /// Not known.
    NotKnown,
    /// Cannot be answered.
    CannotBeAnswered,
}

impl fmt::Debug for AnswerState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if matches!(self, Self::Given { .. }) {
            "given"
        } else {
            "unanswered"
        })
    }
}

/// The value of an answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AnswerValue {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// Text, a choice, or an ISO date.
    Text(String),
    /// Several choices.
    Choices(Vec<String>),
}

impl fmt::Debug for AnswerValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("value")
    }
}

/// One answer. Slot `answer/<assessment>/<question>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The assessment.
    pub assessment: ItemId,
    /// Question id of the catalogue.
    pub question: String,
    /// The answer.
    pub answer: AnswerState,
    /// clinician (asked the patient), patient (filled in alone), letter, confirmed (from last time).
    pub source: String,
}

/// One row of a list, such as a medicine. Slot `item/<list>/<item>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The list: medicine, allergy, condition, treatment, region, device or person.
    pub list: String,
    /// The row.
    pub item: ItemId,
    /// The assessment it was recorded or confirmed in.
    pub assessment: ItemId,
    /// Field id -> value.
    pub fields: BTreeMap<String, AnswerValue>,
    /// Why it was taken off the list; empty while it stands.
    pub removed: String,
}

/// What is known of a whole list, such as "no known allergies". Slot `list/<list>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListState {
    /// The list.
    pub list: String,
    /// The assessment.
    pub assessment: ItemId,
    /// Given(true): none; or an unanswered state.
    pub state: AnswerState,
}
