//! How far an exchange is, in words for whoever waits for it.

use std::time::Duration;

use super::chip::chip;
use super::state::Said;
use crate::view::{SyncChip, SyncState};
use crate::words;

/// What the chip says while messages go to and fro: `12 of 40 patients sent, about 6 minutes`.
///
/// A patient counts as sent when the hub server has everything of them on its disk. Envelopes are
/// counted only where no patient can be: nobody in a clinic counts in them.
pub(super) fn talking(said: &Said) -> SyncChip {
    if said.sent >= said.to_send && said.to_receive > said.received {
        let (words, detail) = receiving(said);
        return chip(SyncState::Sending, words, detail);
    }
    let (words, detail) = if said.emergencies > 0 {
        (
            "Sending an emergency first".to_owned(),
            "It goes ahead of everything else. Phone in any case: the worklist says whom, until a laptop at the hub has it.",
        )
    } else {
        (
            sending(said),
            "Sent means that the hub server has it on its disk. You can go on working. If the line breaks, it goes on from here.",
        )
    };
    chip(SyncState::Sending, with_time(words, said.left), detail)
}

fn sending(said: &Said) -> String {
    match (said.patients_sent, said.patients) {
        (_, 0 | 1) => "Sending".to_owned(),
        (sent, all) if sent == all => format!("All {all} patients sent, now the audit trail"),
        (sent, all) => format!("{sent} of {all} patients sent"),
    }
}

fn receiving(said: &Said) -> (String, &'static str) {
    let words = format!("Receiving {} of {}", said.received, said.to_receive);
    (
        with_time(words, said.left),
        "Envelopes come from the hub server. You can go on working. If the line breaks, it goes on from here.",
    )
}

fn with_time(words: String, left: Option<Duration>) -> String {
    match left {
        Some(left) => format!("{words}, {}", about(left)),
        None => words,
    }
}

/// `less than a minute`, `about 6 minutes`, `about 2 hours`: as fine as a guess can be.
fn about(left: Duration) -> String {
    let seconds = usize::try_from(left.as_secs()).unwrap_or(usize::MAX);
    match seconds {
        0..45 => "less than a minute".to_owned(),
        45..5400 => {
            let minutes = words::count(seconds.saturating_add(30) / 60, "minute", "minutes");
            format!("about {minutes}")
        }
        _ => {
            let hours = words::count(seconds.saturating_add(1800) / 3600, "hour", "hours");
            format!("about {hours}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(patients_sent: usize, patients: usize, left: Option<u64>) -> String {
        let said = Said {
            sent: 120,
            to_send: 600,
            patients_sent,
            patients,
            left: left.map(Duration::from_secs),
            ..Said::default()
        };
        talking(&said).words
    }

    #[test]
    fn a_days_work_on_its_way_is_counted_in_patients_and_minutes() {
        let some = said(12, 40, Some(355));
        assert_eq!(some, "12 of 40 patients sent, about 6 minutes");
        assert_eq!(said(0, 40, None), "0 of 40 patients sent");
        let near = said(39, 40, Some(20));
        assert_eq!(near, "39 of 40 patients sent, less than a minute");
        let last = said(40, 40, Some(70));
        assert_eq!(
            last,
            "All 40 patients sent, now the audit trail, about 1 minute"
        );
        assert_eq!(said(0, 1, None), "Sending");
        assert_eq!(said(0, 0, Some(9_000)), "Sending, about 3 hours");
    }

    #[test]
    fn an_emergency_that_goes_first_is_said_first() {
        let said = Said {
            to_send: 600,
            patients: 40,
            emergencies: 2,
            ..Said::default()
        };
        assert_eq!(talking(&said).words, "Sending an emergency first");
    }

    #[test]
    fn what_comes_in_is_counted_once_nothing_is_left_to_send() {
        let mut said = Said {
            sent: 2,
            to_send: 3,
            received: 30,
            to_receive: 120,
            left: Some(Duration::from_secs(125)),
            ..Said::default()
        };
        assert_eq!(talking(&said).words, "Sending, about 2 minutes");
        said.sent = 3;
        assert_eq!(talking(&said).words, "Receiving 30 of 120, about 2 minutes");
    }
}
