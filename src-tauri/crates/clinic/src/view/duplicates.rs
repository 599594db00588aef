use serde::Serialize;
use ts_rs::TS;

use super::Choice;

/// Records of two sites that may be of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Duplicates {
    /// This laptop stands at the hub. Anywhere else nothing is compared, and no pair says nothing.
    pub at_hub: bool,
    /// Pairs that nobody has spoken on yet.
    pub pairs: Vec<DuplicatePair>,
    /// How it may have been established that they are one person, or two.
    pub grounds: Vec<Choice>,
    /// The person at work may say so.
    pub may_link: bool,
}

/// Two records side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DuplicatePair {
    /// What tells it from the others.
    pub id: String,
    /// Why they are thought to be of one person.
    pub why: String,
    /// Patient id of the record on the left.
    pub one: String,
    /// Patient id of the record on the right.
    pub other: String,
    /// Name on the left, as in lists.
    pub one_name: String,
    /// Name on the right.
    pub other_name: String,
    /// What identifies the two, line by line.
    pub rows: Vec<CompareRow>,
}

/// One thing that identifies somebody, as each of two records says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CompareRow {
    /// What it is.
    pub label: String,
    /// On the left.
    pub one: String,
    /// On the right.
    pub other: String,
    /// They differ.
    pub differs: bool,
}
