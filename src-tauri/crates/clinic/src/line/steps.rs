//! What the talk does at the desk: short steps, between which the desk is everybody else's.

use std::time::Duration;

use jiff::Timestamp;
use sync::exchange::{Outcome, Progress};
use sync::http::{HubServer, LineError};
use sync::login::{Hello, Welcome};

use super::hub_server::named;
use super::notes::Notes;
use super::state::{Said, Stands};
use super::talk::Ended;
use super::waiting::{Waiting, differs};
use super::{meanwhile, problems};
use crate::desk::{AtLock, Desk};
use crate::exchanging::{self, Finished, Running};
use crate::refusal::Refusal;
use crate::words;

/// What comes after an exchange.
#[derive(Debug)]
pub(crate) enum After {
    /// Both hold the same: listen until one of them holds something new.
    Listen {
        /// What this laptop holds, for the hub server to compare.
        compare: Vec<u8>,
    },
    /// Something was written meanwhile.
    Again,
    /// They do not, and trying again at once would only say so again.
    Rest {
        /// How long.
        pause: Duration,
    },
}

/// The hub server to call; none while nobody is at work or none is named.
pub(super) fn whom_to_call(desk: &mut Desk) -> Option<HubServer> {
    let hub = named(desk).ok().flatten()?;
    let waits = Waiting::of(desk).map(|waits| waits.emergencies);
    desk.line.emergencies = waits.unwrap_or_default();
    desk.line.hurry = false;
    if !matches!(desk.line.stands, Stands::Failed { .. }) {
        desk.line.stands = Stands::Calling;
    }
    Some(hub)
}

/// Whether this is still the hub server of this laptop; so it is while the desk is locked.
pub(super) fn is_named(desk: &Desk, hub: &HubServer) -> bool {
    named(desk).map_or(true, |now| now.as_ref() == Some(hub))
}

/// Whether the next try is not to be put off: somebody asked for it, an emergency waits that had
/// not been written at the last one, or the desk was locked and there is nothing to wait for.
pub(super) fn must_not_wait(desk: &mut Desk) -> bool {
    if desk.sitting.is_none() || desk.line.hurry {
        return true;
    }
    let waits = Waiting::of(desk).map(|waits| waits.emergencies);
    waits.is_ok_and(|now| now > desk.line.emergencies)
}

/// Whether more or less waits than the app bar says; once for each change.
pub(super) fn waits_otherwise(desk: &mut Desk) -> bool {
    let Ok(waits) = Waiting::of(desk) else {
        return false;
    };
    std::mem::replace(&mut desk.line.said_to_wait, waits.entries) != waits.entries
}

/// Whether there is something to send, or somebody asked for an exchange. Refused when locked.
pub(super) fn something_new(desk: &mut Desk) -> Result<bool, Refusal> {
    desk.sitting()?;
    if std::mem::take(&mut desk.line.hurry) {
        return Ok(true);
    }
    differs(desk)
}

/// The first message to a hub server.
pub(super) fn hello(desk: &mut Desk) -> Result<Vec<u8>, Refusal> {
    let service = desk.sitting()?.opened.identity.service;
    Ok(Hello::of(service).to_bytes())
}

/// Proves to this hub server, and to no other, which device this is.
pub(super) fn log_in(
    desk: &mut Desk,
    welcome: &Welcome,
    hub: &HubServer,
) -> Result<Vec<u8>, Refusal> {
    clocks(desk, welcome.time);
    exchanging::log_in(desk, welcome, hub.pin.as_bytes())
}

fn clocks(desk: &mut Desk, theirs: Timestamp) {
    desk.line.ahead = Some(desk.now().at().duration_since(theirs));
}

/// Begins an exchange at the pace that the link carried last.
pub(crate) fn begin(desk: &mut Desk) -> Result<Running, Refusal> {
    if desk.at_lock == AtLock::No {
        desk.line.behind = meanwhile::give_unseen(desk)?;
    }
    // Whoever asked for a try has it, and what waits of emergencies goes first in it.
    desk.line.hurry = false;
    desk.line.emergencies = Waiting::of(desk)?.emergencies;
    let running = exchanging::begin(desk, desk.line.pace)?;
    desk.line.carried.begin();
    desk.line.stands = Stands::Talking(Said::default());
    Ok(running)
}

/// The next message, or none when the exchange is over.
pub(crate) fn next(
    desk: &mut Desk,
    running: &mut Running,
    now: Duration,
) -> Result<Option<Vec<u8>>, Refusal> {
    let message = exchanging::next(desk, running, now)?;
    say(desk, running)?;
    Ok(message)
}

fn say(desk: &mut Desk, running: &Running) -> Result<(), Refusal> {
    let now = running.progress();
    let mut bytes = to_come(&now);
    let waits = if now.to_send > now.sent {
        let waits = Waiting::with_the_audit_trail(desk)?;
        bytes += waits.bytes + waits.audit_bytes;
        waits
    } else {
        Waiting::of(desk)?
    };
    let line = &mut desk.line;
    line.backlog.extend(&waits.patients);
    line.stands = Stands::Talking(Said {
        sent: now.sent,
        to_send: now.to_send,
        received: now.received,
        to_receive: now.to_receive,
        patients_sent: line.backlog.len() - waits.patients.len(),
        patients: line.backlog.len(),
        emergencies: waits.emergencies,
        left: line.carried.takes(bytes),
    });
    Ok(())
}

/// The bytes that are to be received yet, if the rest is like what came.
fn to_come(now: &Progress) -> u64 {
    let left = now.to_receive.saturating_sub(now.received);
    left.saturating_mul(now.bytes_down) / now.received.max(1)
}

/// Takes an answer: what it brings is on disk when this returns. Whether it brought anything.
pub(crate) fn take(
    desk: &mut Desk,
    running: &mut Running,
    answer: &[u8],
    now: Duration,
) -> Result<bool, Refusal> {
    let changed = desk.whole(|desk| {
        let changed = exchanging::take(desk, running, answer, now)?;
        meanwhile::arrived_unseen(desk, &changed.patients)?;
        Ok(changed)
    })?;
    if let Some(waiting) = &mut desk.line.waiting {
        waiting.doubt_emergencies();
    }
    let progress = running.progress();
    let bytes = progress.bytes_up + progress.bytes_down;
    desk.line.carried.so_far(bytes, now);
    say(desk, running)?;
    // A receipt closes "Hub NOT told" at the spoke, so it is not given for a screen that nobody looks
    // at: the other side is told when somebody has unlocked.
    if desk.at_lock == AtLock::No {
        meanwhile::give(desk, changed.patients.iter().copied())?;
    }
    Ok(changed.new > 0)
}

/// The line broke in the middle: what was answered is kept, and the next begins with less at once.
pub(super) fn cut(desk: &mut Desk, running: &Running) {
    desk.line.pace = running.pace().after_a_cut();
}

/// An exchange came to its end.
pub(crate) fn finished(desk: &mut Desk, running: &Running) -> Result<After, Refusal> {
    let Finished { outcome, wrote } = exchanging::finished(desk, running)?;
    let now = desk.now().at();
    desk.line.pace = running.pace();
    desk.line.problems = problems::left_by(desk, &outcome)?;
    desk.line.stands = Stands::Heard {
        up_to_date: outcome.up_to_date,
        at: now,
    };
    note(desk, &outcome, now)?;
    if desk.at_lock != AtLock::No {
        // What was running when the screen locked has come to its end, and the keys go.
        desk.at_lock = AtLock::Over;
        return Err(Refusal::Locked);
    }
    if outcome.up_to_date {
        desk.line.back_off.went_well();
        desk.line.backlog.clear();
        if wrote || std::mem::take(&mut desk.line.behind) {
            // What both agree on was written down, and goes out like anything else; or more is to be
            // answered for.
            return Ok(After::Again);
        }
        let compare = exchanging::compare(desk)?;
        return Ok(After::Listen { compare });
    }
    let [chance] = desk.random::<1>();
    let pause = desk.line.back_off.failed(chance);
    Ok(After::Rest { pause })
}

fn note(desk: &mut Desk, outcome: &Outcome, now: Timestamp) -> Result<(), Refusal> {
    let before = Notes::of(desk)?;
    let mut notes = before.clone();
    let (sent, received) = (outcome.progress.sent, outcome.progress.received);
    if notes.offline_since.take().is_some() {
        notes.say(now, "The hub server was reached again.");
    }
    if sent > 0 {
        notes.sent = Some(now);
    }
    if received > 0 {
        notes.received = Some(now);
    }
    if sent + received > 0 {
        notes.say(now, moved(sent, received));
    }
    if outcome.up_to_date {
        notes.up_to_date = Some(now);
    } else {
        notes.say(now, "Not all could be exchanged.");
    }
    // An exchange in which nothing moved is written down at the next that does: else a quiet day
    // would write to the disk every minute.
    if sent + received > 0 || before.offline_since != notes.offline_since || !outcome.up_to_date {
        notes.keep(desk)?;
    }
    Ok(())
}

fn moved(sent: u64, received: u64) -> String {
    let count = |number: u64| {
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        words::count(number, "envelope", "envelopes")
    };
    match (sent, received) {
        (sent, 0) => format!("Sent {}.", count(sent)),
        (0, received) => format!("Received {}.", count(received)),
        (sent, received) => format!("Sent {}, received {}.", count(sent), count(received)),
    }
}

/// A talk ended: what is shown of it, and how long to leave the hub server alone.
pub(super) fn ended(desk: &mut Desk, ended: &Ended) -> Duration {
    if desk.sitting.is_none() {
        desk.line.stands = Stands::Untried;
        return Duration::ZERO;
    }
    let (why, passes, asked) = match ended {
        Ended::Line(LineError::Busy { wait }) => {
            (LineError::Busy { wait: None }.to_string(), true, *wait)
        }
        Ended::Line(error) => (error.to_string(), error.passes(), None),
        Ended::Desk(refusal) => (refusal.to_string(), false, None),
        Ended::Renamed => {
            desk.line.stands = Stands::Untried;
            return Duration::ZERO;
        }
    };
    if desk.at_lock != AtLock::No {
        desk.at_lock = AtLock::Over;
    }
    // What cannot be written down is still shown.
    if failed(desk, &why).is_err() {
        tracing::warn!("what became of the exchange was not written down");
    }
    desk.line.stands = Stands::Failed { why, passes };
    let [chance] = desk.random::<1>();
    let pause = desk.line.back_off.failed(chance);
    asked.map_or(pause, |asked| asked.max(pause))
}

fn failed(desk: &mut Desk, why: &str) -> Result<(), Refusal> {
    let now = desk.now().at();
    let mut notes = Notes::of(desk)?;
    let known = notes.log.front().is_some_and(|last| last.words == why);
    if notes.offline_since.is_some() && known {
        return Ok(());
    }
    notes.offline_since.get_or_insert(now);
    notes.say(now, why);
    notes.keep(desk)
}
