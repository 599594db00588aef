use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Choice;

/// The documents of a patient's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DocumentsView {
    /// Whether this person may attach one.
    pub may_attach: bool,
    /// What a document may be.
    pub kinds: Vec<Choice>,
    /// The most bytes of one.
    #[ts(type = "number")]
    pub largest: u64,
    /// The newest first.
    pub rows: Vec<DocumentRow>,
}

/// One document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DocumentRow {
    /// Its id, to be sent back.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is, its form and its size: "Referral letter, PDF, 2.1 MB".
    pub what: String,
    /// Who attached it and when.
    pub who: String,
    /// Where it is, in words.
    pub place: String,
    /// It is here and nowhere else, which somebody should know.
    pub only_here: bool,
    /// It is here, and the window can show it.
    pub can_open: bool,
    /// It is here, so a copy can be saved.
    pub can_save: bool,
    /// It is not here and can be fetched: what that takes, in words.
    pub fetch: Option<String>,
}

/// What a document is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct DocumentForm {
    /// One of the kinds.
    pub what: String,
    /// What it says on the list.
    pub title: String,
    /// Bytes of the whole file, all of which were brought.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// How much of a document was brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DocumentBrought {
    /// Bytes so far.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// A document that may be read now, piece by piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DocumentOpened {
    /// Its title.
    pub title: String,
    /// Its media type.
    pub media: String,
    /// Bytes of all of it.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// A piece of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DocumentPiece {
    /// Base64.
    pub piece: String,
    /// Where the next one begins; none after the last.
    pub next: Option<u32>,
}

/// A copy that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedDocument {
    /// Full path.
    pub path: String,
    /// What was done, and that anybody can read it.
    pub words: String,
}
