//! Who is easily taken for another.

use record::id::PatientId;
use store::Likeness;

use crate::desk::{Desk, patient_id};
use crate::known_by::near;
use crate::refusal::Refusal;
use crate::summary::PatientSummary;
use crate::words;

impl Desk {
    /// Whether somebody else here has the same surname and a near birth date, given name or
    /// address, or the same birth date and given name: easy to mistake.
    pub(crate) fn is_similar(&self, summary: &PatientSummary) -> Result<bool, Refusal> {
        let patient = patient_id(&summary.patient)?;
        let like = &summary.known_by.likeness;
        let days = words::iso(&like.born).map(near);
        let days = days.as_ref().map(|(a, b)| (a.as_str(), b.as_str()));
        Ok(self.sitting()?.opened.store.has_like(patient, like, days)?)
    }

    /// Who is easily taken for somebody, at most `limit`.
    pub(crate) fn alike(
        &self,
        patient: Option<PatientId>,
        one: &Likeness,
        limit: usize,
    ) -> Result<Vec<PatientId>, Refusal> {
        let days = words::iso(&one.born).map(near);
        let days = days.as_ref().map(|(a, b)| (a.as_str(), b.as_str()));
        let store = &self.sitting()?.opened.store;
        Ok(store.likes(patient, one, days, limit)?)
    }
}
