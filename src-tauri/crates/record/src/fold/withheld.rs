//! Entries that do not stand: unverified, made in error, or made on the wrong patient.
//!
//! An `entered-in-error` marks one entry; a `move` takes several out of this patient's view. Neither
//! can be aimed at another of them: what holds again is written again. So what is withheld only
//! grows, whatever arrives in whatever order, and one aimed at an entry that has not arrived yet
//! holds from the moment it does.

use std::collections::{BTreeMap, BTreeSet};

use crate::body::{Body, EnteredInError, Moved};
use crate::cbor;
use crate::entry::Kind;
use crate::id::EntryId;

use super::Placed;

/// What is withheld, and by which entry first in the order for display.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Withheld {
    /// Marked as made in error.
    pub(super) marked: BTreeMap<EntryId, EntryId>,
    /// Made on the wrong patient.
    pub(super) moved: BTreeMap<EntryId, EntryId>,
    /// Not their author's to write, or not signed as their kind has to be.
    unverified: BTreeSet<EntryId>,
}

impl Withheld {
    pub(super) fn by(placed: &BTreeMap<EntryId, Placed>) -> Self {
        let counts = |placed: &&Placed| placed.unverified.is_none();
        let withholding = placed.values().filter(|placed| withholds(placed));
        let mut withholding: Vec<_> = withholding.filter(counts).collect();
        // The last one collected stays, so the first in the order for display comes last.
        withholding.sort_by_key(|placed| std::cmp::Reverse(placed.order()));
        let unverified = placed.values().filter(|placed| !counts(placed));
        let mut all = Self {
            unverified: unverified.map(|placed| placed.id).collect(),
            ..Self::default()
        };
        for by in withholding {
            let may = |target: &EntryId| !placed.get(target).is_some_and(withholds);
            if let Some(target) = marked(by).filter(may) {
                all.marked.insert(target, by.id);
            }
            for target in moved(by).into_iter().filter(may) {
                all.moved.insert(target, by.id);
            }
        }
        all
    }

    /// Whether an entry stands.
    pub(super) fn stands(&self, id: &EntryId) -> bool {
        let withheld = self.marked.contains_key(id) || self.moved.contains_key(id);
        !withheld && !self.unverified.contains(id)
    }

    /// Entries that stand in one of the two and not in the other.
    pub(super) fn differs_from(&self, other: &Self) -> BTreeSet<EntryId> {
        let all = [&self.marked, &self.moved, &other.marked, &other.moved];
        let unverified = self.unverified.iter().chain(&other.unverified);
        all.into_iter()
            .flat_map(BTreeMap::keys)
            .chain(unverified)
            .filter(|id| self.stands(id) != other.stands(id))
            .copied()
            .collect()
    }
}

fn is_mark(placed: &Placed) -> bool {
    placed.entry.kind == Kind::ENTERED_IN_ERROR && placed.entry.version == EnteredInError::VERSION
}

fn is_move(placed: &Placed) -> bool {
    placed.entry.kind == Kind::MOVE && placed.entry.version == Moved::VERSION
}

/// A mark, a move, or one that carries a patient's key, without which nothing could be read.
fn withholds(placed: &Placed) -> bool {
    is_mark(placed) || is_move(placed) || placed.entry.kind == Kind::PATIENT_KEY
}

/// What a mark is aimed at.
pub(super) fn marked(placed: &Placed) -> Option<EntryId> {
    is_mark(placed)
        .then(|| cbor::from_value::<EnteredInError>(&placed.entry.body).ok())
        .flatten()
        .map(|body| body.entry)
}

fn moved(placed: &Placed) -> Vec<EntryId> {
    is_move(placed)
        .then(|| cbor::from_value::<Moved>(&placed.entry.body).ok())
        .flatten()
        .map(|body| body.entries)
        .unwrap_or_default()
}
