//! A blank laptop becomes one of the service again, with the recovery sheet and what was left for it.

use jiff::Timestamp;
use record::id::{DeviceId, StaffId};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::data_key::random;
use crate::deposit::LeftBehind;
use crate::join::{Beginning, make_record};
use crate::place::Place;
use crate::set_up::{clear, undo};
use crate::staff::new_signing_key;
use crate::{
    DeviceSecret, DeviceSecrets, Identity, Join, KeysError, Opened, RecoverySheet, Stretch,
    UnlockError, check_passphrase,
};

/// What a person with the sheet enters on a blank laptop.
pub struct BlankRecovery<'a> {
    /// What the sheet opened.
    pub left: LeftBehind,
    /// Who is recovering: one of those in it.
    pub staff: StaffId,
    /// Their new passphrase.
    pub passphrase: &'a str,
    /// The cost of a guess at it; [`Stretch::REAL`] outside tests and demos.
    pub stretch: Stretch,
    /// Whether to keep the device secret in the keyring.
    pub keyring: bool,
    /// Local settings that have to be there when the record is first opened, whenever that is.
    pub settings: Vec<(String, Value)>,
}

/// Makes the record of a laptop of this service that nobody has certified yet: a device of its own,
/// the keys of the scopes, the root key, a new recovery sheet, and one person, unlocked. All on disk
/// when it returns, and nothing before. What the service wrote comes from the hub server.
///
/// The root key is in [`Opened::take_root`], for the certificates of this laptop and this person.
pub fn recover_on_blank(
    place: &Place,
    secrets: &dyn DeviceSecrets,
    asked: BlankRecovery<'_>,
    entropy: &mut dyn FnMut(&mut [u8]),
    now: Timestamp,
) -> Result<(Opened, RecoverySheet), KeysError> {
    let left = asked.left;
    let mut people = left.staff.into_iter();
    let person = people.find(|one| one.id == asked.staff);
    let person = person.ok_or(UnlockError::UnknownStaff)?;
    let known = [
        left.identity.service_name.as_str(),
        &left.identity.site_name,
        &person.name,
    ];
    check_passphrase(asked.passphrase, asked.keyring, &known)?;
    place.make()?;
    let hold = place.hold()?;
    clear(place, secrets)?;
    let device = DeviceId::from_random(random(entropy));
    let secret = asked.keyring.then(|| DeviceSecret::new(random(entropy)));
    if let Some(secret) = &secret {
        secrets.put(device, secret)?;
    }
    let beginning = Beginning {
        signing: new_signing_key(entropy),
        device_signing: new_signing_key(entropy),
        device_sealing: Zeroizing::new(random(entropy)),
        secret: secret.as_ref(),
        stretch: asked.stretch,
        settings: &asked.settings,
    };
    let join = Join {
        root: left.root.verifying_key(),
        identity: Identity {
            device,
            ..left.identity
        },
        staff: person.id,
        name: person.name,
        role: person.role,
        passphrase: asked.passphrase,
        keys: left.keys,
        envelopes: Vec::new(),
    };
    let made = make_record(place, hold, beginning, join, Some(left.root), entropy, now);
    if made.is_err() {
        undo(place, secrets, device);
    }
    made
}
