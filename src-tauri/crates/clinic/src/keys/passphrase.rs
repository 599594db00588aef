//! A person's own passphrase, and a colleague's that was lost.

use record::body::{Action, Audit};
use record::id::StaffId;
use store::KeysError;

use super::keys_here;
use crate::audit;
use crate::desk::Desk;
use crate::faults::typed_twice;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{ChangePassphrase, KeysHere, ResetPassphrase};

/// Changes one's own passphrase. The signing key stays, and a PIN goes.
pub fn change_passphrase(desk: &mut Desk, form: ChangePassphrase) -> Result<KeysHere, Refusal> {
    typed_twice(&form.passphrase, &form.passphrase_again)?;
    let (now, stretch) = (desk.now().at(), desk.program.stretch);
    desk.confirm_own("old", &form.old)?;
    let Desk {
        sitting,
        secrets,
        around,
        ..
    } = desk;
    let sitting = sitting.as_mut().ok_or(Refusal::Locked)?;
    sitting
        .opened
        .change_passphrase(
            secrets.as_ref(),
            &form.old,
            &form.passphrase,
            stretch,
            &mut |bytes| around.fill(bytes),
            now,
        )
        .map_err(too_easy)?;
    sitting.pin = None;
    audit::note(desk, Action::KeysChanged, None, "own passphrase")?;
    keys_here(desk)
}

/// Sets a new passphrase for a colleague who lost theirs. Nobody can open the colleague's signing
/// key, so it is retired, and a new one is certified for the same roles, sites and time.
pub fn reset_passphrase(desk: &mut Desk, form: ResetPassphrase) -> Result<KeysHere, Refusal> {
    desk.allow(Act::KeepKeys)?;
    let staff: StaffId = form
        .staff
        .parse()
        .map_err(|_| Refusal::NotFound("That person"))?;
    if staff == desk.staff()? {
        return Err(Refusal::plain(
            "This is your own account. Change your own passphrase instead.",
        ));
    }
    typed_twice(&form.passphrase, &form.passphrase_again)?;
    desk.confirm_own("own", &form.own)?;
    let stretch = desk.program.stretch;
    let Desk {
        sitting,
        secrets,
        around,
        ..
    } = desk;
    let sitting = sitting.as_mut().ok_or(Refusal::Locked)?;
    let renewed = sitting
        .opened
        .renew_staff(
            secrets.as_ref(),
            staff,
            &form.passphrase,
            stretch,
            &mut |bytes| around.fill(bytes),
        )
        .map_err(too_easy)?;
    desk.whole(|desk| {
        desk.replace_key(&renewed, &form.own)?;
        audit::write(
            desk,
            Audit {
                action: Action::KeysChanged,
                patient: None,
                staff: Some(staff),
                note: "new passphrase, signing key retired and a new one certified".into(),
                reason: String::new(),
            },
        )
    })?;
    keys_here(desk)
}

fn too_easy(error: KeysError) -> Refusal {
    match error {
        KeysError::Passphrase(why) => Refusal::field("passphrase", why.to_string()),
        other => other.into(),
    }
}
