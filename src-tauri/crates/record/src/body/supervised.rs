//! What a doctor in training decides, for a supervisor to countersign.

use serde::{Deserialize, Serialize};

use crate::id::{ItemId, StaffId};

/// A decision that counts as proposed until a supervisor has signed a decision that countersigns
/// it. Slot `supervised/<assessment>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupervisedDecision {
    /// The assessment.
    pub assessment: ItemId,
    /// Who is asked to countersign.
    pub supervisor: StaffId,
    /// Disposition code, D01 to D19.
    pub lead: String,
    /// Urgency.
    pub urgency: String,
    /// Strands.
    pub strands: Vec<String>,
    /// The same as was proposed.
    pub as_proposed: bool,
    /// Reason value, if not.
    pub reason: String,
    /// Reason in words, if not.
    pub reason_text: String,
    /// Comment.
    pub comment: String,
    /// Ruleset in words, such as "uk-community-pain 2026.1 DRAFT".
    pub ruleset: String,
}
