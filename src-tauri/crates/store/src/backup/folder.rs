use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use record::id::{BackupId, DeviceId, ServiceId};
use record::manifest::{Claims, MAX_MANIFEST_BYTES, Manifest};

use super::{BackupError, Made};
use crate::door::door;
use crate::key_file::KeyFile;
use crate::{Door, StoreError};

pub(super) const COPY: &str = "copy.db";
pub(super) const KEYS: &str = "copy.keys";
pub(super) const MANIFEST: &str = "manifest";
/// What a folder's name begins with; the device, the time and the backup follow.
const PREFIX: &str = "felloe-backup-";
/// The end of the name of one that is being made, or was when the power went.
pub(super) const UNFINISHED: &str = ".unfinished";
/// The end of the name of one that is being removed.
const REMOVING: &str = ".removing";

/// A backup on disk: its folder and its manifest, whose signature fits.
///
/// Whether its files are those of the manifest, and whose they are, is not known yet: see
/// [`Backup::check_files`] and [`crate::Opened::open_backup`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    folder: PathBuf,
    manifest: Manifest,
}

impl Backup {
    /// Reads the manifest of the backup in `folder`.
    ///
    /// A folder whose name says another backup than its manifest is refused: a genuine backup was
    /// put where another stood.
    pub fn read(folder: impl Into<PathBuf>) -> Result<Self, BackupError> {
        let folder = folder.into();
        if !folder.is_dir() {
            return Err(BackupError::PlaceMissing);
        }
        let manifest = Manifest::from_bytes(&small_file(&folder, MANIFEST)?)?;
        let named = folder.file_name().and_then(|name| name.to_str());
        let another = named
            .and_then(|name| name.strip_prefix(PREFIX))
            .is_some_and(|_| named != Some(folder_name(manifest.claims()).as_str()));
        if another && !folder.to_string_lossy().ends_with(UNFINISHED) {
            return Err(BackupError::Swapped);
        }
        Ok(Self { folder, manifest })
    }

    pub(super) fn new(folder: PathBuf, manifest: Manifest) -> Self {
        Self { folder, manifest }
    }

    /// Where it stands.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What it says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Which one it is and when it was made, for [`crate::kept`].
    pub fn made(&self) -> Made {
        let claims = self.manifest.claims();
        Made {
            backup: claims.backup,
            at: claims.made,
        }
    }

    /// Whether its files are the ones the manifest names, byte for byte.
    pub fn check_files(&self) -> Result<(), BackupError> {
        let claims = self.manifest.claims();
        let (size, hash) = hash_of(&self.copy())?;
        if (size, hash) != (claims.size, claims.copy_hash) {
            return Err(BackupError::Altered("the copy of the record"));
        }
        self.key_file().map(|_| ())
    }

    /// The key file of the day of the backup, checked against the manifest.
    pub(crate) fn key_file(&self) -> Result<KeyFile, BackupError> {
        let bytes = small_file(&self.folder, KEYS)?;
        if blake3::hash(&bytes) != self.manifest.claims().keys_hash {
            return Err(BackupError::Altered("the copy of the keys"));
        }
        let keys = KeyFile::from_bytes(&bytes).map_err(|error| match error {
            newer @ StoreError::Newer { .. } => BackupError::Store(newer),
            _ => BackupError::Altered("the copy of the keys"),
        })?;
        let claims = self.manifest.claims();
        if keys.identity.service != claims.service || keys.identity.device != claims.device {
            return Err(BackupError::Swapped);
        }
        Ok(keys)
    }

    /// What the door of the restored record would show: names of service, site and staff.
    pub fn door(&self, now: Timestamp) -> Result<Door, BackupError> {
        Ok(door(&self.key_file()?, now))
    }

    pub(crate) fn copy(&self) -> PathBuf {
        self.folder.join(COPY)
    }

    /// Removes it. From the first moment on it no longer counts as a backup, so that a removal cut
    /// short leaves no half of one under a backup's name.
    pub fn remove(self) -> Result<(), BackupError> {
        let mut away = self.folder.clone().into_os_string();
        away.push(REMOVING);
        let away = PathBuf::from(away);
        fs::rename(&self.folder, &away).map_err(|error| BackupError::at_place(&error))?;
        clear(&away)
    }
}

/// The backups of one device in the folder `place`, newest first, and how many folders there are
/// that look like one of its backups and cannot be read as one.
pub fn backups_in(
    place: &Path,
    service: ServiceId,
    device: DeviceId,
) -> Result<(Vec<Backup>, usize), BackupError> {
    let own = own_prefix(device);
    let (mut found, mut unreadable) = (Vec::new(), 0);
    for name in names(place)? {
        if !name.starts_with(&own) || name.ends_with(UNFINISHED) || name.ends_with(REMOVING) {
            continue;
        }
        match Backup::read(place.join(name)) {
            Ok(backup) if backup.manifest.claims().service == service => found.push(backup),
            Ok(_) | Err(_) => unreadable += 1,
        }
    }
    newest_first(&mut found);
    Ok((found, unreadable))
}

/// The backups of whatever device in the folder `place`, or the one that `place` itself is, newest
/// first, and how many folders look like a backup and cannot be read as one.
pub fn backups_of_any(place: &Path) -> Result<(Vec<Backup>, usize), BackupError> {
    if place.join(MANIFEST).is_file() {
        return Ok((vec![Backup::read(place)?], 0));
    }
    let (mut found, mut unreadable) = (Vec::new(), 0);
    for name in names(place)? {
        if name.starts_with(PREFIX) && !name.ends_with(UNFINISHED) && !name.ends_with(REMOVING) {
            match Backup::read(place.join(name)) {
                Ok(backup) => found.push(backup),
                Err(_) => unreadable += 1,
            }
        }
    }
    newest_first(&mut found);
    Ok((found, unreadable))
}

fn newest_first(backups: &mut [Backup]) {
    backups.sort_by_key(|backup| {
        let made = backup.made();
        std::cmp::Reverse((made.at.at(), made.backup))
    });
}

/// Removes what interrupted backups and removals of this device left.
pub(super) fn tidy(place: &Path, device: DeviceId) -> Result<(), BackupError> {
    let own = own_prefix(device);
    for name in names(place)? {
        if name.starts_with(&own) && (name.ends_with(UNFINISHED) || name.ends_with(REMOVING)) {
            clear(&place.join(name))?;
        }
    }
    Ok(())
}

/// Removes the files of a backup and its folder, and nothing else that may stand there.
pub(super) fn clear(folder: &Path) -> Result<(), BackupError> {
    let copy = folder.join(COPY);
    let beside = |end: &str| folder.join(format!("{COPY}{end}"));
    let files = [
        folder.join(MANIFEST),
        folder.join(KEYS),
        copy,
        beside("-journal"),
        beside("-wal"),
        beside("-shm"),
    ];
    for file in files {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(BackupError::at_place(&error));
            }
            _ => {}
        }
    }
    fs::remove_dir(folder).map_err(|error| BackupError::at_place(&error))
}

/// `felloe-backup-1f2e3d4c-2026-11-24-102000-5b6a7988`: several laptops may share one place.
pub(super) fn folder_name(claims: &Claims) -> String {
    let time = claims.made.local().strftime("%Y-%m-%d-%H%M%S").to_string();
    format!(
        "{}{time}-{}",
        own_prefix(claims.device),
        first_eight(&claims.backup)
    )
}

fn own_prefix(device: DeviceId) -> String {
    let short: String = device.to_string().chars().take(8).collect();
    format!("{PREFIX}{short}-")
}

fn first_eight(backup: &BackupId) -> String {
    backup.to_string().chars().take(8).collect()
}

fn names(place: &Path) -> Result<Vec<String>, BackupError> {
    let found = fs::read_dir(place).map_err(|error| BackupError::at_place(&error))?;
    let mut names = Vec::new();
    for entry in found {
        let entry = entry.map_err(|error| BackupError::at_place(&error))?;
        // A name that is no text is none of ours.
        if let Ok(name) = entry.file_name().into_string() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn small_file(folder: &Path, name: &'static str) -> Result<Vec<u8>, BackupError> {
    let file = open(&folder.join(name), name)?;
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_MANIFEST_BYTES).unwrap_or(u64::MAX);
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| BackupError::at_place(&error))?;
    if bytes.len() > MAX_MANIFEST_BYTES {
        return Err(BackupError::Altered(name));
    }
    Ok(bytes)
}

/// Size and BLAKE3 of a file.
pub(super) fn hash_of(path: &Path) -> Result<(u64, [u8; 32]), BackupError> {
    let file = open(path, COPY)?;
    let mut hasher = blake3::Hasher::new();
    hasher
        .update_reader(file)
        .map_err(|error| BackupError::at_place(&error))?;
    Ok((hasher.count(), hasher.finalize().into()))
}

fn open(path: &Path, name: &'static str) -> Result<File, BackupError> {
    File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => BackupError::Incomplete(name),
        _ => BackupError::at_place(&error),
    })
}
