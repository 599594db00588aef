//! What another site does not have of a record yet.

use std::collections::{BTreeMap, BTreeSet};

use record::body::Parcel;
use record::envelope::Envelope;
use record::id::{EnvelopeId, PatientId, SiteId};
use record::keys::KeyId;
use record::parcel::{pack, unpack};
use record::scope::{Scope, Subject};
use store::KeyHolder;

use crate::case::body_of;
use crate::desk::Sitting;
use crate::refusal::Refusal;

/// Envelopes on one record, as far as this laptop knows them.
#[derive(Default)]
struct Held {
    /// By the site in whose scope they stand; keys and parcels are left out.
    originals: BTreeMap<SiteId, BTreeMap<EnvelopeId, Envelope>>,
    /// Those that a site has: its own, and what was passed on to it.
    at: BTreeMap<SiteId, BTreeSet<EnvelopeId>>,
}

impl Held {
    fn has(&mut self, site: SiteId, envelope: EnvelopeId) {
        self.at.entry(site).or_default().insert(envelope);
    }

    fn original(&mut self, site: SiteId, envelope: Envelope) {
        let of = self.originals.entry(site).or_default();
        of.insert(envelope.id(), envelope);
    }
}

impl Sitting {
    /// What a site lacks of a record, packed in parcels.
    pub(super) fn lacking(&self, record: PatientId, site: SiteId) -> Result<Vec<Parcel>, Refusal> {
        let held = self.held(record)?;
        let has = held.at.get(&site);
        let mut parcels = Vec::new();
        for (from, originals) in &held.originals {
            if *from == site {
                continue;
            }
            let lacks = |id: &EnvelopeId| has.is_none_or(|has| !has.contains(id));
            let mut missing: Vec<&Envelope> = originals
                .iter()
                .filter(|(id, _)| lacks(id))
                .map(|(_, envelope)| envelope)
                .collect();
            missing
                .sort_by_key(|envelope| (envelope.header().stream(), envelope.header().sequence));
            parcels.extend(pack(*from, missing));
        }
        Ok(parcels)
    }

    fn held(&self, record: PatientId) -> Result<Held, Refusal> {
        let mut held = Held::default();
        let scope_keys = self.scope_key_ids()?;
        for envelope in self.opened.store.envelopes_of(Subject::Patient(record))? {
            let Scope::Site(site) = envelope.header().scope else {
                continue;
            };
            held.has(site, envelope.id());
            // A patient's key is wrapped for the other site anew, under a key that is held there.
            if scope_keys.contains(&envelope.header().key) {
                continue;
            }
            let entries = self.open(&envelope)?;
            let parcels: Vec<Parcel> = entries.iter().filter_map(body_of::<Parcel>).collect();
            if parcels.is_empty() {
                held.original(site, envelope);
                continue;
            }
            for parcel in &parcels {
                self.unpacked(&mut held, &envelope, site, parcel)?;
            }
        }
        Ok(held)
    }

    /// What was passed on before is passed on again as it was first written, never as a parcel in a
    /// parcel.
    fn unpacked(
        &self,
        held: &mut Held,
        around: &Envelope,
        site: SiteId,
        parcel: &Parcel,
    ) -> Result<(), Refusal> {
        let authorities = self.authorities()?;
        let key = |device| authorities.device_key(device);
        for envelope in unpack(around.header(), parcel, key).into_iter().flatten() {
            held.has(site, envelope.id());
            held.original(parcel.from, envelope);
        }
        Ok(())
    }

    fn scope_key_ids(&self) -> Result<BTreeSet<KeyId>, Refusal> {
        let keys = self.opened.store.scope_keys()?;
        Ok(keys.iter().map(|key| key.key.id()).collect())
    }

    /// Whether this laptop holds the key of a site's scope.
    pub(crate) fn holds_key_of(&self, site: SiteId) -> Result<bool, Refusal> {
        let holder = KeyHolder::Scope(Scope::Site(site));
        Ok(self.opened.store.key_to_write(holder)?.is_some())
    }
}
