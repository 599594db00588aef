//! Who did what: entries in the audit scope, kept apart from the clinical record.
//!
//! That something was changed or signed is said by [`Desk`]'s own writing, in the transaction of the
//! change; that a patient was looked at, by its reading. What is left for a use case to say is what
//! neither sees: that something was printed, saved as a file, imported or tried.

mod checking;
mod exporting;
mod listing;
mod rows;
mod words;
mod written;

pub use checking::check_record;
#[cfg(test)]
pub(crate) use checking::said as check_in_words;
pub use exporting::export_audit;
pub use listing::audit_trail;

pub(crate) use rows::rows;
pub(crate) use written::{is_key, kinds, written};

use record::body::{Action, Audit};
use record::entry::Happened;
use record::id::PatientId;
use record::moment::Moment;
use store::{FailedTry, TriedWith};

use crate::desk::{Desk, Said};
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
        Audit {
            action,
            patient,
            staff: None,
            note: note.into(),
            reason: reason.trim().into(),
        },
    )
}

/// Writes an audit entry as it is given.
pub(crate) fn write(desk: &mut Desk, body: Audit) -> Result<(), Refusal> {
    desk.write_trail(vec![Said {
        body,
        happened: None,
    }])
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

/// Notes that lists of patients were on the screen, once for each sitting.
pub(crate) fn listed(desk: &mut Desk) -> Result<(), Refusal> {
    if desk.sitting()?.listed {
        return Ok(());
    }
    note(desk, Action::Listed, None, "")?;
    desk.sitting_mut()?.listed = true;
    Ok(())
}

/// Writes down the tries that failed while the record was shut, each with the time of the try, and
/// only then forgets them beside the record. A crash between the two writes one of them twice and
/// loses none.
pub(crate) fn failed_tries(desk: &mut Desk, action: &Action) -> Result<(), Refusal> {
    let tries = desk.sitting()?.opened.failed_tries()?;
    if tries.is_empty() {
        return Ok(());
    }
    let offset = desk.now().offset_seconds();
    let said = tries.iter().map(|tried| said(tried, action, offset));
    let said = said.collect();
    desk.write_trail(said)?;
    Ok(desk.sitting()?.opened.tries_written(tries.len())?)
}

fn said(tried: &FailedTry, action: &Action, offset: i32) -> Said {
    Said {
        body: Audit {
            action: action.clone(),
            patient: None,
            staff: Some(tried.staff),
            note: match tried.with {
                TriedWith::Passphrase => String::new(),
                TriedWith::Sheet => "recovery sheet".into(),
            },
            reason: String::new(),
        },
        happened: Moment::new(tried.at, offset)
            .ok()
            .map(|at| Happened { at, by: None }),
    }
}
