use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Choice, Hit};

/// The referral form, typed or read from a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ReferralForm {
    /// As typed; may be empty.
    pub nhs_number: String,
    /// Family name.
    pub family: String,
    /// Given names; may be empty for a person with one name.
    pub given: String,
    /// Title.
    pub title: String,
    /// Preferred name.
    pub preferred: String,
    /// ISO date.
    pub born: String,
    /// male, female, other, not-known: how the person describes themself.
    pub gender: String,
    /// Telephone.
    pub phone: String,
    /// Address on one line.
    pub address: String,
    /// Communication and access needs.
    pub needs: String,
    /// GP practice.
    pub gp: String,
    /// Who refers.
    pub referrer: String,
    /// ISO date the referral was received; it starts the clock.
    pub received: String,
    /// Reason for referral.
    pub reason: String,
    /// Urgency the referrer asked for: routine, soon, urgent, or empty.
    pub asked_urgency: String,
    /// The letter's text, pasted.
    pub letter: String,
    /// Warning sign question id -> "present" or "not-stated". A letter can never say "absent".
    pub safety: std::collections::BTreeMap<String, String>,
    /// When it was taken and by whom, where it is written up later.
    pub late: super::LateEntry,
}

/// What the intake screen needs before anything is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IntakeStart {
    /// Empty form with today's date.
    pub form: ReferralForm,
    /// Warning signs that are asked of the letter.
    pub safety: Vec<Choice>,
    /// Genders.
    pub genders: Vec<Choice>,
    /// Urgencies a referrer can ask for.
    pub urgencies: Vec<Choice>,
}

/// The NHS number, checked as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NhsCheck {
    /// empty, incomplete, valid, invalid.
    pub state: String,
    /// 3-3-4 when valid.
    pub display: Option<String>,
    /// One sentence.
    pub words: String,
}

/// What checking the form found. Nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReferralCheck {
    /// People who may be the same; never merged by the program.
    pub already_known: Vec<Hit>,
    /// What is missing from a complete referral; saving is allowed all the same.
    pub missing: Vec<String>,
    /// Fields that are odd but possible: "Is 04-Mar-1931 right?".
    pub odd: Vec<String>,
}

/// Where a saved referral went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReferralSaved {
    /// Patient id, new or existing.
    pub patient: String,
    /// True when a new patient was made.
    pub new_patient: bool,
    /// What is still missing.
    pub missing: Vec<String>,
    /// Warning signs present in the letter, in words.
    pub warning_signs: Vec<String>,
    /// The emergency route of the most urgent of them, such as "ces": opens at once.
    pub route: Option<String>,
    /// HH:MM:SS of the save.
    pub saved_at: String,
}

/// One row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BadRow {
    /// Line in the file, counted from 1 with the heading line as 1.
    pub line: u32,
    /// Column heading.
    pub field: String,
    /// Why.
    pub reason: String,
}

/// One row that is good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GoodRow {
    /// Line in the file.
    pub line: u32,
    /// Name as in lists.
    pub name: String,
    /// People who may be the same.
    pub already_known: Vec<Hit>,
}

/// What a CSV file holds, before or after it went in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CsvReport {
    /// Rows that go in.
    pub good: Vec<GoodRow>,
    /// Rows that do not, each with line, field and reason. Nothing of them is imported.
    pub bad: Vec<BadRow>,
    /// Rows written by this call.
    pub imported: u32,
    /// Headings the file may have, in words.
    pub headings: Vec<String>,
}
