//! Entries made in error.

use record::body::EnteredInError;
use record::entry::Kind;
use record::id::EntryId;

use super::open_patient;
use crate::desk::{Desk, Line, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::PatientView;

/// Marks an entry as made in error. It stays readable, struck through, with the reason.
pub fn mark_in_error(
    desk: &mut Desk,
    patient: String,
    entry: String,
    reason: String,
) -> Result<PatientView, Refusal> {
    desk.allow(Act::Assess)?;
    if reason.trim().is_empty() {
        return Err(Refusal::field(
            "reason",
            "Say in a few words why this entry is wrong.",
        ));
    }
    let id = patient_id(&patient)?;
    let entry: EntryId = entry.parse().map_err(|_| Refusal::NotFound("That entry"))?;
    let case = desk.case(id)?;
    let placed = case
        .record
        .entry(&entry)
        .ok_or(Refusal::NotFound("That entry"))?;
    if !correctable(&placed.entry.kind) {
        return Err(Refusal::plain(
            "A signed entry is not taken back this way. Sign a new one.",
        ));
    }
    let body = EnteredInError {
        entry,
        reason: reason.trim().into(),
    };
    desk.write(id, vec![Line::appended(&body)?])?;
    open_patient(desk, patient)
}

/// Whether this kind of entry can be marked as made in error.
pub(crate) fn correctable(kind: &Kind) -> bool {
    !kind.needs_signature() && *kind != Kind::ENTERED_IN_ERROR && *kind != Kind::PATIENT_KEY
}
