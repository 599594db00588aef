//! Who did what: entries in the audit scope, kept apart from the clinical record.

use record::body::Audit;
use record::id::PatientId;
use record::scope::{Scope, Subject};

use crate::desk::{Desk, Line};
use crate::refusal::Refusal;

/// Writes an audit entry. `note` holds no clinical content.
pub(crate) fn note(
    desk: &mut Desk,
    action: &str,
    patient: Option<PatientId>,
    note: &str,
) -> Result<(), Refusal> {
    let body = Audit {
        action: action.into(),
        patient,
        note: note.into(),
    };
    desk.write_in(Scope::Audit, Subject::Audit, vec![Line::appended(&body)?])
}

/// Notes that a patient was looked at, once for each sitting of a staff member with a patient.
pub(crate) fn viewed(desk: &mut Desk, patient: PatientId) -> Result<(), Refusal> {
    let shown = desk.sitting()?.shown.as_ref().map(|shown| shown.patient);
    if shown == Some(patient) {
        return Ok(());
    }
    note(desk, "viewed", Some(patient), "")
}
