//! The fold: any order and any repetition, the same record; nothing is overwritten unseen.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod facts;
mod samples;

use facts::{heads, id, mark, placed, slot, value};
use record::cbor::Value;
use record::entry::{Entry, Kind};
use record::fold::{Current, fold};

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
fn a_slot_headed_by_a_kind_from_a_newer_version_holds_that_entry_and_not_what_it_replaced() {
    let mut newer = value(2, "a", &[1]);
    newer.entry.kind = Kind::new("from-a-newer-version").unwrap();
    newer.entry.version = 9;
    let record = fold([value(1, "a", &[]), newer]);
    assert!(matches!(record.current(&slot("a")), Current::One(current) if current.id == id(2)));
}

#[test]
fn an_entry_written_up_later_took_place_when_it_happened_and_is_ordered_as_it_was_typed() {
    let late = Entry {
        lamport: 2,
        ..samples::correction()
    };
    let happened = late.happened.clone().unwrap().at;
    assert_eq!(late.took_place(), happened);
    assert_eq!(samples::answer().took_place(), samples::moment());
    assert!(happened < late.claimed);
    let record = fold([value(1, "b", &[]), placed(2, late)]);
    let order: Vec<_> = record.timeline().iter().map(|it| it.id).collect();
    assert_eq!(order, [id(1), id(2)]);
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

fn unverified(placed: record::fold::Placed) -> record::fold::Placed {
    record::fold::Placed {
        unverified: Some(record::certificate::NotAuthorised::Revoked),
        ..placed
    }
}

#[test]
fn an_unverified_entry_is_kept_and_holds_no_slot() {
    let all = [value(1, "a", &[]), unverified(value(2, "a", &[1]))];
    let record = fold(all);
    assert_eq!(heads(&record, "a"), [1]);
    assert_eq!(record.timeline().len(), 2);
    assert!(record.entry(&id(2)).unwrap().unverified.is_some());
}

#[test]
fn what_was_written_after_seeing_an_unverified_entry_stands_above_what_that_had_replaced() {
    let all = [
        value(1, "a", &[]),
        unverified(value(2, "a", &[1])),
        value(3, "a", &[2]),
    ];
    assert_eq!(heads(&fold(all), "a"), [3]);
}

#[test]
fn an_unverified_mark_or_move_takes_nothing_out_of_the_record() {
    for by in [mark(2, 1), facts::moved(2, &[1])] {
        let record = fold([value(1, "a", &[]), unverified(by)]);
        assert_eq!(heads(&record, "a"), [1]);
    }
}
