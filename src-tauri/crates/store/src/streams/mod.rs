//! Streams as other devices may have left them: with branches, with gaps, and as far as the hub
//! server has them.

mod acknowledged;
mod beyond;
mod branches;
mod receiving;

pub use acknowledged::Delivery;
pub(crate) use receiving::move_tip;

use std::collections::BTreeSet;

use record::envelope::{Envelope, Stream};
use record::id::DeviceId;
use record::log::{Tail, Tips};
use record::scope::Scope;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::journal::bytes;
use crate::wire_text::read_scope;
use crate::{Store, StoreError};

/// A stream as its columns have it, written once for every statement about it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Columns {
    pub(crate) scope: String,
    pub(crate) device: [u8; 16],
    pub(crate) incarnation: u32,
}

impl Columns {
    /// Before every stream.
    const FIRST: Self = Self {
        scope: String::new(),
        device: [0; 16],
        incarnation: 0,
    };

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            scope: row.get(0)?,
            device: row.get(1)?,
            incarnation: row.get(2)?,
        })
    }

    pub(crate) fn of(stream: &Stream) -> Self {
        Self {
            scope: stream.scope.to_string(),
            device: *stream.device.as_bytes(),
            incarnation: stream.incarnation,
        }
    }
}

/// The stream after another. The number stands with it as high as it goes: without it the index is
/// entered at the first envelope of the stream before, and all of that is passed one by one.
pub(crate) const NEXT_STREAM: &str = "SELECT scope, device, incarnation FROM envelope
     WHERE (scope, device, incarnation, sequence) > (?1, ?2, ?3, 9223372036854775807)
     ORDER BY scope, device, incarnation LIMIT 1";

impl Store {
    /// The streams there are, in order; those whose rows were removed still count.
    ///
    /// Each is found by one step through the index: an exchange asks for them several times, and
    /// must cost by how many streams there are and not by what is in them.
    pub fn streams(&self) -> Result<Vec<Stream>, StoreError> {
        let mut ended = self
            .connection
            .prepare_cached("SELECT DISTINCT scope, device, incarnation FROM tip")?;
        let mut all: BTreeSet<Columns> = ended
            .query_map([], Columns::read)?
            .collect::<Result<_, _>>()?;
        let mut next = self.connection.prepare_cached(NEXT_STREAM)?;
        let mut last = Columns::FIRST;
        while let Some(found) = next
            .query_row(
                params![last.scope, last.device, last.incarnation],
                Columns::read,
            )
            .optional()?
        {
            all.insert(found.clone());
            last = found;
        }
        all.iter().map(|columns| self.stream(columns)).collect()
    }

    fn stream(&self, columns: &Columns) -> Result<Stream, StoreError> {
        Ok(Stream {
            service: self.origin.service,
            scope: read_scope(&columns.scope)?,
            device: DeviceId::from_bytes(columns.device),
            incarnation: columns.incarnation,
        })
    }

    /// The ends of a stream's branches, ascending; none when nothing of it is held.
    pub fn tails(&self, stream: &Stream) -> Result<Vec<Tail>, StoreError> {
        tails(&self.connection, &Columns::of(stream))
    }

    /// The first number of each forked stream at which two envelopes stand: from there on what
    /// stands in it came from a copied disk or from the disk that was copied.
    pub fn forks(&self) -> Result<Vec<(Stream, u64)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT scope, device, incarnation, sequence FROM fork ORDER BY 1, 2, 3",
        )?;
        let rows = statement.query_map([], |row| Ok((Columns::read(row)?, row.get(3)?)))?;
        rows.map(|row| {
            let (columns, sequence) = row?;
            Ok((self.stream(&columns)?, sequence))
        })
        .collect()
    }
}

pub(crate) fn tails(connection: &Connection, of: &Columns) -> Result<Vec<Tail>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT sequence, head FROM tip
         WHERE scope = ?1 AND device = ?2 AND incarnation = ?3 ORDER BY sequence, head",
    )?;
    let rows = statement.query_map(params![of.scope, of.device, of.incarnation], tail)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn tail(row: &Row<'_>) -> rusqlite::Result<Tail> {
    Ok(Tail {
        sequence: row.get(0)?,
        header_hash: row.get(1)?,
    })
}

/// Where a stream forks, if it does.
fn fork(connection: &Connection, of: &Columns) -> Result<Option<u64>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT sequence FROM fork WHERE scope = ?1 AND device = ?2 AND incarnation = ?3",
        )?
        .query_row(params![of.scope, of.device, of.incarnation], |row| {
            row.get(0)
        })
        .optional()?)
}

/// The envelopes at one place of a stream, each with whether it has joined it.
fn at(
    connection: &Connection,
    of: &Columns,
    sequence: u64,
) -> Result<Vec<(Envelope, bool)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT bytes, NOT EXISTS (SELECT 1 FROM ahead WHERE ahead.place = envelope.place)
         FROM envelope
         WHERE scope = ?1 AND device = ?2 AND incarnation = ?3 AND sequence = ?4",
    )?;
    let mut rows = statement.query(params![of.scope, of.device, of.incarnation, sequence])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((Envelope::from_bytes(&bytes(row)?)?, row.get(1)?));
    }
    Ok(found)
}

/// The tips of the rows of one scope, `(device, incarnation, sequence, head)` in that order.
fn grouped(store: &Store, scope: Scope, sql: &str) -> Result<Vec<Tips>, StoreError> {
    let mut statement = store.connection.prepare_cached(sql)?;
    let rows = statement.query_map([scope.to_string()], |row| {
        let end = Tail {
            sequence: row.get(2)?,
            header_hash: row.get(3)?,
        };
        Ok((row.get::<_, [u8; 16]>(0)?, row.get(1)?, end))
    })?;
    let mut all: Vec<Tips> = Vec::new();
    for row in rows {
        let (device, incarnation, end) = row?;
        let stream = Stream {
            service: store.origin.service,
            scope,
            device: DeviceId::from_bytes(device),
            incarnation,
        };
        match all.last_mut() {
            Some(last) if last.stream == stream => last.tails.push(end),
            _ => all.push(Tips {
                stream,
                tails: vec![end],
            }),
        }
    }
    Ok(all)
}
