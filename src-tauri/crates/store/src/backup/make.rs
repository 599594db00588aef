use std::fs::{self, File};
use std::path::{Path, PathBuf};

use record::id::BackupId;
use record::keys::SigningKey;
use record::manifest::{Claims, Manifest, StreamCount};
use record::moment::Moment;

use super::folder::{COPY, KEYS, MANIFEST, UNFINISHED, clear, folder_name, hash_of, tidy};
use super::{Backup, BackupError, BackupNote, CopyKey, Source, backups_in, copy, counts, kept};
use crate::data_key::{DataKey, random};
use crate::key_file::KeyFile;
use crate::migrations::KNOWN;
use crate::place::Place;
use crate::{Identity, KeyringUse, Leave, Opened, Store};

/// All that a backup is made from, apart from the sitting: it can go to another thread, and work
/// goes on at the desk meanwhile. Its keys are wiped when it is dropped.
pub struct BackupSource {
    place: Place,
    identity: Identity,
    incarnation: u32,
    data_key: DataKey,
    device: SigningKey,
    leave: Leave,
}

impl Opened {
    /// What a backup of this record is made from.
    pub fn backup_source(&self) -> BackupSource {
        BackupSource {
            place: self.place.clone(),
            identity: self.identity.clone(),
            incarnation: self.store.origin.incarnation(),
            data_key: self.data_key.clone(),
            device: SigningKey::from_seed(&self.device_signing.seed()),
            leave: self.leave(),
        }
    }
}

impl BackupSource {
    /// Makes a backup in a new folder under `place`: a copy of one instant under a fresh key, read
    /// back, then given its name. Whatever stops it, no folder with a backup's name is left that is
    /// not a whole backup; what an earlier one left half done is removed first.
    ///
    /// `look` is shown the copy, opened with its own key, before it gets its name: to fold it. What
    /// it finds is for its caller; a record with a fault is backed up all the same.
    pub fn make(
        &self,
        place: &Path,
        program: &str,
        made: Moment,
        entropy: &mut dyn FnMut(&mut [u8]),
        look: &mut dyn FnMut(&Store),
    ) -> Result<(Backup, BackupNote), BackupError> {
        if !place.is_dir() {
            return Err(BackupError::PlaceMissing);
        }
        tidy(place, self.identity.device)?;
        let backup = BackupId::from_random(random(entropy));
        let key = CopyKey::new(entropy);
        let keys = KeyFile::read_or_copy(&self.place)?;
        let mut claims = self.claims(backup, program, made, &keys, &key, entropy)?;
        let name = folder_name(&claims);
        let unfinished = place.join(format!("{name}{UNFINISHED}"));
        private_dir(&unfinished)?;
        let written = self.write(&unfinished, &keys, &mut claims, &key, look);
        let manifest = match written {
            Ok(manifest) => manifest,
            Err(error) => {
                // The error that stopped it is the one to tell; the next backup tidies as well.
                let _ = clear(&unfinished);
                return Err(error);
            }
        };
        let folder = place.join(name);
        fs::rename(&unfinished, &folder).map_err(|error| BackupError::at_place(&error))?;
        sync_dir(place)?;
        let backup = Backup::new(folder, manifest);
        let note = BackupNote::new(&backup, &key);
        Ok((backup, note))
    }

    /// Removes the backups of this device that the rule of [`kept`] gives up now that `newest` was
    /// made, and says which. Another device's, and what this device's key has not signed, are left
    /// alone.
    pub fn prune(&self, place: &Path, newest: &Backup) -> Result<Vec<BackupId>, BackupError> {
        let (found, _) = backups_in(place, self.identity.service, self.identity.device)?;
        let own = self.device.verifying_key();
        let own: Vec<Backup> = found
            .into_iter()
            .filter(|backup| backup.manifest().claims().device_key == own)
            .collect();
        let others: Vec<_> = own.iter().map(Backup::made).collect();
        let keep = kept(newest.made(), &others);
        let mut removed = Vec::new();
        for backup in own {
            let id = backup.made().backup;
            if !keep.contains(&id) {
                backup.remove()?;
                removed.push(id);
            }
        }
        Ok(removed)
    }

    /// Everything but what is known only when the files are written.
    fn claims(
        &self,
        backup: BackupId,
        program: &str,
        made: Moment,
        keys: &KeyFile,
        key: &CopyKey,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Claims, BackupError> {
        let identity = &self.identity;
        let sheet = &keys.recovery.public;
        Ok(Claims {
            service: identity.service,
            device: identity.device,
            incarnation: self.incarnation,
            backup,
            made,
            program: program.to_owned(),
            tables: u32::try_from(KNOWN).unwrap_or(u32::MAX),
            device_key: self.device.verifying_key(),
            size: 0,
            copy_hash: [0; 32],
            keys_hash: [0; 32],
            streams: Vec::new(),
            sealed_key: key.seal(&self.data_key, identity, backup, entropy)?,
            sheet_key: key.seal_to_sheet(sheet, identity, backup, entropy)?,
        })
    }

    fn write(
        &self,
        folder: &Path,
        before: &KeyFile,
        claims: &mut Claims,
        key: &CopyKey,
        look: &mut dyn FnMut(&Store),
    ) -> Result<Manifest, BackupError> {
        let copy = folder.join(COPY);
        claims.streams = self.copy(&copy, key)?;
        let after = KeyFile::read_or_copy(&self.place)?;
        // The key file that goes along has to open this very copy.
        if before.recovery != after.recovery {
            return Err(BackupError::KeysChanged);
        }
        let keys = kept_keys(after).to_bytes()?;
        claims.keys_hash = blake3::hash(&keys).into();
        write_synced(&folder.join(KEYS), &keys)?;
        (claims.size, claims.copy_hash) = hash_of(&copy)?;
        let manifest = Manifest::sign(claims, &self.device)?;
        write_synced(&folder.join(MANIFEST), &manifest.to_bytes())?;
        sync_dir(folder)?;
        let written = Backup::new(folder.to_owned(), manifest.clone());
        let store = read_back(&written, key, &self.leave)?;
        look(&store);
        // Somebody may have ended it while it was looked at; then it was not looked at.
        self.leave.check()?;
        Ok(manifest)
    }

    /// Copies the record through a connection of its own, so that nobody who types waits for it.
    fn copy(&self, to: &Path, key: &CopyKey) -> Result<Vec<StreamCount>, BackupError> {
        let path = self.place.database();
        let source = Source {
            path: &path,
            key: &self.data_key,
            still: false,
            leave: Some(&self.leave),
        };
        let service = self.identity.service;
        let counted = copy(&source, to, key.data_key(), |instant, schema| {
            counts(instant, schema, service)
        })
        .map_err(BackupError::copying)?;
        let file = File::options()
            .write(true)
            .open(to)
            .map_err(|error| BackupError::at_place(&error))?;
        file.sync_all()
            .map_err(|error| BackupError::at_place(&error))?;
        Ok(counted)
    }
}

/// Opens what was written with its own key, checks every page and counts again.
fn read_back(written: &Backup, key: &CopyKey, leave: &Leave) -> Result<Store, BackupError> {
    let store = Store::open_copy(&written.copy(), key)?;
    leave.covers(&store.connection)?;
    let claims = written.manifest().claims();
    let counted = counts(&store.connection, "main", claims.service)?;
    if !store.pages_sound()? || counted != claims.streams {
        return Err(BackupError::NotFaithful);
    }
    Ok(store)
}

/// Without a keyring the passphrase stands alone, and a stick is easier to lose than a laptop: the
/// backup then holds no wrap to guess at, and only the sheet opens it.
fn kept_keys(keys: KeyFile) -> KeyFile {
    match keys.keyring {
        KeyringUse::Held => keys,
        KeyringUse::NotUsed => keys.without_wraps(),
    }
}

fn write_synced(path: &PathBuf, bytes: &[u8]) -> Result<(), BackupError> {
    use std::io::Write;
    let write = || -> std::io::Result<()> {
        let mut file = crate::place::private_file().create_new(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|error| BackupError::at_place(&error))
}

fn private_dir(path: &Path) -> Result<(), BackupError> {
    fs::create_dir(path).map_err(|error| BackupError::at_place(&error))?;
    // A stick's file system may know no rights; what is in the folder is encrypted anyway.
    let _ = crate::place::restrict(path, 0o700);
    Ok(())
}

#[cfg(unix)]
fn sync_dir(path: &Path) -> Result<(), BackupError> {
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| BackupError::at_place(&error))
}

// Windows makes a rename durable with the file itself; a folder cannot be flushed there.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
fn sync_dir(_path: &Path) -> Result<(), BackupError> {
    Ok(())
}
