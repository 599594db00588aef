//! Who did what: the audit trail.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::{PatientId, StaffId};

/// What a person did that others may ask about. Appended in the audit scope.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// What was done.
    pub action: Action,
    /// The patient, where there is one.
    pub patient: Option<PatientId>,
    /// Whose account it concerns, where that is another than the author's: the one that could not
    /// be unlocked, the colleague whose role was changed.
    pub staff: Option<StaffId>,
    /// What else is worth knowing, without clinical content: "plan", "3 referrals".
    pub note: String,
    /// Why, in the person's own words, where they had to say so; else empty.
    pub reason: String,
}

macro_rules! actions {
    ($($(#[$words:meta])* $name:ident = $wire:literal),* $(,)?) => {
        /// What was done. One word on the wire; a word this version does not know is kept as it
        /// is and shown as such.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum Action {
            $($(#[$words])* $name,)*
            /// A word of a newer version.
            Other(String),
        }

        impl Action {
            /// Every action this version writes.
            pub const KNOWN: &[Self] = &[$(Self::$name),*];

            /// The word on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$name => $wire,)*
                    Self::Other(word) => word,
                }
            }
        }

        impl From<String> for Action {
            fn from(word: String) -> Self {
                match word.as_str() {
                    $($wire => Self::$name,)*
                    _ => Self::Other(word),
                }
            }
        }
    };
}

actions! {
    /// A patient's record was opened. Once for each sitting of a staff member with a patient.
    Viewed = "viewed",
    /// Lists of patients were on the screen: the worklist, a search. Once for each sitting.
    Listed = "listed",
    /// Entries were written. In the same transaction as they.
    Changed = "changed",
    /// Entries were written of which a person signed one.
    Signed = "signed",
    /// Something went to a printer.
    Printed = "printed",
    /// Something was saved as a file where a person chose.
    Exported = "exported",
    /// Something was read in from a file.
    Imported = "imported",
    /// What is kept from a person was opened all the same, with a reason.
    BreakGlass = "break-glass",
    /// Restricted notes were read.
    RestrictedOpened = "restricted-opened",
    /// A wrong passphrase, PIN or recovery sheet at the door.
    FailedUnlock = "failed-unlock",
    /// A wrong passphrase or PIN where it was asked for again, within a sitting.
    WrongPassphrase = "wrong-passphrase",
    /// The record was opened.
    Unlocked = "unlocked",
    /// The record was closed.
    Locked = "locked",
    /// The record was opened with the recovery sheet.
    Recovered = "recovered",
    /// Passphrases, PINs, sheets or keys were changed.
    KeysChanged = "keys-changed",
    /// Somebody was certified, or their role, sites or end date changed, or they were revoked.
    StaffChanged = "staff-changed",
    /// Cases and tasks were handed over.
    HandedOver = "handed-over",
    /// Entries were moved to the right patient.
    Moved = "moved",
    /// Two records of one person were linked.
    Merged = "merged",
    /// Such a link was undone.
    Unmerged = "unmerged",
    /// One of the two signatures that erase.
    Erased = "erased",
    /// One of the two signatures that adopt a ruleset, a medicines table or an instrument pack.
    Adopted = "adopted",
    /// What was adopted was withdrawn.
    Withdrawn = "withdrawn",
    /// Another ruleset was tried against the open cases.
    RulesTried = "rules-tried",
    /// A backup was made.
    BackedUp = "backed-up",
    /// A backup was opened and checked.
    BackupTested = "backup-tested",
    /// The record was restored from a backup.
    Restored = "restored",
    /// Another computer was found to have gone on with a copy of this laptop's record.
    CopyFound = "copy-found",
    /// Every envelope was checked against its signature and its place.
    ChainChecked = "chain-checked",
    /// The audit trail itself was opened.
    AuditOpened = "audit-opened",
}

impl From<Action> for String {
    fn from(action: Action) -> Self {
        action.as_str().to_owned()
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Action;

    #[test]
    fn an_action_of_a_newer_version_is_kept_word_for_word() {
        let action = Action::from("teleported".to_owned());
        assert_eq!(action, Action::Other("teleported".into()));
        assert_eq!(String::from(action), "teleported");
    }

    #[test]
    fn every_action_has_a_word_of_its_own_and_is_read_back_from_it() {
        let words: BTreeSet<&str> = Action::KNOWN.iter().map(Action::as_str).collect();
        assert_eq!(words.len(), Action::KNOWN.len());
        for action in Action::KNOWN {
            assert_eq!(&Action::from(action.as_str().to_owned()), action);
        }
    }
}
