//! What should not have been written.

use serde::{Deserialize, Serialize};

use crate::id::EntryId;

/// An entry that should not have been made. It stays readable. Slot none.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnteredInError {
    /// The entry.
    pub entry: EntryId,
    /// Why.
    pub reason: String,
}
