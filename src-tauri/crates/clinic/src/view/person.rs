use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Banner, Choice, Hit};

/// Who a patient is: details with their history, a death, other records of the same person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonView {
    /// The patient, by the leading record.
    pub patient: String,
    /// The banner.
    pub banner: Banner,
    /// Every detail, in the order of the form.
    pub details: Vec<DetailRow>,
    /// The death, if any is recorded, and what is said of it.
    pub death: DeathView,
    /// Other records of this person, shown together with this one.
    pub linked: Vec<LinkedRecord>,
    /// Records of which it is in conflict whether they are of this person.
    pub disputed: Vec<LinkedRecord>,
    /// People here who may be the same; offered, never chosen.
    pub suggested: Vec<Hit>,
    /// How it can be established that two records are of one person.
    pub grounds: Vec<Choice>,
    /// The erasure somebody asked for, if it waits for a second signature.
    pub erasure: Option<ErasureLine>,
    /// Legal grounds of an erasure.
    pub erasure_grounds: Vec<Choice>,
    /// This role changes details and records a death.
    pub may_change: bool,
    /// This role links records.
    pub may_link: bool,
    /// This role signs erasures.
    pub may_erase: bool,
}

/// One detail of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DetailRow {
    /// Which: family, given, ... as in the record.
    pub field: String,
    /// Its name.
    pub label: String,
    /// The value as it is edited; empty when it is not known.
    pub value: String,
    /// The value as it is read.
    pub words: String,
    /// Choices, where it is chosen from a list.
    pub choices: Vec<Choice>,
    /// It says who this is: a change needs a reason, and a conflict stops printing and signing.
    pub identifies: bool,
    /// Values that did not see each other; empty unless they differ.
    pub conflict: Vec<DetailValue>,
    /// Values that stand no more, newest first.
    pub before: Vec<DetailValue>,
}

/// One value that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DetailValue {
    /// The value as it is edited.
    pub value: String,
    /// The value as it is read.
    pub words: String,
    /// Who wrote it, and when: "Ama Osei, 24-Nov-2026 10:20".
    pub who: String,
    /// Why it replaced the one before, if anybody said.
    pub reason: Option<String>,
}

/// Changes to details.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct DetailsForm {
    /// Field -> new value, of those that change.
    pub fields: BTreeMap<String, String>,
    /// What stood there was wrong, rather than having changed.
    pub corrects: bool,
    /// Why.
    pub reason: String,
}

/// What is recorded of a death.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DeathView {
    /// "Died 20-Nov-2026", if that stands.
    pub words: Option<String>,
    /// What is said differs and has to be settled.
    pub conflict: bool,
    /// What stands now, one line for each.
    pub said: Vec<DetailValue>,
    /// What was said before, newest first.
    pub before: Vec<DetailValue>,
    /// Who may have told.
    pub sources: Vec<Choice>,
    /// What is still open about somebody who has died, in sentences.
    pub left: Vec<String>,
}

/// A death, or that it was recorded in error.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct DeathForm {
    /// The person has died; false takes back what was recorded.
    pub died: bool,
    /// `2026-11-20`, `2026-11`, `2026`, or empty.
    pub date: String,
    /// Who told.
    pub source: String,
    /// More of it.
    pub note: String,
    /// Why, where something is recorded already.
    pub reason: String,
}

/// Another record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LinkedRecord {
    /// The record's id.
    pub patient: String,
    /// `FAMILY, Given (Title)` as that record alone has it.
    pub name: String,
    /// Born, in words.
    pub born: String,
    /// NHS number in words.
    pub nhs_number: String,
    /// The person is found under this one.
    pub leads: bool,
    /// How it was established, by whom and when.
    pub who: String,
}

/// An erasure: asked for, or done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ErasureLine {
    /// The entry that asked for it.
    pub asked: String,
    /// The patient's record, by its random id.
    pub patient: String,
    /// Whom it is about, while that can still be read; else the first digits of the record's id.
    pub whom: String,
    /// The legal ground, in words.
    pub ground: String,
    /// Where the paper is filed.
    pub reference: String,
    /// Who asked and when.
    pub asked_by: String,
    /// Who confirmed and when, once somebody did.
    pub confirmed_by: Option<String>,
    /// The person at work may confirm it: another than the one who asked, in a role that may.
    pub may_confirm: bool,
}

/// Every erasure of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ErasuresView {
    /// Waiting for a second signature.
    pub asked: Vec<ErasureLine>,
    /// Done.
    pub done: Vec<ErasureLine>,
    /// This role signs erasures.
    pub may_erase: bool,
}

/// The first signature of an erasure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct ErasureForm {
    /// The legal ground.
    pub ground: String,
    /// Where the paper is filed.
    pub reference: String,
    /// The passphrase again.
    pub passphrase: String,
}
