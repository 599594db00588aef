//! Duplicates: two records shown as one person, by a link that is undone without a trace in them.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use proptest::prelude::*;
use record::body::{Body, Merge, Unmerge};
use record::cbor::{Value, to_value};
use record::entry::{Entry, Slot};
use record::fold::{Current, Placed, fold};
use record::id::{EntryId, EnvelopeId, PatientId};
use record::links::{self, Links};
use record::scope::{Scope, Subject};

fn patient(number: u8) -> PatientId {
    PatientId::from_random([number; 16])
}

fn id(number: u16) -> EntryId {
    let mut bytes = [0; 32];
    bytes[..2].copy_from_slice(&number.to_be_bytes());
    EntryId {
        envelope: EnvelopeId::from_bytes(bytes),
        index: 0,
    }
}

fn in_service<B: Body>(number: u16, slot: Slot, parents: &[u16], body: &B) -> Placed {
    let entry = Entry {
        kind: B::kind(),
        slot: Some(slot),
        parents: parents.iter().map(|parent| id(*parent)).collect(),
        lamport: u64::from(number),
        body: to_value(body).unwrap(),
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

fn merge(number: u16, parents: &[u16], kept: u8, joined: u8) -> Placed {
    let (kept, joined) = (patient(kept), patient(joined));
    let body = Merge {
        kept,
        joined,
        grounds: "number".into(),
    };
    in_service(number, links::slot(kept, joined), parents, &body)
}

fn unmerge(number: u16, parents: &[u16], kept: u8, joined: u8) -> Placed {
    let (kept, joined) = (patient(kept), patient(joined));
    let body = Unmerge {
        kept,
        joined,
        grounds: "person".into(),
    };
    in_service(number, links::slot(kept, joined), parents, &body)
}

fn detail(number: u16, of: u8, name: &str, parents: &[u16]) -> Placed {
    let entry = Entry {
        slot: Some(Slot::new(format!("detail/{name}")).unwrap()),
        parents: parents.iter().map(|parent| id(*parent)).collect(),
        lamport: u64::from(number),
        body: Value::Int(i64::from(number)),
        ..samples::answer()
    };
    Placed {
        id: id(number),
        subject: Subject::Patient(patient(of)),
        scope: Scope::Site(samples::site()),
        device: samples::device(),
        incarnation: 0,
        sequence: u64::from(number),
        unverified: None,
        forked_at: None,
        entry,
    }
}

fn links(entries: impl IntoIterator<Item = Placed>) -> Links {
    Links::of(&fold(entries))
}

#[test]
fn two_records_that_are_merged_are_one_person_found_under_the_one_that_was_kept() {
    let linked = links([merge(1, &[], 2, 1)]);
    for record in [1, 2] {
        assert_eq!(linked.lead(patient(record)), patient(2));
        assert_eq!(
            linked.records(patient(record)),
            [patient(2), patient(1)],
            "the one that was kept comes first"
        );
    }
    assert_eq!(linked.joined().collect::<Vec<_>>(), [patient(1)]);
    assert_eq!(linked.records(patient(3)), [patient(3)]);
}

#[test]
fn an_unmerge_that_saw_the_merge_undoes_it_and_a_merge_after_it_holds_again() {
    let undone = [merge(1, &[], 1, 2), unmerge(2, &[1], 1, 2)];
    assert_eq!(links(undone.clone()), Links::default());
    let again = undone.into_iter().chain([merge(3, &[2], 1, 2)]);
    assert_eq!(links(again).lead(patient(2)), patient(1));
}

#[test]
fn a_merge_and_an_unmerge_that_did_not_see_each_other_are_a_conflict_and_the_records_stand_apart() {
    let before = merge(1, &[], 1, 2);
    let disputed = links([before, merge(2, &[1], 1, 2), unmerge(3, &[1], 1, 2)]);
    assert_eq!(disputed.records(patient(1)), [patient(1)]);
    assert_eq!(disputed.disputed(patient(1)), [patient(2)]);
    assert_eq!(disputed.disputed(patient(2)), [patient(1)]);
    assert_eq!(disputed.joined().count(), 0);
}

#[test]
fn three_records_of_one_person_hang_together_through_one_of_them() {
    let linked = links([merge(1, &[], 1, 2), merge(2, &[], 2, 3)]);
    for record in [1, 2, 3] {
        assert_eq!(linked.records(patient(record)).len(), 3);
        assert_eq!(linked.lead(patient(record)), patient(1));
    }
    let parted = links([
        merge(1, &[], 1, 2),
        merge(2, &[], 2, 3),
        unmerge(3, &[1], 1, 2),
    ]);
    assert_eq!(parted.records(patient(1)), [patient(1)]);
    assert_eq!(parted.records(patient(3)), [patient(2), patient(3)]);
}

#[test]
fn a_link_in_the_slot_of_other_records_or_to_itself_links_nothing() {
    let body = Merge {
        kept: patient(1),
        joined: patient(2),
        grounds: "number".into(),
    };
    let elsewhere = in_service(1, links::slot(patient(3), patient(4)), &[], &body);
    assert_eq!(links([elsewhere]), Links::default());
    assert_eq!(links([merge(1, &[], 1, 1)]), Links::default());
}

/// Entries on three records: whose, in which slot, and what they had seen.
fn histories() -> impl Strategy<Value = Vec<Placed>> {
    let one = (
        1..=3_u8,
        prop::sample::select(vec!["family", "born"]),
        any::<prop::sample::Index>(),
    );
    prop::collection::vec(one, 1..24).prop_map(|said| {
        let mut all: Vec<Placed> = Vec::new();
        for (number, (of, name, seen)) in (100_u16..).zip(said) {
            let subject = Subject::Patient(patient(of));
            let earlier: Vec<u16> = all
                .iter()
                .filter(|placed| placed.subject == subject)
                .map(|placed| u16::try_from(placed.sequence).unwrap())
                .collect();
            let parents: Vec<u16> = (!earlier.is_empty())
                .then(|| *seen.get(&earlier))
                .into_iter()
                .collect();
            all.push(detail(number, of, name, &parents));
        }
        all
    })
}

/// Merges and unmerges of those records, each having seen what stood in its slot.
fn linkings() -> impl Strategy<Value = Vec<Placed>> {
    let pair = prop::sample::select(vec![(1_u8, 2_u8), (2, 1), (2, 3), (1, 3)]);
    prop::collection::vec((pair, any::<bool>(), any::<bool>()), 0..8).prop_map(|said| {
        let mut all: Vec<Placed> = Vec::new();
        for (number, ((kept, joined), together, saw)) in (1_u16..).zip(said) {
            let slot = links::slot(patient(kept), patient(joined));
            let heads: Vec<u16> = fold(all.clone())
                .heads(&slot)
                .iter()
                .map(|head| {
                    u16::from_be_bytes([head.envelope.as_bytes()[0], head.envelope.as_bytes()[1]])
                })
                .filter(|_| saw)
                .collect();
            all.push(if together {
                merge(number, &heads, kept, joined)
            } else {
                unmerge(number, &heads, kept, joined)
            });
        }
        all
    })
}

/// The entries of every record of one person.
fn of_person(linked: &Links, record: u8, all: &[Placed]) -> Vec<Placed> {
    let records = linked.records(patient(record));
    all.iter()
        .filter(|placed| {
            records
                .iter()
                .any(|one| placed.subject == Subject::Patient(*one))
        })
        .cloned()
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn merge_then_unmerge_gives_back_the_same_two_records(
        history in histories(),
        before in linkings(),
    ) {
        // Whatever was linked before is undone first, by somebody who saw all of it.
        let heads = |all: &[Placed], one: u8, other: u8| -> Vec<u16> {
            fold(all.to_vec())
                .heads(&links::slot(patient(one), patient(other)))
                .iter()
                .map(|head| u16::from_be_bytes([head.envelope.as_bytes()[0], head.envelope.as_bytes()[1]]))
                .collect()
        };
        let mut all = before;
        for (number, (one, other)) in (20_u16..).zip([(1, 2), (2, 3), (1, 3)]) {
            let seen = heads(&all, one, other);
            all.push(unmerge(number, &seen, one, other));
        }
        let apart = links(all.clone());
        prop_assert_eq!(&apart, &Links::default());
        let alone: Vec<_> = [1, 2, 3].map(|one| fold(of_person(&apart, one, &history))).into();

        all.push(merge(30, &heads(&all, 1, 2), 1, 2));
        let together = links(all.clone());
        let both = fold(of_person(&together, 2, &history));
        prop_assert_eq!(both.timeline().len(), alone[0].timeline().len() + alone[1].timeline().len());
        for record in &alone[..2] {
            for (slot, now) in record.under("") {
                // What stood in either record still stands: nothing is overwritten by a link.
                for value in now.all() {
                    prop_assert!(both.current(slot).all().iter().any(|held| held.id == value.id));
                }
                prop_assert!(!matches!(both.current(slot), Current::Nothing));
            }
        }

        all.push(unmerge(31, &[30], 1, 2));
        let parted = links(all);
        for one in [1_u8, 2, 3] {
            let again = fold(of_person(&parted, one, &history));
            prop_assert_eq!(&again, &alone[usize::from(one) - 1]);
        }
    }

    #[test]
    fn links_are_the_same_in_any_order_and_each_record_is_of_one_person_only(
        all in linkings().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let (one, other) = (links(all.0), links(all.1));
        prop_assert_eq!(&one, &other);
        for record in [1_u8, 2, 3].map(patient) {
            let records = one.records(record);
            prop_assert!(records.contains(&record));
            for beside in &records {
                prop_assert_eq!(one.records(*beside), records.clone());
                prop_assert_eq!(one.lead(*beside), records[0]);
            }
        }
    }
}
