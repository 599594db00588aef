//! An erasure: two people or nothing.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use proptest::prelude::*;
use record::body::{Body, Erasure};
use record::cbor::to_value;
use record::entry::{Entry, Slot};
use record::erasure::Erasures;
use record::fold::Placed;
use record::id::{EntryId, EnvelopeId, PatientId, StaffId};
use record::scope::{Scope, Subject};

fn patient(number: u8) -> PatientId {
    PatientId::from_random([number; 16])
}

fn id(number: u8) -> EntryId {
    EntryId {
        envelope: EnvelopeId::from_bytes([number; 32]),
        index: 0,
    }
}

fn step(number: u8, by: u8, step: &str, asked: Option<u8>, records: &[u8]) -> Placed {
    let body = Erasure {
        records: records.iter().map(|record| patient(*record)).collect(),
        step: step.into(),
        asked: asked.map(id),
        ground: "court".into(),
        reference: "Order 12".into(),
    };
    let entry = Entry {
        kind: Erasure::kind(),
        slot: Some(Slot::new(format!("erasure/{}", patient(1))).unwrap()),
        author: StaffId::from_random([by; 16]),
        lamport: u64::from(number),
        body: to_value(&body).unwrap(),
        ..samples::note()
    };
    Placed {
        id: id(number),
        subject: Subject::Service,
        scope: Scope::Service,
        device: samples::device(),
        incarnation: 0,
        sequence: u64::from(number),
        unverified: None,
        forked_at: None,
        entry,
    }
}

#[test]
fn one_signature_erases_nothing_and_is_listed_as_asked_for() {
    let known = Erasures::of(&[step(1, 1, "asked", None, &[1])]);
    assert!(known.done.is_empty());
    assert!(known.asked_for(patient(1)).is_some());
    assert!(known.of_record(patient(1)).is_none());
}

#[test]
fn the_same_person_twice_erases_nothing() {
    let known = Erasures::of(&[
        step(1, 1, "asked", None, &[1]),
        step(2, 1, "confirmed", Some(1), &[1]),
    ]);
    assert!(known.done.is_empty());
    assert!(known.asked_for(patient(1)).is_some());
}

#[test]
fn two_people_erase_every_record_that_was_named_and_no_other() {
    let known = Erasures::of(&[
        step(1, 1, "asked", None, &[1, 2]),
        step(2, 2, "confirmed", Some(1), &[1, 2]),
    ]);
    assert!(known.asked.is_empty());
    for record in [1, 2] {
        let erased = known.of_record(patient(record)).unwrap();
        assert_eq!((erased.asked.entry, erased.confirmed.entry), (id(1), id(2)));
    }
    assert!(known.of_record(patient(3)).is_none());
}

#[test]
fn a_confirmation_of_other_records_or_of_nothing_that_was_asked_erases_nothing() {
    let asked = step(1, 1, "asked", None, &[1]);
    for second in [
        step(2, 2, "confirmed", Some(1), &[1, 2]),
        step(2, 2, "confirmed", Some(9), &[1]),
        step(2, 2, "confirmed", None, &[1]),
        step(2, 2, "asked", None, &[1]),
    ] {
        assert!(Erasures::of(&[asked.clone(), second]).done.is_empty());
    }
}

#[test]
fn what_is_no_longer_asked_for_is_not_listed_and_what_two_people_signed_stays_erased() {
    let asked = step(1, 1, "asked", None, &[1]);
    let back = step(2, 1, "taken-back", Some(1), &[1]);
    assert_eq!(
        Erasures::of([&asked, &back]),
        Erasures::default(),
        "taken back in time"
    );
    let confirmed = step(3, 2, "confirmed", Some(1), &[1]);
    let known = Erasures::of([&asked, &back, &confirmed]);
    assert!(known.of_record(patient(1)).is_some());
}

proptest! {
    #[test]
    fn erasures_only_grow_whatever_arrives_in_whatever_order(
        steps in prop::collection::vec((1..4_u8, 0..3_usize, 1..12_u8), 1..12)
            .prop_map(|said| {
                let words = ["asked", "confirmed", "taken-back"];
                let made = (1_u8..).zip(said).map(|(number, (by, what, asked))| {
                    step(number, by, words[what], (what > 0).then_some(asked), &[1])
                });
                made.collect::<Vec<_>>()
            })
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        upto in any::<prop::sample::Index>(),
    ) {
        let (all, shuffled) = steps;
        prop_assert_eq!(Erasures::of(&all), Erasures::of(&shuffled));
        let some = &shuffled[..upto.index(shuffled.len())];
        let gone = |known: &Erasures| known.of_record(patient(1)).is_some();
        prop_assert!(!gone(&Erasures::of(some)) || gone(&Erasures::of(&all)));
    }
}
