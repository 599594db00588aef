//! The folder of a hub server: its settings, its key, and the envelopes unless they are in
//! PostgreSQL.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::database::{Address, NotAnAddress};
use crate::server_key::{KeyError, ServerKey};
use crate::settings::{NotSettings, Settings};

pub(crate) const SETTINGS: &str = "hub.toml";
pub(crate) const KEY: &str = "server.key";
pub(crate) const CERTIFICATE: &str = "server.crt";
const DATABASE: &str = "hub.db";
const LOCK: &str = "hub.lock";

/// Where a hub server keeps its own files.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

/// Held by the one hub server that serves from a folder.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "the lock goes with it")] File);

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// Reading or writing failed.
    #[error("The folder cannot be read or written: {0}. See that it is this account's.")]
    Io(#[from] io::Error),
    /// There is a hub server in it.
    #[error("There is a hub server in this folder already. Choose another folder.")]
    Taken,
    /// There is none in it.
    #[error("There is no hub server in this folder. Run felloe-hub init first.")]
    Empty,
    /// The settings cannot be read.
    #[error(transparent)]
    Settings(#[from] NotSettings),
    /// The place for the envelopes is none.
    #[error(transparent)]
    Address(#[from] NotAnAddress),
    /// The key cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// It serves already.
    #[error("A hub server runs on this folder already. Stop it first.")]
    Runs,
}

impl Folder {
    /// The folder at `path`, whether it is there or not.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Makes the folder, for its account alone; refuses one with a hub server in it.
    pub fn make(&self) -> Result<(), FolderError> {
        if fs::exists(self.0.join(SETTINGS))? {
            return Err(FolderError::Taken);
        }
        fs::create_dir_all(&self.0)?;
        private_folder(&self.0)?;
        Ok(())
    }

    /// The settings.
    pub fn settings(&self) -> Result<Settings, FolderError> {
        let text = match fs::read_to_string(self.0.join(SETTINGS)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(FolderError::Empty);
            }
            text => text?,
        };
        Ok(Settings::read(&text)?)
    }

    /// Where the envelopes are, by the settings or by `instead`.
    pub fn store(
        &self,
        settings: &Settings,
        instead: Option<&str>,
    ) -> Result<Address, FolderError> {
        let text = instead.unwrap_or(&settings.store);
        Ok(Address::read(text, self.0.join(DATABASE))?)
    }

    /// Keeps the settings. They are written last: a folder with them is set up.
    pub fn keep_settings(&self, settings: &Settings) -> Result<(), FolderError> {
        Ok(write_private(
            &self.0.join(SETTINGS),
            settings.to_text().as_bytes(),
        )?)
    }

    /// The server's key.
    pub fn server_key(&self) -> Result<ServerKey, FolderError> {
        let key = fs::read_to_string(self.0.join(KEY))?;
        let certificate = fs::read_to_string(self.0.join(CERTIFICATE))?;
        Ok(ServerKey::read(&key, &certificate)?)
    }

    /// Keeps the server's key.
    pub fn keep_server_key(&self, key: &ServerKey) -> Result<(), FolderError> {
        write_private(&self.0.join(KEY), key.key_pem().as_bytes())?;
        write_private(&self.0.join(CERTIFICATE), key.certificate_pem().as_bytes())?;
        Ok(())
    }

    /// Sees to it that one hub server at a time serves from this folder.
    pub fn lock(&self) -> Result<Lock, FolderError> {
        let file = File::create(self.0.join(LOCK))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(fs::TryLockError::WouldBlock) => Err(FolderError::Runs),
            Err(fs::TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

/// Writes a file for this account alone, on disk when it returns: the old one or the new one is
/// there, never half of one.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = path.with_extension("new");
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    path.parent().map_or(Ok(()), flush_folder)
}

/// Flushes the names in a folder.
pub(crate) fn flush_folder(folder: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened as a file, and names are flushed with the files.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

pub(crate) fn private_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
