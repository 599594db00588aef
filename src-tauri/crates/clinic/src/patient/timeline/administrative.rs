//! Referrals, details and appointments.

use record::body::{
    Appointment, Attachment, Death, Detail, EnteredInError, Moved, MovedHere, PathwayEvent,
    Referral, Transfer,
};
use record::clock::EventKind;
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
    if let Some(found) = read::<Death>(placed) {
        return Some(Said {
            group: "record",
            title: crate::person::death_words(&found.body),
            detail: Vec::new(),
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
    if let Some(found) = read::<Attachment>(placed) {
        return Some(Said {
            group: "letters",
            title: crate::documents::kind_name(&found.body.what).into(),
            detail: vec![line("Title", found.body.title)],
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
    if let Some(found) = read::<PathwayEvent>(placed) {
        return Some(pathway(&found.body));
    }
    if let Some(found) = read::<Transfer>(placed) {
        return Some(transfer(found.body));
    }
    if let Some(found) = read::<Moved>(placed) {
        let count = words::count(found.body.entries.len(), "entry", "entries");
        return Some(Said {
            group: "record",
            title: format!("{count} made on the wrong patient, moved to the right one"),
            detail: vec![line("Reason", found.body.reason)],
        });
    }
    if let Some(found) = read::<MovedHere>(placed) {
        let count = words::count(found.body.entries.len(), "entry", "entries");
        return Some(Said {
            group: "record",
            title: format!("{count} moved here, first made on another patient"),
            detail: vec![line("Reason", found.body.reason)],
        });
    }
    read::<EnteredInError>(placed).map(|found| Said {
        group: "record",
        title: "An entry was marked as made in error".into(),
        detail: vec![line("Reason", found.body.reason)],
    })
}

fn transfer(body: Transfer) -> Said {
    Said {
        group: "record",
        title: "Transferred to another site".into(),
        detail: filled([
            ("Why", crate::transfer::grounds_words(&body.grounds).into()),
            ("To know there", body.note),
            ("Told", body.told),
        ]),
    }
}

fn pathway(body: &PathwayEvent) -> Said {
    let kind = EventKind::named(&body.what);
    let on = if body.on.is_empty() {
        "not recorded".into()
    } else {
        words::staff_iso(&body.on)
    };
    let yes = |asked: bool, said: bool| match (asked, said) {
        (false, _) => String::new(),
        (true, true) => "Yes".into(),
        (true, false) => "No".into(),
    };
    Said {
        group: "contacts",
        title: kind
            .map_or("Something on the pathway", EventKind::words)
            .into(),
        detail: filled([
            ("On", on),
            ("Patient and referrer told", words::staff_iso(&body.told)),
            (
                "Notice shown",
                yes(kind.is_some_and(EventKind::asks_notice), body.notice_shown),
            ),
            (
                "Safe to discharge",
                yes(kind.is_some_and(EventKind::asks_safe), body.safe),
            ),
        ]),
    }
}
