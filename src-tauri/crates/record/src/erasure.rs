//! Which patients' content is to be gone: an erasure needs the signatures of two people.
//!
//! The decision follows from the entries of the service scope alone, so that whoever holds them
//! comes to the same: a device that hears of it late, and one that was restored from an older
//! backup, erase again. What was erased stays erased, whatever comes after.

use std::collections::BTreeMap;

use crate::body::{Body, Erasure};
use crate::cbor;
use crate::entry::Entry;
use crate::fold::Placed;
use crate::id::{EntryId, PatientId, StaffId};
use crate::moment::Moment;

/// A signature towards an erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hand {
    /// The entry.
    pub entry: EntryId,
    /// Who signed.
    pub staff: StaffId,
    /// When, as they claim.
    pub claimed: Moment,
}

/// An erasure that two people signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// Every record of the person.
    pub records: Vec<PatientId>,
    /// The legal ground: retention, court or request.
    pub ground: String,
    /// Where the paper is filed.
    pub reference: String,
    /// Who asked.
    pub asked: Hand,
    /// Who confirmed.
    pub confirmed: Hand,
}

/// An erasure that one person asked for and nobody confirmed or took back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Every record of the person.
    pub records: Vec<PatientId>,
    /// The legal ground: retention, court or request.
    pub ground: String,
    /// Where the paper is filed.
    pub reference: String,
    /// Who asked.
    pub asked: Hand,
}

/// Every erasure the service scope knows of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erasures {
    /// Signed by two people; in the order of the ids of the entries that asked.
    pub done: Vec<Erased>,
    /// Signed by one, in the same order.
    pub asked: Vec<Asked>,
}

impl Erasures {
    /// Reads the erasures from entries of the service scope, in any order. Those that are
    /// unverified are passed over.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a Placed>) -> Self {
        let all: BTreeMap<EntryId, (&Placed, Erasure)> = entries
            .into_iter()
            .filter(|placed| placed.unverified.is_none())
            .filter_map(|placed| Some((placed.id, (placed, read(&placed.entry)?))))
            .collect();
        let mut known = Self::default();
        for (placed, body) in all.values().filter(|(_, body)| body.step == "asked") {
            let answers = |step: &'static str| {
                let id = placed.id;
                all.values()
                    .filter(move |(_, other)| other.step == step && other.asked == Some(id))
            };
            let second = answers("confirmed")
                .filter(|(_, other)| other.records == body.records)
                .map(|(by, _)| hand(by))
                .find(|by| by.staff != placed.entry.author);
            if let Some(confirmed) = second {
                known.done.push(Erased {
                    records: body.records.clone(),
                    ground: body.ground.clone(),
                    reference: body.reference.clone(),
                    asked: hand(placed),
                    confirmed,
                });
            } else if answers("taken-back").next().is_none() {
                known.asked.push(Asked {
                    records: body.records.clone(),
                    ground: body.ground.clone(),
                    reference: body.reference.clone(),
                    asked: hand(placed),
                });
            }
        }
        known
    }

    /// The erasure of a record, if two people signed one.
    pub fn of_record(&self, record: PatientId) -> Option<&Erased> {
        self.done.iter().find(|one| one.records.contains(&record))
    }

    /// The erasure of a record that waits for a second signature.
    pub fn asked_for(&self, record: PatientId) -> Option<&Asked> {
        let of = |one: &&Asked| one.records.contains(&record);
        self.asked.iter().find(of)
    }
}

fn hand(placed: &Placed) -> Hand {
    Hand {
        entry: placed.id,
        staff: placed.entry.author,
        claimed: placed.entry.claimed,
    }
}

/// The body of an erasure this version reads, of at least one record.
fn read(entry: &Entry) -> Option<Erasure> {
    (entry.kind == Erasure::kind() && entry.version <= Erasure::VERSION)
        .then(|| cbor::from_value::<Erasure>(&entry.body).ok())
        .flatten()
        .filter(|body| !body.records.is_empty())
}
