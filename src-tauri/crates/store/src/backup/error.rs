use crate::{KeysError, SecretsError, SheetError, StoreError, UnlockError};

/// Why a backup was not made, not trusted or not restored. Each sentence says what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// The folder for backups is not there: the stick is out, the share is not connected.
    #[error(
        "The place for backups is not there. Plug in the stick or connect the share, or choose another place."
    )]
    PlaceMissing,
    /// The folder for backups cannot be used.
    #[error(
        "The place for backups cannot be used ({0}). Check that this account may write there, or choose another place."
    )]
    Place(std::io::ErrorKind),
    /// The folder for backups is on a disk that can only be read.
    #[error(
        "The place for backups can only be read. Unlock the stick or the share for writing and try again, or choose another place; the older backups are still whole."
    )]
    PlaceReadOnly,
    /// The disk with the backups fails.
    #[error(
        "The disk with the backups gave an error (code {0}). Take it out, put it back in and try again, or choose another place."
    )]
    PlaceFails(i32),
    /// No room at the place for backups.
    #[error(
        "The place for backups is full. Free some space there or choose another place; the older backups are still whole."
    )]
    Full,
    /// The keys were renewed while the copy was being made.
    #[error("The keys were changed while the backup was made. Make the backup again.")]
    KeysChanged,
    /// What was read back is not what was written.
    #[error(
        "The backup was written and does not read back as it should. It was thrown away. Check the stick or the share, then make the backup again."
    )]
    NotFaithful,
    /// A file of the backup is missing.
    #[error("This is no whole backup: {0} is missing. Choose another backup.")]
    Incomplete(&'static str),
    /// The manifest cannot be read, or its signature does not fit.
    #[error(transparent)]
    Manifest(#[from] record::manifest::Error),
    /// The bytes of a file are not those that the manifest names.
    #[error(
        "This backup was altered or damaged: {0} is not as it was written. Choose another backup."
    )]
    Altered(&'static str),
    /// A genuine backup stands where another should: the one this laptop made here, or the one of
    /// the folder's name.
    #[error(
        "This is another backup than the one that was made under this name. Somebody may have swapped it. Choose another backup."
    )]
    Swapped,
    /// A backup of another service.
    #[error("This backup belongs to another service. Choose a backup of your own.")]
    OtherService,
    /// A backup of another laptop of the same service.
    #[error("This backup belongs to another laptop. Choose a backup of this one.")]
    OtherDevice,
    /// The keys at hand do not open the copy.
    #[error(
        "This backup does not open with the keys of this laptop. Use the passphrase of that time, or the recovery sheet."
    )]
    NotThisKey,
    /// The copy was sealed to another recovery sheet.
    #[error(
        "This recovery sheet does not open this backup. Use the sheet that was current when the backup was made."
    )]
    SheetDoesNotOpen,
    /// A wrong passphrase.
    #[error(
        "That passphrase does not open this backup. Use the passphrase of the day of the backup, or the recovery sheet."
    )]
    WrongPassphrase,
    /// The backup holds no wrap that a passphrase could open.
    #[error("No passphrase opens this backup on this computer. Use the recovery sheet.")]
    OnlySheet,
    /// A record is in the folder that the backup should go to.
    #[error(
        "There is a record on this laptop already, and a restore never overwrites one. Move it aside first, or choose another folder."
    )]
    RecordThere,
    /// The recovery sheet's code was mistyped.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// The keyring did not answer.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// Keys could not be made.
    #[error(transparent)]
    Keys(KeysError),
    /// The database or the folder of the installation.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BackupError {
    /// Whether something else given by whoever asked would do: another passphrase, another sheet,
    /// another folder.
    pub fn is_asker(&self) -> bool {
        matches!(
            self,
            Self::WrongPassphrase
                | Self::SheetDoesNotOpen
                | Self::Sheet(_)
                | Self::OnlySheet
                | Self::RecordThere
                | Self::OtherService
                | Self::OtherDevice
                | Self::Keys(_)
        )
    }

    /// What the operating system said of a file at the place for backups.
    pub(super) fn at_place(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::PlaceMissing,
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            std::io::ErrorKind::ReadOnlyFilesystem => Self::PlaceReadOnly,
            kind => match StoreError::of_number(error) {
                Some(code) => Self::PlaceFails(code),
                None => Self::Place(kind),
            },
        }
    }

    /// The same of the database file that is being written there.
    pub(super) fn copying(error: StoreError) -> Self {
        match error {
            StoreError::DiskFull => Self::Full,
            StoreError::ReadOnly => Self::PlaceReadOnly,
            StoreError::DiskFault(code) => Self::PlaceFails(code),
            StoreError::Folder(kind) => Self::Place(kind),
            other => Self::Store(other),
        }
    }
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<KeysError> for BackupError {
    fn from(error: KeysError) -> Self {
        match error {
            KeysError::Store(error) => Self::Store(error),
            KeysError::Secrets(error) => Self::Secrets(error),
            KeysError::Sheet(error) => Self::Sheet(error),
            KeysError::SheetDoesNotOpen => Self::SheetDoesNotOpen,
            other => Self::Keys(other),
        }
    }
}

impl From<UnlockError> for BackupError {
    fn from(error: UnlockError) -> Self {
        Self::from(KeysError::from(error))
    }
}
