use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Choice;

/// What may be chosen for a transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TransferView {
    /// Name of the site that keeps the record.
    pub from: String,
    /// The sites it may be transferred to.
    pub sites: Vec<Choice>,
    /// Why.
    pub grounds: Vec<Choice>,
}

/// A transfer to another site.
#[derive(Clone, Default, Deserialize, TS)]
pub struct TransferForm {
    /// Site id.
    pub to: String,
    /// Value of the grounds.
    pub grounds: String,
    /// Who at the other site was told.
    pub told: String,
    /// What they have to know.
    pub note: String,
}

/// A patient who was transferred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Transferred {
    /// Where they are now, in one sentence.
    pub words: String,
}
