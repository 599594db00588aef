//! Documents on their way, one piece at a time, whenever nothing else is.

use std::time::{Duration, Instant};

use record::blob::BlobId;
use record::id::ServiceId;
use record::scope::Scope;
use store::{BlobOn, Piece, Store, StoreError};
use sync::blobs::{Cargo, Carrier, Errand};
use sync::wire::{BlobName, NotKept};

use jiff::Timestamp;

use super::session::Session;
use super::talk::{Ended, Lend, Told};
use crate::desk::Desk;
use crate::documents::KEPT_HERE;
use crate::refusal::Refusal;

/// The store as what carries documents sees it.
struct Hold<'a> {
    store: &'a mut Store,
    now: Timestamp,
}

fn name_of(on: &BlobOn) -> Option<BlobName> {
    match on.scope {
        Scope::Site(site) => Some(BlobName {
            site,
            patient: on.patient,
            id: on.id,
            size: on.size,
        }),
        // No document is ever attached there.
        Scope::Service | Scope::Audit => None,
    }
}

fn on(name: &BlobName) -> BlobOn {
    BlobOn {
        id: name.id,
        size: name.size,
        patient: name.patient,
        scope: name.scope(),
    }
}

impl Cargo for Hold<'_> {
    type Error = StoreError;

    fn next_errand(&self) -> Result<Option<Errand>, StoreError> {
        let wanted = self.store.next_wanted(self.now)?;
        if let Some((wanted, blob)) = wanted.and_then(|it| Some((it, name_of(&it.on)?))) {
            return Ok(Some(Errand::Get {
                site: blob.site,
                id: blob.id,
                size: blob.size,
                at: wanted.held,
            }));
        }
        let to_send = self.store.next_to_send(self.now)?;
        let to_send = to_send.and_then(|it| Some((it.there, name_of(&it.on)?)));
        Ok(to_send.map(|(there, blob)| match there {
            None => Errand::Ask(blob),
            Some(at) => Errand::Put { blob, at },
        }))
    }

    fn bytes(&self, id: &BlobId, at: u64, limit: usize) -> Result<Vec<u8>, StoreError> {
        self.store.blob_bytes(id, at, limit)
    }

    fn there(&mut self, blob: &BlobName, held: u64) -> Result<(), StoreError> {
        self.store.blob_there(&on(blob), held, self.now)?;
        self.store.let_blobs_go(KEPT_HERE, self.now).map(drop)
    }

    fn arrived(&mut self, id: &BlobId, at: u64, piece: &[u8]) -> Result<(), StoreError> {
        let kept = self.store.keep_piece(id, at, piece, self.now)?;
        if kept == Piece::Altered {
            tracing::warn!("a document came that is not the one that was asked for");
        }
        Ok(())
    }

    fn refused(&mut self, errand: &Errand, why: NotKept) -> Result<(), StoreError> {
        match errand {
            Errand::Get { id, .. } => self.store.blob_missed(id, self.now),
            Errand::Ask(blob) | Errand::Put { blob, .. } => {
                if why == NotKept::Altered && !self.store.blob_is_whole(&blob.id)? {
                    // It was damaged here: what is not the document is not kept for it.
                    self.store.forget_blob_bytes(&blob.id)?;
                }
                self.store.blob_refused(&on(blob), why.number(), self.now)
            }
        }
    }
}

impl Desk {
    fn hold(&mut self) -> Result<Hold<'_>, Refusal> {
        let now = self.now().at();
        let store = &mut self.sitting_mut()?.opened.store;
        Ok(Hold { store, now })
    }

    fn service(&self) -> Result<ServiceId, Refusal> {
        Ok(self.sitting()?.opened.identity.service)
    }
}

/// Whether there is a document to fetch or to send. Refused when locked.
pub(super) fn something_to_carry(desk: &mut Desk) -> Result<bool, Refusal> {
    Ok(desk.hold()?.next_errand()?.is_some())
}

/// Carries documents until nothing is left, or until something `goes_first`: what was written here,
/// or there. Gives whether something does.
pub(super) async fn carry(
    desk: &impl Lend,
    session: &mut Session,
    tell: &impl Fn(Told),
    goes_first: impl Fn(&mut Desk) -> Result<bool, Refusal>,
) -> Result<bool, Ended> {
    let begun = Instant::now();
    let mut carrier = desk.lend(begin)?;
    loop {
        if session.has_heard() || desk.lend(&goes_first)? {
            return Ok(true);
        }
        let Some(message) = desk.lend(|desk| next(desk, &mut carrier, begun.elapsed()))? else {
            return Ok(false);
        };
        let answer = match session.ask(desk, message).await {
            Ok(answer) => answer,
            Err(ended) => {
                desk.lend(|desk| desk.line.pace = carrier.pace().after_a_cut());
                return Err(ended);
            }
        };
        desk.lend(|desk| take(desk, &mut carrier, &answer, begun.elapsed()))?;
        tell(Told::Line);
    }
}

pub(crate) fn begin(desk: &mut Desk) -> Result<Carrier, Refusal> {
    let pace = desk.line.pace;
    let service = desk.service()?;
    let now = desk.now().at();
    let store = &mut desk.sitting_mut()?.opened.store;
    store.blobs_to_make_sure_of(KEPT_HERE, now)?;
    Ok(Carrier::new(service, pace))
}

pub(crate) fn next(
    desk: &mut Desk,
    carrier: &mut Carrier,
    now: Duration,
) -> Result<Option<Vec<u8>>, Refusal> {
    let hold = desk.hold()?;
    carrier
        .next(&hold, now)
        .map_err(crate::exchanging::broken_off)
}

pub(crate) fn take(
    desk: &mut Desk,
    carrier: &mut Carrier,
    answer: &[u8],
    now: Duration,
) -> Result<(), Refusal> {
    let mut hold = desk.hold()?;
    let taken = carrier.take(answer, &mut hold, now);
    taken.map_err(crate::exchanging::broken_off)?;
    desk.line.pace = carrier.pace();
    Ok(())
}
