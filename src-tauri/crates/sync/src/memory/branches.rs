//! One stream with its branches, and what is kept ahead of it.

use std::collections::{BTreeMap, BTreeSet};

use record::envelope::Envelope;
use record::log::Tail;

/// Ordered by place, so that each stands after the one it follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Branches {
    joined: BTreeMap<Tail, Envelope>,
    /// The joined that nothing joined follows.
    tails: BTreeSet<Tail>,
    ahead: BTreeMap<Tail, Envelope>,
}

impl Branches {
    /// Takes one envelope; none when it is held already, else whether it forked the stream.
    pub(super) fn take(&mut self, envelope: &Envelope) -> Option<bool> {
        let place = Tail::of(envelope);
        if self.get(&place).is_some() {
            return None;
        }
        if !self.may_join(envelope) {
            self.ahead.insert(place, envelope.clone());
            return Some(false);
        }
        let mut forked = self.join(place, envelope.clone());
        while let Some(next) = self.next_to_join() {
            if let Some(envelope) = self.ahead.remove(&next) {
                forked |= self.join(next, envelope);
            }
        }
        Some(forked)
    }

    fn may_join(&self, envelope: &Envelope) -> bool {
        Tail::before(envelope).is_none_or(|before| self.joined.contains_key(&before))
    }

    fn join(&mut self, place: Tail, envelope: Envelope) -> bool {
        let alone = match Tail::before(&envelope) {
            Some(before) => self.tails.remove(&before),
            None => self.joined.is_empty(),
        };
        self.tails.insert(place);
        self.joined.insert(place, envelope);
        !alone
    }

    fn next_to_join(&self) -> Option<Tail> {
        let mut ahead = self.ahead.iter();
        let (place, _) = ahead.find(|(_, envelope)| self.may_join(envelope))?;
        Some(*place)
    }

    pub(super) fn begun(&self) -> bool {
        !self.joined.is_empty()
    }

    pub(super) fn tails(&self) -> Vec<Tail> {
        self.tails.iter().copied().collect()
    }

    pub(super) fn ahead(&self) -> impl Iterator<Item = &Envelope> {
        self.ahead.values()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Envelope> {
        self.joined.values().chain(self.ahead.values())
    }

    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Envelope> {
        self.joined.values_mut().chain(self.ahead.values_mut())
    }

    pub(super) fn get(&self, place: &Tail) -> Option<&Envelope> {
        self.joined.get(place).or_else(|| self.ahead.get(place))
    }

    pub(super) fn has_joined(&self, place: &Tail) -> bool {
        self.joined.contains_key(place)
    }

    /// Walks back from the tails and from what the other side has, the furthest first, until only
    /// what it has is left: so a few new envelopes on a long stream cost a few steps.
    pub(super) fn beyond(&self, have: &[Tail], limit: usize) -> Vec<Envelope> {
        let mut open: BTreeMap<Tail, bool> = self.tails.iter().map(|it| (*it, true)).collect();
        let had = have.iter().filter(|it| self.has_joined(it));
        open.extend(had.map(|it| (*it, false)));
        let mut wanted = Vec::new();
        while open.values().any(|is_wanted| *is_wanted)
            && let Some((place, is_wanted)) = open.pop_last()
            && let Some(envelope) = self.joined.get(&place)
        {
            if is_wanted {
                wanted.push(envelope);
            }
            if let Some(before) = Tail::before(envelope) {
                // What one branch has, the other side has, whoever else leads there.
                *open.entry(before).or_insert(true) &= is_wanted;
            }
        }
        wanted.reverse();
        fitting(&wanted, limit)
    }

    /// Each tip, then 1, 2, 4, 8 ... before it, and the first.
    pub(super) fn marks(&self) -> Vec<Tail> {
        let mut marks = BTreeSet::new();
        for tail in &self.tails {
            let branch: Vec<Tail> = self.back_from(*tail).collect();
            let distances = std::iter::successors(Some(1_usize), |it| it.checked_mul(2));
            marks.extend(branch.first());
            marks.extend(distances.map_while(|it| branch.get(it)));
            marks.extend(branch.last());
        }
        marks.into_iter().rev().collect()
    }

    fn back_from(&self, tail: Tail) -> impl Iterator<Item = Tail> {
        std::iter::successors(Some(tail), |it| Tail::before(self.joined.get(it)?))
    }
}

fn fitting(wanted: &[&Envelope], limit: usize) -> Vec<Envelope> {
    let mut room = limit;
    let fits = wanted.iter().enumerate().take_while(|(index, envelope)| {
        let size = envelope.to_bytes().len();
        let fits = *index == 0 || size <= room;
        room = room.saturating_sub(size);
        fits
    });
    fits.map(|(_, envelope)| (*envelope).clone()).collect()
}
