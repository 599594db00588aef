//! The chip in the app bar: how the line stands, in a few words.

use jiff::Timestamp;

use super::hub_server::named;
use super::notes::Notes;
use super::once::Synced;
use super::progress::talking;
use super::state::Stands;
use super::waiting::Waiting;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::view::{SyncChip, SyncState};
use crate::words;

/// How the line stands, for the app bar.
pub fn sync_chip(desk: &mut Desk) -> Result<SyncChip, Refusal> {
    desk.sitting()?;
    let notes = Notes::of(desk)?;
    if named(desk)?.is_none() {
        return Ok(alone(desk.sitting()?.opened.store.lamport()?));
    }
    let waits = Waiting::of(desk)?;
    desk.line.said_to_wait = waits.entries;
    Ok(match desk.line.stands.clone() {
        Stands::Talking(said) if said.to_send > 0 || said.to_receive > 0 => talking(&said),
        Stands::Failed { why, .. } => offline(desk, &notes, &waits, &why),
        Stands::Heard { up_to_date, at } if !up_to_date || waits.entries == 0 => {
            heard(desk, up_to_date, at)
        }
        Stands::Untried | Stands::Calling | Stands::Talking(_) | Stands::Heard { .. } => {
            about_to(&waits)
        }
    })
}

/// Entries of this laptop that the hub server has not said to have; none where none is named.
pub(crate) fn unsent(desk: &mut Desk) -> Result<Option<u32>, Refusal> {
    if named(desk)?.is_none() {
        return Ok(None);
    }
    Waiting::of(desk).map(|waits| Some(waits.entries))
}

/// "Up to date" is said only of what both sides worked out.
fn heard(desk: &Desk, up_to_date: bool, at: Timestamp) -> SyncChip {
    if up_to_date {
        chip(
            SyncState::UpToDate,
            format!("Up to date {}", clock(desk, at)),
            "This laptop and the hub server hold the same: both worked it out from what they keep.",
        )
    } else {
        chip(
            SyncState::Look,
            "Not all could be exchanged".to_owned(),
            "The hub server and this laptop do not hold the same. See why on the sync screen.",
        )
    }
}

fn about_to(waits: &Waiting) -> SyncChip {
    if waits.entries > 0 {
        chip(
            SyncState::Sending,
            to_send(waits),
            "They are sent as soon as the hub server answers.",
        )
    } else {
        chip(
            SyncState::Sending,
            "Asking the hub server".to_owned(),
            "Everything is kept on this laptop in any case.",
        )
    }
}

pub(super) fn chip(state: SyncState, words: String, detail: &str) -> SyncChip {
    SyncChip {
        state,
        words,
        detail: detail.to_owned(),
    }
}

fn alone(entries: u64) -> SyncChip {
    let entries = words::count(
        usize::try_from(entries).unwrap_or(usize::MAX),
        "entry",
        "entries",
    );
    chip(
        SyncState::Alone,
        format!("Kept on this laptop · {entries}"),
        "Everything is written on this laptop, encrypted. No hub server is named, so nothing is sent: phone the hub about anything that cannot wait.",
    )
}

/// `Offline since 09:12 · 14 entries to send`.
fn offline(desk: &Desk, notes: &Notes, waits: &Waiting, why: &str) -> SyncChip {
    let since = notes
        .offline_since
        .map(|at| format!(" since {}", clock(desk, at)))
        .unwrap_or_default();
    let waits = if waits.entries > 0 {
        format!(" · {}", to_send(waits))
    } else {
        String::new()
    };
    chip(SyncState::Offline, format!("Offline{since}{waits}"), why)
}

pub(super) fn to_send(waits: &Waiting) -> String {
    let entries = usize::try_from(waits.entries).unwrap_or(usize::MAX);
    format!("{} to send", words::count(entries, "entry", "entries"))
}

/// The time of today, or the day and the time of another.
pub(super) fn clock(desk: &Desk, at: Timestamp) -> String {
    let local = desk.local(at);
    let time = format!("{:02}:{:02}", local.hour(), local.minute());
    if local.date() == desk.today() {
        time
    } else {
        format!("{} {time}", words::staff_date(local.date()))
    }
}

/// Tries now instead of when it is next time to.
pub fn try_now(desk: &mut Desk) -> Result<SyncChip, Refusal> {
    desk.sitting()?;
    if named(desk)?.is_none() {
        return Err(Refusal::plain(
            "No hub server is named. An administrator names one in the settings.",
        ));
    }
    desk.line.call_now();
    sync_chip(desk)
}

/// What one exchange on the command line came to.
pub(super) fn synced(desk: &mut Desk) -> Result<Synced, Refusal> {
    let chip = sync_chip(desk)?;
    let waits = Waiting::of(desk)?;
    let up_to_date = chip.state == SyncState::UpToDate;
    Ok(Synced {
        up_to_date,
        words: if waits.entries > 0 {
            format!("{}. {}", chip.words, to_send(&waits))
        } else {
            chip.words
        },
    })
}
