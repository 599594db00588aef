//! A second clinician's view of a case: asked for, given, and settled where it differs.

use serde::{Deserialize, Serialize};

use crate::id::{EntryId, ItemId, StaffId};

/// A second opinion is asked for. Slot `opinion/<opinion>/asked`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionAsked {
    /// The opinion.
    pub opinion: ItemId,
    /// The assessment.
    pub assessment: ItemId,
    /// The person asked; none where a role is.
    pub of_staff: Option<StaffId>,
    /// The role asked, by its name; empty where a person is.
    pub of_role: String,
    /// ISO date by which the answer is wanted.
    pub by: String,
    /// Question chosen from the list, by its value.
    pub question: String,
    /// Question in words.
    pub text: String,
    /// What was decided stays hidden from whoever answers until they have.
    pub blind: bool,
    /// Who wished for it: clinician, rules, patient or referrer.
    pub wished: String,
    /// The decision it is about; none where nobody had decided.
    pub on: Option<EntryId>,
    /// Who settles it where the two differ.
    pub settles: Option<StaffId>,
    /// Why it is no longer asked for; empty while it is.
    pub withdrawn: String,
}

/// A second opinion, signed. Slot `opinion/<opinion>/given/<staff>`: nobody replaces the words of
/// another.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// The opinion.
    pub opinion: ItemId,
    /// The assessment.
    pub assessment: ItemId,
    /// agree, agree-with-change or disagree; empty where it was given blind, and is worked out.
    pub agrees: String,
    /// Disposition code, D01 to D19.
    pub lead: String,
    /// Urgency.
    pub urgency: String,
    /// Strands.
    pub strands: Vec<String>,
    /// What would be changed, in words.
    pub change: String,
    /// Why, in words.
    pub reason: String,
    /// It was given without having seen what had been decided.
    pub blind: bool,
    /// The decision it was given on; none where it was blind or nobody had decided.
    pub on: Option<EntryId>,
    /// Ruleset in words, such as "uk-community-pain 2026.1 DRAFT".
    pub ruleset: String,
}

/// How two views that differ were settled. It stands before the decision that settles them, in one
/// envelope with it. Slot `opinion/<opinion>/settled`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionSettled {
    /// The opinion.
    pub opinion: ItemId,
    /// The assessment.
    pub assessment: ItemId,
    /// first, second or other.
    pub how: String,
    /// Why, in words.
    pub words: String,
}
