use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{About, Choice};

/// A laptop that asked to join a service and waits for the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Joining {
    /// Who asked.
    pub name: String,
    /// What this laptop is called: eight digits.
    pub laptop: String,
    /// When, DD-Mmm-YYYY hh:mm.
    pub made: String,
    /// The six words of the request, to be read out.
    pub words: Vec<String>,
    /// The request as text to be pasted into a message.
    pub text: String,
    /// Where its file would be saved.
    pub folder: String,
    /// Version of the program and its intended use.
    pub about: About,
}

/// Who asks to join with this laptop.
#[derive(Clone, Default, Deserialize, TS)]
pub struct JoinForm {
    /// Full name.
    pub name: String,
    /// Passphrase on this laptop.
    pub passphrase: String,
    /// The same again.
    pub passphrase_again: String,
    /// False only when the person accepted to go without a keyring.
    pub use_keyring: bool,
    /// The person has read the intended-use statement.
    pub read_intended_use: bool,
}

/// The answer to this laptop's request.
#[derive(Clone, Default, Deserialize, TS)]
pub struct FinishJoiningForm {
    /// The path of the answer's file.
    pub answer: String,
    /// The six words of the service, as the administrator read them out.
    pub words: String,
    /// The passphrase that this laptop asked with.
    pub passphrase: String,
}

/// A file that was saved where a person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedFile {
    /// Its path.
    pub path: String,
}

/// Whose request it is, before anything is approved. Its six words are typed, not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RequestView {
    /// Who asks.
    pub name: String,
    /// What the laptop is called: eight digits.
    pub laptop: String,
    /// When, by its clock.
    pub made: String,
    /// It was approved before: approving again makes another answer.
    pub known: bool,
}

/// An administrator's approval of a request.
#[derive(Clone, Default, Deserialize, TS)]
pub struct ApproveForm {
    /// The path of the request's file, or its text.
    pub request: String,
    /// The request's six words, as the person who asks read them out.
    pub words: String,
    /// Role value.
    pub role: String,
    /// Ids of the sites the laptop is enrolled for, and the person works at.
    pub sites: Vec<String>,
    /// Id of the site where the laptop stands.
    pub home: String,
    /// Staff id of a colleague who asks with another laptop; empty for somebody new.
    pub colleague: String,
    /// The passphrase of whoever approves.
    pub own_passphrase: String,
    /// Where the answer is saved.
    pub folder: String,
}

/// A request that was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Approved {
    /// The path of the answer.
    pub path: String,
    /// The six words of the service, to be read out.
    pub words: Vec<String>,
    /// The laptops as they stand after it.
    pub screen: Laptops,
}

/// The laptops of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Laptops {
    /// Each laptop, those that stand first.
    pub laptops: Vec<LaptopRow>,
    /// The sites that may be chosen.
    pub sites: Vec<Choice>,
    /// The roles that may be given.
    pub roles: Vec<Choice>,
    /// Colleagues who may ask with another laptop.
    pub colleagues: Vec<Choice>,
    /// May enrol, change and end laptops.
    pub may_keep: bool,
    /// The six words of the service.
    pub words: Vec<String>,
    /// Where answers would be saved.
    pub folder: String,
}

/// One laptop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark or a button of its own"
)]
pub struct LaptopRow {
    /// Device id.
    pub id: String,
    /// What it is called: eight digits.
    pub short: String,
    /// Whose keys are on it, by name.
    pub people: String,
    /// Names of the sites it is enrolled for.
    pub sites: String,
    /// Ids of those sites.
    pub site_values: Vec<String>,
    /// "Enrolled 24-Nov-2026 10:20" or "Ended".
    pub words: String,
    /// It was ended.
    pub ended: bool,
    /// It is this laptop.
    pub here: bool,
    /// The person at work may change its sites.
    pub may_change: bool,
    /// The person at work may end it.
    pub may_end: bool,
}

/// Other sites for a laptop.
#[derive(Clone, Default, Deserialize, TS)]
pub struct LaptopForm {
    /// Site ids.
    pub sites: Vec<String>,
    /// The passphrase of whoever changes it.
    pub own_passphrase: String,
}

/// The end of a laptop.
#[derive(Clone, Default, Deserialize, TS)]
pub struct LaptopEndForm {
    /// left: out of use. lost: somebody else may have it.
    pub why: String,
    /// In words, for the audit.
    pub reason: String,
    /// The passphrase of whoever ends it.
    pub own_passphrase: String,
}
