//! The keys of this laptop: passphrases, the PIN, the recovery sheet and the key of the file.

mod data_key;
mod passphrase;
mod pin;
mod replace;
mod sheet;

pub use data_key::renew_data_key;
pub use passphrase::{change_passphrase, reset_passphrase};
pub use pin::{clear_pin, set_pin};
pub use sheet::{new_sheet, try_sheet};

pub(crate) use data_key::renew_after_recovery;

use jiff::{SignedDuration, Timestamp};
use store::{
    KeyringUse, LEAST_CHARACTERS, LEAST_CHARACTERS_WITHOUT_KEYRING, SheetState, StaffTile,
};

use crate::desk::Desk;
use crate::line::{hub_server_here, left_for_the_sheet};
use crate::refusal::Refusal;
use crate::role::{self, Act};
use crate::view::{KeyHolder, KeysHere};
use crate::words;

/// How long after a drill the settings ask for the next: a year. A design decision: a safe is
/// emptied, moved or forgotten within years, not weeks.
const TRY_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(365 * 24);

/// The keys of this laptop as they stand.
pub fn keys_here(desk: &mut Desk) -> Result<KeysHere, Refusal> {
    let now = desk.now().at();
    let may_keep = desk.allow(Act::KeepKeys).is_ok();
    let sitting = desk.sitting()?;
    let opened = &sitting.opened;
    let held = opened.keyring == KeyringUse::Held;
    let sheet = opened.sheet_state()?;
    let people = opened.colleagues(now)?;
    let least = if held {
        LEAST_CHARACTERS
    } else {
        LEAST_CHARACTERS_WITHOUT_KEYRING
    };
    Ok(KeysHere {
        keyring: keyring_words(held).into(),
        keyring_held: held,
        sheet: format!("{}{}", sheet_words(desk, &sheet), left_words(desk, &sheet)?),
        sheet_wants_care: wants_care(&sheet, now),
        data_key: data_key::since(desk)?,
        pin_set: sitting.pin.is_some(),
        people: people
            .iter()
            .map(|tile| holder(tile, opened.staff == tile.id))
            .collect(),
        may_keep,
        passphrase_min: u32::try_from(least).unwrap_or(u32::MAX),
    })
}

fn keyring_words(held: bool) -> &'static str {
    if held {
        "Half of the key is in the keyring of this computer: a copied disk opens nothing."
    } else {
        "There is no keyring in use. The passphrase alone protects the record: whoever copies the disk can guess at it for as long as they like."
    }
}

fn sheet_words(desk: &Desk, sheet: &SheetState) -> String {
    let day = |at: Timestamp| words::staff_date(desk.local(at).date());
    let made = format!("Made {}", day(sheet.made));
    let printed = if sheet.confirmed {
        "seen on paper"
    } else {
        "never confirmed on paper"
    };
    match sheet.tried {
        Some(at) => format!(
            "{made}, {printed}. Last tried {}: it opened everything.",
            day(at)
        ),
        None => format!("{made}, {printed}. Not tried yet."),
    }
}

/// What the sheet is good for when every laptop is lost.
fn left_words(desk: &Desk, sheet: &SheetState) -> Result<String, Refusal> {
    if !sheet.root {
        return Ok(" It opens this laptop and no other.".into());
    }
    if hub_server_here(desk)?.is_none() {
        return Ok(String::new());
    }
    Ok(match left_for_the_sheet(desk)? {
        Some(at) => format!(
            " With the hub server it opens the service on a blank laptop: what that takes was left there on {}.",
            words::staff_date(desk.local(at).date())
        ),
        None => {
            " The hub server does not have what it takes to open the service on a blank laptop."
                .into()
        }
    })
}

fn wants_care(sheet: &SheetState, now: Timestamp) -> bool {
    let tried = sheet.tried.unwrap_or(sheet.made);
    !sheet.confirmed || now.duration_since(tried) > TRY_AGAIN_AFTER
}

fn holder(tile: &StaffTile, own: bool) -> KeyHolder {
    KeyHolder {
        id: tile.id.to_string(),
        name: tile.name.clone(),
        role: role::words(tile.role).into(),
        own,
        state: if tile.needs_new_passphrase {
            "Needs a new passphrase".into()
        } else if tile.failed > 0 {
            words::count(
                usize::try_from(tile.failed).unwrap_or(usize::MAX),
                "wrong try since the last unlock",
                "wrong tries since the last unlock",
            )
        } else {
            String::new()
        },
    }
}
