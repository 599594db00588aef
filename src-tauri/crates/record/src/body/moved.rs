//! Entries made on the wrong patient.

use serde::{Deserialize, Serialize};

use crate::id::{EntryId, PatientId};

/// Entries that were made on the wrong patient. Appended in that patient's record, whose view they
/// leave except for audit.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The entries, each once.
    pub entries: Vec<EntryId>,
    /// The right patient, in whose record the content is entered anew.
    pub to: PatientId,
    /// Why.
    pub reason: String,
}

/// Says in the right patient's record where entries came from. Appended beside them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedHere {
    /// The patient they were made on.
    pub from: PatientId,
    /// The entries as they are here, each once.
    pub entries: Vec<EntryId>,
    /// Why.
    pub reason: String,
}
