//! Backups: an encrypted copy under a key of its own, and a signed manifest.
//!
//! A backup is a folder of three files: the copy of the database, a copy of the key file, and the
//! manifest that names both by their hashes. It is built under a temporary name, read back, and
//! gets its name when all of it is on disk, so that a folder with a backup's name is a whole one.
//! The copy's key stands in the manifest twice: sealed under the data key of the installation, which
//! a passphrase and the keyring open, and sealed to the recovery sheet.

mod copy;
mod error;
mod folder;
mod key;
mod make;
mod notes;
mod opening;
mod retention;

pub use error::BackupError;
pub use folder::{Backup, backups_in, backups_of_any};
pub use make::BackupSource;
pub use notes::{BackupNote, BackupPlan};
pub use opening::OwnBackup;
pub use retention::{DAYS_KEPT, MONTHS_KEPT, MOST_KEPT, Made, WEEKS_KEPT, kept};

pub(crate) use copy::{Source, copy, counts, uri};
pub(crate) use key::CopyKey;
pub(crate) use opening::inside;
