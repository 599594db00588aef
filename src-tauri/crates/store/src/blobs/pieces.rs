//! The bytes themselves.

use jiff::Timestamp;
use record::blob::{BlobHash, BlobId, gather};
use rusqlite::{Connection, OptionalExtension, params};

use super::{BlobOn, note_on};
use crate::{Store, StoreError};

/// What became of a piece that came from the hub server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// So many bytes are held now.
    Held(u64),
    /// All came, and it is not the blob that was asked for. Nothing of it is kept.
    Altered,
}

impl Store {
    /// Begins to keep a blob whose id is not known yet. What was begun before and not finished is
    /// forgotten: it stands in no record.
    pub fn begin_blob(&mut self) -> Result<(), StoreError> {
        self.together(|connection| {
            drop_where(connection, "id IS NULL")?;
            connection.execute(
                "INSERT INTO blob (id, size, held, wanted, opened) VALUES (NULL, 0, 0, 0, 0)",
                [],
            )?;
            Ok(())
        })
    }

    /// Keeps the next bytes of the blob that was begun.
    pub fn grow_blob(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.together(|connection| {
            let (place, held) = begun(connection)?;
            add(connection, place, held, bytes)
        })
    }

    /// Gives the blob that was begun its name: it is whole, and stands on a record. Together with
    /// the entry that names it, so it is called inside a [`Store::begin`] and [`Store::keep`].
    pub fn name_blob(&mut self, on: &BlobOn, now: Timestamp) -> Result<(), StoreError> {
        self.together(|connection| {
            let (place, held) = begun(connection)?;
            if held != on.size {
                return Err(StoreError::Malformed("attachment"));
            }
            connection.execute(
                "UPDATE blob SET id = ?2, size = ?3, opened = ?4 WHERE place = ?1",
                params![place, on.id.as_bytes(), on.size, now.as_second()],
            )?;
            note_on(connection, place, on)
        })
    }

    /// Forgets the blob that was begun.
    pub fn give_up_blob(&mut self) -> Result<(), StoreError> {
        self.together(|connection| drop_where(connection, "id IS NULL"))
    }

    /// Bytes of a blob from `at`: `limit` of them, or fewer where no more are held.
    pub fn blob_bytes(&self, id: &BlobId, at: u64, limit: usize) -> Result<Vec<u8>, StoreError> {
        let Some((place, _)) = of(&self.connection, id)? else {
            return Ok(Vec::new());
        };
        gather(at, limit, |from| piece_after(&self.connection, place, from))
    }

    /// Keeps a piece that came for its place. One for another place changes nothing. When it was
    /// the last, the blob is checked against its id.
    pub fn keep_piece(
        &mut self,
        id: &BlobId,
        at: u64,
        piece: &[u8],
        now: Timestamp,
    ) -> Result<Piece, StoreError> {
        self.together(|connection| {
            let Some((place, held)) = of(connection, id)? else {
                // It was erased meanwhile.
                return Ok(Piece::Held(0));
            };
            let size: u64 = connection
                .prepare_cached("SELECT size FROM blob WHERE place = ?1")?
                .query_row([place], |row| row.get(0))?;
            let ends = at.saturating_add(piece.len() as u64);
            if held != at || ends > size || piece.is_empty() {
                return Ok(Piece::Held(held));
            }
            add(connection, place, held, piece)?;
            if ends < size {
                return Ok(Piece::Held(ends));
            }
            if hash_of(connection, place)? != *id {
                forget(connection, place, Some(now))?;
                return Ok(Piece::Altered);
            }
            connection.execute("UPDATE blob SET wanted = 0 WHERE place = ?1", [place])?;
            Ok(Piece::Held(ends))
        })
    }

    /// Forgets the bytes of a blob that was found damaged here, to be fetched again.
    pub fn forget_blob_bytes(&mut self, id: &BlobId) -> Result<(), StoreError> {
        self.together(|connection| match of(connection, id)? {
            Some((place, _)) => forget(connection, place, None),
            None => Ok(()),
        })
    }

    /// Whether a blob that is held whole is still what its id says.
    pub fn blob_is_whole(&self, id: &BlobId) -> Result<bool, StoreError> {
        Ok(match of(&self.connection, id)? {
            Some((place, _)) => hash_of(&self.connection, place)? == *id,
            None => false,
        })
    }
}

/// Leaves the row, and takes the bytes away.
pub(super) fn forget(
    connection: &Connection,
    place: i64,
    missed: Option<Timestamp>,
) -> Result<(), StoreError> {
    connection.execute("DELETE FROM blob_piece WHERE blob = ?1", [place])?;
    connection.execute(
        "UPDATE blob SET held = 0, missed = coalesce(?2, missed) WHERE place = ?1",
        params![place, missed.map(Timestamp::as_second)],
    )?;
    Ok(())
}

fn add(connection: &Connection, place: i64, held: u64, bytes: &[u8]) -> Result<(), StoreError> {
    if bytes.is_empty() {
        return Ok(());
    }
    let ends = held + bytes.len() as u64;
    connection
        .prepare_cached("INSERT INTO blob_piece (blob, ends, bytes) VALUES (?1, ?2, ?3)")?
        .execute(params![place, ends, bytes])?;
    connection
        .prepare_cached("UPDATE blob SET held = ?2 WHERE place = ?1")?
        .execute(params![place, ends])?;
    Ok(())
}

fn begun(connection: &Connection) -> Result<(i64, u64), StoreError> {
    connection
        .prepare_cached("SELECT place, held FROM blob WHERE id IS NULL")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .ok_or(StoreError::Malformed("attachment"))
}

fn of(connection: &Connection, id: &BlobId) -> Result<Option<(i64, u64)>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT place, held FROM blob WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// The id of what stands in a row, by its bytes.
fn hash_of(connection: &Connection, place: i64) -> Result<BlobId, StoreError> {
    BlobHash::of_pieces(|from| piece_after(connection, place, from))
}

/// The piece that holds the byte at `from`, and where it ends.
fn piece_after(
    connection: &Connection,
    place: i64,
    from: u64,
) -> Result<Option<(u64, Vec<u8>)>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT ends, bytes FROM blob_piece WHERE blob = ?1 AND ends > ?2
             ORDER BY ends LIMIT 1",
        )?
        .query_row(params![place, from], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Takes away the blobs that a condition is true of.
pub(super) fn drop_where(connection: &Connection, condition: &str) -> Result<(), StoreError> {
    let places = format!("SELECT place FROM blob WHERE {condition}");
    for table in ["blob_piece", "blob_there"] {
        connection.execute(&format!("DELETE FROM {table} WHERE blob IN ({places})"), [])?;
    }
    connection.execute(&format!("DELETE FROM blob WHERE {condition}"), [])?;
    Ok(())
}
