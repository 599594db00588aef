//! What is being typed, and how it becomes entries.

use std::collections::BTreeSet;
use std::sync::Arc;

use record::cbor;
use record::entry::Slot;
use record::id::PatientId;
use record::moment::Moment;
use store::Draft;

use super::super::Desk;
use super::super::reading::{Typed, decode};
use super::Line;
use crate::refusal::Refusal;

impl Desk {
    /// Keeps what is being typed. On disk when it returns.
    pub(crate) fn keep_typed(&mut self, patient: PatientId, line: Line) -> Result<Moment, Refusal> {
        let patient = self.lead(patient)?;
        let now = self.now();
        let staff = self.staff()?;
        let slot = line
            .slot
            .map(|slot| slot.as_str().to_owned())
            .unwrap_or_default();
        let typed = Typed {
            kind: line.kind.as_str().to_owned(),
            version: line.version,
            slot: slot.clone(),
            claimed: now,
            body: line.body,
            later: line.happened.map(Into::into),
        };
        let draft = Draft {
            staff,
            patient: Some(patient),
            context: patient.to_string(),
            name: slot,
            body: cbor::encode(&cbor::to_value(&typed)?)?,
            typed_at: now.at(),
        };
        self.sitting()?
            .opened
            .store
            .put_draft(&draft)
            .map_err(Refusal::NotSaved)?;
        self.sitting_mut()?.typed_anew();
        Ok(now)
    }

    /// Everything typed about a patient becomes entries: in one envelope, or in one for each person
    /// where two typed in one slot, since an envelope holds a slot once. Neither saw the other's
    /// answer, so both have the same parents and stand in conflict. What belongs in another record
    /// of the same person goes there.
    pub(crate) fn seal_typed(&mut self, patient: PatientId) -> Result<(), Refusal> {
        let patient = self.lead(patient)?;
        let mut drafts = self
            .sitting()?
            .opened
            .store
            .drafts_of(&patient.to_string())?;
        if drafts.is_empty() {
            return Ok(());
        }
        let before = Arc::clone(&self.sitting_mut()?.shown(patient)?.written);
        while !drafts.is_empty() {
            let mut slots = BTreeSet::new();
            let home = |draft: &Draft| match decode(&draft.body) {
                Ok(typed) => before.home(Slot::new(typed.slot).ok().as_ref(), &typed.body),
                Err(_) => patient,
            };
            let place = drafts.first().map_or(patient, home);
            let (now, later): (Vec<_>, Vec<_>) = drafts
                .into_iter()
                .partition(|draft| home(draft) == place && slots.insert(draft.name.clone()));
            let mut lamport = self.sitting()?.opened.store.lamport()?;
            let mut entries = Vec::new();
            for draft in &now {
                if let Ok(typed) = decode(&draft.body) {
                    lamport += 1;
                    entries.push(typed.entry(&before.record, draft.staff, lamport)?);
                }
            }
            let cleared = now.iter().map(Draft::reference).collect();
            self.put(place, entries, None, cleared, false)?;
            drafts = later;
        }
        Ok(())
    }

    /// Everything typed by anybody becomes entries: at lock, and after a crash. Gives whose record
    /// it stands in.
    pub(crate) fn seal_all_typed(&mut self) -> Result<Vec<PatientId>, Refusal> {
        let contexts = self.sitting()?.opened.store.draft_contexts()?;
        let patients: Vec<_> = contexts.into_iter().filter_map(|(_, of)| of).collect();
        for patient in &patients {
            self.seal_typed(*patient)?;
        }
        Ok(patients)
    }
}
