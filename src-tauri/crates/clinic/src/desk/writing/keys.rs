//! The keys that entries are sealed under, and where they stand.

use record::certificate::{Certificate, CertificateId};
use record::entry::Kind;
use record::envelope::Position;
use record::id::PatientId;
use record::keys::ContentKey;
use record::patient_key::{self, PatientKey};
use record::scope::{Scope, Subject};
use store::{KeyHolder, StoredKey};

use super::super::Desk;
use super::{Along, Line};
use crate::refusal::Refusal;

impl Desk {
    pub(super) fn position(&self, scope: Scope) -> Result<Position, Refusal> {
        Ok(self.sitting()?.opened.store.position(scope)?)
    }

    /// The patient's newest key; a new patient gets one first, in an envelope of its own, and so
    /// does one whose newest key is from before the present epoch of their scope's key.
    pub(crate) fn patient_key(&mut self, patient: PatientId) -> Result<ContentKey, Refusal> {
        let held = self
            .sitting()?
            .opened
            .store
            .key_to_write(KeyHolder::Patient(patient))?;
        let scope = self.scope_of(patient)?;
        let generation = match held {
            Some(stored) if self.is_of_this_epoch(patient, scope, &stored)? => {
                return Ok(stored.key);
            }
            Some(stored) => stored.generation.saturating_add(1),
            None => 1,
        };
        let key = PatientKey {
            generation,
            key: ContentKey::from_bytes(self.random()),
        };
        self.write_patient_key(patient, scope, &key)?;
        if let Some(shown) = &mut self.sitting_mut()?.shown {
            shown.renewed(patient);
        }
        Ok(key.key)
    }

    /// Writes one generation of a patient's key for whoever is in a scope, in an envelope of its
    /// own.
    pub(crate) fn write_patient_key(
        &mut self,
        patient: PatientId,
        scope: Scope,
        key: &PatientKey,
    ) -> Result<(), Refusal> {
        let line = Line {
            kind: Kind::PATIENT_KEY,
            version: patient_key::VERSION,
            slot: None,
            body: key.to_body()?,
            reason: None,
            happened: None,
        };
        let stored = StoredKey {
            holder: KeyHolder::Patient(patient),
            generation: key.generation,
            key: key.key.clone(),
        };
        let along = Along {
            keys: std::slice::from_ref(&stored),
            ..Along::default()
        };
        self.write_along(scope, Subject::Patient(patient), vec![line], along)
    }

    /// Whether a patient's newest key was given under the present epoch of the scope's key, so that
    /// whoever was ended before that epoch began does not hold it. Looked up once for as long as
    /// the patient is on screen.
    fn is_of_this_epoch(
        &mut self,
        patient: PatientId,
        scope: Scope,
        newest: &StoredKey,
    ) -> Result<bool, Refusal> {
        let store = &self.sitting()?.opened.store;
        let epoch = store.key_to_write(KeyHolder::Scope(scope))?;
        let Some(epoch) = epoch.filter(|epoch| epoch.generation > 1) else {
            return Ok(true);
        };
        let shown = self.sitting_mut()?.shown(patient)?;
        if shown.is_renewed(patient) {
            return Ok(true);
        }
        let present = epoch.key.id();
        let envelopes = self
            .sitting()?
            .opened
            .store
            .envelopes_of(Subject::Patient(patient))?;
        let mut under = envelopes
            .iter()
            .filter(|envelope| envelope.header().key == present && !envelope.is_erased());
        let given = under.any(|envelope| {
            let entries = envelope.open(&epoch.key).unwrap_or_default();
            let mut keys = entries.iter().filter(|it| it.kind == Kind::PATIENT_KEY);
            keys.any(|it| {
                PatientKey::from_body(&it.body).is_ok_and(|key| key.id() == newest.key.id())
            })
        });
        if given {
            self.sitting_mut()?.shown(patient)?.renewed(patient);
        }
        Ok(given)
    }

    /// The scope's epoch key; the first laptop of a service makes it while there is no other.
    pub(super) fn epoch_key(&mut self, scope: Scope) -> Result<ContentKey, Refusal> {
        if let Some(stored) = self
            .sitting()?
            .opened
            .store
            .key_to_write(KeyHolder::Scope(scope))?
        {
            return Ok(stored.key);
        }
        // One that others are to have as well is made once, by an administrator, and given to all.
        if !self.sitting()?.is_alone()? {
            return Err(self.no_key_of(scope)?);
        }
        let key = ContentKey::from_bytes(self.random());
        let stored = StoredKey {
            holder: KeyHolder::Scope(scope),
            generation: 1,
            key: key.clone(),
        };
        let Self {
            sitting, around, ..
        } = self;
        let sitting = sitting.as_ref().ok_or(Refusal::Locked)?;
        sitting
            .opened
            .keep_epoch_key(&stored, &mut |bytes| around.fill(bytes))?;
        Ok(key)
    }

    /// The certificate the person at work signs an entry of this kind under.
    pub(in crate::desk) fn authority(
        &self,
        kind: &Kind,
        subject: &Subject,
    ) -> Result<CertificateId, Refusal> {
        self.sitting()?
            .signing_certificate(kind, subject, self.now())?
            .map(Certificate::id)
            .ok_or_else(|| Refusal::plain("You have no certificate on this laptop that holds today and signs this, so nothing was signed. Ask an administrator to renew it."))
    }
}
