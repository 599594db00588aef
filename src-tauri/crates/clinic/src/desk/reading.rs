use record::envelope::Envelope;
use record::fold::{Placed, fold};
use record::id::{EntryId, EnvelopeId, ItemId, PatientId};
use record::moment::Moment;
use record::scope::{Scope, Subject};
use serde::{Deserialize, Serialize};

use super::{Desk, Sitting};
use crate::case::Case;
use crate::refusal::Refusal;

/// A patient whose entries have been read, so that an answer does not open every envelope again.
pub(crate) struct Shown {
    pub(crate) patient: PatientId,
    pub(crate) placed: Vec<Placed>,
}

/// What is typed and not yet an entry, as kept in the draft table.
#[derive(Serialize, Deserialize)]
pub(crate) struct Typed {
    pub(crate) kind: String,
    pub(crate) version: u16,
    pub(crate) slot: String,
    pub(crate) claimed: Moment,
    pub(crate) body: record::cbor::Value,
}

impl Sitting {
    /// Every entry on a patient, opened, oldest first.
    pub(crate) fn entries(&mut self, patient: PatientId) -> Result<&[Placed], Refusal> {
        if self
            .shown
            .as_ref()
            .is_none_or(|shown| shown.patient != patient)
        {
            let placed = self.open_all(Subject::Patient(patient))?;
            self.shown = Some(Shown { patient, placed });
        }
        Ok(self
            .shown
            .as_ref()
            .map_or(&[], |shown| shown.placed.as_slice()))
    }

    /// Every entry on a subject whose key this device holds.
    pub(crate) fn open_all(&self, subject: Subject) -> Result<Vec<Placed>, Refusal> {
        let mut all = Vec::new();
        for envelope in self.opened.store.envelopes_of(subject)? {
            all.extend(self.open(&envelope)?);
        }
        Ok(all)
    }

    fn open(&self, envelope: &Envelope) -> Result<Vec<Placed>, Refusal> {
        if envelope.is_erased() {
            return Ok(Vec::new());
        }
        let Some(key) = self.opened.store.content_key(envelope.header().key)? else {
            return Ok(Vec::new());
        };
        Ok(envelope.place(envelope.open(&key)?))
    }

    /// What is being typed about a patient, as if it were written already.
    fn typed(&self, case: &Case, scope: Scope) -> Result<Vec<Placed>, Refusal> {
        let mut lamport = case.record.highest_lamport();
        let mut all = Vec::new();
        for draft in self.opened.store.drafts_of(&case.patient.to_string())? {
            let Ok(typed) = decode(&draft.body) else {
                continue;
            };
            lamport += 1;
            let Ok(entry) = typed.entry(&case.record, draft.staff, lamport) else {
                continue;
            };
            let envelope = EnvelopeId::from_bytes(*blake3::hash(draft.name.as_bytes()).as_bytes());
            all.push(Placed {
                id: EntryId { envelope, index: 0 },
                subject: Subject::Patient(case.patient),
                scope,
                device: self.opened.identity.device,
                sequence: u64::MAX,
                entry,
            });
        }
        Ok(all)
    }
}

/// A draft's bytes back into what was typed.
pub(crate) fn decode(bytes: &[u8]) -> Result<Typed, record::cbor::Error> {
    record::cbor::from_value(&record::cbor::decode(bytes)?)
}

impl Desk {
    /// A patient's case as it stands, with what is being typed.
    pub(crate) fn case(&mut self, patient: PatientId) -> Result<Case, Refusal> {
        let sitting = self.sitting_mut()?;
        let mut placed = sitting.entries(patient)?.to_vec();
        if placed.is_empty() {
            return Err(Refusal::NotFound("That patient"));
        }
        let written = Case::new(patient, fold(placed.iter().cloned()));
        let scope = placed
            .first()
            .map_or(Scope::Site(sitting.at), |first| first.scope);
        let typed = sitting.typed(&written, scope)?;
        if typed.is_empty() {
            return Ok(written);
        }
        placed.extend(typed);
        Ok(Case::new(patient, fold(placed)))
    }

    /// The patient an assessment belongs to. Only the worklist's rows know it by the id alone.
    pub(crate) fn patient_of(&mut self, assessment: ItemId) -> Result<PatientId, Refusal> {
        if let Some(shown) = &self.sitting()?.shown {
            let patient = shown.patient;
            if self.case(patient)?.assessment(assessment).is_some() {
                return Ok(patient);
            }
        }
        let wanted = assessment.to_string();
        self.summaries()?
            .into_iter()
            .find(|summary| summary.assessments.contains(&wanted))
            .ok_or(Refusal::NotFound("That assessment"))
            .and_then(|summary| super::patient_id(&summary.patient))
    }

    /// When the last answer about a patient reached the disk.
    pub(crate) fn last_saved(&mut self, patient: PatientId) -> Result<Option<Moment>, Refusal> {
        let case = self.case(patient)?;
        Ok(case
            .record
            .timeline()
            .last()
            .map(|placed| placed.entry.claimed))
    }
}
