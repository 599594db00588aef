//! Where a patient's record is kept, once it was transferred.
//!
//! A record belongs to the site in whose scope its first envelope stands, until an entry of kind
//! `transfer` in it says otherwise. Nothing is written anew. Two transfers that did not see each
//! other are a conflict: both sites keep the record until somebody settles it.

use std::collections::{BTreeMap, BTreeSet};

use crate::body::{Body, Transfer};
use crate::cbor;
use crate::entry::{Entry, Slot};
use crate::fold::Record;
use crate::id::{PatientId, SiteId};

/// The sites of the records that a person's case is read from, where they were transferred.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transfers(BTreeMap<PatientId, BTreeSet<SiteId>>);

/// The slot in which it stands where a record is kept.
pub fn slot(patient: PatientId) -> Slot {
    Slot::new(format!("transfer/{patient}"))
        .unwrap_or_else(|_| unreachable!("an id is a segment of a slot"))
}

impl Transfers {
    /// Reads the transfers from the record of a person.
    pub fn of(person: &Record) -> Self {
        let mut homes: BTreeMap<PatientId, BTreeSet<SiteId>> = BTreeMap::new();
        for (_, now) in person.under("transfer") {
            for body in now.all().iter().filter_map(|placed| read(&placed.entry)) {
                homes.entry(body.patient).or_default().insert(body.to);
            }
        }
        Self(homes)
    }

    /// The sites where a record is kept: none when it was never transferred, more than one when two
    /// transfers are in conflict.
    pub fn homes(&self, record: PatientId) -> BTreeSet<SiteId> {
        self.0.get(&record).cloned().unwrap_or_default()
    }
}

/// A transfer that this version reads, in the slot of the record it names.
fn read(entry: &Entry) -> Option<Transfer> {
    let body: Transfer = (entry.kind == Transfer::kind() && entry.version <= Transfer::VERSION)
        .then(|| cbor::from_value(&entry.body).ok())
        .flatten()?;
    let fits = entry.slot.as_ref() == Some(&slot(body.patient)) && body.from != body.to;
    fits.then_some(body)
}
