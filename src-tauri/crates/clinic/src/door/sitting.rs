//! Somebody at work: what each screen needs, locking, the idle lock.

use jiff::SignedDuration;
use record::body::Action;
use store::KeyringUse;

use super::settings::{local_numbers, preferences};
use super::{IDLE_MINUTES, about, status};
use crate::audit;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::{self, Act};
use crate::rules;
use crate::view::{Session, Status};
use crate::words;

/// How often the program looks whether it is time to lock.
pub const WATCH_EVERY: std::time::Duration = std::time::Duration::from_secs(5);
/// A gap between two looks from which on the computer must have slept. A design decision: long
/// enough for a busy disk or a long use case, short enough for a lid closed on the way out.
const SLEPT_FOR: SignedDuration = SignedDuration::from_secs(60);
/// The window says at most this often that somebody is there, so a sign of life may be this old.
const HEARTBEAT: SignedDuration = SignedDuration::from_secs(20);

/// Seconds after which what was typed becomes entries even if the section is not left.
pub(super) const TYPING_RESTS_AFTER: i64 = 30;

/// Locks at once. What was typed becomes entries first.
pub fn lock(desk: &mut Desk) -> Result<Status, Refusal> {
    if desk.sitting.is_some() {
        // A full or failing disk must not keep the screen open. What was typed stays where it was
        // saved and becomes entries at the next unlock.
        if before_locking(desk).is_err() {
            tracing::warn!("the disk did not take what belongs to locking; locked all the same");
        }
        desk.leave_desk();
    }
    status(desk)
}

fn before_locking(desk: &mut Desk) -> Result<(), Refusal> {
    let open = crate::worklist::hub_not_told(desk)?;
    crate::reminder::write(&desk.place, open);
    desk.seal_all_typed()?;
    // What was signed cannot be taken back any more.
    crate::task::follow_all(desk)?;
    audit::note(desk, Action::Locked, None, "")
}

/// The end of the day: locks, and leaves no key of any kind in memory.
pub fn seal(desk: &mut Desk) -> Result<Status, Refusal> {
    let locked = lock(desk);
    desk.end_leave();
    locked
}

/// What [`watch`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watched {
    /// Nothing had to be done.
    Nothing,
    /// Tasks of a decision were opened, and there is something to send.
    Followed,
    /// Nobody was at the keys for too long.
    Locked,
    /// The computer had been asleep.
    Sealed,
}

/// Looks whether it is time to lock, whatever the window does: the program calls this every
/// [`WATCH_EVERY`]. A gap between two looks means that the computer slept or its lid was closed.
pub fn watch(desk: &mut Desk) -> Result<Watched, Refusal> {
    let now = desk.now().at();
    let before = desk.watched.replace(now);
    let slept = before.is_some_and(|before| now.duration_since(before) > SLEPT_FOR);
    let Ok(sitting) = desk.sitting() else {
        if slept {
            desk.end_leave();
        }
        desk.settle_away();
        return Ok(Watched::Nothing);
    };
    let idle = now.duration_since(sitting.last_seen);
    if slept {
        seal(desk)?;
        Ok(Watched::Sealed)
    } else if idle > SignedDuration::from_mins(i64::from(IDLE_MINUTES)) + HEARTBEAT {
        lock(desk)?;
        Ok(Watched::Locked)
    } else {
        // A full disk must not keep the watch from locking; it is tried again at the next look.
        Ok(match crate::task::follow(desk) {
            Ok(true) => Watched::Followed,
            Ok(false) => Watched::Nothing,
            Err(_) => {
                tracing::warn!("the disk did not take the tasks of a decision");
                Watched::Nothing
            }
        })
    }
}

/// Somebody is at the keys. After the idle time the desk has locked itself.
pub fn still_here(desk: &mut Desk) -> Result<Session, Refusal> {
    let now = desk.now().at();
    let idle = now.duration_since(desk.sitting()?.last_seen).as_secs();
    if idle > i64::from(IDLE_MINUTES) * 60 {
        lock(desk)?;
        return Err(Refusal::Locked);
    }
    if idle >= TYPING_RESTS_AFTER {
        desk.seal_all_typed()?;
    }
    desk.sitting_mut()?.last_seen = now;
    session(desk)
}

/// Who is at work and what every screen needs.
pub(crate) fn session(desk: &mut Desk) -> Result<Session, Refusal> {
    let preferences = preferences(desk)?;
    let numbers = local_numbers(desk)?;
    let about = about(desk);
    let today = desk.today();
    let may_sign = desk.may(Act::SignDecision)?;
    let role = desk.role()?;
    let sites = crate::staff::sites_of(desk)?;
    let at = desk.sitting()?.at.to_string();
    let site = sites.iter().find(|own| own.value == at);
    let site = site.map(|own| own.label.clone());
    let certificate = crate::staff::reminder(desk)?;
    let covering = crate::staff::covering(desk)?;
    let unread = desk.unread()?;
    let sitting = desk.sitting()?;
    let opened = &sitting.opened;
    let rules = rules::standing(sitting)?;
    Ok(Session {
        staff: opened.staff.to_string(),
        name: opened.name.clone(),
        short_name: format!(
            "{}{}",
            role::before_name(role),
            words::short_name(&opened.name)
        ),
        role: role::words(role).into(),
        service: opened.identity.service_name.clone(),
        site: site.unwrap_or_else(|| opened.identity.site_name.clone()),
        at,
        sites,
        certificate,
        covering,
        unread,
        demo: opened.identity.demo,
        may_sign,
        idle_minutes: IDLE_MINUTES,
        text_size: preferences.text_size,
        letter_keys: preferences.letter_keys,
        ruleset: rules.words,
        draft_rules: rules.draft,
        proposals_off: rules.off.is_some(),
        today: words::weekday_date(today),
        sheet_to_confirm: sitting.sheet.is_some(),
        numbers_confirmed: numbers.confirmed,
        keyring_held: opened.keyring == KeyringUse::Held,
        pin_set: sitting.pin.is_some(),
        shared: desk.is_shared()?,
        about,
    })
}
