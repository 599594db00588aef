//! The lines of the audit screen, made from the entries.

use jiff::Timestamp;
use record::body::Audit;
use record::fold::Placed;
use store::AuditRow;

use crate::case::body_of;

/// The line of each audit entry. One whose body is of a newer version still has who and when.
pub(crate) fn rows(placed: &[Placed]) -> Vec<AuditRow> {
    placed.iter().filter_map(row).collect()
}

fn row(placed: &Placed) -> Option<AuditRow> {
    let entry = &placed.entry;
    if entry.kind != <Audit as record::body::Body>::kind() {
        return None;
    }
    let at = entry.happened.as_ref().map_or(entry.claimed, |it| it.at);
    let body = body_of::<Audit>(entry);
    let (action, rest) = match body {
        Some(body) => (body.action.as_str().to_owned(), Some(body)),
        None => ("not-readable".to_owned(), None),
    };
    let rest = rest.as_ref();
    Some(AuditRow {
        entry: placed.id,
        lamport: entry.lamport,
        at: whole_second(at.at()),
        staff: entry.author,
        device: placed.device,
        action,
        patient: rest.and_then(|body| body.patient),
        account: rest.and_then(|body| body.staff),
        note: rest.map(|body| body.note.clone()).unwrap_or_default(),
        reason: rest.map(|body| body.reason.clone()).unwrap_or_default(),
    })
}

/// A line is kept to the second, so it is made to the second: made again, it is the same line.
fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}
