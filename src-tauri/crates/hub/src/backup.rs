//! Backups of a hub server, and putting one back.
//!
//! A backup is a folder: all that is on the shelf as it stood at one instant, in a SQLite file
//! whatever the shelf stands on; the settings; the server's key, so that laptops know the server
//! that is put back; and a manifest with the hash of each file. So a backup of SQLite can be put
//! back into PostgreSQL, which is how a service that has outgrown one machine moves.

mod copy;
mod source;

use std::fs;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sync::record::id::ServiceId;

use crate::database::{self, Address, DatabaseError};
use crate::folder::{
    CERTIFICATE, Folder, FolderError, KEY, SETTINGS, flush_folder, private_folder, write_private,
};
use crate::shelf;

use source::Source;

const SHELF: &str = "shelf.db";
const MANIFEST: &str = "manifest.json";
const FORM: u32 = 0;
/// What the system says of a manifest where no backup is.
const NO_FOLDER: [io::ErrorKind; 2] = [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory];

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of the backup.
    form: u32,
    /// The service.
    pub service: ServiceId,
    /// When it was begun, by the server's clock.
    pub made: Timestamp,
    /// Envelopes in it.
    pub envelopes: u64,
    /// BLAKE3 of each file, by its name.
    hashes: std::collections::BTreeMap<String, String>,
}

/// Why a backup was not made or not put back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// Reading or writing failed.
    #[error("The backup cannot be read or written: {0}. See that there is room for it.")]
    Io(#[from] io::Error),
    /// There is something where it should be made.
    #[error("There is something there already. Name a folder that is not there.")]
    Taken,
    /// The folder is no backup of a hub server.
    #[error("That is not a backup of a hub server.")]
    NotABackup,
    /// A file is not the one that was written.
    #[error("The file {0} of this backup was changed since it was made. Use another backup.")]
    Changed(String),
    /// The place where it should go holds envelopes.
    #[error(
        "There are envelopes there already, and a backup is never mixed into them. Restore into an empty place."
    )]
    NotEmpty,
    /// The hub server's own folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Copies a hub server into the new folder `to`, which has its name only when it is whole. The hub
/// server may go on serving. `now` is when it was begun.
pub fn backup(
    folder: &Folder,
    store: &Address,
    to: &Path,
    now: Timestamp,
) -> Result<Manifest, BackupError> {
    if fs::exists(to)? {
        return Err(BackupError::Taken);
    }
    let unfinished = to.with_extension("unfinished");
    if fs::exists(&unfinished)? {
        fs::remove_dir_all(&unfinished)?;
    }
    fs::create_dir_all(&unfinished)?;
    private_folder(&unfinished)?;
    let made = write(folder, store, &unfinished, now);
    if made.is_err() {
        // The error that stopped it is the one to tell.
        let _ = fs::remove_dir_all(&unfinished);
    }
    let made = made?;
    fs::rename(&unfinished, to)?;
    to.parent()
        .filter(|parent| *parent != Path::new(""))
        .map_or(Ok(()), flush_folder)?;
    Ok(made)
}

fn write(
    folder: &Folder,
    store: &Address,
    to: &Path,
    now: Timestamp,
) -> Result<Manifest, BackupError> {
    let shelf = Address::File(to.join(SHELF));
    let mut source = database::connect(store)?;
    let mut target = database::connect(&shelf)?;
    database::prepare(&mut target)?;
    source.at_one_instant(|source| target.whole(|target| copy::copy(source, target)))?;
    target.batch("PRAGMA journal_mode = DELETE")?;
    drop(target);
    for name in [SETTINGS, KEY, CERTIFICATE] {
        write_private(&to.join(name), &fs::read(folder.path().join(name))?)?;
    }
    fs::File::open(to.join(SHELF))?.sync_all()?;
    let mut read_back = database::connect_to_read(&to.join(SHELF))?;
    let envelopes = copy::whole(&mut read_back)?;
    let set_up = shelf::read_set_up(&mut read_back)?.ok_or(DatabaseError::Empty)?;
    drop(read_back);
    let hashes = [SHELF, SETTINGS, KEY, CERTIFICATE]
        .into_iter()
        .map(|name| Ok((name.to_owned(), hash(&to.join(name))?)));
    let hashes = hashes.collect::<io::Result<_>>()?;
    let manifest = Manifest {
        form: FORM,
        service: set_up.service(),
        made: now,
        envelopes,
        hashes,
    };
    let text = serde_json::to_vec_pretty(&manifest).map_err(io::Error::from)?;
    write_private(&to.join(MANIFEST), &text)?;
    Ok(manifest)
}

/// Puts a backup back into a folder and a database in which nothing is. `store` is where the
/// envelopes go, when it is not where they came from.
pub fn restore(from: &Path, folder: &Folder, store: Option<&str>) -> Result<Manifest, BackupError> {
    let manifest = read(from)?;
    let mut settings = Folder::at(from).settings()?;
    if let Some(store) = store {
        store.clone_into(&mut settings.store);
    }
    let to = folder.store(&settings, None)?;
    folder.make()?;
    let mut source = Source::open(&from.join(SHELF), folder.path())?;
    let mut target = database::connect(&to)?;
    database::prepare(&mut target)?;
    if !copy::is_empty(&mut target)? {
        return Err(BackupError::NotEmpty);
    }
    target.whole(|target| {
        copy::copy(&mut source.link, target)?;
        shelf::write_put_back(target, manifest.made)
    })?;
    for name in [KEY, CERTIFICATE] {
        write_private(&folder.path().join(name), &fs::read(from.join(name))?)?;
    }
    folder.keep_settings(&settings)?;
    Ok(manifest)
}

fn read(from: &Path) -> Result<Manifest, BackupError> {
    let text = match fs::read(from.join(MANIFEST)) {
        Err(error) if NO_FOLDER.contains(&error.kind()) => return Err(BackupError::NotABackup),
        text => text?,
    };
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| BackupError::NotABackup)?;
    if manifest.form != FORM {
        return Err(BackupError::NotABackup);
    }
    for name in [SHELF, SETTINGS, KEY, CERTIFICATE] {
        if manifest.hashes.get(name) != Some(&hash(&from.join(name))?) {
            return Err(BackupError::Changed(name.to_owned()));
        }
    }
    Ok(manifest)
}

fn hash(file: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(fs::File::open(file)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}
