//! Opening what has arrived, with the keys that are here and those that come with it.

use std::collections::VecDeque;

use record::entry::Kind;
use record::envelope::Envelope;
use record::fold::Placed;
use record::patient_key::{self, PatientKey};
use record::scope::Subject;
use store::{KeyHolder, StoredKey};

use super::arrived::Read;
use crate::desk::{Desk, Sitting};
use crate::refusal::Refusal;

impl Desk {
    /// Opens these envelopes. One whose key is not here waits for it; one that waited for a key
    /// among these is opened with them.
    pub(super) fn open_arrived(&mut self, arrived: Vec<Envelope>) -> Result<Vec<Read>, Refusal> {
        let sitting = self.sitting_mut()?;
        let mut waiting = VecDeque::from(arrived);
        let mut opened = Vec::new();
        while let Some(envelope) = waiting.pop_front() {
            if envelope.is_erased() {
                continue;
            }
            let key = envelope.header().key;
            if sitting.opened.store.content_key(key)?.is_none() {
                sitting.opened.store.keep_closed(&envelope)?;
                continue;
            }
            let entries = sitting.open(&envelope)?;
            let placed = sitting.against()?.place(&envelope, entries);
            if let Some(key) = sitting.patient_key_in(&envelope, &placed)? {
                let store = &mut sitting.opened.store;
                // Whoever was ended could otherwise make the others write under a key they hold.
                // What they wrote is read all the same, and shown as unverified.
                let counts = placed.iter().all(|entry| entry.unverified.is_none());
                let kept = if counts {
                    store.put_content_key(&key)
                } else {
                    store.put_key_for_reading(&key)
                };
                kept.map_err(Refusal::NotSaved)?;
                waiting.extend(store.released_by(key.key.id())?);
            }
            opened.push((envelope, placed));
        }
        Ok(opened)
    }
}

impl Sitting {
    /// The patient's key that an envelope carries: alone in it, and under the epoch key of its
    /// scope.
    fn patient_key_in(
        &self,
        envelope: &Envelope,
        placed: &[Placed],
    ) -> Result<Option<StoredKey>, Refusal> {
        let header = envelope.header();
        let ([one], Subject::Patient(patient)) = (placed, header.subject) else {
            return Ok(None);
        };
        let is_key =
            one.entry.kind == Kind::PATIENT_KEY && one.entry.version == patient_key::VERSION;
        if !is_key || self.opened.store.scope_of_key(header.key)? != Some(header.scope) {
            return Ok(None);
        }
        let key = PatientKey::from_body(&one.entry.body).ok();
        Ok(key.map(|key| StoredKey {
            holder: KeyHolder::Patient(patient),
            generation: key.generation,
            key: key.key,
        }))
    }
}
