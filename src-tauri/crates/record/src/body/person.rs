//! What is said of a person beside their details: a death, and notes.

use serde::{Deserialize, Serialize};

use crate::id::ItemId;

/// That a person has died, or that this was recorded of the wrong person. Slot `death`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Death {
    /// The person has died; `false` takes back what was recorded in error.
    pub died: bool,
    /// The day as far as it is known: `2026-11-20`, `2026-11`, `2026`, or empty.
    pub date: String,
    /// Who told: family, gp, hospital, national-record, coroner, other; empty when taken back.
    pub source: String,
    /// More of it in words, or empty.
    pub note: String,
}

/// A note on the patient's timeline. Slot `note/<note>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The note.
    pub note: ItemId,
    /// What was written.
    pub text: String,
    /// Kept from all but those who may read it. Of several current values the restricted holds.
    pub restricted: bool,
}
