//! What is being typed, and how it becomes entries.

use std::collections::BTreeSet;
use std::sync::Arc;

use record::id::PatientId;
use record::moment::Moment;
use store::Draft;

use super::super::Desk;
use super::super::typed::{ReadBack, encode};
use super::Line;
use crate::refusal::Refusal;

impl Desk {
    /// Keeps what is being typed. On disk when it returns.
    pub(crate) fn keep_typed(&mut self, patient: PatientId, line: Line) -> Result<Moment, Refusal> {
        let patient = self.lead(patient)?;
        let now = self.now();
        let staff = self.staff()?;
        let seen = self
            .sitting_mut()?
            .seen_in(patient, staff, line.slot.as_ref())?;
        let slot = line.slot.as_ref().map(|slot| slot.as_str().to_owned());
        let draft = Draft {
            staff,
            patient: Some(patient),
            context: patient.to_string(),
            name: slot.unwrap_or_default(),
            body: encode(line, now, seen)?,
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
    /// of the same person goes there. What cannot be read stays where it is, and is told.
    pub(crate) fn seal_typed(&mut self, patient: PatientId) -> Result<(), Refusal> {
        let known = self.sitting_mut()?.known()?;
        let patient = known.links.lead(patient);
        let drafts = self.sitting()?.drafts(&known.links.records(patient))?;
        let unread = &mut self.sitting_mut()?.unread;
        if drafts.unreadable > 0 {
            unread.insert(patient, drafts.unreadable);
        }
        let mut drafts = drafts.read;
        if drafts.is_empty() {
            return Ok(());
        }
        let before = Arc::clone(&self.sitting_mut()?.shown(patient)?.written);
        let home = |draft: &ReadBack| before.home(draft.line.slot.as_ref(), &draft.line.body);
        while !drafts.is_empty() {
            let mut slots = BTreeSet::new();
            let place = drafts.first().map_or(patient, home);
            let (now, later): (Vec<_>, Vec<_>) = drafts
                .into_iter()
                .partition(|draft| home(draft) == place && slots.insert(draft.line.slot.clone()));
            let mut lamport = self.sitting()?.opened.store.lamport()?;
            let cleared = now.iter().map(|draft| draft.reference.clone()).collect();
            let entries = now
                .into_iter()
                .map(|draft| {
                    lamport += 1;
                    draft.entry(&before.record, lamport)
                })
                .collect();
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
