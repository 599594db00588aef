//! From a set of entries to a record: the same set, in any order and however often, gives the
//! same record.
//!
//! In a slot, current is every entry that no live entry descends from. One is the value, several
//! are a conflict, and all are kept. An entry marked `entered-in-error`, or moved to the right
//! patient, is not live, nor is one that is unverified: it stops being current and supersedes nothing by itself, but what was
//! written after seeing it still stands above what it replaced. Entries without a slot append.

mod saw;
mod withheld;

use std::collections::{BTreeMap, BTreeSet};

use crate::certificate::NotAuthorised;
use crate::entry::{Entry, MAX_COUNTER, Slot};
use crate::id::{DeviceId, EntryId};
use crate::scope::{Scope, Subject};

use withheld::Withheld;

/// An entry with its id and the envelope's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The entry's id.
    pub id: EntryId,
    /// Whom or what it is about.
    pub subject: Subject,
    /// Who may read it.
    pub scope: Scope,
    /// The device that wrote it.
    pub device: DeviceId,
    /// Which life of the device.
    pub incarnation: u32,
    /// The envelope's place in the device's stream.
    pub sequence: u64,
    /// Why it does not count, as far as signatures, certificates and revocations say; none when it
    /// does. It is kept and shown, holds no slot and marks nothing.
    pub unverified: Option<NotAuthorised>,
    /// The first number of its stream at which two envelopes stand, as far as the reader knows: the
    /// disk was copied, or a backup was put back, and both went on writing.
    pub forked_at: Option<u64>,
    /// The entry itself.
    pub entry: Entry,
}

impl Placed {
    /// Whether it stands on one of several branches of its stream: whoever wrote it may not have
    /// known what stands before it by number, and two people may have used one device's name.
    pub fn is_of_copied_disk(&self) -> bool {
        self.forked_at.is_some_and(|fork| self.sequence >= fork)
    }

    /// The order for display: Lamport counter, then id, so that it is the same everywhere.
    fn order(&self) -> (u64, EntryId) {
        (self.entry.lamport, self.id)
    }
}

/// What a slot holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Current<'a> {
    /// No value was ever given, or none of them stands.
    Nothing,
    /// One value.
    One(&'a Placed),
    /// Several values that did not see each other, in the order for display.
    Conflict(Vec<&'a Placed>),
}

impl<'a> Current<'a> {
    /// Every current value: none, one or several.
    pub fn all(&self) -> &[&'a Placed] {
        match self {
            Self::Nothing => &[],
            Self::One(placed) => std::slice::from_ref(placed),
            Self::Conflict(several) => several,
        }
    }
}

/// Everything known about one subject.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    placed: BTreeMap<EntryId, Placed>,
    heads: BTreeMap<Slot, Vec<EntryId>>,
    withheld: Withheld,
}

/// Folds the entries on one subject.
pub fn fold(entries: impl IntoIterator<Item = Placed>) -> Record {
    Record::default().with(entries)
}

/// The live entries of one slot that no other live entry descends from, in the order for display.
fn heads_of(entries: &[&Placed], withheld: &Withheld) -> Vec<EntryId> {
    let by_id: BTreeMap<_, _> = entries.iter().map(|placed| (placed.id, *placed)).collect();
    let live: Vec<_> = entries
        .iter()
        .filter(|placed| withheld.stands(&placed.id))
        .collect();
    let mut superseded: BTreeSet<EntryId> = BTreeSet::new();
    let mut open: Vec<EntryId> = live
        .iter()
        .flat_map(|placed| placed.entry.parents.iter().copied())
        .collect();
    while let Some(id) = open.pop() {
        // Only within the slot: an entry cannot knock out the value of another.
        if let Some(parent) = by_id.get(&id)
            && superseded.insert(id)
        {
            open.extend(&parent.entry.parents);
        }
    }
    let mut heads: Vec<_> = live
        .into_iter()
        .filter(|placed| !superseded.contains(&placed.id))
        .collect();
    heads.sort_by_key(|placed| placed.order());
    heads.into_iter().map(|placed| placed.id).collect()
}

impl Record {
    /// The record with more entries in it: the same as folding all of them at once.
    #[must_use]
    pub fn with(mut self, more: impl IntoIterator<Item = Placed>) -> Self {
        let mut touched: BTreeSet<Slot> = BTreeSet::new();
        for placed in more {
            touched.extend(placed.entry.slot.clone());
            self.placed.entry(placed.id).or_insert(placed);
        }
        let withheld = Withheld::by(&self.placed);
        for id in withheld.differs_from(&self.withheld) {
            let target = self.placed.get(&id);
            touched.extend(target.and_then(|placed| placed.entry.slot.clone()));
        }
        self.withheld = withheld;
        self.find_heads(&touched);
        self
    }

    fn find_heads(&mut self, touched: &BTreeSet<Slot>) {
        let mut slots: BTreeMap<&Slot, Vec<&Placed>> = BTreeMap::new();
        for placed in self.placed.values() {
            if let Some(slot) = placed.entry.slot.as_ref().filter(|it| touched.contains(it)) {
                slots.entry(slot).or_default().push(placed);
            }
        }
        let heads: Vec<_> = slots
            .into_iter()
            .map(|(slot, entries)| (slot.clone(), heads_of(&entries, &self.withheld)))
            .collect();
        self.heads.extend(heads);
    }

    /// What a slot holds.
    pub fn current(&self, slot: &Slot) -> Current<'_> {
        self.heads
            .get(slot)
            .map_or(Current::Nothing, |heads| self.held(heads))
    }

    /// The slot's heads: the parents of the next entry in it.
    pub fn heads(&self, slot: &Slot) -> Vec<EntryId> {
        self.heads.get(slot).cloned().unwrap_or_default()
    }

    /// Every slot at or under `prefix` that has ever had a value, in order. Whole segments count.
    pub fn under<'a>(
        &'a self,
        prefix: &str,
    ) -> impl Iterator<Item = (&'a Slot, Current<'a>)> + use<'a> {
        let prefix = prefix.to_owned();
        self.heads
            .iter()
            .filter(move |(slot, _)| slot.is_under(&prefix))
            .map(|(slot, heads)| (slot, self.held(heads)))
    }

    /// One entry, current or not.
    pub fn entry(&self, id: &EntryId) -> Option<&Placed> {
        self.placed.get(id)
    }

    /// Every entry of this patient's view, in the order for display: Lamport counter, then id.
    /// Time claimed plays no part. What was moved to the right patient is not in it, nor what
    /// marks such an entry; the move is.
    pub fn timeline(&self) -> Vec<&Placed> {
        let moved = |id: &EntryId| self.withheld.moved.contains_key(id);
        let mut all: Vec<_> = self
            .placed
            .values()
            .filter(|placed| !moved(&placed.id))
            .filter(|placed| !withheld::marked(placed).is_some_and(|target| moved(&target)))
            .collect();
        all.sort_by_key(|placed| placed.order());
        all
    }

    /// Every entry there is, in the order for display: for the audit, and for making the record
    /// anew.
    pub fn everything(&self) -> Vec<&Placed> {
        let mut all: Vec<_> = self.placed.values().collect();
        all.sort_by_key(|placed| placed.order());
        all
    }

    /// The entry that says this one was made in error; the first in the order for display.
    pub fn in_error(&self, id: &EntryId) -> Option<&Placed> {
        let mark = self.withheld.marked.get(id)?;
        self.placed.get(mark)
    }

    /// The entry that says this one was made on the wrong patient; the first in the order for
    /// display.
    pub fn moved(&self, id: &EntryId) -> Option<&Placed> {
        let by = self.withheld.moved.get(id)?;
        self.placed.get(by)
    }

    /// Whether an entry was neither made in error nor moved to the right patient. It may have been
    /// replaced.
    pub fn stands(&self, id: &EntryId) -> bool {
        self.withheld.stands(id)
    }

    /// What a reader of the whole record has seen: the heads of every slot, and every entry of the
    /// timeline without a slot. Sorted by id.
    pub fn all_heads(&self) -> Vec<EntryId> {
        let appended = self
            .timeline()
            .into_iter()
            .filter(|placed| placed.entry.slot.is_none())
            .map(|placed| placed.id);
        let mut all: Vec<_> = self
            .heads
            .values()
            .flatten()
            .copied()
            .chain(appended)
            .collect();
        all.sort_unstable();
        all
    }

    /// The highest Lamport counter; 0 when there is nothing.
    pub fn highest_lamport(&self) -> u64 {
        self.placed
            .values()
            .map(|placed| placed.entry.lamport)
            .max()
            .unwrap_or(0)
    }

    /// The counter of the next entry. At the bound it stays there, so that one device with a
    /// counter gone wild costs the others the order for display and nothing more.
    pub fn next_lamport(&self) -> u64 {
        (self.highest_lamport() + 1).min(MAX_COUNTER)
    }

    fn held(&self, heads: &[EntryId]) -> Current<'_> {
        let mut values: Vec<_> = heads.iter().filter_map(|id| self.placed.get(id)).collect();
        match values.len() {
            0 => Current::Nothing,
            1 => values.pop().map_or(Current::Nothing, Current::One),
            _ => Current::Conflict(values),
        }
    }
}
