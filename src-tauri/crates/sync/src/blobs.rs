//! The device's side of carrying the blobs of attachments: one piece at a time.
//!
//! It is given bytes and time and gives bytes, like an [`Exchange`](crate::exchange::Exchange), and
//! never goes before one: whoever drives it asks between any two pieces whether something was
//! written, and lets that go first. A piece takes about two seconds, so an emergency waits no
//! longer than that. What has been answered is on disk at both ends, so it may be cut anywhere.

use std::time::Duration;

use record::blob::BlobId;
use record::id::{ServiceId, SiteId};

use crate::exchange::Error;
use crate::pace::Pace;
use crate::wire::{Answer, BlobName, Failure, NotKept, Request};

/// How often in a row an answer may move nothing before the carrying ends. A design decision: a
/// hub server that was put back from a backup moves things back once.
const FRUITLESS: u32 = 3;

/// One piece of work on one blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// Fetch what follows on `at`.
    Get {
        /// The site in whose scope it is kept.
        site: SiteId,
        /// The blob.
        id: BlobId,
        /// Its size, as the entry says.
        size: u64,
        /// What is held here from its start.
        at: u64,
    },
    /// Ask how much of it the hub server has.
    Ask(BlobName),
    /// Send what follows on `at`.
    Put {
        /// The blob.
        blob: BlobName,
        /// What the hub server has from its start.
        at: u64,
    },
}

/// What a device knows and keeps of blobs. What its methods write is on disk when they return.
pub trait Cargo {
    /// Why it could not read or keep.
    type Error: std::error::Error + 'static;

    /// What is to be done next: what a person asked for before what is to be sent. Whatever comes
    /// of one errand, the next one is another or has got further.
    fn next_errand(&self) -> Result<Option<Errand>, Self::Error>;

    /// Bytes of a blob that is held here, from `at`, at most `limit`, and at least one.
    fn bytes(&self, id: &BlobId, at: u64, limit: usize) -> Result<Vec<u8>, Self::Error>;

    /// The hub server has so many bytes of it, from its start.
    fn there(&mut self, blob: &BlobName, held: u64) -> Result<(), Self::Error>;

    /// A piece came, for its place. The last one makes the blob whole, if it is the blob that was
    /// asked for.
    fn arrived(&mut self, id: &BlobId, at: u64, piece: &[u8]) -> Result<(), Self::Error>;

    /// It did not work out. The same is not tried again at once.
    fn refused(&mut self, errand: &Errand, why: NotKept) -> Result<(), Self::Error>;
}

/// Carries blobs over a link on which the device has logged in.
#[derive(Debug)]
pub struct Carrier {
    service: ServiceId,
    pace: Pace,
    under_way: Option<(Vec<u8>, Errand, Duration)>,
    fruitless: u32,
}

impl Carrier {
    /// Begins at the pace that the link carried last.
    pub fn new(service: ServiceId, pace: Pace) -> Self {
        Self {
            service,
            pace,
            under_way: None,
            fruitless: 0,
        }
    }

    /// What the link has shown that it carries.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// The next message to send, or none when there is nothing to do. While an answer is awaited
    /// it is the same message. `now` is of a clock that never goes back.
    pub fn next<C: Cargo>(
        &mut self,
        cargo: &C,
        now: Duration,
    ) -> Result<Option<Vec<u8>>, Error<C::Error>> {
        if let Some((message, _, since)) = &mut self.under_way {
            *since = now;
            return Ok(Some(message.clone()));
        }
        if self.fruitless >= FRUITLESS {
            return Ok(None);
        }
        let Some(errand) = cargo.next_errand().map_err(Error::Log)? else {
            return Ok(None);
        };
        let request = self.request(&errand, cargo).map_err(Error::Log)?;
        let message = request.to_bytes(self.service);
        self.under_way = Some((message.clone(), errand, now));
        Ok(Some(message))
    }

    fn request<C: Cargo>(&self, errand: &Errand, cargo: &C) -> Result<Request, C::Error> {
        Ok(match errand {
            Errand::Get { site, id, at, .. } => Request::BlobGet {
                site: *site,
                id: *id,
                at: *at,
                limit: u32::try_from(self.pace.batch()).unwrap_or(u32::MAX),
            },
            Errand::Ask(blob) => Request::BlobAsk { blob: *blob },
            Errand::Put { blob, at } => Request::BlobPut {
                blob: *blob,
                at: *at,
                piece: cargo.bytes(&blob.id, *at, self.pace.batch())?,
            },
        })
    }

    /// Takes the answer: what it brings is kept before this returns. After an error a new one goes
    /// on from what both sides have.
    pub fn take<C: Cargo>(
        &mut self,
        answer: &[u8],
        cargo: &mut C,
        now: Duration,
    ) -> Result<(), Error<C::Error>> {
        let (message, errand, since) = self.under_way.take().ok_or(Error::Unexpected)?;
        let (service, read) = Answer::from_bytes(answer)?;
        if service != self.service {
            return Err(Error::OtherService);
        }
        if !matches!(errand, Errand::Ask(_)) {
            let took = now.saturating_sub(since);
            self.pace.learn(message.len() + answer.len(), took);
        }
        let moved = heed(&errand, read, cargo)?;
        self.fruitless = if moved { 0 } else { self.fruitless + 1 };
        Ok(())
    }
}

/// Gives whether it got any further.
fn heed<C: Cargo>(errand: &Errand, answer: Answer, cargo: &mut C) -> Result<bool, Error<C::Error>> {
    match (errand, answer) {
        // The hub server knows an older certificate of this device, or takes no such document: one
        // that cannot be carried must not end the talk, and keep all after it from being carried.
        (_, Answer::Failed(Failure::NotEntitled | Failure::Malformed | Failure::TooLong)) => {
            let not_here = NotKept::NotHere;
            cargo.refused(errand, not_here).map_err(Error::Log)?;
            Ok(true)
        }
        (_, Answer::Failed(failure)) => Err(failure.into()),
        (Errand::Ask(blob), Answer::BlobHeld { held }) => {
            cargo.there(blob, held).map_err(Error::Log)?;
            Ok(true)
        }
        (Errand::Put { blob, at }, Answer::BlobHeld { held }) => {
            cargo.there(blob, held).map_err(Error::Log)?;
            Ok(held > *at)
        }
        (Errand::Get { id, size, at, .. }, Answer::BlobPiece { size: its, piece }) => {
            let fits = (piece.len() as u64) <= size.saturating_sub(*at);
            if its == *size && fits && !piece.is_empty() {
                cargo.arrived(id, *at, &piece).map_err(Error::Log)?;
            } else {
                let altered = NotKept::Altered;
                cargo.refused(errand, altered).map_err(Error::Log)?;
            }
            Ok(true)
        }
        (_, Answer::BlobNot(why)) => {
            cargo.refused(errand, why).map_err(Error::Log)?;
            Ok(true)
        }
        _ => Err(Error::Unexpected),
    }
}
