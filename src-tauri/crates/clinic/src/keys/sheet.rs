//! The recovery sheet: trying it, and making a new one.

use record::body::Action;
use store::KeysError;

use super::keys_here;
use crate::audit;
use crate::desk::Desk;
use crate::door::sheet_view;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{RecoverySheetView, SheetTried};
use crate::words;

/// Tries whether the typed sheet opens what it has to open in an emergency. The sheet stays as it
/// is and so does everything else; the date is kept.
pub fn try_sheet(desk: &mut Desk, code: String) -> Result<SheetTried, Refusal> {
    desk.allow(Act::KeepKeys)?;
    let now = desk.now().at();
    let trial = match desk.sitting()?.opened.try_sheet(&code, now) {
        Ok(trial) => trial,
        Err(error @ (KeysError::Sheet(_) | KeysError::SheetDoesNotOpen)) => {
            return Err(Refusal::field("code", error.to_string()));
        }
        Err(error) => return Err(error.into()),
    };
    audit::note(desk, Action::KeysChanged, None, "recovery sheet tried")?;
    let keys = words::count(
        trial.scopes,
        "key of a site",
        "keys of sites and the service",
    );
    let root = if trial.root {
        ", the root key of the service"
    } else {
        ""
    };
    Ok(SheetTried {
        words: format!(
            "The sheet works. It opens the record on this laptop{root} and {keys}. Put it back in its safe."
        ),
        keys: keys_here(desk)?,
    })
}

/// Makes a new recovery sheet. The old one no longer opens this laptop.
pub fn new_sheet(desk: &mut Desk, passphrase: String) -> Result<RecoverySheetView, Refusal> {
    desk.allow(Act::KeepKeys)?;
    desk.confirm_own("passphrase", &passphrase)?;
    let now = desk.now().at();
    let Desk {
        sitting,
        secrets,
        around,
        ..
    } = desk;
    let sitting = sitting.as_mut().ok_or(Refusal::Locked)?;
    let sheet = sitting.opened.new_sheet(
        secrets.as_ref(),
        &passphrase,
        &mut |bytes| around.fill(bytes),
        now,
    )?;
    sitting.sheet = Some(sheet);
    audit::note(desk, Action::KeysChanged, None, "new recovery sheet")?;
    sheet_view(desk)
}
