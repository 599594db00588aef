//! Who stands in for whom, and whose case it is.

use serde::{Deserialize, Serialize};

use crate::id::{ItemId, StaffId};

/// Somebody is away and somebody else sees to their cases and tasks. In the service scope, slot
/// `cover/<item>`. It ends by itself after the last day.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The absence.
    pub cover: ItemId,
    /// Who is away.
    pub absent: StaffId,
    /// Who covers.
    pub by: StaffId,
    /// ISO date of the first day.
    pub from: String,
    /// ISO date of the last day.
    pub to: String,
    /// What whoever covers should know of the absence; nothing of a patient.
    pub note: String,
    /// Why it was taken back; empty while it stands.
    pub withdrawn: String,
}

/// A case with its open tasks was given to somebody. Slot `owner`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// Who had it, where that was known.
    pub from: Option<StaffId>,
    /// Whose it is now.
    pub to: StaffId,
    /// What they should know.
    pub note: String,
}
