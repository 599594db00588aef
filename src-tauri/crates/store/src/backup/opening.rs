use std::fs;
use std::path::{Path, PathBuf};

use record::manifest::Claims;
use rusqlite::OpenFlags;

use super::{Backup, BackupError, BackupNote, CopyKey, Source, copy, counts, uri};
use crate::data_key::{DataKey, random};
use crate::installation::Installation;
use crate::migrations::KNOWN;
use crate::store::Scratch;
use crate::{Opened, Store, StoreError, database};

/// One of this device's own backups with its key: it can go to another thread to be opened. The
/// key is wiped when it is dropped.
#[derive(Debug)]
pub struct OwnBackup {
    backup: Backup,
    key: CopyKey,
    scratch: PathBuf,
}

impl Opened {
    /// Finds the key of one of this device's own backups, and refuses another's, and one that is
    /// not the one this laptop made under that name where it has a note of it.
    pub fn own_backup(&self, backup: Backup) -> Result<OwnBackup, BackupError> {
        let claims = backup.manifest().claims();
        if claims.service != self.identity.service {
            return Err(BackupError::OtherService);
        }
        if claims.device != self.identity.device {
            return Err(BackupError::OtherDevice);
        }
        let key = self.copy_key(&backup)?;
        Ok(OwnBackup {
            backup,
            key,
            scratch: self.place.dir().join("felloe.test"),
        })
    }

    fn copy_key(&self, backup: &Backup) -> Result<CopyKey, BackupError> {
        let claims = backup.manifest().claims();
        if let Some(note) = self.store.backup_note(claims.backup)? {
            return if note.manifest == backup.manifest().hash() {
                Ok(note.key)
            } else {
                Err(BackupError::Swapped)
            };
        }
        CopyKey::open(
            &claims.sealed_key,
            &self.data_key,
            &self.identity,
            claims.backup,
        )
        .ok_or(BackupError::NotThisKey)
    }
}

impl OwnBackup {
    /// Which backup it is.
    pub fn backup(&self) -> &Backup {
        &self.backup
    }

    /// What is to be remembered of it, for one that this laptop has no note of yet.
    pub fn note(&self) -> BackupNote {
        BackupNote::new(&self.backup, &self.key)
    }

    /// Opens it to look into it: checks that its files are those of its manifest, that every page
    /// is sound, and that what is inside is what the manifest says. The backup is not written to.
    ///
    /// One that an older Felloe made is first copied beside the record, under a key that is never
    /// kept, and brought up to date there; the copy goes when the store is dropped.
    pub fn open(&self, entropy: &mut dyn FnMut(&mut [u8])) -> Result<Store, BackupError> {
        self.backup.check_files()?;
        let claims = self.backup.manifest().claims();
        let tables = i64::from(claims.tables);
        if tables > KNOWN {
            return Err(StoreError::Newer {
                found: tables,
                known: KNOWN,
            }
            .into());
        }
        let store = Store::open_copy(&self.backup.copy(), &self.key)?;
        inside(&store, claims)?;
        if !store.pages_sound()? {
            return Err(BackupError::Altered("the copy of the record"));
        }
        if tables == KNOWN {
            return Ok(store);
        }
        drop(store);
        self.brought_up_to_date(entropy)
    }

    fn brought_up_to_date(&self, entropy: &mut dyn FnMut(&mut [u8])) -> Result<Store, BackupError> {
        let scratch = Scratch::new(self.scratch.clone())?;
        let key = DataKey::new(random(entropy));
        let source = Source {
            path: &self.backup.copy(),
            key: self.key.data_key(),
            still: true,
            leave: None,
        };
        copy(&source, scratch.path(), &key, |_, _| Ok(()))?;
        Ok(Store::open_scratch(scratch, &key)?)
    }
}

/// Whether what is inside a copy is what its manifest says.
pub(crate) fn inside(store: &Store, claims: &Claims) -> Result<(), BackupError> {
    let Installation {
        identity,
        signing,
        incarnation,
        ..
    } = store.installation()?;
    let same = identity.service == claims.service
        && identity.device == claims.device
        && incarnation == claims.incarnation
        && signing.verifying_key() == claims.device_key
        && counts(&store.connection, "main", claims.service)? == claims.streams;
    if same {
        Ok(())
    } else {
        Err(BackupError::Swapped)
    }
}

impl Store {
    /// Opens a copy to read it. Nothing is written to it, not even its version.
    pub(crate) fn open_copy(path: &Path, key: &CopyKey) -> Result<Self, BackupError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let address = PathBuf::from(uri(path, true)?);
        let connection =
            database::connect(&address, key.data_key(), flags).map_err(|error| match error {
                StoreError::NotThisKey => BackupError::NotThisKey,
                StoreError::Damaged => BackupError::Altered("the copy of the record"),
                other => other.into(),
            })?;
        Ok(Self::over(connection, None, None)?)
    }

    fn open_scratch(scratch: Scratch, key: &DataKey) -> Result<Self, StoreError> {
        let connection = database::open(scratch.path(), key)?;
        Self::over(connection, None, Some(scratch))
    }

    /// Whether every page passes its integrity check and the tables hang together.
    pub fn pages_sound(&self) -> Result<bool, StoreError> {
        // The check reads the file alone. A page that a crash left half written there stands whole
        // in the log, and is no damage.
        if !self.connection.is_readonly("main")? {
            self.connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        let faults = |pragma: &str| -> Result<Vec<String>, StoreError> {
            let mut statement = self.connection.prepare(pragma)?;
            let rows = statement.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        Ok(faults("PRAGMA cipher_integrity_check")?.is_empty()
            && faults("PRAGMA quick_check")? == ["ok"])
    }
}

impl Scratch {
    fn new(path: PathBuf) -> Result<Self, StoreError> {
        let scratch = Self::at(path);
        scratch.clear();
        if crate::place::exists(scratch.path()) {
            return Err(StoreError::Folder(std::io::ErrorKind::AlreadyExists));
        }
        Ok(scratch)
    }

    /// Best effort: what is left is encrypted under a key that nobody has any more.
    pub(crate) fn clear(&self) {
        for end in ["", "-wal", "-shm", "-journal"] {
            let mut path = self.path().as_os_str().to_owned();
            path.push(end);
            let _ = fs::remove_file(PathBuf::from(path));
        }
    }
}
