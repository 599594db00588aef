use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Banner, Phrase};

/// A letter of an assessment's decision, to be written, approved and sent.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark or a button of its own"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LetterView {
    /// Assessment id.
    pub assessment: String,
    /// gp, patient, hospital, hospice or discharge.
    pub to: String,
    /// "To the GP".
    pub title: String,
    /// Banner.
    pub banner: Banner,
    /// Every kind of letter, with how far it is.
    pub kinds: Vec<LetterKind>,
    /// Version on paper, from 1.
    pub version: u32,
    /// Name and address, as they are to stand on the page.
    pub addressee: String,
    /// It is written for the person themselves: plain words, also in large print.
    pub for_patient: bool,
    /// Parts in order.
    pub parts: Vec<LetterPartView>,
    /// The decision it tells of, in words.
    pub decision: String,
    /// "Version 1, approved 24-Nov-2026 10:42 by Ama Osei"; none while it is a draft.
    pub approved: Option<String>,
    /// Something was written since it was approved, or its facts changed.
    pub changed_since_approved: bool,
    /// What has to be written before it can be approved.
    pub missing: Vec<String>,
    /// Why it may not leave, most important first; empty when it may.
    pub holds: Vec<String>,
    /// What left: "Version 1 printed 24-Nov-2026 10:43".
    pub sent: Vec<String>,
    /// File name without patient data.
    pub file_name: String,
    /// HH:MM:SS of the last save.
    pub saved_at: Option<String>,
    /// The person at work may write it.
    pub may_write: bool,
    /// And approve it.
    pub may_approve: bool,
    /// And send it.
    pub may_send: bool,
}

/// A kind of letter and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LetterKind {
    /// gp, patient, hospital, hospice or discharge.
    pub to: String,
    /// "To the GP".
    pub title: String,
    /// "Not written", "Draft", "Approved" or "Sent".
    pub state: String,
}

/// One part of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LetterPartView {
    /// Id.
    pub id: String,
    /// Heading as printed; empty for the first lines.
    pub title: String,
    /// What belongs here.
    pub hint: String,
    /// Text; each line is one paragraph or list item.
    pub text: String,
    /// Phrases to add with one press, with their source.
    pub phrases: Vec<Phrase>,
    /// Reading age in words, in letters to the person, while there are enough words.
    pub reading_age: Option<String>,
    /// Filled in from the record, and nobody has changed it.
    pub drafted: bool,
    /// The letter is not approved without it.
    pub needed: bool,
    /// The entries its facts were taken from.
    pub sources: Vec<LetterSource>,
    /// The facts have changed since it was written.
    pub changed: bool,
    /// What the facts say now; empty where nothing is filled in.
    pub fresh: String,
}

/// An entry that a fact was taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LetterSource {
    /// What it says.
    pub words: String,
    /// "24-Nov-2026 10:20, A. Osei".
    pub who: String,
}

/// How a letter is approved.
#[derive(Clone, Default, Deserialize, TS)]
pub struct ApproveLetterForm {
    /// Copies to.
    pub copies: String,
    /// PIN or passphrase again: who approves it is the person at work.
    pub passphrase: String,
}
