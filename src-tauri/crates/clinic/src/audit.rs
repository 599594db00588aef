//! Who did what: entries in the audit scope, kept apart from the clinical record.

use record::body::{Action, Audit};
use record::id::PatientId;
use record::scope::{Scope, Subject};

use crate::desk::{Desk, Line};
use crate::refusal::Refusal;

/// Writes an audit entry. `note` holds no clinical content.
pub(crate) fn note(
    desk: &mut Desk,
    action: Action,
    patient: Option<PatientId>,
    note: &str,
) -> Result<(), Refusal> {
    because(desk, action, patient, note, "")
}

/// The same, with the reason a person gave.
pub(crate) fn because(
    desk: &mut Desk,
    action: Action,
    patient: Option<PatientId>,
    note: &str,
    reason: &str,
) -> Result<(), Refusal> {
    write(
        desk,
        &Audit {
            action,
            patient,
            staff: None,
            note: note.into(),
            reason: reason.trim().into(),
        },
    )
}

/// Writes an audit entry as it is given.
pub(crate) fn write(desk: &mut Desk, body: &Audit) -> Result<(), Refusal> {
    desk.write_in(Scope::Audit, Subject::Audit, vec![Line::appended(body)?])
}

/// Notes that a patient was looked at, once for each sitting of a staff member with a patient.
pub(crate) fn viewed(desk: &mut Desk, patient: PatientId) -> Result<(), Refusal> {
    if desk.sitting()?.viewed.contains(&patient) {
        return Ok(());
    }
    note(desk, Action::Viewed, Some(patient), "")?;
    desk.sitting_mut()?.viewed.insert(patient);
    Ok(())
}
