use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Labelled;

/// When something happened and who did it, where it is written up after a downtime. All empty: as
/// it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct LateEntry {
    /// ISO date.
    pub on: String,
    /// HH:MM.
    pub at: String,
    /// Name of who did it; empty: the person at the desk.
    pub by: String,
}

/// Values that did not see each other, until a clinician settles them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConflictView {
    /// Names the conflict as it is now.
    pub id: String,
    /// What it is about, in a few words.
    pub what: String,
    /// What holds until it is settled.
    pub holds: String,
    /// The values, each with who, when and where.
    pub versions: Vec<ConflictVersion>,
    /// one, all-or-one, sign: one holds; all hold or one does; only a new signature settles it.
    pub settle: String,
    /// This person may settle it.
    pub may_settle: bool,
}

/// One of the values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConflictVersion {
    /// Entry id.
    pub entry: String,
    /// The value in words.
    pub words: String,
    /// "This laptop", or the site of the other one.
    pub place: String,
    /// Who wrote it and when; when it happened, where it was typed later.
    pub who: String,
    /// What it says where the versions differ, field by field; a field it does not have is left out.
    pub differs: Vec<Labelled>,
    /// Why it was changed, if somebody said so.
    pub reason: Option<String>,
}

/// Settles a conflict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct SettleForm {
    /// The conflict as it was seen.
    pub conflict: String,
    /// Entries that hold.
    pub holds: Vec<String>,
    /// Why.
    pub reason: String,
}

/// Takes entries that were made on the wrong patient to the right one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct MoveForm {
    /// One entry, or empty.
    pub entry: String,
    /// A whole assessment with everything in it, or empty.
    pub assessment: String,
    /// The right patient.
    pub to: String,
    /// Name checked against what the entries are about.
    pub name_checked: bool,
    /// The right patient's date of birth as it was checked, ISO.
    pub born: String,
    /// Why.
    pub reason: String,
}
