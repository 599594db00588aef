//! What an assessment holds, as the record gives it to the rules.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::answer::Answer;

/// Who an answer comes from. Only somebody who asked the patient can say "absent".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A clinician who asked the patient.
    Clinician,
    /// The patient, filling in a form alone.
    Patient,
    /// A letter or a file.
    Paper,
}

/// An answer and the day it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The answer.
    pub answer: Answer,
    /// The day it was given, not the day it was typed.
    pub on: Date,
    /// Who it comes from.
    pub origin: Origin,
}

impl Dated {
    /// An answer that a clinician got from the patient.
    pub fn asked(answer: Answer, on: Date) -> Self {
        Self {
            answer,
            on,
            origin: Origin::Clinician,
        }
    }
}

/// One version of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowVersion {
    /// The values of its fields.
    pub fields: BTreeMap<String, Answer>,
    /// The day it was given.
    pub on: Date,
}

/// One row of a list. Several versions mean that they did not see each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The row's lasting name.
    pub id: String,
    /// Its current versions; one, unless they are in conflict.
    pub versions: Vec<RowVersion>,
    /// Somebody took it off the list without seeing these versions. It counts, and is in conflict.
    #[serde(default)]
    pub taken_off: bool,
}

/// A list. No rows and no `none` is a list that nobody has asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListAnswer {
    /// Its rows.
    pub rows: Vec<Row>,
    /// That there are none (`Given(Bool(true))`), or why the list is unanswered.
    pub none: Option<Dated>,
}

/// All that the facts are gathered from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// The current answers of each question; several are in conflict.
    pub answers: BTreeMap<String, Vec<Dated>>,
    /// The lists.
    pub lists: BTreeMap<String, ListAnswer>,
    /// The patient's age in whole years; `None` while the birth date is not known.
    pub age: Option<i64>,
    /// Warning signs once present and not yet settled by a signed decision.
    pub once_present: BTreeSet<String>,
    /// Instruments that were added and may be counted. The answers of one that is used on request
    /// and is not among them do not arise.
    #[serde(default)]
    pub forms: BTreeSet<String>,
}
