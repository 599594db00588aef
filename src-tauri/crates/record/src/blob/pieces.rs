//! A blob that is kept in pieces, wherever they are kept.
//!
//! Whoever keeps them gives, for a byte of the blob, the piece that holds it and where that piece
//! ends, which is beyond the byte; none past the last. One piece is held in memory at a time.

use super::{BlobHash, BlobId};

/// Bytes of a blob from `at`: `most` of them, or fewer where no more are there.
pub fn gather<E>(
    at: u64,
    most: usize,
    mut piece_after: impl FnMut(u64) -> Result<Option<(u64, Vec<u8>)>, E>,
) -> Result<Vec<u8>, E> {
    let mut given = Vec::new();
    let mut from = at;
    while given.len() < most {
        let Some((ends, bytes)) = piece_after(from)? else {
            break;
        };
        let begins = ends.saturating_sub(bytes.len() as u64);
        let skip = usize::try_from(from.saturating_sub(begins)).unwrap_or(usize::MAX);
        let rest = bytes.get(skip..).unwrap_or_default();
        given.extend_from_slice(&rest[..rest.len().min(most - given.len())]);
        from = ends;
    }
    Ok(given)
}

impl BlobHash {
    /// The id of the blob that all pieces together are.
    pub fn of_pieces<E>(
        mut piece_after: impl FnMut(u64) -> Result<Option<(u64, Vec<u8>)>, E>,
    ) -> Result<BlobId, E> {
        let mut hash = Self::new();
        let mut from = 0;
        while let Some((ends, bytes)) = piece_after(from)? {
            hash.put(&bytes);
            from = ends;
        }
        Ok(hash.id())
    }
}
