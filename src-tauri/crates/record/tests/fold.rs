//! The fold: any order and any repetition, the same record; nothing is overwritten unseen.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use proptest::prelude::*;
use proptest::sample::Index;
use record::body::EnteredInError;
use record::cbor::{Value, to_value};
use record::entry::{Entry, Kind, Slot};
use record::fold::{Current, Placed, Record, fold};
use record::id::{EntryId, EnvelopeId};
use record::scope::Scope;

fn slot(name: &str) -> Slot {
    Slot::new(name).unwrap()
}

fn id(number: u8) -> EntryId {
    EntryId {
        envelope: EnvelopeId::from_bytes([number; 32]),
        index: 0,
    }
}

fn placed(number: u8, entry: Entry) -> Placed {
    Placed {
        id: id(number),
        subject: samples::subject(),
        scope: Scope::Site(samples::site()),
        device: samples::device(),
        sequence: u64::from(number),
        entry,
    }
}

/// A value in a slot that replaces others.
fn value(number: u8, name: &str, parents: &[u8]) -> Placed {
    let entry = Entry {
        slot: Some(slot(name)),
        parents: parents.iter().map(|parent| id(*parent)).collect(),
        lamport: u64::from(number),
        body: Value::Int(i64::from(number)),
        ..samples::answer()
    };
    placed(number, entry)
}

fn mark(number: u8, target: u8) -> Placed {
    let body = to_value(&EnteredInError {
        entry: id(target),
        reason: "wrong row".to_owned(),
    })
    .unwrap();
    let entry = Entry {
        kind: Kind::ENTERED_IN_ERROR,
        lamport: u64::from(number),
        body,
        ..samples::note()
    };
    placed(number, entry)
}

fn heads(record: &Record, name: &str) -> Vec<u8> {
    record
        .heads(&slot(name))
        .iter()
        .map(|head| head.envelope.as_bytes()[0])
        .collect()
}

#[test]
fn what_supersedes_is_current_and_what_is_superseded_stays_readable() {
    let record = fold([value(1, "a", &[]), value(2, "a", &[1])]);
    assert!(matches!(record.current(&slot("a")), Current::One(current) if current.id == id(2)));
    assert!(record.entry(&id(1)).is_some());
    assert_eq!(record.timeline().len(), 2);
}

#[test]
fn values_that_did_not_see_each_other_are_all_kept_until_one_saw_both() {
    let two = [value(1, "a", &[]), value(2, "a", &[1]), value(3, "a", &[1])];
    let record = fold(two.clone());
    let Current::Conflict(several) = record.current(&slot("a")) else {
        panic!()
    };
    assert_eq!(
        several.iter().map(|placed| placed.id).collect::<Vec<_>>(),
        [id(2), id(3)]
    );
    let settled = fold(two.into_iter().chain([value(4, "a", &[2, 3])]));
    assert_eq!(heads(&settled, "a"), [4]);
}

#[test]
fn the_same_value_given_twice_unseen_is_still_two() {
    let mut twin = value(2, "a", &[]);
    twin.entry.body = Value::Int(1);
    assert!(matches!(
        fold([value(1, "a", &[]), twin]).current(&slot("a")),
        Current::Conflict(_)
    ));
}

#[test]
fn an_entry_cannot_knock_out_the_value_of_another_slot() {
    let record = fold([value(1, "a", &[]), value(2, "b", &[1])]);
    assert_eq!(
        (heads(&record, "a"), heads(&record, "b")),
        (vec![1], vec![2])
    );
}

#[test]
fn a_missing_entry_between_two_hides_neither_and_settles_when_it_arrives() {
    let ends = [value(1, "a", &[]), value(3, "a", &[2])];
    assert_eq!(heads(&fold(ends.clone()), "a"), [1, 3]);
    assert_eq!(
        heads(&fold(ends.into_iter().chain([value(2, "a", &[1])])), "a"),
        [3]
    );
}

#[test]
fn what_was_entered_in_error_gives_way_to_what_it_had_replaced() {
    let record = fold([value(1, "a", &[]), value(2, "a", &[1]), mark(3, 2)]);
    assert_eq!(heads(&record, "a"), [1]);
    assert_eq!(record.in_error(&id(2)).map(|mark| mark.id), Some(id(3)));
    assert!(record.entry(&id(2)).is_some());
    assert!(record.in_error(&id(1)).is_none());
}

#[test]
fn a_correction_written_over_an_error_still_stands_above_what_the_error_replaced() {
    let record = fold([
        value(1, "a", &[]),
        value(2, "a", &[1]),
        value(3, "a", &[2]),
        mark(4, 2),
    ]);
    assert_eq!(heads(&record, "a"), [3]);
}

#[test]
fn a_slot_whose_only_value_was_an_error_holds_nothing() {
    let record = fold([value(1, "a", &[]), mark(2, 1)]);
    assert_eq!(record.current(&slot("a")), Current::Nothing);
    assert_eq!(record.current(&slot("never")), Current::Nothing);
}

#[test]
fn a_mark_is_not_undone_by_a_mark() {
    let record = fold([value(1, "a", &[]), mark(2, 1), mark(3, 2)]);
    assert_eq!(record.current(&slot("a")), Current::Nothing);
    assert!(record.in_error(&id(2)).is_none());
}

#[test]
fn the_first_of_two_marks_is_the_one_shown() {
    let record = fold([value(1, "a", &[]), mark(3, 1), mark(2, 1)]);
    assert_eq!(record.in_error(&id(1)).map(|mark| mark.id), Some(id(2)));
}

#[test]
fn a_mark_that_cannot_be_read_marks_nothing_and_is_kept() {
    let mut newer = mark(2, 1);
    newer.entry.version = 2;
    let mut broken = mark(3, 1);
    broken.entry.body = Value::Null;
    let record = fold([value(1, "a", &[]), newer, broken]);
    assert_eq!(heads(&record, "a"), [1]);
    assert_eq!(record.timeline().len(), 3);
}

#[test]
fn entries_without_a_slot_append_and_unknown_kinds_are_kept() {
    let mut unknown = placed(2, samples::note());
    unknown.entry.kind = Kind::new("from-a-newer-version").unwrap();
    let record = fold([placed(1, samples::note()), unknown, value(3, "a", &[])]);
    assert_eq!(record.all_heads(), [id(1), id(2), id(3)]);
}

#[test]
fn under_gives_whole_segments_in_order() {
    let record = fold([
        value(1, "answer/a1/x", &[]),
        value(2, "answer/a2/x", &[]),
        value(3, "answer/a1x", &[]),
    ]);
    let names: Vec<_> = record
        .under("answer/a1")
        .map(|(slot, _)| slot.as_str().to_owned())
        .collect();
    assert_eq!(names, ["answer/a1/x"]);
    assert_eq!(record.under("answer").count(), 3);
}

#[test]
fn the_timeline_follows_causes_and_never_the_clock_on_the_wall() {
    let mut early = value(2, "a", &[1]);
    early.entry.claimed =
        record::moment::Moment::new("1999-01-01T00:00:00Z".parse().unwrap(), 0).unwrap();
    let record = fold([early, value(1, "a", &[])]);
    assert_eq!(
        record
            .timeline()
            .iter()
            .map(|placed| placed.id)
            .collect::<Vec<_>>(),
        [id(1), id(2)]
    );
    assert_eq!(record.highest_lamport(), 2);
    assert_eq!(fold([]).highest_lamport(), 0);
}

#[test]
fn a_counter_gone_wild_leaves_the_next_entry_writable() {
    assert_eq!(fold([]).next_lamport(), 1);
    let mut wild = value(1, "a", &[]);
    wild.entry.lamport = record::entry::MAX_COUNTER;
    assert_eq!(fold([wild]).next_lamport(), record::entry::MAX_COUNTER);
}

/// A history as devices could write it: each entry replaces any of the earlier ones, seen or not.
fn history() -> impl Strategy<Value = Vec<Placed>> {
    let entry = (0..4_u8, any::<Vec<Index>>(), any::<bool>());
    proptest::collection::vec(entry, 1..24).prop_map(|entries| {
        let mut history: Vec<Placed> = Vec::new();
        for (number, (name, parents, is_mark)) in (1..).zip(entries) {
            let earlier =
                |index: &Index| u8::try_from(index.index(usize::from(number) - 1) + 1).unwrap();
            let parents: Vec<u8> = if number == 1 {
                Vec::new()
            } else {
                parents.iter().take(3).map(earlier).collect()
            };
            history.push(match (is_mark, parents.first()) {
                (true, Some(target)) if number % 4 == 0 => mark(number, *target),
                _ => value(number, ["a", "b", "b/c", "d"][usize::from(name)], &parents),
            });
        }
        history
    })
}

proptest! {
    /// Any order and any repetition give the same record.
    #[test]
    fn the_same_entries_give_the_same_record(
        (history, mixed) in history().prop_flat_map(|history| {
            let mixed = proptest::collection::vec(proptest::sample::select(history.clone()), 0..24)
                .prop_map({ let history = history.clone(); move |again| [history.clone(), again].concat() })
                .prop_shuffle();
            (Just(history), mixed)
        }),
    ) {
        prop_assert_eq!(fold(history), fold(mixed));
    }

    /// A value that did not see the heads removes none of them.
    #[test]
    fn a_concurrent_value_never_removes_a_head(history in history(), name in 0..4_usize, old: Vec<Index>) {
        let name = ["a", "b", "b/c", "d"][name];
        let before = fold(history.clone());
        let was = heads(&before, name);
        let superseded: Vec<u8> = history
            .iter()
            .map(|placed| placed.id.envelope.as_bytes()[0])
            .filter(|number| !was.contains(number) && before.in_error(&id(*number)).is_none())
            .collect();
        let seen: Vec<u8> = old.iter().filter(|_| !superseded.is_empty()).map(|at| *at.get(&superseded)).collect();
        let after = fold(history.into_iter().chain([value(200, name, &seen)]));
        let now = heads(&after, name);
        prop_assert!(now.contains(&200));
        for head in was {
            prop_assert!(now.contains(&head), "{head} of {name} is gone");
        }
    }

    /// A value that saw all heads is the only one.
    #[test]
    fn a_value_that_saw_every_head_is_the_only_one(history in history(), name in 0..4_usize) {
        let name = ["a", "b", "b/c", "d"][name];
        let saw = heads(&fold(history.clone()), name);
        let after = fold(history.into_iter().chain([value(200, name, &saw)]));
        prop_assert_eq!(heads(&after, name), [200]);
    }

    /// No entry is ever lost from the timeline, and no slot with a live value is empty.
    #[test]
    fn nothing_is_lost(history in history()) {
        let record = fold(history.clone());
        prop_assert_eq!(record.timeline().len(), history.len());
        for placed in &history {
            let live = record.in_error(&placed.id).is_none();
            if let Some(slot) = placed.entry.slot.as_ref().filter(|_| live) {
                prop_assert_ne!(record.current(slot), Current::Nothing);
            }
        }
    }
}
