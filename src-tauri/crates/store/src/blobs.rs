//! The sealed bytes of attachments on this laptop.
//!
//! They stand in the database, in pieces, and not in files of their own: so a document and the
//! entry that names it reach the disk together or not at all, a backup holds both as they stood at
//! one instant, an erasure overwrites the pages of both, and no second thing has to be kept whole,
//! moved aside, put back or given another key. What that costs is that a backup copies them each
//! time; the quota bounds it.
//!
//! What a document is, and the key that opens it, this crate does not know.

mod carried;
mod going;
mod pieces;

use jiff::Timestamp;
use record::blob::BlobId;
use record::id::PatientId;
use record::scope::Scope;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::wire_text::read_scope;
use crate::{Store, StoreError};

pub use carried::{ToSend, Wanted};
pub use pieces::Piece;

/// How a blob stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobState {
    /// Its bytes.
    pub size: u64,
    /// Those of them that are here, from its start.
    pub held: u64,
    /// A person asked for the rest.
    pub wanted: bool,
    /// When the hub server last said that it has it not, since then.
    pub missed: Option<Timestamp>,
    /// Where the hub server is to have it.
    pub there: Vec<BlobThere>,
}

/// How much of a blob the hub server has in one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobThere {
    /// The patient whose entry names it.
    pub patient: PatientId,
    /// The scope in which that entry stands.
    pub scope: Scope,
    /// Bytes from its start.
    pub held: u64,
    /// When it last said so.
    pub said: Option<Timestamp>,
    /// Why it takes no more: a number of the protocol.
    pub refused: Option<u32>,
}

/// A blob, and on whose record and in which scope its entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlobOn {
    /// The blob.
    pub id: BlobId,
    /// Its bytes.
    pub size: u64,
    /// The patient.
    pub patient: PatientId,
    /// The scope.
    pub scope: Scope,
}

impl BlobState {
    /// All of it is here.
    pub fn is_here(&self) -> bool {
        self.held == self.size
    }

    /// The hub server has all of it.
    pub fn is_there(&self) -> bool {
        self.there.iter().any(|there| there.held == self.size)
    }
}

impl Store {
    /// How a blob stands here; none while nobody here attached it, asked for it or passed it on.
    pub fn blob(&self, id: &BlobId) -> Result<Option<BlobState>, StoreError> {
        let row = self
            .connection
            .prepare_cached("SELECT size, held, wanted, missed, place FROM blob WHERE id = ?1")?
            .query_row([id.as_bytes()], |row| {
                let missed = moment(row, 3)?;
                let state = BlobState {
                    size: row.get(0)?,
                    held: row.get(1)?,
                    wanted: row.get(2)?,
                    missed,
                    there: Vec::new(),
                };
                Ok((state, row.get(4)?))
            })
            .optional()?;
        let Some((state, place)) = row else {
            return Ok(None);
        };
        let there = self.there(place)?;
        Ok(Some(BlobState { there, ..state }))
    }

    fn there(&self, place: i64) -> Result<Vec<BlobThere>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT patient, scope, held, said, refused FROM blob_there
             WHERE blob = ?1 ORDER BY patient, scope",
        )?;
        let rows = statement.query_map([place], |row| {
            Ok((
                row.get::<_, [u8; 16]>(0)?,
                row.get::<_, String>(1)?,
                row.get(2)?,
                moment(row, 3)?,
                row.get(4)?,
            ))
        })?;
        rows.map(|row| {
            let (patient, scope, held, said, refused) = row?;
            Ok(BlobThere {
                patient: PatientId::from_bytes(patient),
                scope: read_scope(&scope)?,
                held,
                said,
                refused,
            })
        })
        .collect()
    }

    /// A document's blob is now on this record and in this scope too: after a move or a transfer.
    /// Harmless when that is known.
    pub fn share_blob(&mut self, on: &BlobOn) -> Result<(), StoreError> {
        self.together(|connection| {
            let place = placed(connection, on)?;
            note_on(connection, place, on)
        })
    }

    /// A person asked for what is not here of a blob.
    pub fn want_blob(&mut self, on: &BlobOn, now: Timestamp) -> Result<(), StoreError> {
        self.together(|connection| {
            let place = placed(connection, on)?;
            note_on(connection, place, on)?;
            connection
                .prepare_cached(
                    "UPDATE blob SET wanted = held < size, missed = NULL, opened = ?2
                     WHERE place = ?1",
                )?
                .execute(params![place, now.as_second()])?;
            Ok(())
        })
    }

    /// A person looked at a document, so that it is not among the first to be let go.
    pub fn opened_blob(&mut self, id: &BlobId, now: Timestamp) -> Result<(), StoreError> {
        self.together(|connection| {
            connection
                .prepare_cached("UPDATE blob SET opened = ?2 WHERE id = ?1")?
                .execute(params![id.as_bytes(), now.as_second()])?;
            Ok(())
        })
    }
}

/// The row of a blob, which is made if it is not there.
fn placed(connection: &Connection, on: &BlobOn) -> Result<i64, StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO blob (id, size, held, wanted, opened) VALUES (?1, ?2, 0, 0, 0)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![on.id.as_bytes(), on.size])?;
    Ok(connection
        .prepare_cached("SELECT place FROM blob WHERE id = ?1")?
        .query_row([on.id.as_bytes()], |row| row.get(0))?)
}

fn note_on(connection: &Connection, place: i64, on: &BlobOn) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO blob_there (blob, patient, scope, held) VALUES (?1, ?2, ?3, 0)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![place, on.patient.as_bytes(), on.scope.to_string()])?;
    Ok(())
}

/// A blob of nobody's record any more goes, with every piece.
pub(crate) fn erase(connection: &Connection, patient: PatientId) -> Result<(), StoreError> {
    connection.execute(
        "DELETE FROM blob_there WHERE patient = ?1",
        [patient.as_bytes()],
    )?;
    pieces::drop_where(
        connection,
        "id IS NOT NULL AND place NOT IN (SELECT blob FROM blob_there)",
    )
}

fn moment(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Timestamp>> {
    let seconds: Option<i64> = row.get(at)?;
    Ok(seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()))
}
