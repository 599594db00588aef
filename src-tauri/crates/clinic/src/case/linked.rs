//! A person whose case is read from several records, and in which of them something new belongs.

use record::cbor::Value;
use record::entry::Slot;
use record::id::{ItemId, PatientId};
use record::scope::Subject;

use super::{Case, slots};

/// The records a case is read from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Linked {
    /// All of them, the leading one first; empty for a case of one record.
    pub(crate) records: Vec<PatientId>,
    /// Records of which it is in conflict whether they are of this person.
    pub(crate) disputed: Vec<PatientId>,
}

impl Case {
    /// The same case, read from these records.
    pub(crate) fn linked(self, linked: Linked) -> Self {
        Self { linked, ..self }
    }

    /// Every record of the person, the leading one first.
    pub(crate) fn records(&self) -> &[PatientId] {
        match self.linked.records.as_slice() {
            [] => std::slice::from_ref(&self.patient),
            records => records,
        }
    }

    /// Records of which it is in conflict whether they are of this person.
    pub(crate) fn disputed(&self) -> &[PatientId] {
        &self.linked.disputed
    }

    /// The record in which something new belongs: that of the assessment it is part of, or that of
    /// the value it replaces; else the leading one. So when the records are parted again, each has
    /// all that is its own.
    pub(crate) fn home(&self, slot: Option<&Slot>, body: &Value) -> PatientId {
        if self.records().len() < 2 {
            return self.patient;
        }
        let assessment = body.get("assessment").and_then(Value::as_bytes);
        assessment
            .and_then(|id| self.begun_in(ItemId::from_bytes(id.try_into().ok()?)))
            .or_else(|| self.stands_in(slot.filter(|slot| !is_the_persons(slot))?))
            .unwrap_or(self.patient)
    }

    /// The record in which an assessment was started.
    fn begun_in(&self, assessment: ItemId) -> Option<PatientId> {
        self.stands_in(&Slot::new(slots::started(assessment)).ok()?)
    }

    /// The record in which the newest value of a slot stands.
    fn stands_in(&self, slot: &Slot) -> Option<PatientId> {
        let heads = self.record.heads(slot);
        match self.record.entry(heads.last()?)?.subject {
            Subject::Patient(record) => Some(record),
            Subject::Site(_) | Subject::Service | Subject::Audit => None,
        }
    }
}

/// Who somebody is belongs to the person, whichever record it stood in.
fn is_the_persons(slot: &Slot) -> bool {
    slot.is_under("detail") || slot.is_under("death")
}
