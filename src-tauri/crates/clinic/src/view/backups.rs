use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{About, RecoverySheetView, StaffTile};

/// Backups, as the settings show them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Backups {
    /// The folder they go to; empty until one is chosen.
    pub place: String,
    /// When the last one was made, in words.
    pub last: String,
    /// When the next one is made, in words.
    pub next: String,
    /// What is wrong, in words: shown on the worklist too.
    pub warning: Option<String>,
    /// What else is worth knowing of the place, in words.
    pub note: Option<String>,
    /// Which backups are kept, in words.
    pub rule: String,
    /// What is being done just now, in words. Ask again in a moment.
    pub running: Option<String>,
    /// What the last backup or test found.
    pub said: Option<BackupSaid>,
    /// The newest first.
    pub rows: Vec<BackupRow>,
    /// Whether this person may change, make and test.
    pub may_keep: bool,
}

/// An answer in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BackupSaid {
    /// Nothing is wrong.
    pub fine: bool,
    /// What was checked and found.
    pub words: String,
}

/// One backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BackupRow {
    /// Its id, for testing it.
    pub id: String,
    /// When it was made.
    pub made: String,
    /// Where it was put.
    pub folder: String,
    /// What its last check found.
    pub tested: BackupSaid,
}

/// Backups in a folder, as the door shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FoundBackups {
    /// The newest first.
    pub backups: Vec<FoundBackup>,
    /// What else was found, in words: folders that look like a backup and are none.
    pub note: Option<String>,
    /// A record is here: it is moved aside and never overwritten.
    pub record_here: bool,
    /// The program and the passphrase's rules.
    pub about: About,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FoundBackup {
    /// Its folder, to be sent back.
    pub folder: String,
    /// When, of which service and site, and how much.
    pub words: String,
    /// Who could unlock it.
    pub staff: Vec<StaffTile>,
    /// Only the recovery sheet opens it: it holds no passphrase.
    pub only_sheet: bool,
}

/// The form that restores a backup.
#[derive(Clone, Default, Deserialize, TS)]
pub struct RestoreForm {
    /// The backup's folder.
    pub folder: String,
    /// Whose account to open.
    pub staff: String,
    /// With the recovery sheet rather than with a passphrase.
    pub with_sheet: bool,
    /// The sheet's code; empty without it.
    pub code: String,
    /// The passphrase of the day of the backup, or the new one where the sheet is used.
    pub passphrase: String,
    /// The new one again; empty without the sheet.
    pub passphrase_again: String,
    /// Whether to keep the device secret in the keyring from now on.
    pub use_keyring: bool,
    /// Move the record that is here aside.
    pub move_aside: bool,
}

/// What a restore came to.
#[derive(Clone, Serialize, TS)]
pub struct RestoreDone {
    /// What is here again, and where the record from before stands.
    pub words: String,
    /// The service's six words: on a new computer they are compared with the sheet.
    pub six_words: String,
    /// The new sheet, where the old one was used.
    pub sheet: Option<RecoverySheetView>,
}
