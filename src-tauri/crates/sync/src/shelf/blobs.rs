//! The blobs of attachments at the hub server: kept piece by piece, checked when they are whole,
//! given piece by piece.

use jiff::{SignedDuration, Timestamp};
use record::blob::BlobId;
use record::id::{DeviceId, SiteId};
use record::log::EventLog;
use record::scope::Scope;

use crate::admitted::Admitted;
use crate::wire::{Answer, BlobName, Failure, MAX_BATCH_BYTES, NotKept};

use super::{Shelf, tell::bounded};

/// How many bytes of blobs are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Of what one device brought, whole or not.
    pub of_a_device: u64,
    /// Of the whole service.
    pub of_the_service: u64,
}

/// Design decisions: some two thousand scanned letters of a device, and sixteen such devices.
impl Default for Quota {
    fn default() -> Self {
        const GIGABYTE: u64 = 1_000_000_000;
        Self {
            of_a_device: 4 * GIGABYTE,
            of_the_service: 64 * GIGABYTE,
        }
    }
}

/// What became of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// So many bytes are held from the start. Where the piece did not begin at the end of what was
    /// held, nothing was added.
    Held(u64),
    /// It was not kept.
    Not(NotKept),
}

/// Where a hub server keeps blobs. Each site's are kept apart, as its envelopes are, and in it each
/// patient's, so that none goes with the record of somebody else; and what is not whole yet is kept
/// for each device by itself, so that no device spoils what another sends.
pub trait BlobShelf: EventLog {
    /// How long what is not whole is kept after its last piece. A design decision: a laptop that
    /// was away for longer begins anew.
    const UNFINISHED: SignedDuration = SignedDuration::from_hours(14 * 24);

    /// How many bytes of a blob are held from its start for its site and patient: its size when it is
    /// whole, else what this device has brought.
    fn blob_held(&self, blob: &BlobName, device: DeviceId) -> Result<u64, Self::Error>;

    /// Keeps the next piece. When it was the last, the blob is checked against its id, and counts
    /// as held from then on. Of a record that was erased none is kept. On disk when it returns.
    fn put_blob(
        &mut self,
        blob: &BlobName,
        device: DeviceId,
        at: u64,
        piece: &[u8],
        now: Timestamp,
    ) -> Result<Put, Self::Error>;

    /// The size of a blob that is whole, and its bytes from `at`, at most `limit`; none when it is
    /// not held whole in this site's scope, on any patient.
    fn blob_piece(
        &self,
        site: SiteId,
        id: &BlobId,
        at: u64,
        limit: usize,
    ) -> Result<Option<(u64, Vec<u8>)>, Self::Error>;

    /// Takes a blob that is whole in the scope of one of `sites`, on any patient, over into the place
    /// of `blob`: for a patient who goes on at another site, and for a document that was moved to the
    /// record it belongs to. `false` when none of them has it, there is no room, or the record was
    /// erased.
    fn take_blob_over(
        &mut self,
        blob: &BlobName,
        device: DeviceId,
        sites: &[SiteId],
        now: Timestamp,
    ) -> Result<bool, Self::Error>;
}

pub(super) fn ask<S: Shelf>(
    shelf: &mut S,
    device: &Admitted,
    blob: &BlobName,
    now: Timestamp,
) -> Result<Answer, S::Error> {
    if !device.enters(blob.scope()) {
        return Ok(Answer::Failed(Failure::NotEntitled));
    }
    let mut held = shelf.blob_held(blob, device.device())?;
    if held < blob.size {
        // Only what it could fetch there is taken over for it: it proves nothing else by asking.
        let scopes = device.scopes().into_iter();
        let sites = scopes.filter_map(|scope| match scope {
            Scope::Site(site) => Some(site),
            Scope::Service | Scope::Audit => None,
        });
        let sites: Vec<SiteId> = sites.collect();
        if shelf.take_blob_over(blob, device.device(), &sites, now)? {
            held = blob.size;
        }
    }
    Ok(Answer::BlobHeld { held })
}

pub(super) fn put<S: Shelf>(
    shelf: &mut S,
    device: &Admitted,
    blob: &BlobName,
    at: u64,
    piece: &[u8],
    now: Timestamp,
) -> Result<Answer, S::Error> {
    if !device.enters(blob.scope()) {
        return Ok(Answer::Failed(Failure::NotEntitled));
    }
    if piece.is_empty() {
        return Ok(Answer::Failed(Failure::Malformed));
    }
    let ends = at.checked_add(piece.len() as u64);
    if piece.len() > MAX_BATCH_BYTES || ends.is_none_or(|ends| ends > blob.size) {
        return Ok(Answer::Failed(Failure::TooLong));
    }
    Ok(
        match shelf.put_blob(blob, device.device(), at, piece, now)? {
            Put::Held(held) => Answer::BlobHeld { held },
            Put::Not(why) => Answer::BlobNot(why),
        },
    )
}

pub(super) fn get<S: Shelf>(
    shelf: &S,
    device: &Admitted,
    site: SiteId,
    id: &BlobId,
    at: u64,
    limit: u32,
) -> Result<Answer, S::Error> {
    if !device.enters(Scope::Site(site)) {
        return Ok(Answer::Failed(Failure::NotEntitled));
    }
    let found = shelf.blob_piece(site, id, at, bounded(limit).max(1))?;
    Ok(match found {
        Some((whole, piece)) => Answer::BlobPiece { size: whole, piece },
        None => Answer::BlobNot(NotKept::NotHere),
    })
}
