//! What an author provably had before them, whatever the clocks and the counters say.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod facts;
mod samples;

use facts::{by, id, value};
use record::entry::{Basis, Signed};
use record::fold::{Placed, fold};
use record::id::{EntryId, EnvelopeId};

#[test]
fn a_value_saw_what_it_replaces_and_what_that_replaced() {
    let record = fold([
        by(1, value(1, "a", &[])),
        by(2, value(2, "a", &[1])),
        by(3, value(3, "a", &[2])),
    ]);
    assert!(record.saw(&id(3), &id(1)));
    assert!(!record.saw(&id(1), &id(3)));
    assert!(!record.concurrent(&id(1), &id(3)));
}

#[test]
fn two_devices_that_never_met_saw_nothing_of_each_other_in_whatever_slot() {
    let record = fold([by(1, value(1, "a", &[])), by(2, value(2, "b", &[]))]);
    assert!(record.concurrent(&id(1), &id(2)));
    assert!(!record.concurrent(&id(1), &id(1)));
}

#[test]
fn a_higher_counter_proves_nothing() {
    let mut later = by(2, value(2, "b", &[]));
    later.entry.lamport = 900;
    let record = fold([by(1, value(1, "a", &[])), later]);
    assert!(record.concurrent(&id(1), &id(2)));
}

#[test]
fn a_device_saw_what_it_wrote_before_and_what_that_was_based_on() {
    let record = fold([
        by(1, value(1, "a", &[])),
        by(2, value(2, "a", &[1])),
        by(2, value(3, "b", &[])),
    ]);
    assert!(record.saw(&id(3), &id(2)));
    assert!(record.saw(&id(3), &id(1)));
    assert!(!record.saw(&id(2), &id(3)));
}

#[test]
fn what_another_device_wrote_before_the_entry_that_was_seen_may_not_have_arrived() {
    // An emergency of device 1 came first; its older entry had not arrived at device 2.
    let record = fold([
        by(1, value(1, "b", &[])),
        by(1, value(2, "a", &[])),
        by(2, value(3, "a", &[2])),
    ]);
    assert!(record.saw(&id(3), &id(2)));
    assert!(record.concurrent(&id(3), &id(1)));
}

#[test]
fn a_signature_saw_its_basis() {
    let mut decision = by(2, value(3, "decision/r1", &[]));
    decision.entry.signed = Some(Signed {
        basis: Basis {
            heads: vec![id(2)],
            ..Basis::default()
        },
        authority: record::certificate::CertificateId::from_bytes([0; 32]),
        place: [0; 16],
        signature: [0; 64],
    });
    let record = fold([
        by(1, value(1, "a", &[])),
        by(1, value(2, "a", &[1])),
        decision,
    ]);
    assert!(record.saw(&id(3), &id(2)) && record.saw(&id(3), &id(1)));
    assert_eq!(record.seen_with(&[id(2)]), [id(1), id(2)].into());
}

#[test]
fn entries_of_one_envelope_saw_each_other() {
    let mut second = by(1, value(1, "b", &[]));
    second.id.index = 1;
    let first = by(1, value(1, "a", &[]));
    let record = fold([first, second]);
    let index = |index| EntryId {
        envelope: EnvelopeId::from_bytes([1; 32]),
        index,
    };
    assert!(record.saw(&index(0), &index(1)) && record.saw(&index(1), &index(0)));
}

#[test]
fn from_where_a_disk_was_copied_the_order_of_the_stream_proves_nothing() {
    let at = |number: u8, sequence: u64, name: &str| -> Placed {
        Placed {
            sequence,
            ..by(1, value(number, name, &[]))
        }
    };
    let record = fold([at(1, 1, "a"), at(2, 2, "b"), at(3, 2, "c"), at(4, 3, "d")]);
    assert!(record.saw(&id(4), &id(1)), "before the copy it still does");
    assert!(record.concurrent(&id(2), &id(3)));
    assert!(record.concurrent(&id(4), &id(2)));
    assert!(record.concurrent(&id(4), &id(3)));
}

#[test]
fn a_fork_that_only_other_records_show_is_told_by_the_reader_of_the_stream() {
    let at = |number: u8, sequence: u64, forked_at: Option<u64>| -> Placed {
        Placed {
            sequence,
            forked_at,
            ..by(1, value(number, "a", &[]))
        }
    };
    // What stands beside the second is about somebody else.
    let unaware = fold([at(1, 1, None), at(2, 2, None), at(3, 3, None)]);
    assert!(unaware.saw(&id(3), &id(2)));
    let aware = fold([at(1, 1, Some(2)), at(2, 2, Some(2)), at(3, 3, Some(2))]);
    assert!(aware.concurrent(&id(3), &id(2)));
    assert!(aware.saw(&id(3), &id(1)));
    let copied = |number| aware.entry(&id(number)).unwrap().is_of_copied_disk();
    assert_eq!([1, 2, 3].map(copied), [false, true, true]);
}

#[test]
fn another_life_of_the_device_is_another_stream() {
    let mut restored = by(1, value(2, "b", &[]));
    restored.incarnation = 1;
    let record = fold([by(1, value(1, "a", &[])), restored]);
    assert!(record.concurrent(&id(1), &id(2)));
}

#[test]
fn an_entry_that_is_not_there_saw_nothing() {
    assert!(!fold([value(1, "a", &[])]).saw(&id(9), &id(1)));
}
