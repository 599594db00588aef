//! Letters, and other papers that left.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::{EntryId, ItemId};

/// A letter as it stands. Slot `letter/<letter>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The letter.
    pub letter: ItemId,
    /// The assessment.
    pub assessment: ItemId,
    /// The decision it tells of.
    pub decision: EntryId,
    /// gp, patient, hospital, hospice or discharge.
    pub to: String,
    /// Name and address, as they are to stand on the page.
    pub addressee: String,
    /// Parts in order.
    pub parts: Vec<LetterPart>,
}

/// One part of a letter.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPart {
    /// Part, by its id in the phrases.
    pub part: String,
    /// Its words.
    pub text: String,
    /// The entries that its facts were taken from.
    pub from: Vec<EntryId>,
}

/// That it is a part, and nothing of what it says.
impl fmt::Debug for LetterPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("part of a letter")
    }
}

/// A letter approved by its author, to leave. Slot `letter/<letter>/approved`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterApproved {
    /// The letter.
    pub letter: ItemId,
    /// The assessment.
    pub assessment: ItemId,
    /// Version, from 1.
    pub version: u32,
    /// The letter as it was approved: changed since, it is a draft again.
    pub head: EntryId,
    /// Copies to.
    pub copies: String,
}

/// A letter left. Appended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterSent {
    /// The letter.
    pub letter: ItemId,
    /// The assessment.
    pub assessment: ItemId,
    /// The version that left; 0 for a draft.
    pub version: u32,
    /// printed, saved or handed.
    pub how: String,
    /// To whom.
    pub to: String,
    /// Copies.
    pub copies: u8,
    /// In large print.
    pub large: bool,
}

/// A paper other than a plan or a letter was made. Appended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperMade {
    /// The assessment, where it is of one.
    pub assessment: Option<ItemId>,
    /// call-card, minutes or summary.
    pub what: String,
    /// printed or saved.
    pub how: String,
    /// Copies.
    pub copies: u8,
}
