//! The door: first run, unlocking, locking, recovery, and what a person sets for themselves.

mod blank;
mod opening;
mod settings;
mod sheet;
mod sitting;

#[cfg(test)]
pub(crate) use blank::first_that_opens;
pub use blank::{look_for_service, recover_service};
pub use opening::{recover, set_up, set_up_demo, unlock};
pub use settings::{local_numbers, save_local_numbers, save_preferences};
pub use sheet::{confirm_sheet, print_sheet, save_sheet};
pub use sitting::{WATCH_EVERY, Watched, lock, seal, still_here, watch};

pub(crate) use opening::sit_down;
pub(crate) use settings::numbers_of;
pub(crate) use sheet::sheet_view;
pub(crate) use sitting::session;

use store::{
    Door as StoreDoor, KeyringUse, LEAST_CHARACTERS, LEAST_CHARACTERS_WITHOUT_KEYRING, Presence,
    StoreError, look,
};

use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role;
use crate::view::{About, Broken, Choice, Door, KeyringNote, StaffTile, Status};
use crate::words;

/// Minutes without a key until the screen locks. A site may set 1 to 15. A design decision.
pub(crate) const IDLE_MINUTES: u32 = 5;

/// The statement every person reads before the first use, and in the about box.
const INTENDED_USE: &str = include_str!("../../../../../assets/intended-use.md");

/// Where the program stands.
pub fn status(desk: &mut Desk) -> Result<Status, Refusal> {
    if desk.sitting.is_some() {
        return session(desk).map(Status::Open);
    }
    let about = about(desk);
    Ok(
        match look(&desk.place, desk.secrets.as_ref(), desk.now().at()) {
            Presence::FirstRun => Status::FirstRun(about),
            Presence::Joining(request) => Status::Joining(crate::enrol::waiting(desk, &request)),
            Presence::Ready(door) => Status::Locked(outside(desk, &door, None)),
            Presence::NeedsRecovery { door, reason } => {
                Status::Recovery(outside(desk, &door, Some(reason.to_string())))
            }
            Presence::Broken(error) => Status::Broken(Broken {
                left_aside: matches!(error, StoreError::LeftAside),
                message: error.to_string(),
            }),
        },
    )
}

/// Puts the record back that a restore moved aside before it was cut short.
pub fn put_back_record(desk: &mut Desk) -> Result<Status, Refusal> {
    if desk.sitting.is_none() {
        store::put_back(&desk.place)?;
    }
    status(desk)
}

pub(crate) fn about(desk: &Desk) -> About {
    let keyring = desk.secrets.usable();
    About {
        version: desk.program.version.clone(),
        intended_use: INTENDED_USE
            .split("\n\n")
            .map(str::trim)
            .filter(|text| !text.is_empty() && !text.starts_with('#'))
            .map(|text| text.replace('\n', " ").replace("**", ""))
            .collect(),
        roles: record::role::Role::ALL
            .into_iter()
            .map(|role| Choice {
                value: role::value(role),
                label: role::words(role).into(),
            })
            .collect(),
        keyring: KeyringNote {
            usable: keyring.is_ok(),
            words: match keyring {
                Ok(()) => "This computer's keyring will hold one half of the key.".into(),
                Err(error) => error.to_string(),
            },
        },
        passphrase_min: u32::try_from(LEAST_CHARACTERS).unwrap_or(u32::MAX),
        passphrase_min_without_keyring: u32::try_from(LEAST_CHARACTERS_WITHOUT_KEYRING)
            .unwrap_or(u32::MAX),
    }
}

fn ends_words(ends: jiff::Timestamp, now: record::moment::Moment) -> String {
    let day = words::day_of(ends, now);
    if now.at() > ends {
        format!("Ended on {day}. The lead of the site can let them in again")
    } else {
        format!("Until {day}")
    }
}

fn outside(desk: &Desk, door: &StoreDoor, reason: Option<String>) -> Door {
    Door {
        service: door.service_name.clone(),
        site: door.site_name.clone(),
        demo: door.demo,
        staff: tiles(desk, door),
        reason,
        demo_passphrase: door.demo.then(crate::demo::passphrase),
        keyring_held: door.keyring == KeyringUse::Held,
        hub_not_told: crate::reminder::read(&desk.place),
        about: about(desk),
    }
}

/// Everybody who can unlock, as the door shows them.
pub(crate) fn tiles(desk: &Desk, door: &StoreDoor) -> Vec<StaffTile> {
    door.staff
        .iter()
        .map(|tile| StaffTile {
            id: tile.id.to_string(),
            name: tile.name.clone(),
            initials: words::initials(&tile.name),
            role: role::words(tile.role).into(),
            wait_seconds: u32::try_from(tile.wait_seconds).unwrap_or(u32::MAX),
            ends: tile.ends.map(|ends| ends_words(ends, desk.now())),
        })
        .collect()
}
