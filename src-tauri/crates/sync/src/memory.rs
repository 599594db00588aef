//! A log in memory: the reference that the stores are tested against, and what tests and the
//! simulator keep envelopes in. It is as plain as it can be, and loses everything at its end.

mod blobs;
mod branches;
mod shelf;

use std::collections::{BTreeMap, BTreeSet};

use record::envelope::{Envelope, Stream};
use record::id::{EnvelopeId, PatientId, ServiceId};
use record::log::{EventLog, Kept, Tail, Tips};
use record::scope::{Scope, Subject};

pub use blobs::MemoryBlobs;
use branches::Branches;
pub use shelf::MemoryShelf;

/// Envelopes of one service, in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memory {
    service: ServiceId,
    streams: BTreeMap<Stream, Branches>,
    places: BTreeMap<EnvelopeId, (Stream, Tail)>,
    /// Whose content is kept no more.
    erased: BTreeSet<PatientId>,
}

/// Why nothing was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("An envelope belongs to another service, so nothing was kept.")]
pub struct OtherService;

impl Memory {
    /// An empty log of this service.
    pub fn new(service: ServiceId) -> Self {
        Self {
            service,
            streams: BTreeMap::new(),
            places: BTreeMap::new(),
            erased: BTreeSet::new(),
        }
    }

    /// Drops the content of every envelope on these records, now and when it comes again. Headers
    /// stay.
    pub fn erase(&mut self, records: &[PatientId]) {
        self.erased.extend(records);
        let erased = &self.erased;
        for branches in self.streams.values_mut() {
            for envelope in branches.all_mut() {
                if is_on(envelope, erased) {
                    *envelope = envelope.without_content();
                }
            }
        }
    }

    /// The service.
    pub fn service(&self) -> ServiceId {
        self.service
    }

    /// All that is held, by stream, then place; what is kept ahead stands among the rest.
    pub fn all(&self) -> impl Iterator<Item = &Envelope> {
        self.streams.values().flat_map(Branches::all)
    }

    /// Whether this envelope is held, joined or ahead.
    pub fn holds(&self, id: &EnvelopeId) -> bool {
        self.places.contains_key(id)
    }

    fn of(&self, scope: Scope) -> impl Iterator<Item = (&Stream, &Branches)> {
        self.streams
            .iter()
            .filter(move |(stream, _)| stream.scope == scope)
    }
}

fn is_on(envelope: &Envelope, records: &BTreeSet<PatientId>) -> bool {
    matches!(envelope.header().subject, Subject::Patient(patient) if records.contains(&patient))
}

impl EventLog for Memory {
    type Error = OtherService;

    fn append(&mut self, envelopes: &[Envelope]) -> Result<Kept, OtherService> {
        let foreign = |it: &Envelope| it.header().service != self.service;
        if envelopes.iter().any(foreign) {
            return Err(OtherService);
        }
        let mut kept = Kept::default();
        for envelope in envelopes {
            let stream = envelope.header().stream();
            let branches = self.streams.entry(stream).or_default();
            let taken = if is_on(envelope, &self.erased) {
                branches.take(&envelope.without_content())
            } else {
                branches.take(envelope)
            };
            let Some(forked) = taken else {
                continue;
            };
            self.places
                .insert(envelope.id(), (stream, Tail::of(envelope)));
            kept.join(Kept {
                new: 1,
                forked: forked.then_some(stream).into_iter().collect(),
            });
        }
        Ok(kept)
    }

    fn tips(&self, scope: Scope) -> Result<Vec<Tips>, OtherService> {
        let joined = self.of(scope).filter(|(_, branches)| branches.begun());
        let tips = joined.map(|(stream, branches)| Tips {
            stream: *stream,
            tails: branches.tails(),
        });
        Ok(tips.collect())
    }

    fn ahead(&self, scope: Scope) -> Result<Vec<EnvelopeId>, OtherService> {
        let ids = self.of(scope).flat_map(|(_, branches)| branches.ahead());
        let mut ids: Vec<_> = ids.map(Envelope::id).collect();
        ids.sort_unstable();
        Ok(ids)
    }

    fn joined(&self, stream: &Stream, tail: &Tail) -> Result<bool, OtherService> {
        let branches = self.streams.get(stream);
        Ok(branches.is_some_and(|branches| branches.has_joined(tail)))
    }

    fn beyond(
        &self,
        stream: &Stream,
        have: &[Tail],
        limit: usize,
    ) -> Result<Vec<Envelope>, OtherService> {
        let beyond = self.streams.get(stream).map(|it| it.beyond(have, limit));
        Ok(beyond.unwrap_or_default())
    }

    fn marks(&self, stream: &Stream) -> Result<Vec<Tail>, OtherService> {
        let marks = self.streams.get(stream).map(Branches::marks);
        Ok(marks.unwrap_or_default())
    }

    fn envelopes(&self, ids: &[EnvelopeId]) -> Result<Vec<Envelope>, OtherService> {
        let held = ids.iter().filter_map(|id| {
            let (stream, tail) = self.places.get(id)?;
            self.streams.get(stream)?.get(tail).cloned()
        });
        Ok(held.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance;

    #[test]
    fn the_log_in_memory_does_what_every_log_has_to_do() {
        conformance::log(|| Memory::new(conformance::SERVICE));
    }

    #[test]
    fn the_shelf_in_memory_erases_as_every_shelf_has_to() {
        let root = record::certificate::Fingerprint::from_bytes([7; 32]);
        conformance::shelf(|| MemoryShelf::new(Memory::new(conformance::SERVICE), root));
    }
}
