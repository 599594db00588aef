//! Two people adopt, one withdraws, and of what did not see each other the safer holds.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use proptest::prelude::*;
use record::adoption::Adoptions;
use record::body::{Adoptable, Adoption, Body, Withdrawal};
use record::cbor;
use record::certificate::NotAuthorised;
use record::entry::{EnteredBy, Entry, Slot};
use record::fold::Placed;
use record::id::{EntryId, EnvelopeId, StaffId};
use record::scope::{Scope, Subject};
use samples::{device, moment};

/// A history as it is typed: each step names its author, content, and which of the steps before it
/// were there to be seen.
#[derive(Debug, Clone)]
struct Step {
    author: u8,
    content: u8,
    withdraws: bool,
    saw: Vec<usize>,
}

fn adopt(author: u8, content: u8, saw: &[usize]) -> Step {
    Step {
        author,
        content,
        withdraws: false,
        saw: saw.to_vec(),
    }
}

fn withdraw(author: u8, content: u8, saw: &[usize]) -> Step {
    Step {
        withdraws: true,
        ..adopt(author, content, saw)
    }
}

fn id(at: usize) -> EntryId {
    let envelope = EnvelopeId::from_bytes(scattered(at));
    EntryId { envelope, index: 0 }
}

/// Ids in no order that a reader could lean on.
fn scattered(at: usize) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[0] = u8::try_from(at).unwrap().wrapping_mul(151).wrapping_add(77);
    bytes[1] = u8::try_from(at).unwrap();
    bytes
}

fn body<B: Body>(body: &B) -> (record::entry::Kind, cbor::Value) {
    (B::kind(), cbor::to_value(body).unwrap())
}

fn placed(steps: &[Step]) -> Vec<Placed> {
    let mut all: Vec<Placed> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let digest = format!("{:02x}", step.content);
        let what = Adoptable::Ruleset;
        let (kind, body) = if step.withdraws {
            body(&Withdrawal {
                what,
                name: digest.clone(),
                digest,
                reason: "Made up".into(),
            })
        } else {
            body(&Adoption {
                what,
                name: digest.clone(),
                digest,
                review: String::new(),
                statement: String::new(),
            })
        };
        let lamport = step.saw.iter().map(|seen| all[*seen].entry.lamport).max();
        all.push(Placed {
            id: id(at),
            subject: Subject::Service,
            scope: Scope::Service,
            device: device(),
            incarnation: 0,
            unverified: None,
            forked_at: None,
            sequence: 1,
            entry: Entry {
                kind,
                version: 1,
                slot: Some(Slot::new("adopted/ruleset").unwrap()),
                parents: step.saw.iter().map(|seen| id(*seen)).collect(),
                claimed: moment(),
                lamport: lamport.unwrap_or(0) + 1,
                author: StaffId::from_random([step.author; 16]),
                entered_by: EnteredBy::Staff(StaffId::from_random([step.author; 16])),
                body,
                signed: None,
                reason: None,
                happened: None,
            },
        });
    }
    all
}

fn in_use(steps: &[Step]) -> Option<String> {
    let all = placed(steps);
    let now = Adoptions::of(&all);
    now.in_use().map(|one| one.digest.clone())
}

const A: u8 = 0xa;
const B: u8 = 0xb;

#[test]
fn one_signature_is_not_adoption() {
    assert_eq!(in_use(&[adopt(1, A, &[])]), None);
}

#[test]
fn the_same_person_twice_is_not_adoption() {
    assert_eq!(in_use(&[adopt(1, A, &[]), adopt(1, A, &[0])]), None);
    assert_eq!(in_use(&[adopt(1, A, &[]), adopt(1, A, &[])]), None);
}

#[test]
fn two_people_adopt_whether_or_not_they_saw_each_other() {
    for saw in [&[][..], &[0]] {
        let found = in_use(&[adopt(1, A, &[]), adopt(2, A, saw)]);
        assert_eq!(found.as_deref(), Some("0a"));
    }
}

#[test]
fn two_people_who_sign_different_contents_adopt_neither() {
    assert_eq!(in_use(&[adopt(1, A, &[]), adopt(2, B, &[0])]), None);
}

#[test]
fn a_signature_that_does_not_count_adopts_nothing() {
    let mut all = placed(&[adopt(1, A, &[]), adopt(2, A, &[0])]);
    all[1].unverified = Some(NotAuthorised::Role);
    let now = Adoptions::of(&all);
    assert_eq!((now.in_use(), now.half.len()), (None, 1));
}

#[test]
fn one_person_withdraws_at_once() {
    let all = placed(&[adopt(1, A, &[]), adopt(2, A, &[0]), withdraw(3, A, &[1])]);
    let now = Adoptions::of(&all);
    assert!(now.in_use().is_none());
    assert_eq!(now.withdrawn[0].reason, "Made up");
}

#[test]
fn a_withdrawal_and_a_second_signature_made_apart_leave_it_withdrawn() {
    let first = [adopt(1, A, &[]), adopt(2, A, &[0]), withdraw(3, A, &[0])];
    assert_eq!(in_use(&first), None);
    // The same with the counters the other way round.
    let second = [adopt(1, A, &[]), withdraw(3, A, &[0]), adopt(2, A, &[0])];
    assert_eq!(in_use(&second), None);
}

#[test]
fn what_was_withdrawn_is_adopted_again_by_two_who_saw_the_withdrawal() {
    let mut steps = vec![adopt(1, A, &[]), adopt(2, A, &[0]), withdraw(3, A, &[1])];
    steps.push(adopt(1, A, &[2]));
    assert_eq!(in_use(&steps), None);
    steps.push(adopt(2, A, &[3]));
    assert_eq!(in_use(&steps).as_deref(), Some("0a"));
}

#[test]
fn a_new_adoption_takes_the_place_of_the_old_and_withdrawing_it_does_not_bring_that_back() {
    let mut steps = vec![adopt(1, A, &[]), adopt(2, A, &[0]), adopt(1, B, &[1])];
    assert_eq!(
        in_use(&steps).as_deref(),
        Some("0a"),
        "until both have signed"
    );
    steps.push(adopt(2, B, &[2]));
    assert_eq!(in_use(&steps).as_deref(), Some("0b"));
    steps.push(withdraw(3, B, &[3]));
    assert_eq!(in_use(&steps), None);
}

#[test]
fn two_contents_adopted_apart_are_both_out_of_use_until_one_is_withdrawn() {
    let mut steps = vec![
        adopt(1, A, &[]),
        adopt(2, A, &[0]),
        adopt(3, B, &[]),
        adopt(4, B, &[2]),
    ];
    assert_eq!(in_use(&steps), None);
    steps.push(withdraw(5, A, &[1, 3]));
    assert_eq!(in_use(&steps).as_deref(), Some("0b"));
}

fn history() -> impl Strategy<Value = Vec<Step>> {
    let step = (
        0..4u8,
        0..2u8,
        prop::bool::weighted(0.3),
        prop::collection::vec(any::<prop::sample::Index>(), 0..3),
    );
    prop::collection::vec(step, 1..9).prop_map(|all| {
        all.into_iter()
            .enumerate()
            .map(|(at, (author, content, withdraws, saw))| Step {
                author,
                content,
                withdraws,
                saw: if at == 0 {
                    Vec::new()
                } else {
                    saw.iter().map(|seen| seen.index(at)).collect()
                },
            })
            .collect()
    })
}

/// Everything a step had seen, near or far.
fn saw(steps: &[Step], at: usize) -> Vec<usize> {
    let mut seen: Vec<usize> = Vec::new();
    let mut open = steps[at].saw.clone();
    while let Some(next) = open.pop() {
        if !seen.contains(&next) {
            seen.push(next);
            open.extend(&steps[next].saw);
        }
    }
    seen
}

proptest! {
    /// Any order of the same entries gives the same standing.
    #[test]
    fn the_order_in_which_entries_arrive_changes_nothing(
        (steps, order) in history().prop_flat_map(|steps| {
            let order: Vec<usize> = (0..steps.len()).collect();
            (Just(steps), Just(order).prop_shuffle())
        })
    ) {
        let all = placed(&steps);
        let shuffled: Vec<Placed> = order.iter().map(|at| all[*at].clone()).collect();
        prop_assert_eq!(Adoptions::of(&all), Adoptions::of(&shuffled));
    }

    /// What is in use has the signatures of two people, and each of them had seen every withdrawal
    /// of it.
    #[test]
    fn whatever_is_in_use_was_signed_by_two_who_saw_every_withdrawal_of_it(steps in history()) {
        let all = placed(&steps);
        let now = Adoptions::of(&all);
        if let Some(adopted) = now.in_use() {
            prop_assert_ne!(adopted.by[0].staff, adopted.by[1].staff);
            for hand in &adopted.by {
                let at = all.iter().position(|placed| placed.id == hand.entry).unwrap();
                let content = steps[at].content;
                for (other, step) in steps.iter().enumerate() {
                    if step.withdraws && step.content == content {
                        prop_assert!(saw(&steps, at).contains(&other));
                    }
                }
            }
        }
    }
}
