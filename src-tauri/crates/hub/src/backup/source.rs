//! The shelf of a backup, to be read with the tables of this version.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::BackupError;
use crate::database::{self, Address, Link};

/// Where a copy stands while it is read, in the folder of the hub server.
const SCRATCH: &str = "restore.unfinished";

/// The shelf of a backup.
pub(super) struct Source {
    // Closed before what it stands on goes.
    pub(super) link: Link,
    _scratch: Option<Scratch>,
}

impl Source {
    /// Opens it; refuses one of a newer hub server. The tables of an older one are brought up to date
    /// in a copy inside `folder`, which goes with this: a backup is never changed.
    pub(super) fn open(file: &Path, folder: &Path) -> Result<Self, BackupError> {
        let mut link = database::connect_to_read(file)?;
        if database::is_up_to_date(&mut link)? {
            return Ok(Self {
                link,
                _scratch: None,
            });
        }
        drop(link);
        let scratch = Scratch::make(folder)?;
        let copy = scratch.0.join("shelf.db");
        // Not with the permissions of the backup, which may be there to be read only.
        io::copy(&mut File::open(file)?, &mut File::create(&copy)?)?;
        let mut link = database::connect(&Address::File(copy))?;
        database::prepare(&mut link)?;
        Ok(Self {
            link,
            _scratch: Some(scratch),
        })
    }
}

/// A folder that goes when this does.
struct Scratch(PathBuf);

impl Scratch {
    fn make(folder: &Path) -> io::Result<Self> {
        let scratch = Self(folder.join(SCRATCH));
        // Left by one that was killed.
        if fs::exists(&scratch.0)? {
            fs::remove_dir_all(&scratch.0)?;
        }
        fs::create_dir(&scratch.0)?;
        Ok(scratch)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left stands in the hub server's own folder, and goes the next time.
        let _ = fs::remove_dir_all(&self.0);
    }
}
