//! Referrals, details and appointments.

use record::body::{Appointment, Detail, EnteredInError, Referral};
use record::fold::Placed;

use super::{Said, filled, line};
use crate::case::read;
use crate::words;

pub(super) fn administrative(placed: &Placed) -> Option<Said> {
    if let Some(found) = read::<Detail>(placed) {
        return Some(Said {
            group: "record",
            title: "Details".into(),
            detail: vec![line(
                &words::sentence_case(&found.body.field.replace('-', " ")),
                found.body.value,
            )],
        });
    }
    if let Some(found) = read::<Referral>(placed) {
        let body = found.body;
        let detail = filled([
            ("Received", words::staff_iso(&body.received)),
            ("From", body.referrer),
            ("Reason", body.reason),
            ("Urgency asked", body.asked_urgency),
            ("Letter", body.letter),
        ]);
        return Some(Said {
            group: "letters",
            title: "Referral".into(),
            detail,
        });
    }
    if let Some(found) = read::<Appointment>(placed) {
        let body = found.body;
        return Some(Said {
            group: "contacts",
            title: format!("Appointment {} {}", words::staff_iso(&body.date), body.time),
            detail: filled([("For", body.purpose), ("With", body.with)]),
        });
    }
    read::<EnteredInError>(placed).map(|found| Said {
        group: "record",
        title: "An entry was marked as made in error".into(),
        detail: vec![line("Reason", found.body.reason)],
    })
}
