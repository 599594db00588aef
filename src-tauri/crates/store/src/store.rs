use std::fmt;
use std::path::Path;

use rusqlite::Connection;

use crate::data_key::DataKey;
use crate::installation::Installation;
use crate::place::Hold;
use crate::{StoreError, database};

/// The open database: the journal and what is derived from it. What a method has
/// written is on disk when it returns.
pub struct Store {
    pub(crate) connection: Connection,
    // Declared after the connection, so that the folder is free only once it is closed.
    _hold: Hold,
}

impl Store {
    /// Makes a new database at `path` and closes it again.
    pub(crate) fn make(
        path: &Path,
        key: &DataKey,
        installation: &Installation,
    ) -> Result<(), StoreError> {
        let connection = database::open(path, key)?;
        installation.write(&connection)?;
        // Closing moves the log into the file, which is then renamed on its own.
        connection.close().map_err(|(_, error)| error.into())
    }

    pub(crate) fn open(path: &Path, key: &DataKey, hold: Hold) -> Result<Self, StoreError> {
        Ok(Self {
            connection: database::open(path, key)?,
            _hold: hold,
        })
    }

    pub(crate) fn installation(&self) -> Result<Installation, StoreError> {
        Installation::read(&self.connection)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store(..)")
    }
}
