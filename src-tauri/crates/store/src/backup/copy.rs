//! A consistent copy of a database under another key.

use std::path::Path;

use record::envelope::Stream;
use record::id::{DeviceId, ServiceId};
use record::manifest::StreamCount;
use rusqlite::{Connection, OpenFlags, params};

use crate::data_key::DataKey;
use crate::place::touch_private;
use crate::wire_text::read_scope;
use crate::{Leave, StoreError, database};

/// A database to be copied.
pub(crate) struct Source<'a> {
    /// The file.
    pub(crate) path: &'a Path,
    /// Its key.
    pub(crate) key: &'a DataKey,
    /// Whether nobody writes to it, so that it is read as it stands, on read-only media too, and
    /// whatever lies beside it is not taken for its journal.
    pub(crate) still: bool,
    /// What may end the copying from another thread.
    pub(crate) leave: Option<&'a Leave>,
}

/// Copies every table and index of `source` into a new file at `to`, encrypted under `key`, as they
/// stand at one instant; writers are not held up. Gives what `look` sees at that instant, when
/// given the copying connection and the name under which the source is attached.
///
/// The file is not yet flushed: whoever asked knows when it is worth it.
pub(crate) fn copy<T>(
    source: &Source<'_>,
    to: &Path,
    key: &DataKey,
    look: impl FnOnce(&Connection, &str) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    touch_private(to)?;
    copied(source, to, key, look).map_err(|error| error.looked_into(to))
}

fn copied<T>(
    source: &Source<'_>,
    to: &Path,
    key: &DataKey,
    look: impl FnOnce(&Connection, &str) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let connection = database::connect(to, key, flags)?;
    // Nobody reads this file until it is whole, so it needs no journal of its own.
    connection.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
    if let Some(leave) = source.leave {
        leave.covers(&connection)?;
    }
    let from = uri(source.path, source.still)?;
    connection.execute(
        "ATTACH DATABASE ?1 AS source KEY ?2",
        params![from, source.key.text().as_str()],
    )?;
    let instant = connection.unchecked_transaction()?;
    let seen = look(&instant, "source")?;
    instant.query_row("SELECT sqlcipher_export('main', 'source')", [], |_| Ok(()))?;
    let version: i64 = instant.query_row("PRAGMA source.user_version", [], |row| row.get(0))?;
    instant.pragma_update(None, "user_version", version)?;
    instant.commit()?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(seen)
}

/// A file as SQLite's address of it: every byte that means something there is written as a number.
pub(crate) fn uri(path: &Path, still: bool) -> Result<String, StoreError> {
    let text = path
        .to_str()
        .ok_or(StoreError::Folder(std::io::ErrorKind::InvalidFilename))?;
    let mut address = String::from("file:");
    if cfg!(windows) {
        address.push_str("///");
    }
    for byte in text.bytes() {
        match byte {
            b'\\' if cfg!(windows) => address.push('/'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b':' => {
                address.push(char::from(byte));
            }
            other => {
                address.push('%');
                address.push_str(&data_encoding::HEXUPPER.encode(&[other]));
            }
        }
    }
    if still {
        address.push_str("?immutable=1");
    }
    Ok(address)
}

/// What each stream of a database holds, in the order of a manifest. Of a forked one the furthest
/// end stands there, and of equally far ones the highest.
pub(crate) fn counts(
    connection: &Connection,
    schema: &str,
    service: ServiceId,
) -> Result<Vec<StreamCount>, StoreError> {
    let mut statement = connection.prepare(&format!(
        "SELECT scope, device, incarnation, sequence, max(head),
             (SELECT count(*) FROM {schema}.envelope AS e WHERE e.scope = t.scope
                 AND e.device = t.device AND e.incarnation = t.incarnation)
         FROM {schema}.tip AS t
         WHERE sequence = (SELECT max(sequence) FROM {schema}.tip AS o WHERE o.scope = t.scope
                 AND o.device = t.device AND o.incarnation = t.incarnation)
         GROUP BY scope, device, incarnation"
    ))?;
    let rows = statement.query_map([], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, [u8; 16]>(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
            row.get(5)?,
        ))
    })?;
    let mut counts = Vec::new();
    for row in rows {
        let (scope, device, incarnation, sequence, head, envelopes) = row?;
        let stream = Stream {
            service,
            scope: read_scope(&scope)?,
            device: DeviceId::from_bytes(device),
            incarnation,
        };
        counts.push(StreamCount {
            stream,
            envelopes,
            sequence,
            head,
        });
    }
    counts.sort_by_key(|count| {
        let Stream {
            scope,
            device,
            incarnation,
            ..
        } = count.stream;
        (scope, device, incarnation)
    });
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_anything_in_it_is_one_address() {
        let path = Path::new("/media/Ama's stick/50% ?mode=rwc#1/copy.db");
        assert_eq!(
            uri(path, true).unwrap(),
            "file:/media/Ama%27s%20stick/50%25%20%3Fmode%3Drwc%231/copy.db?immutable=1"
        );
    }
}
