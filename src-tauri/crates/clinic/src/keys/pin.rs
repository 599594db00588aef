//! Setting and giving up the PIN for signing.

use record::body::Action;

use super::keys_here;
use crate::audit;
use crate::desk::{Desk, Pin, check_pin};
use crate::refusal::Refusal;
use crate::view::{KeysHere, SetPin};

/// From now until the screen locks, the PIN signs in the place of the passphrase.
pub fn set_pin(desk: &mut Desk, form: SetPin) -> Result<KeysHere, Refusal> {
    if let Err(why) = check_pin(&form.pin) {
        return Err(Refusal::field("pin", why));
    }
    if form.pin != form.pin_again {
        return Err(Refusal::field(
            "pin_again",
            "The two PINs differ. Type the second again.",
        ));
    }
    desk.confirm_own("passphrase", &form.passphrase)?;
    let pin = Pin::new(&form.pin, desk.random());
    desk.sitting_mut()?.pin = Some(pin);
    audit::note(desk, Action::KeysChanged, None, "PIN set until locking")?;
    keys_here(desk)
}

/// From now on the passphrase signs again.
pub fn clear_pin(desk: &mut Desk) -> Result<KeysHere, Refusal> {
    desk.sitting_mut()?.pin = None;
    keys_here(desk)
}
