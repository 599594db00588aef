use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::StoreError;
use crate::data_key::DataKey;
use crate::migrations::{migrate, refuse_newer};
use crate::place::touch_private;

/// Opens the encrypted file, sets it up for durable writing and brings its
/// tables up to date. Wrong key and damage are told from the first page read.
pub(crate) fn open(path: &Path, key: &DataKey) -> Result<Connection, StoreError> {
    touch_private(path)?;
    opened(path, key).map_err(|error| error.looked_into(path))
}

fn opened(path: &Path, key: &DataKey) -> Result<Connection, StoreError> {
    let mut connection = connect(path, key, OpenFlags::default())?;
    refuse_newer(&connection)?;
    for pragma in DURABLE {
        apply(&connection, pragma)?;
    }
    migrate(&mut connection, path, key)?;
    Ok(connection)
}

/// Connects with the key, and tells a wrong key and damage from the first page read.
pub(crate) fn connect(
    path: &Path,
    key: &DataKey,
    flags: OpenFlags,
) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags)?;
    // SQLCipher writes to stderr what we put in words ourselves.
    apply(&connection, "PRAGMA cipher_log_level = NONE")?;
    apply(&connection, &key.pragma())?;
    apply(&connection, "PRAGMA cipher_memory_security = OFF")?;
    // Nothing of a query or a copy reaches the disk in clear.
    apply(&connection, "PRAGMA temp_store = MEMORY")?;
    read_first_page(&connection)?;
    // A crafted schema must not run functions with side effects.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(connection)
}

/// In this order: pages are written to the log and flushed at every commit, and
/// nothing of a query or a deleted draft reaches the disk in clear or stays.
const DURABLE: [&str; 8] = [
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA cache_size = -65536",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
    "PRAGMA cell_size_check = ON",
];

// The key is not tried until a page is read.
fn read_first_page(connection: &Connection) -> Result<(), StoreError> {
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(())
}

// Some pragmas answer with a row, some do not.
fn apply(connection: &Connection, pragma: &str) -> Result<(), StoreError> {
    let mut statement = connection.prepare(pragma)?;
    let mut rows = statement.query([])?;
    while rows.next()?.is_some() {}
    Ok(())
}
