//! How far a clinical number has been checked.

use serde::{Deserialize, Serialize};

/// The confidence in a number or a rule, carried wherever the number goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mark {
    /// Read in the issuing body's own page or paper.
    V,
    /// Read in a secondary copy; to be checked against the original.
    V2,
    /// From memory; a clinician must tick it before live use.
    M,
    /// A design decision, for the service's clinical safety officer.
    D,
}

impl Mark {
    /// The mark in words for a screen or a page.
    pub fn words(self) -> &'static str {
        match self {
            Self::V => "read at the source",
            Self::V2 => "read in a secondary copy",
            Self::M => "not yet checked at the source",
            Self::D => "a decision for the service",
        }
    }
}
