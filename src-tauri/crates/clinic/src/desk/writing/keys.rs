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

    /// The patient's newest key; a new patient gets one first, in an envelope of its own.
    pub(super) fn patient_key(&mut self, patient: PatientId) -> Result<ContentKey, Refusal> {
        if let Some(stored) = self
            .sitting()?
            .opened
            .store
            .key_to_write(KeyHolder::Patient(patient))?
        {
            return Ok(stored.key);
        }
        let key = PatientKey {
            generation: 1,
            key: ContentKey::from_bytes(self.random()),
        };
        let scope = self.scope_of(patient)?;
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
        self.write_along(scope, Subject::Patient(patient), vec![line], along)?;
        Ok(key.key)
    }

    /// The scope's epoch key; the first device of a scope makes it.
    pub(super) fn epoch_key(&mut self, scope: Scope) -> Result<ContentKey, Refusal> {
        if let Some(stored) = self
            .sitting()?
            .opened
            .store
            .key_to_write(KeyHolder::Scope(scope))?
        {
            return Ok(stored.key);
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
    pub(super) fn authority(
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
