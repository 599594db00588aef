//! A record that makes room for a restored one: its files move into a folder beside it, whole, and
//! back again where the restore was cut short.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::StoreError;
use crate::data_key::random;
use crate::place::{Place, exists, remove_if_there, restrict, sync};

/// Puts a record back that a restore moved aside and put nothing in the place of. What the restore
/// had built goes.
pub fn put_back(place: &Place) -> Result<(), StoreError> {
    let _hold = place.hold()?;
    place.put_back()
}

impl Place {
    /// The folder that the record's files move into. It gets the day as its name when the restored
    /// record stands in their place: until then it says that a restore was cut short.
    fn aside(&self) -> PathBuf {
        self.dir().join("felloe.aside")
    }

    /// Whether a restore moved the record aside and put nothing in its place.
    pub(crate) fn is_left_aside(&self) -> bool {
        exists(&self.aside()) && !exists(&self.database())
    }

    /// The database and what SQLite keeps beside it. A log left there would be read into another
    /// database of that name.
    pub(crate) fn database_files(&self) -> Vec<PathBuf> {
        with_logs(&self.database())
    }

    /// Everything that moves, the database first: without its log it must never be opened, and
    /// without it nothing is.
    fn moving(&self) -> Vec<PathBuf> {
        let mut files = self.database_files();
        files.extend([self.keys(), self.recovery()]);
        files
    }

    /// Moves the record's files aside. On disk when this returns.
    pub(crate) fn move_aside(
        &self,
        now: Timestamp,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(), StoreError> {
        let aside = self.aside();
        if exists(&aside) {
            // Of an earlier restore, which put a record in the place of what is in it.
            self.name_aside(now, entropy)?;
        }
        fs::create_dir(&aside)?;
        restrict(&aside, 0o700)?;
        move_all(&self.moving(), &aside)?;
        sync(&aside)?;
        sync(self.dir())
    }

    /// The restored record stands: the other is named by the time, and stays.
    pub(crate) fn name_aside(
        &self,
        now: Timestamp,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<PathBuf, StoreError> {
        let [a, b] = random::<2>(entropy);
        let name = format!("aside-{}-{a:02x}{b:02x}", now.strftime("%Y-%m-%d-%H%M%S"));
        let named = self.dir().join(name);
        self.rename(&self.aside(), &named)?;
        Ok(named)
    }

    /// Moves the record's files back, over what a restore that was cut short left in their place.
    /// The database comes last: until it is there the record counts as left aside.
    pub(crate) fn put_back(&self) -> Result<(), StoreError> {
        if !self.is_left_aside() {
            return Ok(());
        }
        self.clear_new()?;
        let aside = Self::new(self.aside());
        let mut files = aside.moving();
        files.reverse();
        move_all(&files, self.dir())?;
        sync(self.dir())?;
        fs::remove_dir(aside.dir())?;
        sync(self.dir())
    }

    /// Removes what an interrupted restore left under the temporary name.
    pub(crate) fn clear_new(&self) -> Result<(), StoreError> {
        let files = with_logs(&self.unfinished());
        files.iter().try_for_each(|file| remove_if_there(file))
    }
}

fn with_logs(database: &Path) -> Vec<PathBuf> {
    let named = |end: &str| {
        let mut name = database.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    ["", "-wal", "-shm", "-journal"].map(named).to_vec()
}

fn move_all(files: &[PathBuf], to: &Path) -> Result<(), StoreError> {
    for file in files.iter().filter(|file| exists(file)) {
        if let Some(name) = file.file_name() {
            fs::rename(file, to.join(name))?;
        }
    }
    Ok(())
}
