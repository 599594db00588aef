use hub::DatabaseError;
use hub::backup::BackupError;
use hub::folder::FolderError;
use hub::server::ServeError;
use hub::shelf::ShelfError;

/// What a command ends with.
pub(crate) struct Outcome {
    /// The answer, for `--json`.
    pub(crate) json: serde_json::Value,
    /// The same in words.
    pub(crate) words: String,
    /// 0 or 1.
    pub(crate) code: u8,
}

/// Why a command has no answer.
pub(crate) struct Trouble {
    pub(crate) words: String,
    /// 2 or 3.
    pub(crate) code: u8,
}

impl Outcome {
    /// An answer that is yes when `fine`.
    pub(crate) fn new(json: serde_json::Value, words: impl Into<String>, fine: bool) -> Self {
        Self {
            json,
            words: words.into(),
            code: u8::from(!fine),
        }
    }
}

impl Trouble {
    pub(crate) fn input(words: &dyn std::fmt::Display) -> Self {
        Self {
            words: words.to_string(),
            code: 2,
        }
    }

    pub(crate) fn environment(words: &dyn std::fmt::Display) -> Self {
        Self {
            words: words.to_string(),
            code: 3,
        }
    }
}

impl From<FolderError> for Trouble {
    fn from(error: FolderError) -> Self {
        match error {
            FolderError::Taken | FolderError::Empty | FolderError::Address(_) => {
                Self::input(&error)
            }
            _ => Self::environment(&error),
        }
    }
}

impl From<ShelfError> for Trouble {
    fn from(error: ShelfError) -> Self {
        match error {
            ShelfError::Database(DatabaseError::OtherService | DatabaseError::Empty) => {
                Self::input(&error)
            }
            _ => Self::environment(&error),
        }
    }
}

impl From<ServeError> for Trouble {
    fn from(error: ServeError) -> Self {
        Self::environment(&error)
    }
}

impl From<BackupError> for Trouble {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Folder(error) => error.into(),
            BackupError::Taken | BackupError::NotABackup | BackupError::NotEmpty => {
                Self::input(&error)
            }
            _ => Self::environment(&error),
        }
    }
}
