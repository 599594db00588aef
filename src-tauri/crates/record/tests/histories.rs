//! What holds of every history: several devices that write, exchange, are copied and restored.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod lives;
mod samples;

use std::collections::{BTreeMap, BTreeSet};

use lives::{Lived, SLOTS, lives};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use record::cbor::Value;
use record::entry::{Entry, Slot};
use record::fold::{Current, Placed, Record, fold};
use record::id::{DeviceId, EntryId, EnvelopeId};

/// Histories tried for each sentence. What fails is kept beside this file and tried first.
fn kept() -> ProptestConfig {
    ProptestConfig {
        cases: 2000,
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    }
}

fn slots() -> impl Iterator<Item = Slot> {
    SLOTS.into_iter().map(|name| Slot::new(name).unwrap())
}

/// The heads of a slot by the definition, entry by entry: it stands, and nothing that stands in
/// the slot descends from it through entries of the slot.
fn heads_by_definition(record: &Record, all: &[Placed], slot: &Slot) -> BTreeSet<EntryId> {
    let inside: BTreeMap<EntryId, &Placed> = all
        .iter()
        .filter(|placed| placed.entry.slot.as_ref() == Some(slot))
        .map(|placed| (placed.id, placed))
        .collect();
    let descends = |from: &Placed, target: EntryId| {
        let mut open = from.entry.parents.clone();
        let mut visited = BTreeSet::new();
        while let Some(id) = open.pop() {
            let Some(placed) = inside.get(&id).filter(|_| visited.insert(id)) else {
                continue;
            };
            if id == target {
                return true;
            }
            open.extend(&placed.entry.parents);
        }
        false
    };
    let live = || inside.values().filter(|placed| record.stands(&placed.id));
    live()
        .filter(|placed| !live().any(|other| descends(other, placed.id)))
        .map(|placed| placed.id)
        .collect()
}

/// A value of a device nobody has met, over some entries.
fn stranger(slot: &Slot, parents: Vec<EntryId>) -> Placed {
    Placed {
        id: EntryId {
            envelope: EnvelopeId::from_bytes([0xee; 32]),
            index: 0,
        },
        subject: samples::subject(),
        scope: record::scope::Scope::Site(samples::site()),
        device: DeviceId::from_random([0xee; 16]),
        incarnation: 0,
        sequence: 1,
        unverified: None,
        forked_at: None,
        entry: Entry {
            slot: Some(slot.clone()),
            parents,
            body: Value::Int(2),
            ..samples::answer()
        },
    }
}

fn mixed() -> impl Strategy<Value = (Lived, Vec<Placed>)> {
    lives().prop_flat_map(|lived| {
        let once = lived.entries.clone();
        let again = proptest::collection::vec(any::<prop::sample::Index>(), 0..16);
        let mixed = again
            .prop_map(move |again| {
                let pick = |index: &prop::sample::Index| index.get(&once).clone();
                let more: Vec<_> = again
                    .iter()
                    .filter(|_| !once.is_empty())
                    .map(pick)
                    .collect();
                [once.clone(), more].concat()
            })
            .prop_shuffle();
        (Just(lived), mixed)
    })
}

proptest! {
    #![proptest_config(kept())]

    #[test]
    fn any_order_and_any_repetition_give_the_same_record((lived, mixed) in mixed()) {
        prop_assert_eq!(fold(lived.entries), fold(mixed));
    }

    #[test]
    fn folding_in_pieces_is_folding_at_once((lived, mixed) in mixed(), piece in 1..7_usize) {
        let pieces = mixed.chunks(piece);
        let folded = pieces.fold(Record::default(), |record, more| record.with(more.to_vec()));
        prop_assert_eq!(fold(lived.entries), folded);
    }

    #[test]
    fn current_is_what_nothing_that_stands_descends_from(lived in lives()) {
        let record = fold(lived.entries.clone());
        for slot in slots() {
            let heads: BTreeSet<_> = record.heads(&slot).into_iter().collect();
            prop_assert_eq!(heads, heads_by_definition(&record, &lived.entries, &slot));
        }
    }

    #[test]
    fn devices_that_hold_the_same_entries_see_the_same_record(lived in lives()) {
        let all: BTreeSet<_> = lived.entries.iter().map(|placed| placed.id).collect();
        let whole = fold(lived.entries.clone());
        for holds in lived.devices {
            let has: BTreeSet<_> = holds.iter().map(|placed| placed.id).collect();
            let missing = lived.entries.iter().filter(|placed| !has.contains(&placed.id));
            let caught_up = fold(holds).with(missing.cloned().collect::<Vec<_>>());
            prop_assert_eq!(caught_up.everything().len(), all.len());
            prop_assert_eq!(&caught_up, &whole);
        }
    }

    #[test]
    fn nothing_is_lost_and_no_slot_with_a_value_that_stands_is_empty(lived in lives()) {
        let record = fold(lived.entries.clone());
        prop_assert_eq!(record.everything().len(), lived.entries.len());
        let shown: BTreeSet<_> = record.timeline().iter().map(|placed| placed.id).collect();
        for placed in &lived.entries {
            if record.stands(&placed.id) {
                if let Some(slot) = &placed.entry.slot {
                    prop_assert_ne!(record.current(slot), Current::Nothing);
                }
                // A mark on what was moved away leaves with it; everything else is shown.
                let is_mark = placed.entry.kind == record::entry::Kind::ENTERED_IN_ERROR;
                prop_assert!(is_mark || shown.contains(&placed.id));
            }
            if record.moved(&placed.id).is_some() {
                prop_assert!(!shown.contains(&placed.id));
            }
        }
    }

    #[test]
    fn a_value_that_saw_no_head_removes_none(
        (lived, slot, old) in (lives(), 0..SLOTS.len(), any::<Vec<prop::sample::Index>>()),
    ) {
        let slot = Slot::new(SLOTS[slot]).unwrap();
        let before = fold(lived.entries);
        let was = before.heads(&slot);
        // Anything older may be replaced again, as long as no head is behind it.
        let saw_none = |id: &EntryId| !before.seen_with(&[*id]).iter().any(|it| was.contains(it));
        let older: Vec<_> = before.everything().iter().map(|it| it.id).filter(saw_none).collect();
        let picked = old.iter().filter(|_| !older.is_empty()).map(|at| *at.get(&older));
        let parents: BTreeSet<_> = picked.collect();
        let value = stranger(&slot, parents.into_iter().collect());
        let now = before.clone().with([value]).heads(&slot);
        prop_assert!(was.iter().all(|head| now.contains(head)));
        prop_assert_eq!(now.len(), was.len() + 1);
    }

    #[test]
    fn a_value_that_saw_every_head_is_the_only_one(lived in lives(), slot in 0..5_usize) {
        let slot = Slot::new(SLOTS[slot]).unwrap();
        let before = fold(lived.entries);
        let settled = stranger(&slot, before.heads(&slot));
        let id = settled.id;
        prop_assert_eq!(before.with([settled]).heads(&slot), [id]);
    }

    #[test]
    fn nothing_is_said_to_come_after_what_is_not_among_its_causes(lived in lives()) {
        let causes = lived.causes();
        let record = fold(lived.entries.clone());
        for later in &lived.entries {
            for earlier in &lived.entries {
                let said = record.saw(&later.id, &earlier.id);
                prop_assert!(!said || causes[&later.id].contains(&earlier.id));
                prop_assert!(!(said && record.concurrent(&later.id, &earlier.id)));
            }
            for parent in &later.entry.parents {
                prop_assert!(record.saw(&later.id, parent));
            }
        }
    }
}
