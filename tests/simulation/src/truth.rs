//! What really happened, kept apart from everything that is tested.
//!
//! Nothing here asks the exchange, the journal or the fold: who may read follows from the list of
//! sites, what was seen from what lay before the writer, a fork from two envelopes that name the
//! same one before them.

use std::collections::{BTreeMap, BTreeSet};

use record::entry::Slot;
use record::envelope::{Envelope, NO_PREVIOUS, Stream};
use record::fold::{Placed, Record};
use record::id::{DeviceId, EntryId, EnvelopeId, PatientId, SiteId};
use record::log::{Tail, Tips};
use record::scope::{Scope, Subject};

use crate::event::Node;

/// Everything that was ever written, and who was told that it is kept where.
#[derive(Default)]
pub(crate) struct Truth {
    written: BTreeMap<EnvelopeId, Envelope>,
    /// What the writer had before them of the same patient, by envelope.
    seen: BTreeMap<EnvelopeId, BTreeSet<EntryId>>,
    promised: BTreeMap<Node, BTreeSet<EnvelopeId>>,
    backups: BTreeMap<Node, BTreeSet<EnvelopeId>>,
}

/// Who somebody is, as far as reading goes.
pub(crate) struct Reader<'a> {
    pub(crate) device: DeviceId,
    pub(crate) sites: &'a BTreeSet<SiteId>,
    pub(crate) hub_site: SiteId,
}

impl Reader<'_> {
    /// Whether an envelope of this scope and device may be with this reader.
    pub(crate) fn may_have(&self, scope: Scope, device: DeviceId) -> bool {
        match scope {
            Scope::Service => true,
            Scope::Site(site) => self.sites.contains(&site),
            Scope::Audit => device == self.device || self.sites.contains(&self.hub_site),
        }
    }
}

impl Truth {
    /// Somebody put these together. Whether they were kept is another matter.
    pub(crate) fn write(&mut self, envelopes: &[Envelope], seen: &Record) {
        let before: BTreeSet<EntryId> = seen.everything().iter().map(|it| it.id).collect();
        for envelope in envelopes {
            self.written.insert(envelope.id(), envelope.clone());
            self.seen.insert(envelope.id(), before.clone());
        }
    }

    /// Somebody was told that these are on this disk.
    pub(crate) fn promise(&mut self, node: Node, ids: impl IntoIterator<Item = EnvelopeId>) {
        self.promised.entry(node).or_default().extend(ids);
    }

    /// What was promised to be on this disk.
    pub(crate) fn promised(&self, node: Node) -> impl Iterator<Item = EnvelopeId> {
        self.promised.get(&node).into_iter().flatten().copied()
    }

    /// How many envelopes were acknowledged by somebody.
    pub(crate) fn acknowledged(&self) -> usize {
        let all: BTreeSet<_> = self.promised.values().flatten().collect();
        all.len()
    }

    /// A backup holds what the disk holds.
    pub(crate) fn back_up(&mut self, node: Node) {
        let promised = self.promised.get(&node).cloned().unwrap_or_default();
        self.backups.insert(node, promised);
    }

    /// Whoever puts a backup back takes back what was promised since.
    pub(crate) fn put_back(&mut self, node: Node) {
        if let Some(backup) = self.backups.get(&node) {
            self.promised.insert(node, backup.clone());
        }
    }

    /// A disk is no more.
    pub(crate) fn lose(&mut self, node: Node) {
        self.promised.remove(&node);
    }

    /// A copied disk holds what the first one holds, and its backup is at hand too.
    pub(crate) fn copy(&mut self, from: Node, to: Node) {
        let promised = self.promised.get(&from).cloned().unwrap_or_default();
        self.promised.insert(to, promised);
        if let Some(backup) = self.backups.get(&from).cloned() {
            self.backups.insert(to, backup);
        }
    }

    /// An envelope that was written by somebody.
    pub(crate) fn envelope(&self, id: &EnvelopeId) -> Option<&Envelope> {
        self.written.get(id)
    }

    /// Every envelope that was written.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&EnvelopeId, &Envelope)> {
        self.written.iter()
    }

    /// The ends of the streams that these envelopes make, and what cannot join for want of the one
    /// before it.
    pub(crate) fn tips(&self, of: &BTreeSet<EnvelopeId>) -> (Vec<Tips>, Vec<EnvelopeId>) {
        let mut all: Vec<&Envelope> = of.iter().filter_map(|id| self.written.get(id)).collect();
        all.sort_by_key(|one| one.header().sequence);
        let mut ends: BTreeMap<Stream, BTreeMap<[u8; 32], u64>> = BTreeMap::new();
        let mut joined: BTreeSet<[u8; 32]> = BTreeSet::from([NO_PREVIOUS]);
        let mut ahead = Vec::new();
        for one in all {
            let header = one.header();
            if !joined.contains(&header.previous) {
                ahead.push(one.id());
                continue;
            }
            joined.insert(one.header_hash());
            let ends = ends.entry(header.stream()).or_default();
            ends.remove(&header.previous);
            ends.insert(one.header_hash(), header.sequence);
        }
        // Envelopes come by sequence, so nothing that follows a later one was removed too soon.
        let tips = ends.into_iter().map(|(stream, ends)| {
            let tails = ends.into_iter().map(|(header_hash, sequence)| Tail {
                sequence,
                header_hash,
            });
            let mut tails: Vec<Tail> = tails.collect();
            tails.sort_unstable();
            Tips { stream, tails }
        });
        ahead.sort_unstable();
        (tips.collect(), ahead)
    }

    /// How many streams forked among these.
    pub(crate) fn forks(&self, of: &BTreeSet<EnvelopeId>) -> usize {
        let mut followers: BTreeMap<(Stream, [u8; 32]), usize> = BTreeMap::new();
        for one in of.iter().filter_map(|id| self.written.get(id)) {
            let header = one.header();
            *followers
                .entry((header.stream(), header.previous))
                .or_default() += 1;
        }
        followers.values().filter(|number| **number > 1).count()
    }

    /// For each slot of a patient, the values that no value saw which counts: one, or a conflict.
    pub(crate) fn heads(&self, entries: &[&Placed]) -> BTreeMap<Slot, BTreeSet<EntryId>> {
        let mut heads: BTreeMap<Slot, BTreeSet<EntryId>> = BTreeMap::new();
        let counts = |placed: &&&Placed| placed.unverified.is_none();
        for placed in entries.iter().filter(counts) {
            let Some(slot) = &placed.entry.slot else {
                continue;
            };
            let mut others = entries
                .iter()
                .filter(counts)
                .filter(|other| other.entry.slot.as_ref() == Some(slot) && other.id != placed.id);
            let replaced = others.any(|other| {
                let seen = self.seen.get(&other.id.envelope);
                seen.is_some_and(|seen| seen.contains(&placed.id))
            });
            if !replaced {
                heads.entry(slot.clone()).or_default().insert(placed.id);
            }
        }
        heads
    }

    /// The patients about whom there are envelopes among these.
    pub(crate) fn patients(&self, of: &BTreeSet<EnvelopeId>) -> BTreeSet<PatientId> {
        let subjects = of.iter().filter_map(|id| self.written.get(id));
        subjects
            .filter_map(|one| match one.header().subject {
                Subject::Patient(patient) => Some(patient),
                _ => None,
            })
            .collect()
    }
}
