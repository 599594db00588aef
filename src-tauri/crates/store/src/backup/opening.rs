use std::fs;
use std::path::{Path, PathBuf};

use record::manifest::Claims;
use rusqlite::OpenFlags;

use super::{Backup, BackupError, CopyKey, Source, copy, counts, uri};
use crate::data_key::{DataKey, random};
use crate::installation::Installation;
use crate::migrations::KNOWN;
use crate::store::Scratch;
use crate::{Opened, Store, StoreError, database};

impl Opened {
    /// Opens one of this device's own backups to look into it: checks that its files are those of
    /// its manifest, that it is the one this laptop made under that name where it has a note of it,
    /// and that what is inside is what the manifest says. The backup itself is not written to.
    ///
    /// One that an older Felloe made is first copied beside the record, under a key that is never
    /// kept, and brought up to date there; the copy goes when the store is dropped.
    pub fn open_backup(
        &self,
        backup: &Backup,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Store, BackupError> {
        let claims = backup.manifest().claims();
        if claims.service != self.identity.service {
            return Err(BackupError::OtherService);
        }
        if claims.device != self.identity.device {
            return Err(BackupError::OtherDevice);
        }
        backup.check_files()?;
        let key = self.copy_key(backup)?;
        let tables = i64::from(claims.tables);
        if tables > KNOWN {
            return Err(StoreError::Newer {
                found: tables,
                known: KNOWN,
            }
            .into());
        }
        let store = Store::open_copy(&backup.copy(), &key)?;
        inside(&store, claims)?;
        if tables == KNOWN {
            return Ok(store);
        }
        drop(store);
        self.brought_up_to_date(backup, &key, entropy)
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

    fn brought_up_to_date(
        &self,
        backup: &Backup,
        copy_key: &CopyKey,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Store, BackupError> {
        let scratch = Scratch::new(self.place.dir().join("felloe.test"))?;
        let key = DataKey::new(random(entropy));
        let source = Source {
            path: &backup.copy(),
            key: copy_key.data_key(),
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
