//! What is in use: a content that two people have adopted and nobody has withdrawn.
//!
//! All signatures and withdrawals over one place (the ruleset, one medicines table, one instrument's
//! wording) stand in one slot, each with the heads it saw. From any set of them, in any order:
//!
//! * one person's signature, however often, is not adoption;
//! * a new adoption takes the place of those it saw; of two that did not see each other neither is
//!   in use until one is withdrawn;
//! * a withdrawal ends what it saw and whatever did not see it: of a signature and a withdrawal
//!   made apart the withdrawal wins, which is the safer of the two;
//! * what was replaced does not come back by itself when its successor is withdrawn.

use std::collections::{BTreeMap, BTreeSet};

use crate::body::{Adoption, Body, Withdrawal};
use crate::cbor;
use crate::erasure::Hand;
use crate::fold::Placed;
use crate::id::EntryId;

/// A content that has two signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// The content's digest, hexadecimal.
    pub digest: String,
    /// Its name and version.
    pub name: String,
    /// Who signed: two different people, in the order for display.
    pub by: [Hand; 2],
}

/// A content that has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HalfAdopted {
    /// The content's digest, hexadecimal.
    pub digest: String,
    /// Its name and version.
    pub name: String,
    /// Who signed.
    pub by: Hand,
}

/// A content that was withdrawn and not adopted again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// The content's digest, hexadecimal.
    pub digest: String,
    /// Its name and version.
    pub name: String,
    /// Who withdrew it.
    pub by: Hand,
    /// Why.
    pub reason: String,
}

/// How the contents of one place stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Adoptions {
    /// Adopted and neither replaced nor withdrawn. Several: their signers did not see each other.
    pub adopted: Vec<Adopted>,
    /// Signed by one person.
    pub half: Vec<HalfAdopted>,
    /// Withdrawn.
    pub withdrawn: Vec<Withdrawn>,
    /// Adopted once, and another took its place.
    pub replaced: Vec<Adopted>,
}

enum Step {
    Adopt(Adoption),
    Withdraw(Withdrawal),
}

impl Adoptions {
    /// Reads the entries of one slot, in any order. One that is unverified counts for nothing, and
    /// is still a link between others.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a Placed>) -> Self {
        let all: BTreeMap<EntryId, &Placed> = entries
            .into_iter()
            .map(|placed| (placed.id, placed))
            .collect();
        // A counter is above every counter that was seen, so this order never puts an entry before
        // one that it saw.
        let mut ordered: Vec<&Placed> = all.values().copied().collect();
        ordered.sort_by_key(|placed| (placed.entry.lamport, placed.id));
        let mut now = Self::default();
        let counts = |placed: &&Placed| placed.unverified.is_none();
        for placed in ordered.into_iter().filter(counts) {
            let saw = seen_by(placed, &all);
            match step(placed) {
                Some(Step::Adopt(body)) => now.adopt(placed, body, &saw),
                Some(Step::Withdraw(body)) => now.withdraw(placed, body),
                None => {}
            }
        }
        now
    }

    /// What is in use: exactly one, or nothing.
    pub fn in_use(&self) -> Option<&Adopted> {
        match self.adopted.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    fn adopt(&mut self, placed: &Placed, body: Adoption, saw: &BTreeSet<EntryId>) {
        let digest = &body.digest;
        let unseen = |by: &Hand| !saw.contains(&by.entry);
        let withdrawn = self.withdrawn.iter();
        if withdrawn
            .filter(|other| other.digest == *digest)
            .any(|other| unseen(&other.by))
            || self.adopted.iter().any(|other| other.digest == *digest)
        {
            return;
        }
        let by = hand(placed);
        let first = self.half.iter().find(|other| other.digest == *digest);
        let Some(first) = first.cloned() else {
            self.half.push(HalfAdopted {
                digest: body.digest,
                name: body.name,
                by,
            });
            return;
        };
        if first.by.staff == by.staff {
            return;
        }
        // The choice is made: what it saw gives way, whatever had one signature included.
        let (apart, replaced): (Vec<_>, Vec<_>) = std::mem::take(&mut self.adopted)
            .into_iter()
            .partition(|other: &Adopted| other.by.iter().any(unseen));
        self.adopted = apart;
        self.replaced.extend(replaced);
        self.half
            .retain(|other| other.digest != body.digest && unseen(&other.by));
        self.withdrawn.retain(|other| other.digest != body.digest);
        self.replaced.retain(|other| other.digest != body.digest);
        self.adopted.push(Adopted {
            digest: body.digest,
            name: body.name,
            by: [first.by, by],
        });
    }

    fn withdraw(&mut self, placed: &Placed, body: Withdrawal) {
        self.adopted.retain(|other| other.digest != body.digest);
        self.half.retain(|other| other.digest != body.digest);
        self.replaced.retain(|other| other.digest != body.digest);
        self.withdrawn.push(Withdrawn {
            digest: body.digest,
            name: body.name,
            by: hand(placed),
            reason: body.reason,
        });
    }
}

fn step(placed: &Placed) -> Option<Step> {
    let body = &placed.entry.body;
    if placed.entry.kind == Adoption::kind() {
        cbor::from_value(body).ok().map(Step::Adopt)
    } else if placed.entry.kind == Withdrawal::kind() {
        cbor::from_value(body).ok().map(Step::Withdraw)
    } else {
        None
    }
}

fn hand(placed: &Placed) -> Hand {
    Hand {
        entry: placed.id,
        staff: placed.entry.author,
        claimed: placed.entry.claimed,
    }
}

/// Everything in the slot that was there for the author to see, and what that had seen.
fn seen_by(placed: &Placed, all: &BTreeMap<EntryId, &Placed>) -> BTreeSet<EntryId> {
    let mut seen = BTreeSet::new();
    let mut open = placed.entry.parents.clone();
    while let Some(id) = open.pop() {
        if let Some(parent) = all.get(&id)
            && seen.insert(id)
        {
            open.extend(&parent.entry.parents);
        }
    }
    seen
}
