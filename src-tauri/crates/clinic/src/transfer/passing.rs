//! Passing a record on: its keys, and what was written.

use std::collections::BTreeSet;
use std::sync::Arc;

use record::id::{PatientId, SiteId};
use record::keys::KeyId;
use record::patient_key::PatientKey;
use record::scope::{Scope, Subject};

use crate::desk::{Desk, Line, Shown};
use crate::refusal::Refusal;

impl Desk {
    /// Gives a site what it lacks of a record: the keys first, then the originals in parcels. Gives
    /// how many parcels were written; none when the site has all of it.
    pub(super) fn pass_on(&mut self, record: PatientId, site: SiteId) -> Result<usize, Refusal> {
        self.give_patient_keys(record, site)?;
        let parcels = self.sitting()?.lacking(record, site)?;
        let count = parcels.len();
        for parcel in parcels {
            // One to an envelope, which holds little more than a full parcel.
            self.write_aside(record, vec![Line::appended(&parcel)?])?;
        }
        self.pass_documents_on(record)?;
        Ok(count)
    }

    /// The hub server takes the documents over to the other site, also those that are not here.
    fn pass_documents_on(&mut self, record: PatientId) -> Result<(), Refusal> {
        let sitting = self.sitting_mut()?;
        let known = sitting.known()?;
        let person = sitting.read_person(&known.links, known.links.lead(record))?;
        self.keep_documents(&person.written, true)
    }

    fn give_patient_keys(&mut self, record: PatientId, site: SiteId) -> Result<(), Refusal> {
        let scope = Scope::Site(site);
        let given = self.patient_keys_in(record, scope)?;
        for key in self.sitting()?.opened.store.patient_keys(record)? {
            if given.contains(&key.key.id()) {
                continue;
            }
            let key = PatientKey {
                generation: key.generation,
                key: key.key,
            };
            self.write_patient_key(record, scope, &key)?;
        }
        Ok(())
    }

    /// The generations of a patient's key that were wrapped for a scope.
    fn patient_keys_in(&self, record: PatientId, scope: Scope) -> Result<BTreeSet<KeyId>, Refusal> {
        let sitting = self.sitting()?;
        let mut given = BTreeSet::new();
        for envelope in sitting
            .opened
            .store
            .envelopes_of(Subject::Patient(record))?
        {
            if envelope.header().scope != scope {
                continue;
            }
            let entries = sitting.open(&envelope)?;
            let keys = entries.iter().filter(|entry| crate::audit::is_key(entry));
            given.extend(
                keys.filter_map(|entry| Some(PatientKey::from_body(&entry.body).ok()?.id())),
            );
        }
        Ok(given)
    }

    /// Passes on what was written at the old site by somebody who had not heard of a transfer, for
    /// the records among which something arrived. Gives those that it wrote on. Of several laptops
    /// that are enrolled for both sites each may do it; what is passed on twice is read once.
    pub(crate) fn pass_on_late(
        &mut self,
        arrived: &BTreeSet<PatientId>,
    ) -> Result<BTreeSet<PatientId>, Refusal> {
        // Whoever is on screen stays there, with what arrived behind them still to be shown.
        let on_screen = self.sitting_mut()?.shown.take();
        let mut written = BTreeSet::new();
        for record in arrived {
            for home in self.homes_to_serve(*record)? {
                if self.whole(|desk| desk.pass_on(*record, home))? > 0 {
                    written.insert(*record);
                }
            }
        }
        let links = Arc::clone(&self.sitting_mut()?.known()?);
        let touched = |shown: &Shown| {
            let mut leads = written.iter().map(|record| links.links.lead(*record));
            leads.any(|lead| lead == shown.patient)
        };
        self.sitting_mut()?.shown = on_screen.filter(|shown| !touched(shown));
        Ok(written)
    }

    /// The sites a record was transferred to, for which this laptop is enrolled; none where content
    /// was erased or nothing was ever transferred.
    fn homes_to_serve(&mut self, record: PatientId) -> Result<Vec<SiteId>, Refusal> {
        let sitting = self.sitting_mut()?;
        // Most records stand in one scope, and are not read for this.
        let subject = Subject::Patient(record);
        if sitting.opened.store.scopes_on(subject)?.len() < 2 {
            return Ok(Vec::new());
        }
        let known = sitting.known()?;
        let enrolled = sitting.this_laptop()?.map(|laptop| laptop.sites);
        let (None, Some(enrolled)) = (known.erasures.of_record(record), enrolled) else {
            return Ok(Vec::new());
        };
        let person = sitting.read_person(&known.links, known.links.lead(record))?;
        let homes = person.written.transferred_to(record).into_iter();
        Ok(homes.filter(|home| enrolled.contains(home)).collect())
    }
}
