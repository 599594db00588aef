//! The hub server's side: from a request to an answer, over whatever keeps the envelopes.

mod blobs;
mod erase;
mod take;
mod tell;

use jiff::Timestamp;
use record::certificate::{Certificate, Fingerprint};
use record::id::{DeviceId, ServiceId};
use record::keys::VerifyingKey;
use record::log::ScopeDigest;
use record::scope::Scope;
use record::warrant::{Proven, WarrantId};

use crate::admitted::Admitted;
use crate::wire::{self, Answer, Failure, Request};

pub use blobs::{BlobShelf, Put, Quota};
pub(crate) use take::{readable, signed};

/// Where a hub server keeps envelopes, and the little that it knows of devices.
pub trait Shelf: BlobShelf {
    /// The key a device signs its headers with; none while nobody has introduced it.
    fn device_key(&self, device: DeviceId) -> Result<Option<VerifyingKey>, Self::Error>;

    /// Keeps the certificates of a device, which have been checked to the pinned root. On disk
    /// when it returns.
    fn introduce(&mut self, chain: &[Certificate]) -> Result<(), Self::Error>;

    /// Whether this device has been shut out. What it wrote is still taken from others, since a
    /// hub server that was put back from a backup is healed by them.
    fn is_blocked(&self, device: DeviceId) -> Result<bool, Self::Error>;

    /// The service's root, which certificates are checked against.
    fn root(&self) -> Fingerprint;

    /// The erasures that were proven to it, by the ids of the warrants that confirm them; in any
    /// order, each once.
    fn erasures(&self) -> Result<Vec<WarrantId>, Self::Error>;

    /// Drops the content of every envelope on the records of this erasure, whatever stream it is in
    /// and whether it has joined, and keeps header and signature, so that no digest changes. From
    /// then on `append` keeps such an envelope without its content. The proof is kept. On disk when
    /// it returns; harmless when it was done before.
    fn erase(&mut self, erasure: &Proven) -> Result<(), Self::Error>;

    /// The digest of a scope that the device sees wholly. Worked out here; a shelf that many ask
    /// may keep it at hand.
    fn digest(&self, service: ServiceId, scope: Scope) -> Result<ScopeDigest, Self::Error> {
        let (tips, ahead) = (self.tips(scope)?, self.ahead(scope)?);
        Ok(ScopeDigest::of(service, scope, &tips, &ahead))
    }
}

/// Answers one message of a device that has logged in. What cannot be read, or is not the
/// device's to ask, is answered with a [`Failure`].
pub fn respond<S: Shelf>(
    shelf: &mut S,
    device: &Admitted,
    message: &[u8],
    now: Timestamp,
) -> Result<Vec<u8>, S::Error> {
    let answer = match Request::from_bytes(message) {
        Ok((service, _)) if service != device.service() => Answer::Failed(Failure::OtherService),
        Ok((_, request)) => answer(shelf, device, request, now)?,
        Err(wire::Error::Version { .. }) => Answer::Failed(Failure::Version),
        Err(wire::Error::TooLong | wire::Error::TooMany) => Answer::Failed(Failure::TooLong),
        Err(_) => Answer::Failed(Failure::Malformed),
    };
    Ok(answer.to_bytes(device.service()))
}

/// Answers one request of a device that has logged in. An error is the shelf's own: nothing was
/// kept, and the device is to be told to come again.
pub fn answer<S: Shelf>(
    shelf: &mut S,
    device: &Admitted,
    request: Request,
    now: Timestamp,
) -> Result<Answer, S::Error> {
    if shelf.is_blocked(device.device())? {
        return Ok(Answer::Failed(Failure::Blocked));
    }
    match request {
        Request::Compare { digest } => tell::compare(shelf, device, digest, now),
        Request::Tips { scope, streams } => tell::tips(shelf, device, scope, &streams),
        Request::Pull {
            stream,
            have,
            limit,
        } => tell::pull(shelf, device, &stream, &have, limit),
        Request::Fetch { ids, limit } => tell::fetch(shelf, device, &ids, limit),
        Request::Push { envelopes } => take::push(shelf, device, &envelopes),
        Request::Introduce { chain } => take::introduce(shelf, &chain),
        Request::Erasures { ids } => erase::unknown(shelf, &ids),
        Request::Erase { proofs } => erase::erase(shelf, device, &proofs),
        Request::BlobAsk { blob } => blobs::ask(shelf, device, &blob, now),
        Request::BlobPut { blob, at, piece } => blobs::put(shelf, device, &blob, at, &piece, now),
        Request::BlobGet {
            site,
            id,
            at,
            limit,
        } => blobs::get(shelf, device, site, &id, at, limit),
    }
}
