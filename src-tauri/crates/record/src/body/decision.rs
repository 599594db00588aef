//! What a clinician decides.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::{EntryId, ItemId, StaffId};

/// What a clinician chose before the proposal was shown. Slot `choice/<assessment>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The assessment.
    pub assessment: ItemId,
    /// Disposition code.
    pub lead: String,
    /// Urgency.
    pub urgency: String,
}

/// What was decided, in its words: the same for a decision that stands and for one that waits to
/// be countersigned.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
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

impl fmt::Debug for Decided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("decided")
    }
}

/// What a named clinician signs. Slot `decision/<assessment>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The assessment.
    pub assessment: ItemId,
    /// What was decided; its fields stand beside the others.
    #[serde(flatten)]
    pub decided: Decided,
    /// The decision of a doctor in training that this one countersigns.
    pub countersigns: Option<EntryId>,
}

/// A decision of a doctor in training, which counts as proposed until a supervisor has signed a
/// decision that countersigns it. Slot `supervised/<assessment>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupervisedDecision {
    /// The assessment.
    pub assessment: ItemId,
    /// Who is asked to countersign.
    pub supervisor: StaffId,
    /// What was decided; its fields stand beside the others.
    #[serde(flatten)]
    pub decided: Decided,
}
