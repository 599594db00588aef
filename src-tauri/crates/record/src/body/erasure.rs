//! Content to be removed everywhere.

use serde::{Deserialize, Serialize};

use crate::id::{EntryId, PatientId};

/// One signature towards an erasure. In the service scope, slot `erasure/<first record>`; signed.
///
/// It outlives what it erases, so it holds no word of the patient. See [`crate::erasure`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// Every record of the person, ascending; at least one.
    pub records: Vec<PatientId>,
    /// asked (the first signature), confirmed (the second), or taken-back (no longer asked for).
    pub step: String,
    /// The entry that asked; none in that entry itself.
    pub asked: Option<EntryId>,
    /// The legal ground: retention, court or request.
    pub ground: String,
    /// Where the paper is filed: the order of a court, the number of a request. Never a name.
    pub reference: String,
}
