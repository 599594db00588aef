use std::path::{Path, PathBuf};
use std::{fmt, fs};

use record::envelope::Stream;
use record::id::{DeviceId, ServiceId};
use record::scope::Scope;
use rusqlite::Connection;

use crate::data_key::DataKey;
use crate::holders::{Holder, allow};
use crate::installation::Installation;
use crate::migrations::settle;
use crate::place::Hold;
use crate::{StoreError, database};

/// The open database: the journal and what is derived from it. What a method has
/// written is on disk when it returns.
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) origin: Origin,
    // Declared after the connection, so that they go only once it is closed.
    _scratch: Option<Scratch>,
    _hold: Option<Hold>,
}

/// Bytes of the shortest database there is: one page of SQLCipher's.
const SHORTEST: u64 = 4096;

/// A database that is thrown away when it is closed.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn at(path: PathBuf) -> Self {
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Whose streams this database writes.
#[derive(Clone, Copy)]
pub(crate) struct Origin {
    pub(crate) service: ServiceId,
    device: DeviceId,
    incarnation: u32,
}

impl Origin {
    fn read(connection: &Connection) -> Result<Self, StoreError> {
        let Installation {
            identity,
            incarnation,
            ..
        } = Installation::read(connection)?;
        Ok(Self {
            service: identity.service,
            device: identity.device,
            incarnation,
        })
    }

    /// Which life of the device it is.
    pub(crate) fn incarnation(&self) -> u32 {
        self.incarnation
    }

    /// Whose it is.
    pub(crate) fn device(&self) -> DeviceId {
        self.device
    }

    /// Ends this life of the device: the next one has a number that no other has had. A copy of the
    /// disk that finds out as well met another envelope, and so chooses another number, in most
    /// cases; two that chose alike find that out in the same way.
    pub(crate) fn begin_next(
        &self,
        connection: &Connection,
        met: &[u8; 32],
    ) -> Result<(), StoreError> {
        let [a, b, c, d, ..] = *met;
        let highest: Option<u32> = connection.query_row(
            "SELECT max(incarnation) FROM tip WHERE device = ?1",
            [self.device.as_bytes()],
            |row| row.get(0),
        )?;
        let last = highest.unwrap_or(0).max(self.incarnation);
        let next = next_incarnation(last, u32::from_be_bytes([a, b, c, d]))?;
        connection.execute(
            "UPDATE installation SET incarnation = ?1 WHERE id = 1 AND incarnation = ?2",
            [next, self.incarnation],
        )?;
        Ok(())
    }

    pub(crate) fn stream(&self, scope: Scope) -> Stream {
        let Self {
            service,
            device,
            incarnation,
        } = *self;
        Stream {
            service,
            scope,
            device,
            incarnation,
        }
    }
}

/// A number above the last, as far as 32 random bits say, with room for thousands of lives: the
/// same disk may be copied, or the same backup restored, more than once.
pub(crate) fn next_incarnation(last: u32, random: u32) -> Result<u32, StoreError> {
    last.checked_add((random >> 12) + 1)
        .ok_or(StoreError::Malformed("incarnation"))
}

impl Store {
    /// Makes a new database at `path` and closes it again.
    pub(crate) fn make(
        path: &Path,
        key: &DataKey,
        installation: &Installation,
        holders: &[(Holder, Vec<u8>)],
    ) -> Result<(), StoreError> {
        Self::made(path, key, installation, holders).map_err(|error| error.looked_into(path))
    }

    fn made(
        path: &Path,
        key: &DataKey,
        installation: &Installation,
        holders: &[(Holder, Vec<u8>)],
    ) -> Result<(), StoreError> {
        let connection = database::open(path, key)?;
        installation.write(&connection)?;
        for (holder, public) in holders {
            allow(&connection, *holder, public)?;
        }
        // The file is renamed on its own, so its log has to be in it. Closing would see to that as
        // well, and say nothing if the disk refused.
        let busy: i64 =
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy != 0 {
            return Err(StoreError::TakenBack);
        }
        connection.close().map_err(|(_, error)| error.into())
    }

    pub(crate) fn open(path: &Path, key: &DataKey, hold: Hold) -> Result<Self, StoreError> {
        // What is shorter than a page would be taken for an empty database, and written in.
        if fs::metadata(path)?.len() < SHORTEST {
            return Err(StoreError::Damaged);
        }
        let connection = database::open(path, key)?;
        settle(&connection, path)?;
        Self::over(connection, Some(hold), None)
    }

    /// The journal in an open database.
    pub(crate) fn over(
        connection: Connection,
        hold: Option<Hold>,
        scratch: Option<Scratch>,
    ) -> Result<Self, StoreError> {
        let origin = Origin::read(&connection)?;
        Ok(Self {
            connection,
            origin,
            _scratch: scratch,
            _hold: hold,
        })
    }

    /// Which life of the device this database writes: a new one begins after a copied disk or a
    /// restored backup.
    pub fn incarnation(&self) -> u32 {
        self.origin.incarnation
    }

    /// Whose streams it writes, as the database says now.
    pub(crate) fn origin_now(&self) -> Result<Origin, StoreError> {
        Origin::read(&self.connection)
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
