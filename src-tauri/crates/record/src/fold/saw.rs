//! What provably came before an entry: causes, never clocks and never counters.

use std::collections::BTreeSet;

use crate::id::EntryId;

use super::{Placed, Record};

impl Record {
    /// Whether `later` provably came after `earlier`: its author had it before them, or something
    /// that was itself written after it.
    ///
    /// It is proved by what `later`, or an earlier entry of its own stream, replaces or says it
    /// was based on, step by step back, and by the stream's own order. The stream's order proves
    /// nothing from where the stream forked (a copied disk), nor does an entry of another device
    /// prove that the rest of that device's stream had arrived: emergencies travel first. A proof
    /// that is missing is not a proof of the contrary, so two values may be shown as a conflict
    /// although somebody knew of both; never the other way round.
    pub fn saw(&self, later: &EntryId, earlier: &EntryId) -> bool {
        let Some(own) = self.placed.get(later) else {
            return false;
        };
        let fork = self.fork_of(own);
        let mut open: Vec<EntryId> = self
            .placed
            .values()
            .filter(|other| other.id == own.id || is_before(other, own, fork))
            .map(|other| other.id)
            .collect();
        let mut seen: BTreeSet<EntryId> = open.iter().copied().collect();
        while let Some(id) = open.pop() {
            let Some(placed) = self.placed.get(&id) else {
                continue;
            };
            open.extend(causes(placed).filter(|cause| seen.insert(*cause)));
        }
        later != earlier && seen.contains(earlier)
    }

    /// Whether neither of two entries provably saw the other.
    pub fn concurrent(&self, one: &EntryId, other: &EntryId) -> bool {
        one != other && !self.saw(one, other) && !self.saw(other, one)
    }

    /// Everything that was seen by whoever had these heads before them: the heads and what they
    /// replaced, step by step back.
    pub fn seen_with(&self, heads: &[EntryId]) -> BTreeSet<EntryId> {
        let mut seen: BTreeSet<EntryId> = heads.iter().copied().collect();
        let mut open: Vec<EntryId> = heads.to_vec();
        while let Some(id) = open.pop() {
            let parents = self.placed.get(&id).map(|placed| &placed.entry.parents);
            open.extend(parents.into_iter().flatten().filter(|id| seen.insert(**id)));
        }
        seen
    }

    /// The first sequence number of this entry's stream at which two envelopes stand: as the reader
    /// of the whole stream says, or as this record alone shows.
    fn fork_of(&self, own: &Placed) -> Option<u64> {
        let same = |other: &&Placed| is_same_stream(other, own);
        let mut places: Vec<_> = self
            .placed
            .values()
            .filter(same)
            .map(|other| (other.sequence, other.id.envelope))
            .collect();
        places.sort_unstable();
        places.dedup();
        let seen = places
            .windows(2)
            .find_map(|pair| (pair[0].0 == pair[1].0).then_some(pair[0].0));
        let told = self.placed.values().filter(same);
        told.filter_map(|other| other.forked_at).chain(seen).min()
    }
}

fn is_same_stream(one: &Placed, other: &Placed) -> bool {
    (one.scope, one.device, one.incarnation) == (other.scope, other.device, other.incarnation)
}

/// Whether `other` stands in the same envelope, or before it in a stream that is not forked there.
fn is_before(other: &Placed, own: &Placed, fork: Option<u64>) -> bool {
    other.id.envelope == own.id.envelope
        || is_same_stream(other, own)
            && other.sequence < own.sequence
            && fork.is_none_or(|fork| other.sequence < fork)
}

/// What an entry says itself that its author had seen.
fn causes(placed: &Placed) -> impl Iterator<Item = EntryId> + '_ {
    let basis = placed.entry.signed.iter().flat_map(|it| &it.basis.heads);
    placed.entry.parents.iter().chain(basis).copied()
}
