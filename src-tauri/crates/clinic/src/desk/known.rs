//! What the service scope says about patients without a word of theirs: whose records belong
//! together, and whose content is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use record::body::Site;
use record::certificate::Fingerprint;
use record::entry::{Entry, Kind};
use record::envelope::Envelope;
use record::erasure::{Erased, Erasures};
use record::fold::{Current, Record, fold};
use record::id::{DeviceId, EnvelopeId, PatientId, SiteId};
use record::links::Links;
use record::scope::Subject;
use record::warrant::{Proof, Warrant};

use super::{Desk, Sitting, proofs};
use crate::refusal::Refusal;
use crate::words;

/// Links and erasures, read once in a sitting and again when the service scope was written.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Which records are of one person.
    pub(crate) links: Links,
    /// Whose content is gone or is asked to be.
    pub(crate) erasures: Erasures,
    /// What was signed beside each signature of an erasure, by the envelope of both.
    pub(crate) warrants: BTreeMap<EnvelopeId, Warrant>,
    /// What proves the erasures to a hub server.
    pub(crate) proofs: Vec<Proof>,
    /// The laptops that are enrolled for the hub site.
    pub(crate) at_hub: BTreeSet<DeviceId>,
    /// Every other laptop of the service.
    pub(crate) at_spokes: BTreeSet<DeviceId>,
}

impl Sitting {
    /// What the service scope says about patients.
    pub(crate) fn known(&mut self) -> Result<Arc<Known>, Refusal> {
        if let Some(known) = &self.known {
            return Ok(Arc::clone(known));
        }
        // Each entry is held against the certificates first: a signature that does not count
        // erases nothing.
        let service = self.open_all(Subject::Service)?;
        let counted = service.iter().filter(|placed| placed.unverified.is_none());
        let record = fold(service.iter().cloned());
        let hubs = hub_sites(&record);
        let (at_hub, at_spokes): (BTreeMap<_, _>, BTreeMap<_, _>) = self
            .device_sites()?
            .into_iter()
            .partition(|(_, sites)| !sites.is_disjoint(&hubs));
        let erasures = Erasures::of(counted);
        let warrants = proofs::warrants(&service);
        let identity = &self.opened.identity;
        let root = Fingerprint::of(identity.service, &self.opened.root_public);
        let enrolled = (identity.service, root);
        let known = Arc::new(Known {
            proofs: proofs::proofs(&erasures, &warrants, self.authorities()?, enrolled),
            erasures,
            warrants,
            links: Links::of(&record),
            at_hub: at_hub.into_keys().collect(),
            at_spokes: at_spokes.into_keys().collect(),
        });
        self.known = Some(Arc::clone(&known));
        Ok(known)
    }

    /// Envelopes that prove erasures and are not in this journal, since it was restored from before
    /// them.
    pub(crate) fn erasures_beside(&self, journal: &[Envelope]) -> Result<Vec<Envelope>, Refusal> {
        let known: BTreeSet<_> = journal.iter().map(Envelope::id).collect();
        let mut beside = self.opened.kept_erasures()?;
        beside.retain(|envelope| !known.contains(&envelope.id()));
        Ok(beside)
    }

    /// Keeps what proves the erasures beside the database: the entries that erase, and the
    /// certificates of whoever signed them.
    pub(crate) fn keep_erasures(&self) -> Result<(), Refusal> {
        let journal = self.opened.store.envelopes_of(Subject::Service)?;
        let mut proof = self.erasures_beside(&journal)?;
        for envelope in journal {
            let entries = self.open(&envelope)?;
            let proves = |entry: &Entry| [Kind::ERASURE, Kind::CERTIFICATE].contains(&entry.kind);
            if entries.iter().any(proves) {
                proof.push(envelope);
            }
        }
        proof.sort_by_key(Envelope::id);
        Ok(self.opened.keep_erasures(&proof)?)
    }

    /// The refusal to open a record whose content is gone.
    pub(crate) fn refuse_erased(&self, known: &Known, record: PatientId) -> Result<(), Refusal> {
        match known.erasures.of_record(record) {
            Some(erased) => Err(Refusal::plain(self.erased_words(erased)?)),
            None => Ok(()),
        }
    }

    /// `The content of this record was erased on 24-Nov-2026 by ... and ...`.
    pub(crate) fn erased_words(&self, erased: &Erased) -> Result<String, Refusal> {
        let colleagues = self.colleagues(self.last_seen)?;
        let name = |staff| {
            let of = colleagues.iter().find(|tile| tile.id == staff);
            of.map_or("somebody not known here", |tile| tile.name.as_str())
        };
        Ok(format!(
            "The content of this record was erased on {} by {} and {}. Nothing of it can be opened.",
            words::staff_date(erased.confirmed.claimed.local().date()),
            name(erased.asked.staff),
            name(erased.confirmed.staff),
        ))
    }
}

/// The sites that are the service's hub.
fn hub_sites(record: &Record) -> BTreeSet<SiteId> {
    let values = record.under("site").flat_map(|(_, now)| match now {
        Current::Nothing => Vec::new(),
        Current::One(placed) => vec![placed],
        Current::Conflict(all) => all,
    });
    let sites = values.filter_map(crate::case::read::<Site>);
    let hubs = sites.filter(|found| found.body.hub);
    hubs.map(|found| found.body.site).collect()
}

impl Desk {
    /// The record under which a person is found.
    pub(crate) fn lead(&mut self, patient: PatientId) -> Result<PatientId, Refusal> {
        Ok(self.sitting_mut()?.known()?.links.lead(patient))
    }

    /// Drops what two people signed away and this file still holds: after a restore, and when an
    /// erasure arrives from elsewhere.
    pub(crate) fn erase_again(&mut self) -> Result<(), Refusal> {
        let sitting = self.sitting_mut()?;
        let known = sitting.known()?;
        let gone = known.erasures.done.iter();
        let all: Vec<PatientId> = gone.flat_map(|one| one.records.clone()).collect();
        let held = sitting.opened.store.still_held(&all)?;
        if !held.is_empty() {
            sitting.opened.store.erase(&held)?;
            // Whoever was on screen may be among them.
            sitting.shown = None;
        }
        if all.is_empty() {
            Ok(())
        } else {
            sitting.keep_erasures()
        }
    }
}
