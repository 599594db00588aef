use std::path::PathBuf;

use jiff::Timestamp;
use record::id::BackupId;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Backup, CopyKey};
use crate::{Store, StoreError};

/// What this laptop remembers of a backup it has made.
#[derive(Debug)]
pub struct BackupNote {
    /// Which one.
    pub backup: BackupId,
    /// When it was made.
    pub made: Timestamp,
    /// Where it was put.
    pub folder: PathBuf,
    /// When it was last tested, if it was.
    pub tested: Option<Timestamp>,
    /// Whether its last check found nothing wrong.
    pub fine: bool,
    /// What its last check found, in words.
    pub words: String,
    pub(super) manifest: [u8; 32],
    pub(super) key: CopyKey,
}

/// Where backups go, as the site has chosen. Kept as a local setting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupPlan {
    /// The folder; none until somebody has chosen one.
    pub place: Option<PathBuf>,
    /// When the last try failed, and why in words; gone after one that worked.
    pub failed: Option<(Timestamp, String)>,
}

const PLAN: &str = "backups";

impl BackupNote {
    pub(super) fn new(backup: &Backup, key: &CopyKey) -> Self {
        let made = backup.made();
        Self {
            backup: made.backup,
            made: made.at.at(),
            folder: backup.folder().to_owned(),
            tested: None,
            fine: true,
            words: String::new(),
            manifest: backup.manifest().hash(),
            key: key.clone(),
        }
    }
}

impl Store {
    /// Remembers a backup, or what is newly known of it.
    pub fn keep_backup_note(&self, note: &BackupNote) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO backup (id, made, folder, manifest, secret, tested, fine, words)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT DO UPDATE SET tested = excluded.tested,
                     fine = excluded.fine, words = excluded.words",
            )?
            .execute(params![
                note.backup.as_bytes(),
                note.made.to_string(),
                note.folder.to_string_lossy(),
                note.manifest,
                note.key.as_bytes(),
                note.tested.map(|tested| tested.to_string()),
                note.fine,
                note.words
            ])?;
        Ok(())
    }

    /// Forgets a backup that was removed.
    pub fn forget_backup(&self, backup: BackupId) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM backup WHERE id = ?1")?
            .execute([backup.as_bytes()])?;
        Ok(())
    }

    /// What is remembered of one backup.
    pub fn backup_note(&self, backup: BackupId) -> Result<Option<BackupNote>, StoreError> {
        self.connection
            .prepare_cached(
                "SELECT id, made, folder, manifest, secret, tested, fine, words FROM backup WHERE id = ?1",
            )?
            .query_row([backup.as_bytes()], columns)
            .optional()?
            .map(from_columns)
            .transpose()
    }

    /// Every backup that is remembered, the one made last first.
    pub fn backup_notes(&self) -> Result<Vec<BackupNote>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, made, folder, manifest, secret, tested, fine, words FROM backup",
        )?;
        let rows = statement.query_map([], columns)?;
        let mut notes: Vec<BackupNote> = rows
            .map(|row| from_columns(row?))
            .collect::<Result<_, StoreError>>()?;
        notes.sort_by_key(|note| std::cmp::Reverse((note.made, note.backup)));
        Ok(notes)
    }

    /// Where backups go.
    pub fn backup_plan(&self) -> Result<BackupPlan, StoreError> {
        Ok(self.setting(PLAN)?.unwrap_or_default())
    }

    /// Keeps where backups go.
    pub fn keep_backup_plan(&self, plan: &BackupPlan) -> Result<(), StoreError> {
        self.put_setting(PLAN, plan)
    }
}

type Columns = (
    [u8; 16],
    String,
    String,
    [u8; 32],
    Zeroizing<[u8; 32]>,
    Option<String>,
    bool,
    String,
);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        Zeroizing::new(row.get(4)?),
        row.get(5)?,
        row.get(6)?,
        row.get(7)?,
    ))
}

fn from_columns(columns: Columns) -> Result<BackupNote, StoreError> {
    let (id, made, folder, manifest, secret, tested, fine, words) = columns;
    let time = |text: String| text.parse().map_err(|_| StoreError::Malformed("backup"));
    Ok(BackupNote {
        backup: BackupId::from_bytes(id),
        made: time(made)?,
        folder: PathBuf::from(folder),
        tested: tested.map(time).transpose()?,
        fine,
        words,
        manifest,
        key: CopyKey::from_bytes(*secret),
    })
}
