//! Notes. Of a restricted one the line says that it is there, and nothing else.

use record::body::{Body, Note, Parcel, Receipt, Reviewed};
use record::fold::Placed;

use super::{Said, line};
use crate::case::{Case, read};
use crate::role::{Act, may};

/// Whether the line is left out: a restricted note for a role that never opens one, and what a
/// restricted note said before. Receipts, parcels and what a session counts say nothing of the
/// patient.
pub(super) fn is_left_out(case: &Case, placed: &Placed, role: record::role::Role) -> bool {
    let aside = [Receipt::kind(), Parcel::kind(), Reviewed::kind()];
    if aside.contains(&placed.entry.kind) {
        return true;
    }
    case.restricted_note(placed).is_some()
        && (!may(role, Act::KeepRestricted) || !is_newest(case, placed))
}

fn is_newest(case: &Case, placed: &Placed) -> bool {
    let note = read::<Note>(placed).map(|found| found.body.note);
    let last = note.and_then(|note| case.versions(note).pop());
    last.is_some_and(|last| last.placed.id == placed.id)
}

pub(super) fn noted(case: &Case, placed: &Placed) -> Option<Said> {
    let body = read::<Note>(placed)?.body;
    let restricted = case.is_restricted(body.note);
    Some(Said {
        group: "notes",
        title: if restricted {
            "Restricted note"
        } else {
            "Note"
        }
        .into(),
        detail: if restricted {
            Vec::new()
        } else {
            vec![line("Note", body.text)]
        },
    })
}
