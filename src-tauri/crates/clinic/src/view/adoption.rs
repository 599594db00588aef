use serde::Serialize;
use ts_rs::TS;

use super::Comparison;

/// Every content that can be adopted here, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Adoptions {
    /// Rulesets, then medicines tables, then instrument packs.
    pub contents: Vec<ContentView>,
    /// This person may sign for one.
    pub may_adopt: bool,
    /// This person may withdraw one alone.
    pub may_withdraw: bool,
    /// The statement that is signed with it.
    pub statement: String,
    /// A service that is not the demo clinic.
    pub live: bool,
}

/// How a content stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ContentState {
    /// Nobody has signed.
    Draft,
    /// One of two has.
    Half,
    /// Adopted.
    InUse,
    /// Two were adopted by people who did not see each other.
    Unsettled,
    /// Adopted once, and another took its place.
    Replaced,
    /// Withdrawn.
    Withdrawn,
}

/// One content and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ContentView {
    /// ruleset, medicines-table or instrument-pack.
    pub what: String,
    /// Which of its sort.
    pub id: String,
    /// Name and version.
    pub name: String,
    /// What it is for.
    pub title: String,
    /// Its whole digest.
    pub digest: String,
    /// The first eight digits, in fours.
    pub digest_short: String,
    /// How it stands.
    pub state: ContentState,
    /// The same in words, with who and when.
    pub status: String,
    /// This person may sign for it now.
    pub may_adopt: bool,
    /// Why not, whoever it is.
    pub why_not: Option<String>,
    /// This person may withdraw it now.
    pub may_withdraw: bool,
}

/// What is read before signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ContentReview {
    /// The content.
    pub content: ContentView,
    /// What is in a table or a pack, line by line.
    pub words: Vec<String>,
    /// For a ruleset: the proof and who would move.
    pub comparison: Option<Comparison>,
}

/// The cases that a content bears on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CasesUnder {
    /// How many, in one sentence.
    pub words: String,
    /// Decided under it: to be looked at again once it is withdrawn.
    pub decided: Vec<AffectedCase>,
    /// Open: what changes when it is withdrawn.
    pub open: Vec<AffectedCase>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AffectedCase {
    /// Patient id.
    pub patient: String,
    /// Name as in lists.
    pub name: String,
    /// Where the case stands.
    pub note: String,
    /// What changes, or when it was decided.
    pub why: String,
}
