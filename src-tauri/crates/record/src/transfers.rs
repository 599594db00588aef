//! Where a patient's record is kept, once it was transferred.
//!
//! A record belongs to the site in whose scope its first envelope stands, until an entry of kind
//! `transfer` in the service scope says otherwise. Nothing is written anew. Two transfers that did
//! not see each other are a conflict: both sites keep the record until somebody settles it.

use std::collections::{BTreeMap, BTreeSet};

use crate::body::{Body, Transfer};
use crate::cbor;
use crate::entry::{Entry, Slot};
use crate::fold::Record;
use crate::id::{PatientId, SiteId};

/// The sites of those who were transferred, as the service scope has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transfers {
    homes: BTreeMap<PatientId, BTreeSet<SiteId>>,
    /// Every site that a record was ever kept at before.
    before: BTreeMap<PatientId, BTreeSet<SiteId>>,
}

/// The slot in which it stands where a record is kept.
pub fn slot(patient: PatientId) -> Slot {
    Slot::new(format!("transfer/{patient}"))
        .unwrap_or_else(|_| unreachable!("an id is a segment of a slot"))
}

impl Transfers {
    /// Reads the transfers from the record of the service.
    pub fn of(service: &Record) -> Self {
        let mut known = Self::default();
        for (_, now) in service.under("transfer") {
            for body in now.all().iter().filter_map(|placed| read(&placed.entry)) {
                known.homes.entry(body.patient).or_default().insert(body.to);
            }
        }
        let all = service.timeline();
        let counted = all.iter().filter(|placed| placed.unverified.is_none());
        for body in counted.filter_map(|placed| read(&placed.entry)) {
            known
                .before
                .entry(body.patient)
                .or_default()
                .insert(body.from);
        }
        known
    }

    /// The sites where a record is kept: none when it was never transferred, more than one when two
    /// transfers are in conflict.
    pub fn homes(&self, patient: PatientId) -> impl Iterator<Item = SiteId> + '_ {
        self.homes.get(&patient).into_iter().flatten().copied()
    }

    /// The sites that a record was transferred away from and where it is not kept now: what is
    /// still written there has to be passed on.
    pub fn left(&self, patient: PatientId) -> impl Iterator<Item = SiteId> + '_ {
        let homes = self.homes.get(&patient);
        let before = self.before.get(&patient).into_iter().flatten().copied();
        before.filter(move |site| homes.is_none_or(|homes| !homes.contains(site)))
    }

    /// Everybody who was transferred, ascending.
    pub fn patients(&self) -> impl Iterator<Item = PatientId> + '_ {
        self.homes.keys().copied()
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
