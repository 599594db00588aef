//! What a hub server holds, as far as the device may see it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use record::envelope::{Envelope, Stream};
use record::id::EnvelopeId;
use record::log::{ScopeDigest, ScopesDigest, StreamDigest, Tail, Tips};
use record::scope::Scope;

use crate::admitted::Admitted;
use crate::view;
use crate::wire::{Answer, Failure, MAX_BATCH_BYTES};

use super::{Shelf, erase};

pub(super) fn compare<S: Shelf>(
    shelf: &S,
    device: &Admitted,
    theirs: ScopesDigest,
    time: Timestamp,
) -> Result<Answer, S::Error> {
    let scopes = digests(shelf, device)?;
    let erasures = erase::digest(shelf)?;
    Ok(if ScopesDigest::of(&scopes) == theirs {
        Answer::Same { time, erasures }
    } else {
        Answer::Differ {
            scopes,
            time,
            erasures,
        }
    })
}

fn digests<S: Shelf>(shelf: &S, device: &Admitted) -> Result<Vec<(Scope, ScopeDigest)>, S::Error> {
    let scopes = device.scopes().into_iter().map(|scope| {
        // The one scope of which two devices may see different parts.
        let digest = if scope == Scope::Audit {
            view::digest(shelf, device, scope)
        } else {
            shelf.digest(device.service(), scope)
        };
        Ok((scope, digest?))
    });
    scopes.collect()
}

pub(super) fn tips<S: Shelf>(
    shelf: &S,
    device: &Admitted,
    scope: Scope,
    theirs: &[StreamDigest],
) -> Result<Answer, S::Error> {
    if !device.enters(scope) {
        return Ok(Answer::Failed(Failure::NotEntitled));
    }
    let ours = view::tips(shelf, device, scope)?;
    let digests: BTreeSet<_> = ours.iter().map(StreamDigest::of).collect();
    let named: BTreeSet<_> = theirs.iter().collect();
    let other = |one: &Tips| !named.contains(&StreamDigest::of(one));
    Ok(Answer::Tips {
        streams: ours.into_iter().filter(other).collect(),
        lacks: (0..)
            .zip(theirs)
            .filter_map(|(place, one)| (!digests.contains(one)).then_some(place))
            .collect(),
        ahead: view::ahead(shelf, device, scope)?,
    })
}

pub(super) fn pull<S: Shelf>(
    shelf: &S,
    device: &Admitted,
    stream: &Stream,
    have: &[Tail],
    limit: u32,
) -> Result<Answer, S::Error> {
    if !device.may_read(stream) {
        return Ok(Answer::Failed(Failure::NotEntitled));
    }
    let envelopes = shelf.beyond(stream, have, bounded(limit))?;
    let more = !envelopes.is_empty() && {
        let ends = ends(have, &envelopes);
        !shelf.beyond(stream, &ends, 1)?.is_empty()
    };
    Ok(range(&envelopes, more))
}

/// What the device has once these have come: the places that none of them follows.
fn ends(have: &[Tail], envelopes: &[Envelope]) -> Vec<Tail> {
    let mut ends: BTreeSet<Tail> = have.iter().copied().collect();
    for envelope in envelopes {
        if let Some(before) = Tail::before(envelope) {
            ends.remove(&before);
        }
        ends.insert(Tail::of(envelope));
    }
    ends.into_iter().collect()
}

pub(super) fn fetch<S: Shelf>(
    shelf: &S,
    device: &Admitted,
    ids: &[EnvelopeId],
    limit: u32,
) -> Result<Answer, S::Error> {
    let mut room = bounded(limit);
    let mut envelopes = Vec::new();
    for id in ids {
        // One at a time: what is asked for may be far more than is given.
        for envelope in shelf.envelopes(std::slice::from_ref(id))? {
            if !device.may_read(&envelope.header().stream()) {
                continue;
            }
            let size = envelope.to_bytes().len();
            if size > room && !envelopes.is_empty() {
                return Ok(range(&envelopes, true));
            }
            room = room.saturating_sub(size);
            envelopes.push(envelope);
        }
    }
    Ok(range(&envelopes, false))
}

pub(super) fn bounded(limit: u32) -> usize {
    usize::try_from(limit).map_or(MAX_BATCH_BYTES, |limit| limit.min(MAX_BATCH_BYTES))
}

fn range(envelopes: &[Envelope], more: bool) -> Answer {
    Answer::Range {
        envelopes: envelopes.iter().map(Envelope::to_bytes).collect(),
        more,
    }
}
