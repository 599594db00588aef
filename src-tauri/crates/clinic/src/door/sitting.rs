//! Somebody at work: what each screen needs, locking, the idle lock.

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
        desk.sitting = None;
    }
    status(desk)
}

fn before_locking(desk: &mut Desk) -> Result<(), Refusal> {
    let open = crate::worklist::hub_not_told(desk)?;
    crate::reminder::write(&desk.place, open);
    desk.seal_all_typed()?;
    audit::note(desk, Action::Locked, None, "")
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
    let sitting = desk.sitting()?;
    let opened = &sitting.opened;
    let rules = rules::standing(sitting)?;
    Ok(Session {
        staff: opened.staff.to_string(),
        name: opened.name.clone(),
        short_name: format!(
            "{}{}",
            role::before_name(opened.role),
            words::short_name(&opened.name)
        ),
        role: role::words(opened.role).into(),
        service: opened.identity.service_name.clone(),
        site: opened.identity.site_name.clone(),
        demo: opened.identity.demo,
        may_sign: role::may(opened.role, Act::SignDecision),
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
