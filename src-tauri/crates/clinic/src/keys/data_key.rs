//! A new data key for the file with the records.

use jiff::Timestamp;
use record::body::Action;

use super::keys_here;
use crate::audit;
use crate::desk::Desk;
use crate::door;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::KeysHere;
use crate::words;

const SINCE: &str = "data-key-since";

/// Gives the file a new data key, so that what opened it before opens old copies only: a lost
/// recovery sheet, a stolen backup with an old passphrase. Takes as long as copying the file.
pub fn renew_data_key(desk: &mut Desk, passphrase: String) -> Result<KeysHere, Refusal> {
    desk.allow(Act::KeepKeys)?;
    desk.confirm_own("passphrase", &passphrase)?;
    if let Err(refusal) = renew(desk, &passphrase) {
        if desk.sitting()?.opened.store.lamport().is_err() {
            // The file opens as before, but this sitting no longer holds it.
            door::lock(desk)?;
        }
        return Err(refusal);
    }
    audit::note(desk, Action::KeysChanged, None, "new data key for the file")?;
    keys_here(desk)
}

/// The same after the recovery sheet was used: whoever had seen that sheet, or has an old copy of
/// the keys, is shut out from now on.
///
/// A disk without room for a second copy of the file is no reason not to let the person in, nor to
/// keep the new sheet from them. Then the settings go on to say that the data key is the old one.
pub(crate) fn renew_after_recovery(desk: &mut Desk, passphrase: &str) -> Result<(), Refusal> {
    match renew(desk, passphrase) {
        Ok(()) => audit::note(desk, Action::KeysChanged, None, "new data key for the file"),
        Err(_) if desk.sitting()?.opened.store.lamport().is_ok() => Ok(()),
        Err(refusal) => {
            desk.sitting = None;
            Err(refusal)
        }
    }
}

fn renew(desk: &mut Desk, passphrase: &str) -> Result<(), Refusal> {
    let now = desk.now().at();
    let Desk {
        sitting,
        secrets,
        around,
        ..
    } = desk;
    let opened = &mut sitting.as_mut().ok_or(Refusal::Locked)?.opened;
    opened.renew_data_key(
        secrets.as_ref(),
        passphrase,
        &mut |bytes| around.fill(bytes),
        now,
    )?;
    Ok(opened.store.put_setting(SINCE, &now)?)
}

/// How old the data key is, in words.
pub(super) fn since(desk: &Desk) -> Result<String, Refusal> {
    let since: Option<Timestamp> = desk.sitting()?.opened.store.setting(SINCE)?;
    Ok(match since {
        Some(at) => format!("Renewed {}.", words::staff_date(desk.local(at).date())),
        None => "The one made when this laptop was set up.".into(),
    })
}
