use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::StoreError;

/// The folder of one installation: the database, the key file and its copy.
#[derive(Debug, Clone)]
pub struct Place {
    dir: PathBuf,
}

/// Held for as long as the database is open; the operating system drops it when
/// the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Hold {
    _file: File,
}

impl Place {
    /// The folder `dir`; nothing is made or read yet.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// The folder itself.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The encrypted database.
    pub fn database(&self) -> PathBuf {
        self.dir.join("felloe.db")
    }

    /// The key file: wraps, names and failed tries.
    pub fn keys(&self) -> PathBuf {
        self.dir.join("felloe.keys")
    }

    /// The copy of what recovery needs, for a lost key file. Holds no wraps.
    pub fn recovery(&self) -> PathBuf {
        self.dir.join("felloe.recovery")
    }

    /// The erasures of this service, which stay when a backup from before them is restored.
    pub(crate) fn erasures(&self) -> PathBuf {
        self.dir.join("felloe.erased")
    }

    /// Where a new database is built; it gets its name when its keys are on disk.
    pub(crate) fn unfinished(&self) -> PathBuf {
        self.dir.join("felloe.new")
    }

    /// The request to join a service, and its keys, until it is answered.
    pub(crate) fn joining(&self) -> PathBuf {
        self.dir.join("felloe.joining")
    }

    /// Where the copy under a new data key is built, before it takes the database's name.
    pub(crate) fn rekeyed(&self) -> PathBuf {
        self.dir.join("felloe.rekeyed")
    }

    /// Makes the folder, readable by this account only.
    pub(crate) fn make(&self) -> Result<(), StoreError> {
        let missing: Vec<&Path> = self
            .dir
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !exists(folder))
            .collect();
        fs::create_dir_all(&self.dir)?;
        restrict(&self.dir, 0o700)?;
        // A folder whose own name is not on disk takes everything in it along when the power fails.
        for made in missing {
            if let Some(around) = made.parent() {
                sync(around)?;
            }
        }
        Ok(())
    }

    /// Takes the folder for this process.
    pub(crate) fn hold(&self) -> Result<Hold, StoreError> {
        let file = private_file()
            .create(true)
            .truncate(false)
            .open(self.dir.join("felloe.lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Hold { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::AlreadyOpen),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Replaces `path` as a whole: after a crash it holds the old or the new
    /// bytes, never a mixture. On disk when this returns.
    pub(crate) fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".tmp");
        let beside = PathBuf::from(beside);
        let written = write_new(&beside, bytes);
        if written.is_err() {
            // On a full disk the half that was written would only take more room.
            let _ = fs::remove_file(&beside);
        }
        written?;
        self.rename(&beside, path)
    }

    /// Renames within the folder and makes the new name durable.
    pub(crate) fn rename(&self, from: &Path, to: &Path) -> Result<(), StoreError> {
        fs::rename(from, to)?;
        sync(&self.dir)
    }

    /// Removes a request to join that was answered or given up.
    pub(crate) fn clear_joining(&self) -> Result<(), StoreError> {
        remove_if_there(&self.joining())
    }

    /// Removes what an interrupted change of the data key left: a copy of what is in the database.
    pub(crate) fn clear_rekeyed(&self) -> Result<(), StoreError> {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            remove_if_there(&self.dir.join(format!("felloe.rekeyed{suffix}")))?;
        }
        Ok(())
    }

    /// Takes the database its name away, and with it its log: one left there would be read into
    /// the next database of that name.
    pub(crate) fn unname(&self) -> Result<(), StoreError> {
        self.rename(&self.database(), &self.unfinished())?;
        for suffix in ["-wal", "-shm", "-journal"] {
            remove_if_there(&self.dir.join(format!("felloe.db{suffix}")))?;
        }
        Ok(())
    }

    /// Removes what an interrupted set-up left. Nobody has seen its keys.
    pub(crate) fn clear_unfinished(&self) -> Result<(), StoreError> {
        for suffix in ["-wal", "-shm", "-journal"] {
            remove_if_there(&self.dir.join(format!("felloe.new{suffix}")))?;
        }
        remove_if_there(&self.keys())?;
        remove_if_there(&self.recovery())?;
        // Last: without it, keys that are left would look like those of a lost database.
        remove_if_there(&self.unfinished())
    }
}

/// Makes the names in a folder durable. An empty path is the folder the program runs in.
#[cfg(unix)]
pub(crate) fn sync(folder: &Path) -> Result<(), StoreError> {
    let here = Path::new(".");
    let folder = if folder.as_os_str().is_empty() {
        here
    } else {
        folder
    };
    File::open(folder)?.sync_all()?;
    Ok(())
}

// Windows makes a rename durable with the file itself; a folder cannot be flushed there.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
pub(crate) fn sync(_folder: &Path) -> Result<(), StoreError> {
    Ok(())
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = private_file().create(true).truncate(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Whether something stands at `path`. An error other than "not found" counts as
/// present: what cannot be looked at must not be taken for a first run.
pub(crate) fn exists(path: &Path) -> bool {
    !matches!(fs::symlink_metadata(path), Err(error) if error.kind() == io::ErrorKind::NotFound)
}

/// Makes a file only this account can read and write, before anything is in it.
pub(crate) fn touch_private(path: &Path) -> Result<(), StoreError> {
    private_file().create(true).truncate(false).open(path)?;
    Ok(())
}

pub(crate) fn remove_if_there(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

#[cfg(unix)]
pub(crate) fn private_file() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

// On Windows the folder stands in the profile, whose access list is inherited.
#[cfg(not(unix))]
pub(crate) fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    options
}

#[cfg(unix)]
pub(crate) fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
pub(crate) fn restrict(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_hold_on_the_folder_is_refused_until_the_first_is_dropped() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::new(dir.path());
        let first = place.hold().unwrap();
        assert!(matches!(place.hold(), Err(StoreError::AlreadyOpen)));
        drop(first);
        assert!(place.hold().is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn folder_and_files_are_for_this_account_only() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let place = Place::new(dir.path().join("felloe"));
        place.make().unwrap();
        place.write(&place.keys(), b"{}").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(place.dir()), 0o700);
        assert_eq!(mode(&place.keys()), 0o600);
    }
}
