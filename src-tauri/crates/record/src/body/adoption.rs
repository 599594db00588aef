//! What two people take into use, and one takes out of it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What may be adopted. One word on the wire; a word of a newer version is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Adoptable {
    /// A ruleset.
    Ruleset,
    /// A table of oral morphine equivalence.
    MedicinesTable,
    /// The wording of an instrument.
    InstrumentPack,
    /// A word of a newer version.
    Other(String),
}

impl Adoptable {
    /// The word on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Ruleset => "ruleset",
            Self::MedicinesTable => "medicines-table",
            Self::InstrumentPack => "instrument-pack",
            Self::Other(word) => word,
        }
    }
}

impl From<String> for Adoptable {
    fn from(word: String) -> Self {
        match word.as_str() {
            "ruleset" => Self::Ruleset,
            "medicines-table" => Self::MedicinesTable,
            "instrument-pack" => Self::InstrumentPack,
            _ => Self::Other(word),
        }
    }
}

impl From<Adoptable> for String {
    fn from(what: Adoptable) -> Self {
        what.as_str().to_owned()
    }
}

impl fmt::Display for Adoptable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A file that may be adopted, so that every device of the service has it to the byte, whatever
/// comes with the program. Slot `offered/<what>/<digest>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// What it is.
    pub what: Adoptable,
    /// Its name and version.
    pub name: String,
    /// BLAKE3 of the text, hexadecimal.
    pub digest: String,
    /// The whole file.
    pub text: String,
}

/// One person's yes to one content. Signed. Slot `adopted/<what>` for a ruleset, else
/// `adopted/<what>/<id>`; see [`crate::adoption`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adoption {
    /// What is adopted.
    pub what: Adoptable,
    /// Its name and version, as it was shown.
    pub name: String,
    /// The digest of the content, hexadecimal. One byte more is another content.
    pub digest: String,
    /// The digest of the review that the signer had read, hexadecimal.
    pub review: String,
    /// The statement of intended use under which the signature was given, word for word.
    pub statement: String,
}

/// An adoption taken back, at once and by one person. Signed. In the slot of the adoption.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// What is withdrawn.
    pub what: Adoptable,
    /// Its name and version.
    pub name: String,
    /// The digest of the content, hexadecimal.
    pub digest: String,
    /// Why.
    pub reason: String,
}
