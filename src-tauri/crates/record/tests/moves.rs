//! Entries made on the wrong patient leave that patient's view, except for audit.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod facts;
mod samples;

use facts::{heads, id, mark, moved, placed, value};
use record::entry::{Entry, Kind};
use record::fold::{Current, fold};

#[test]
fn what_was_made_on_the_wrong_patient_leaves_the_view_and_stays_for_audit() {
    let record = fold([value(1, "a", &[]), value(2, "b", &[]), moved(3, &[1])]);
    let seen: Vec<_> = record.timeline().iter().map(|it| it.id).collect();
    assert_eq!(seen, [id(2), id(3)]);
    assert_eq!(
        record.current(&record::entry::Slot::new("a").unwrap()),
        Current::Nothing
    );
    assert_eq!(heads(&record, "b"), [2]);
    assert_eq!(record.moved(&id(1)).map(|by| by.id), Some(id(3)));
    assert!(record.moved(&id(2)).is_none());
    assert!(!record.stands(&id(1)));
    assert_eq!(record.everything().len(), 3);
}

#[test]
fn a_value_that_was_moved_away_gives_way_to_what_it_had_replaced() {
    let record = fold([value(1, "a", &[]), value(2, "a", &[1]), moved(3, &[2])]);
    assert_eq!(heads(&record, "a"), [1]);
}

#[test]
fn a_value_written_over_one_that_was_moved_away_still_stands_above_what_that_one_replaced() {
    let record = fold([
        value(1, "a", &[]),
        value(2, "a", &[1]),
        value(3, "a", &[2]),
        moved(4, &[2]),
    ]);
    assert_eq!(heads(&record, "a"), [3]);
}

#[test]
fn a_move_takes_several_entries_at_once_and_holds_before_they_arrive() {
    let before = fold([moved(3, &[1, 2])]);
    assert_eq!(before.timeline().len(), 1);
    let after = before.with([value(1, "a", &[]), value(2, "b", &[])]);
    assert!(heads(&after, "a").is_empty() && heads(&after, "b").is_empty());
}

#[test]
fn a_mark_on_what_was_moved_away_leaves_the_view_with_it() {
    let record = fold([value(1, "a", &[]), mark(2, 1), moved(3, &[1])]);
    let seen: Vec<_> = record.timeline().iter().map(|it| it.id).collect();
    assert_eq!(seen, [id(3)]);
}

#[test]
fn neither_a_move_nor_a_mark_nor_a_patient_key_is_moved() {
    let key = placed(
        4,
        Entry {
            kind: Kind::PATIENT_KEY,
            ..samples::note()
        },
    );
    let record = fold([
        value(1, "a", &[]),
        mark(2, 1),
        moved(3, &[1]),
        key,
        moved(5, &[2, 3, 4]),
    ]);
    for number in [2, 3, 4] {
        assert!(record.moved(&id(number)).is_none(), "{number}");
    }
    assert!(record.moved(&id(1)).is_some());
}

#[test]
fn a_move_from_a_newer_version_moves_nothing_and_is_kept() {
    let mut newer = moved(2, &[1]);
    newer.entry.version = 2;
    let record = fold([value(1, "a", &[]), newer]);
    assert_eq!(heads(&record, "a"), [1]);
    assert_eq!(record.timeline().len(), 2);
}

#[test]
fn what_was_moved_away_is_no_part_of_what_a_reader_has_seen() {
    let note = placed(1, samples::note());
    let record = fold([note, value(2, "a", &[]), moved(3, &[1, 2])]);
    assert_eq!(record.all_heads(), [id(3)]);
}
