//! From what is to be done to the request that does the next piece of it.

use std::collections::BTreeSet;

use record::envelope::{Envelope, Stream};
use record::id::EnvelopeId;
use record::log::{EventLog, ScopesDigest, StreamDigest};
use record::scope::Scope;
use record::warrant::Proof;

use crate::view;
use crate::wire::{MAX_ASKED, MAX_PROOFS, Request};

use super::Exchange;
use super::task::{Offered, Sent, Task};

/// The most ids in one request: some eight kilobytes. Design decision.
const MAX_IDS: usize = 256;

type Asked<E> = Result<Option<(Request, Sent)>, E>;

impl Exchange {
    /// The next request for a task; none when it is done.
    pub(super) fn ask<L: EventLog>(&self, task: &Task, log: &L) -> Asked<L::Error> {
        match task {
            Task::Compare => self.compare(log),
            Task::Tips(scope) => self.tips(*scope, log),
            Task::Offer { stream, theirs } => {
                let have: Vec<_> = theirs.iter().copied().collect();
                Ok(push(&log.beyond(stream, &have, self.pace.batch())?))
            }
            Task::OfferIds(ids) => self.offer(ids, log),
            Task::OfferAhead { scope, theirs } => {
                let mut ids = view::ahead(log, &self.own, *scope)?;
                ids.retain(|id| !theirs.contains(id));
                self.offer(&ids, log)
            }
            Task::Pull(stream) => self.pull(*stream, log),
            Task::Fetch(ids) => Ok(self.fetch(ids)),
            Task::Introduce(chain) => {
                let chain = chain.clone();
                Ok(Some((Request::Introduce { chain }, Sent::Introduce)))
            }
            Task::NameErasures(proofs) => Ok(name_erasures(proofs)),
            Task::Erase(proofs) => Ok(self.erase(proofs)),
        }
    }

    fn compare<L: EventLog>(&self, log: &L) -> Asked<L::Error> {
        let scopes = self.own.scopes().into_iter();
        let mine = scopes.map(|scope| Ok((scope, view::digest(log, &self.own, scope)?)));
        let mine: Vec<_> = mine.collect::<Result<_, L::Error>>()?;
        let digest = ScopesDigest::of(&mine);
        Ok(Some((Request::Compare { digest }, Sent::Compare(mine))))
    }

    fn tips<L: EventLog>(&self, scope: Scope, log: &L) -> Asked<L::Error> {
        let mine = view::tips(log, &self.own, scope)?;
        let streams = mine.iter().map(StreamDigest::of).collect();
        let request = Request::Tips { scope, streams };
        Ok(Some((request, Sent::Tips { scope, mine })))
    }

    fn offer<L: EventLog>(&self, ids: &[EnvelopeId], log: &L) -> Asked<L::Error> {
        let first = &ids[..ids.len().min(MAX_IDS)];
        let mut room = self.pace.batch();
        let mut batch = Vec::new();
        for envelope in log.envelopes(first)? {
            let size = envelope.to_bytes().len();
            if size > room && !batch.is_empty() {
                break;
            }
            room = room.saturating_sub(size);
            batch.push(envelope);
        }
        Ok(push(&batch))
    }

    fn pull<L: EventLog>(&self, stream: Stream, log: &L) -> Asked<L::Error> {
        let mut have = log.marks(&stream)?;
        // Fewer marks cost more on the way, and nothing else.
        have.truncate(MAX_ASKED);
        let limit = self.limit();
        let request = Request::Pull {
            stream,
            have,
            limit,
        };
        Ok(Some((request, Sent::Pull(stream))))
    }

    fn fetch(&self, ids: &[EnvelopeId]) -> Option<(Request, Sent)> {
        let ids: Vec<_> = ids.iter().copied().take(MAX_IDS).collect();
        if ids.is_empty() {
            return None;
        }
        let asked: BTreeSet<_> = ids.iter().copied().collect();
        let limit = self.limit();
        Some((Request::Fetch { ids, limit }, Sent::Fetch(asked)))
    }

    fn erase(&self, proofs: &[Proof]) -> Option<(Request, Sent)> {
        let mut room = self.pace.batch();
        let (mut ids, mut shown) = (Vec::new(), Vec::new());
        for proof in proofs.iter().take(MAX_PROOFS) {
            let bytes = proof.to_bytes();
            if bytes.len() > room && !shown.is_empty() {
                break;
            }
            room = room.saturating_sub(bytes.len());
            ids.extend(proof.id());
            shown.push(bytes);
        }
        (!shown.is_empty()).then_some((Request::Erase { proofs: shown }, Sent::Erase(ids)))
    }

    fn limit(&self) -> u32 {
        u32::try_from(self.pace.batch()).unwrap_or(u32::MAX)
    }
}

fn name_erasures(proofs: &[Proof]) -> Option<(Request, Sent)> {
    let ids: Vec<_> = proofs.iter().filter_map(Proof::id).take(MAX_IDS).collect();
    let named = ids.len();
    (named > 0).then_some((Request::Erasures { ids }, Sent::NameErasures(named)))
}

fn push(envelopes: &[Envelope]) -> Option<(Request, Sent)> {
    if envelopes.is_empty() {
        return None;
    }
    let offered = envelopes.iter().map(Offered::of).collect();
    let envelopes = envelopes.iter().map(Envelope::to_bytes).collect();
    Some((Request::Push { envelopes }, Sent::Push(offered)))
}
