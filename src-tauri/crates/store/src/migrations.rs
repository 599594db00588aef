//! Versions of the tables, and how an older file becomes a newer one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::StoreError;
use crate::backup::{Source, copy};
use crate::data_key::DataKey;
use crate::place::exists;

/// Every version of the tables, oldest first. The numbers ascend and may have gaps. Never edit one
/// that has shipped; add the next. An older Felloe refuses a file with more versions than it knows.
const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("schema/0001.sql")),
    (2, include_str!("schema/0002.sql")),
    (3, include_str!("schema/0003.sql")),
    (4, include_str!("schema/0004.sql")),
    (10, include_str!("schema/0010.sql")),
    (11, include_str!("schema/0011.sql")),
    (12, include_str!("schema/0012.sql")),
    (13, include_str!("schema/0013.sql")),
    (14, include_str!("schema/0014.sql")),
    (15, include_str!("schema/0015.sql")),
];

/// The newest version of the tables this program knows.
pub const KNOWN: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// How often a file is opened after its tables were brought up to date before the copy from before
/// goes: long enough to notice that something is wrong. A design decision.
const OPENED_BEFORE_COPY_GOES: u32 = 10;
const OPENED: &str = "opened-since-migration";

/// Refuses a file that a newer program has written.
pub(crate) fn refuse_newer(connection: &Connection) -> Result<(), StoreError> {
    let found = version(connection)?;
    if found > KNOWN {
        return Err(StoreError::Newer {
            found,
            known: KNOWN,
        });
    }
    Ok(())
}

/// Brings the tables of the file at `path` up to date, one transaction a version. A file with
/// something in it is copied beside itself first; without room for that nothing is changed.
///
/// When it is cut short, the next opening goes on from the last version that was finished, and the
/// copy stays the one from before the first.
pub(crate) fn migrate(
    connection: &mut Connection,
    path: &Path,
    key: &DataKey,
) -> Result<(), StoreError> {
    let found = version(connection)?;
    if found == KNOWN {
        return Ok(());
    }
    if found > 0 {
        copy_before(path, key)?;
    }
    upgrade(connection)?;
    if found > 0 {
        note_opened(connection, 0)?;
    }
    Ok(())
}

/// Runs the versions that are missing.
pub(crate) fn upgrade(connection: &mut Connection) -> Result<(), StoreError> {
    let found = version(connection)?;
    for (version, sql) in MIGRATIONS.iter().filter(|(version, _)| *version > found) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Counts an opening after a migration; after the tenth the copy from before goes.
pub(crate) fn settle(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let json: Option<String> = connection
        .query_row(
            "SELECT json FROM setting WHERE name = ?1",
            [OPENED],
            |row| row.get(0),
        )
        .optional()?;
    let Some(opened) = json.and_then(|json| json.parse::<u32>().ok()) else {
        return Ok(());
    };
    if opened < OPENED_BEFORE_COPY_GOES {
        return note_opened(connection, opened + 1);
    }
    for copy in copies_before(path) {
        fs::remove_file(copy)?;
    }
    connection.execute("DELETE FROM setting WHERE name = ?1", [OPENED])?;
    Ok(())
}

fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

fn note_opened(connection: &Connection, times: u32) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO setting (name, json) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET json = excluded.json",
        [OPENED, &times.to_string()],
    )?;
    Ok(())
}

/// Keeps the file as it is as `felloe.before-v3`, under the same key.
fn copy_before(path: &Path, key: &DataKey) -> Result<(), StoreError> {
    let kept = path.with_extension(format!("before-v{KNOWN}"));
    if exists(&kept) {
        // From a migration that was cut short: that copy is the older one.
        return Ok(());
    }
    let unfinished = path.with_extension("before.tmp");
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let source = Source {
        path,
        key,
        still: false,
        leave: None,
    };
    let made = copy(&source, &unfinished, key, |_, _| Ok(()))
        .and_then(|()| Ok(File::options().write(true).open(&unfinished)?.sync_all()?))
        .and_then(|()| Ok(fs::rename(&unfinished, &kept)?));
    if made.is_err() {
        // The error that stopped it is the one to tell.
        let _ = fs::remove_file(&unfinished);
    }
    made
}

pub(crate) fn copies_before(path: &Path) -> Vec<PathBuf> {
    MIGRATIONS
        .iter()
        .map(|(version, _)| path.with_extension(format!("before-v{version}")))
        .filter(|copy| exists(copy))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_newer_version_is_refused_and_left_alone() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .pragma_update(None, "user_version", KNOWN + 1)
            .unwrap();
        let refused = refuse_newer(&connection).unwrap_err();
        assert!(matches!(refused, StoreError::Newer { found, .. } if found == KNOWN + 1));
        assert!(refused.to_string().contains("Update Felloe"));
        let tables: i64 = connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .unwrap();
        assert_eq!(tables, 0);
    }

    #[test]
    fn upgrading_twice_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        upgrade(&mut connection).unwrap();
        upgrade(&mut connection).unwrap();
        assert_eq!(version(&connection).unwrap(), KNOWN);
    }

    #[test]
    fn the_versions_ascend() {
        assert!(MIGRATIONS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(MIGRATIONS[0].0 > 0);
    }
}
