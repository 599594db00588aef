use std::path::Path;

use crate::{PassphraseError, SecretsError, SheetError};

/// What went wrong with the folder, the database or the key file. Each sentence
/// is for the person at the laptop and says what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another window of Felloe holds the folder.
    #[error(
        "Felloe is already open on this computer. Use the window that is open, or close it first."
    )]
    AlreadyOpen,
    /// A page's integrity check failed.
    #[error(
        "The file with the records is damaged. Do not write in it. Restore the last backup, and keep the damaged file for whoever helps you."
    )]
    Damaged,
    /// The key does not fit the database: not its file, or the first page is damaged.
    #[error(
        "The file with the records does not open with its key: it is damaged or belongs to another laptop. Restore the last backup."
    )]
    NotThisKey,
    /// Written by a newer version of Felloe.
    #[error(
        "The records were last opened by a newer Felloe (file version {found}, this one knows {known}). Update Felloe and open them again."
    )]
    Newer {
        /// Version found in the file.
        found: i64,
        /// Newest version this program can open.
        known: i64,
    },
    /// The database is missing beside its keys.
    #[error(
        "The file with the records (felloe.db) is missing from its folder. Restore it from a backup; do not set Felloe up again."
    )]
    DatabaseMissing,
    /// A restore moved the record aside and was cut short before another stood in its place.
    #[error(
        "A restore was cut short. The record that was on this laptop is whole: it was moved aside. Put it back, or restore the backup again."
    )]
    LeftAside,
    /// Neither the key file nor its copy can be read.
    #[error(
        "The files with the keys (felloe.keys and felloe.recovery) are missing or damaged. Restore them from a backup, or open the service on a new laptop with the recovery sheet."
    )]
    KeysLost,
    /// The key file belongs to another database.
    #[error(
        "The keys and the records in this folder belong to different laptops. Restore both from the same backup."
    )]
    Mixed,
    /// The file in which a request to join waits for its answer cannot be read.
    #[error(
        "The request with which this laptop asked to join (felloe.joining) cannot be read. Give it up and make a new one; nothing else was in it."
    )]
    JoiningUnreadable,
    /// The key file names a public key that Felloe did not put there.
    #[error(
        "The file with the keys (felloe.keys) was changed by something other than Felloe. Nothing was given to the key in it. Put the file back from a backup, and tell whoever looks after the service."
    )]
    KeysTampered,
    /// An envelope of another service.
    #[error("This record belongs to another service and was not kept. Check where it came from.")]
    OtherService,
    /// An envelope that does not follow the last one of its stream.
    #[error("A record arrived out of order and was not kept. Nothing was lost; send it again.")]
    OutOfPlace,
    /// The signed order of the journal does not match its content.
    #[error("Part of the record cannot be read: {0}. Restore the last backup.")]
    Unreadable(#[from] record::envelope::Error),
    /// A value that should be in the database is not of the expected form.
    #[error(
        "A value in the file with the records has the wrong form ({0}). Restore the last backup."
    )]
    Malformed(&'static str),
    /// Work that nobody was at was stopped: the leave to hold the data key had ended.
    #[error(
        "Felloe was sealed before this was finished, and stopped it. Nothing was lost; it is done again when somebody is at work."
    )]
    Stopped,
    /// The disk is full.
    #[error("The disk is full, so nothing more can be saved. Free some space, then try again.")]
    DiskFull,
    /// The disk, the folder or the file can only be read.
    #[error(
        "The disk with the records can only be read, so nothing can be saved. Ask whoever looks after this computer to make it writable, then try again."
    )]
    ReadOnly,
    /// The disk did not take or give what it was asked for.
    #[error(
        "The disk with the records gave an error (code {0}). Check that it is connected and has space, then try again. If it returns, close Felloe, replace the disk and restore the last backup."
    )]
    DiskFault(i32),
    /// The database took back what was not yet complete.
    #[error(
        "The disk failed while this was being saved, and all of it was taken back. Check that the disk is connected and has space, then try again."
    )]
    TakenBack,
    /// The operating system refused a file operation.
    #[error(
        "The folder of Felloe cannot be used ({0}). Check that this account may write there, then try again."
    )]
    Folder(std::io::ErrorKind),
    /// Any other answer of the database.
    #[error(
        "The file with the records gave an error (code {0}). Close Felloe and open it again; if it returns, restore the last backup."
    )]
    Database(i32),
}

impl StoreError {
    /// Whether the disk is the reason: what was asked is not saved, and can be once the disk can.
    pub fn is_of_disk(&self) -> bool {
        matches!(
            self,
            Self::DiskFull | Self::ReadOnly | Self::DiskFault(_) | Self::TakenBack
        )
    }
}

impl StoreError {
    /// The number of an error that is the disk's own.
    pub(crate) fn of_number(error: &std::io::Error) -> Option<i32> {
        error.raw_os_error().filter(|code| is_fault(*code))
    }

    /// The database says only that the disk failed. Whether that is because it is full or can only
    /// be read is found by trying to write beside it, so that the person is told what to do.
    #[must_use]
    pub(crate) fn looked_into(self, database: &Path) -> Self {
        let Self::DiskFault(_) = self else {
            return self;
        };
        let beside = database.with_extension("probe");
        let tried = std::fs::write(&beside, [0; 4096]);
        let _ = std::fs::remove_file(&beside);
        match tried.map_err(Self::from) {
            Err(found @ (Self::DiskFull | Self::ReadOnly)) => found,
            Err(Self::Folder(std::io::ErrorKind::PermissionDenied)) => Self::ReadOnly,
            _ => self,
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            std::io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            // What has no kind of its own is an error of the disk; its number tells which.
            kind => match Self::of_number(&error) {
                Some(code) => Self::DiskFault(code),
                None => Self::Folder(kind),
            },
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    // The message of an SQLite error may quote values, so only its code is kept.
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DatabaseCorrupt => Self::Damaged,
                ErrorCode::NotADatabase => Self::NotThisKey,
                ErrorCode::DiskFull => Self::DiskFull,
                ErrorCode::OperationInterrupted => Self::Stopped,
                ErrorCode::ReadOnly => Self::ReadOnly,
                ErrorCode::SystemIoFailure => of_io(failure.extended_code),
                ErrorCode::CannotOpen => Self::DiskFault(failure.extended_code),
                _ => Self::Database(failure.extended_code),
            },
            rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::ToSqlConversionFailure(_) => Self::Malformed("column"),
            _ => Self::Database(0),
        }
    }
}

/// Input/output error, in the numbers of the operating systems: `EIO` on Unix, `ERROR_CRC` and
/// `ERROR_IO_DEVICE` on Windows.
fn is_fault(code: i32) -> bool {
    if cfg!(windows) {
        code == 23 || code == 1117
    } else {
        code == 5
    }
}

/// What an I/O error of the database is to a person.
fn of_io(extended: i32) -> StoreError {
    match extended {
        // A page that is cut short was not written so: the file is.
        rusqlite::ffi::SQLITE_IOERR_SHORT_READ | rusqlite::ffi::SQLITE_IOERR_CORRUPTFS => {
            StoreError::Damaged
        }
        code => StoreError::DiskFault(code),
    }
}

/// Why a person could not unlock.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UnlockError {
    /// Wrong passphrase; how long until the next try.
    #[error("That passphrase is not right. {}", next_try(*.wait_seconds))]
    WrongPassphrase {
        /// Seconds until another try is judged; 0 when at once.
        wait_seconds: u64,
        /// Failed tries in a row, this one included.
        failed: u32,
    },
    /// Too many tries; the passphrase was not looked at.
    #[error("Too many wrong passphrases. {}", next_try(*.wait_seconds))]
    Wait {
        /// Seconds until another try is judged.
        wait_seconds: u64,
    },
    /// No such person on this laptop.
    #[error("This person is not known on this laptop. Choose a name from the list.")]
    UnknownStaff,
    /// The person's wrap was lost in a recovery; a new passphrase has to be set.
    #[error(
        "This person needs a new passphrase. Ask someone who can unlock this laptop to set one under Staff."
    )]
    NeedsNewPassphrase,
    /// The keyring no longer holds this laptop's secret.
    #[error(
        "The secret of this laptop is missing from its keyring, so no passphrase can open the records. Use the recovery sheet."
    )]
    SecretMissing,
    /// The keyring holds another secret in the place of this laptop's.
    #[error(
        "The secret in the keyring is another one's, so no passphrase can open the records. Use the recovery sheet."
    )]
    SecretSwapped,
    /// The keyring did not answer.
    #[error(transparent)]
    Secrets(SecretsError),
    /// The folder, key file or database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn next_try(wait_seconds: u64) -> String {
    match wait_seconds {
        0 => "Try again.".to_owned(),
        1..=90 => format!("Try again in {wait_seconds} seconds."),
        _ => format!("Try again in {} minutes.", wait_seconds.div_ceil(60)),
    }
}

impl From<SecretsError> for UnlockError {
    fn from(error: SecretsError) -> Self {
        match error {
            SecretsError::NoEntry => Self::SecretMissing,
            SecretsError::Swapped => Self::SecretSwapped,
            other => Self::Secrets(other),
        }
    }
}

/// Why keys could not be made or changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeysError {
    /// Something is already in the folder.
    #[error("Felloe is already set up on this laptop. Unlock it instead.")]
    AlreadySetUp,
    /// The passphrase is too short or too easy.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// A name was left empty.
    #[error("A name is missing. Enter the name of the service, the site and the person.")]
    NameMissing,
    /// A name that does not fit a certificate.
    #[error("The name is too long. Shorten it to 200 letters or less.")]
    NameTooLong,
    /// There is no request to join on this laptop.
    #[error("This laptop has not asked to join a service. Make an enrolment request first.")]
    NotJoining,
    /// The keyring no longer has the secret that the request's keys rest on.
    #[error(
        "The secret of this laptop is missing from its keyring, so its request to join cannot be used any more. Give it up and make a new one."
    )]
    JoiningLost,
    /// The recovery sheet's code was mistyped.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// A well-formed code that opens nothing here.
    #[error(
        "This recovery sheet does not open this laptop. Each use makes a new sheet, so look for the newest one."
    )]
    SheetDoesNotOpen,
    /// The sheet is the right one, and what is sealed to it is not all there.
    #[error(
        "The sheet is the right one, but not everything it has to open is sealed to it. Make a new recovery sheet now."
    )]
    SheetIncomplete,
    /// What was left for a sheet was altered, or is of a form that is not known here.
    #[error(
        "What the hub server holds for this recovery sheet cannot be read: it was altered, or a newer Felloe left it. Update Felloe and try again; if that does not help, have the hub server put back from a backup."
    )]
    DepositUnreadable,
    /// The person's own passphrase did not open their keys.
    #[error(transparent)]
    Unlock(#[from] UnlockError),
    /// The root key is needed and this person does not hold it.
    #[error(
        "A new recovery sheet can be made only by an administrator who holds the service's root key, or with the old sheet. Ask the person who set up the service."
    )]
    RootNeeded,
    /// The keyring did not answer.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The folder, key file or database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something else reads the file at this moment.
    #[error(
        "A backup is being made at this moment. Nothing was changed; try again when it is finished."
    )]
    FileInUse,
    /// A cryptographic step refused its input; nothing was written.
    #[error("The keys could not be made. Nothing was changed; try again.")]
    Crypto,
}
