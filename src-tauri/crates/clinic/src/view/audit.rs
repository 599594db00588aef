use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Choice;

/// Which lines of the audit trail. Everything empty: all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(default)]
pub struct AuditQuery {
    /// A patient id.
    pub patient: String,
    /// A staff id: done by them, or about their account.
    pub staff: String,
    /// A group of actions.
    pub group: String,
    /// ISO date of the first day.
    pub from: String,
    /// ISO date of the last day.
    pub until: String,
}

/// A part of the audit trail, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AuditPage {
    /// The lines.
    pub lines: Vec<AuditLine>,
    /// How many come before them.
    pub skip: u32,
    /// How many there are in all.
    pub total: u32,
    /// The most that come at once.
    pub page: u32,
    /// The patient asked about.
    pub patient_name: Option<String>,
    /// People to choose from.
    pub staff: Vec<Choice>,
    /// Groups of actions to choose from.
    pub groups: Vec<Choice>,
    /// This person may read all of it, check the record and export.
    pub whole: bool,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AuditLine {
    /// Entry id.
    pub id: String,
    /// DD-Mmm-YYYY hh:mm.
    pub when: String,
    /// Who.
    pub who: String,
    /// Whose account it was about, where that is somebody else.
    pub account: Option<String>,
    /// "this laptop", or which other.
    pub device: String,
    /// What was done.
    pub what: String,
    /// What else is worth knowing.
    pub note: String,
    /// Patient id.
    pub patient: Option<String>,
    /// Name as in lists.
    pub patient_name: Option<String>,
    /// Why, as they said it.
    pub reason: String,
    /// Something to look at twice.
    pub grave: bool,
}

/// What a check of the whole record found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordCheck {
    /// Everything is as it was written.
    pub sound: bool,
    /// The same in words.
    pub words: String,
    /// What is wrong and what to do, one sentence or two each.
    pub faults: Vec<String>,
    /// When it was checked.
    pub checked: String,
}

/// Where an export went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedAudit {
    /// The table.
    pub path: String,
    /// The signature beside it.
    pub signature: String,
    /// What was done, in words.
    pub words: String,
}
