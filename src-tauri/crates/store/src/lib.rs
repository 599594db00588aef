//! The encrypted file and the keys that open it.
//!
//! Purpose: keep what a device has written, durably and unreadable without a
//! key, and open it for a named member of staff. Two halves:
//!
//! * the **keys**: [`look`], [`set_up`], [`unlock`], [`recover`], and the small
//!   file beside the database that holds each person's wrap of the data key; for a
//!   laptop that joins a service, [`begin_joining`] and [`join`];
//! * the **journal**: [`Store`], the envelopes as they were written, and what is
//!   derived from them (search, worklist rows), plus drafts and local settings.
//!
//! Terms. The *data key* encrypts the database file. The *device secret* stands
//! in the operating system's keyring. A *wrap* is a key sealed under
//! `HKDF(Argon2id(passphrase) || device secret)`. The *recovery sheet* is a
//! private key on paper.
//!
//! What may not enter: clinical rules, the meaning of an entry's body, roles'
//! permissions, the network, the wall clock and the random generator (time and
//! randomness are arguments). Errors, logs and file names carry no patient data.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod arrivals;
mod aside;
mod attempts;
mod audit_rows;
mod backup;
mod blank;
mod blobs;
mod boxed;
mod bundle_keys;
mod chain;
mod colleague;
mod content_keys;
mod data_key;
mod database;
mod deposit;
mod door;
mod drafts;
mod drill;
mod erasing;
mod error;
mod holders;
mod identity;
mod installation;
mod join;
mod joining;
mod journal;
mod key_file;
mod leave;
mod lists;
mod migrations;
mod opened;
mod opener;
mod owed;
mod passphrase;
mod place;
mod projections;
mod recovery;
mod rekey;
mod restore;
mod scope_keys;
mod seal;
mod search;
mod secrets;
mod set_up;
mod settings;
mod sheet;
mod sitting;
mod staff;
mod store;
mod streams;
mod stretch;
mod summaries;
mod system_keyring;
#[cfg(test)]
mod tests;
mod tries;
mod unlock;
mod whole;
mod wire_text;

pub use arrivals::Heard;
pub use aside::put_back;
pub use attempts::{FREE_ATTEMPTS, LONGEST_WAIT_SECONDS, SHORTEST_WAIT_SECONDS};
pub use audit_rows::{AuditFilter, AuditRow};
pub use backup::{
    Backup, BackupError, BackupNote, BackupPlan, BackupSource, DAYS_KEPT, MONTHS_KEPT, MOST_KEPT,
    Made, OwnBackup, WEEKS_KEPT, backups_in, backups_of_any, kept,
};
pub use blank::{BlankRecovery, recover_on_blank};
pub use blobs::{BlobOn, BlobState, BlobThere, Piece, ToSend, Wanted};
pub use bundle_keys::seal_bundle_key;
pub use chain::{ChainFault, ChainReport};
pub use content_keys::{KeyHolder, StoredKey};
pub use data_key::Entropy;
pub use deposit::{Deposit, DepositOf, LeftBehind, LeftStaff, open_deposit, sheet_lookup};
pub use door::{Door, Presence, RecoveryReason, StaffTile, look};
pub use drafts::{Draft, DraftRef};
pub use drill::{SheetState, SheetTrial};
pub use error::{KeysError, StoreError, UnlockError};
pub use identity::{Identity, SiteKind};
pub use join::{Join, join};
pub use joining::{JoiningKeys, NewJoining, begin_joining, give_up_joining, joining, open_joining};
pub use journal::Derived;
pub use key_file::KeyringUse;
pub use leave::{LEAVE_LASTS, Leave};
pub use lists::{List, Rows};
pub use migrations::KNOWN as TABLES;
pub use opened::Opened;
pub use passphrase::{
    LEAST_CHARACTERS, LEAST_CHARACTERS_WITHOUT_KEYRING, PassphraseError, Strength,
    check_passphrase, strength,
};
pub use place::Place;
pub use projections::TableDigest;
pub use recovery::{Recovery, recover};
pub use restore::{RestoreWith, Restored, record_there, restore};
pub use scope_keys::seal_epoch_key;
pub use search::{Asked, COUNTED, People, Way};
pub use secrets::{DeviceSecret, DeviceSecrets, SecretsError};
pub use set_up::{SetUp, set_up, take_back_set_up};
pub use sheet::{RecoverySheet, SheetError};
pub use staff::{NewStaff, StaffPublic};
pub use store::Store;
pub use streams::Delivery;
pub use stretch::Stretch;
pub use summaries::{KnownBy, LEAST_DIGITS, Likeness, Standing, Summary};
pub use system_keyring::SystemKeyring;
pub use tries::{FailedTry, TriedWith};
pub use unlock::unlock;
