//! A blank laptop that asks to join a service, and then does.
//!
//! Its keys are made here and wait under the passphrase of whoever asks, in a file of their own.
//! There is no database until an answer has been checked: nothing of any patient is on a laptop
//! that only asked.

use jiff::Timestamp;
use record::body::EpochKey;
use record::enrolment::{GivenKey, Request, RequestClaims};
use record::id::{DeviceId, ServiceId, StaffId};
use record::keys::SigningKey;
use record::moment::Moment;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::attempts::Attempts;
use crate::boxed::sealing_public;
use crate::data_key::random;
use crate::place::{Place, exists};
use crate::scope_keys::open_boxed;
use crate::seal::{Bytes, Sealed};
use crate::staff::new_signing_key;
use crate::stretch::wrap_key;
use crate::{
    DeviceSecret, DeviceSecrets, KeysError, SecretsError, StoreError, StoredKey, Stretch,
    UnlockError, check_passphrase,
};

const FORMAT: &str = "felloe-joining";
const VERSION: u32 = 1;

/// Who asks to join, and with what passphrase.
pub struct NewJoining<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their passphrase on this laptop.
    pub passphrase: &'a str,
    /// The cost of a guess at it; [`Stretch::REAL`] outside tests and demos.
    pub stretch: Stretch,
    /// Whether to keep the device secret in the keyring.
    pub keyring: bool,
    /// When, by this laptop's clock.
    pub made: Moment,
}

/// `felloe.joining`: the request, and the private halves of its keys under the passphrase.
#[derive(Serialize, Deserialize)]
pub(crate) struct JoiningFile {
    format: String,
    version: u32,
    request: Bytes,
    keyring: bool,
    stretch: Stretch,
    salt: Bytes,
    signing: Sealed,
    device_signing: Sealed,
    device_sealing: Sealed,
    attempts: Attempts,
}

/// The keys of a laptop that joins, opened. Wiped from memory when dropped.
pub struct JoiningKeys {
    /// What was asked with them.
    pub request: Request,
    pub(crate) signing: SigningKey,
    pub(crate) device_signing: SigningKey,
    pub(crate) device_sealing: Zeroizing<[u8; 32]>,
    pub(crate) secret: Option<DeviceSecret>,
    pub(crate) stretch: Stretch,
}

/// Makes the keys of a laptop that is to join a service, and the request that names them. On disk
/// when it returns; an earlier request of this laptop is gone with its keys.
pub fn begin_joining(
    place: &Place,
    secrets: &dyn DeviceSecrets,
    asked: &NewJoining<'_>,
    entropy: &mut dyn FnMut(&mut [u8]),
) -> Result<Request, KeysError> {
    let name = asked.name.trim();
    if name.is_empty() {
        return Err(KeysError::NameMissing);
    }
    check_passphrase(asked.passphrase, asked.keyring, &[name])?;
    place.make()?;
    let _hold = place.hold()?;
    if exists(&place.database()) {
        return Err(KeysError::AlreadySetUp);
    }
    forget(place, secrets)?;
    let device = DeviceId::from_random(random(entropy));
    let secret = asked.keyring.then(|| DeviceSecret::new(random(entropy)));
    if let Some(secret) = &secret {
        secrets.put(device, secret)?;
    }
    let made = make(place, asked, name, device, secret.as_ref(), entropy);
    if made.is_err() {
        // Best effort: the error that stopped us is the one to tell.
        let _ = secrets.remove(device);
    }
    made
}

fn make(
    place: &Place,
    asked: &NewJoining<'_>,
    name: &str,
    device: DeviceId,
    secret: Option<&DeviceSecret>,
    entropy: &mut dyn FnMut(&mut [u8]),
) -> Result<Request, KeysError> {
    let (signing, device_signing) = (new_signing_key(entropy), new_signing_key(entropy));
    let device_sealing = Zeroizing::new(random::<32>(entropy));
    let claims = RequestClaims {
        device,
        device_key: device_signing.verifying_key(),
        sealing_key: sealing_public(&device_sealing),
        staff: StaffId::from_random(random(entropy)),
        name: name.to_owned(),
        staff_key: signing.verifying_key(),
        made: asked.made,
    };
    let request =
        Request::sign(&claims, &device_signing, &signing).map_err(|_| KeysError::NameTooLong)?;
    let salt = random::<16>(entropy);
    let context = context(device, asked.keyring);
    let key = wrap_key(asked.passphrase, &salt, asked.stretch, secret, &context)?;
    let mut seal = |what: &str, secret: &[u8; 32]| {
        Sealed::new(&key, &format!("{context} {what}"), secret, entropy)
    };
    let file = JoiningFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        request: Bytes(request.to_bytes()),
        keyring: asked.keyring,
        stretch: asked.stretch,
        salt: Bytes(salt.to_vec()),
        signing: seal("signing key", &signing.seed())?,
        device_signing: seal("device signing key", &device_signing.seed())?,
        device_sealing: seal("device sealing key", &device_sealing)?,
        attempts: Attempts::default(),
    };
    file.write(place)?;
    Ok(request)
}

/// The request that this laptop made and that was not answered yet.
pub fn joining(place: &Place) -> Result<Option<Request>, StoreError> {
    let Some(file) = JoiningFile::read(place)? else {
        return Ok(None);
    };
    file.request().map(Some)
}

/// Gives up joining: the request's keys are gone, and no answer to it is any use.
pub fn give_up_joining(place: &Place, secrets: &dyn DeviceSecrets) -> Result<(), KeysError> {
    let _hold = place.hold()?;
    Ok(forget(place, secrets)?)
}

/// Opens the keys that wait for an answer. Wrong tries are counted and waited for as at the door.
pub fn open_joining(
    place: &Place,
    secrets: &dyn DeviceSecrets,
    passphrase: &str,
    now: Timestamp,
) -> Result<JoiningKeys, KeysError> {
    let _hold = place.hold()?;
    let mut file = JoiningFile::read(place)?.ok_or(KeysError::NotJoining)?;
    let request = file.request()?;
    let attempts = file.attempts.anchored(now);
    let wait_seconds = attempts.wait_seconds(now);
    if wait_seconds > 0 {
        file.attempts = attempts;
        file.write(place)?;
        return Err(UnlockError::Wait { wait_seconds }.into());
    }
    let device = request.claims().device;
    let secret = if file.keyring {
        Some(secrets.get(device).map_err(lost)?)
    } else {
        None
    };
    file.attempts = attempts.counted(now);
    file.write(place)?;
    let opened = file.open(request, passphrase, secret)?;
    let Some(keys) = opened else {
        return Err(UnlockError::WrongPassphrase {
            wait_seconds: file.attempts.wait_seconds(now),
            failed: file.attempts.failed,
        }
        .into());
    };
    file.attempts = Attempts::default();
    file.write(place)?;
    Ok(keys)
}

/// A keyring that lost the secret: only a new request helps, since there is no sheet yet.
fn lost(error: SecretsError) -> KeysError {
    match error {
        SecretsError::NoEntry | SecretsError::Malformed => KeysError::JoiningLost,
        other => other.into(),
    }
}

fn context(device: DeviceId, keyring: bool) -> String {
    let rests_on = if keyring { "with keyring" } else { "alone" };
    format!("felloe joining v1 {device} {rests_on}")
}

impl JoiningFile {
    fn read(place: &Place) -> Result<Option<Self>, StoreError> {
        let bytes = match std::fs::read(place.joining()) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let file: Self =
            serde_json::from_slice(&bytes).map_err(|_| StoreError::JoiningUnreadable)?;
        match (file.format.as_str(), file.version) {
            (FORMAT, VERSION) => Ok(Some(file)),
            (FORMAT, found) if found > VERSION => Err(StoreError::Newer {
                found: found.into(),
                known: VERSION.into(),
            }),
            _ => Err(StoreError::JoiningUnreadable),
        }
    }

    fn write(&self, place: &Place) -> Result<(), StoreError> {
        let bytes =
            serde_json::to_vec_pretty(self).map_err(|_| StoreError::Malformed("joining file"))?;
        place.write(&place.joining(), &bytes)
    }

    fn request(&self) -> Result<Request, StoreError> {
        Request::from_bytes(&self.request.0).map_err(|_| StoreError::JoiningUnreadable)
    }

    /// `Ok(None)` when the passphrase is wrong.
    fn open(
        &self,
        request: Request,
        passphrase: &str,
        secret: Option<DeviceSecret>,
    ) -> Result<Option<JoiningKeys>, KeysError> {
        let context = context(request.claims().device, self.keyring);
        let (salt, stretch) = (&self.salt.0, self.stretch);
        let key = wrap_key(passphrase, salt, stretch, secret.as_ref(), &context)?;
        let open = |sealed: &Sealed, what: &str| sealed.open(&key, &format!("{context} {what}"));
        let Some(signing) = open(&self.signing, "signing key") else {
            return Ok(None);
        };
        // The passphrase is right: what does not open from here on is damage.
        let unseal = |sealed, what| open(sealed, what).ok_or(StoreError::JoiningUnreadable);
        let device_signing = unseal(&self.device_signing, "device signing key")?;
        Ok(Some(JoiningKeys {
            signing: SigningKey::from_seed(&signing),
            device_signing: SigningKey::from_seed(&device_signing),
            device_sealing: unseal(&self.device_sealing, "device sealing key")?,
            secret,
            stretch,
            request,
        }))
    }
}

impl JoiningKeys {
    /// The scope key that an answer gives this laptop; `None` when it was not sealed to it, or is
    /// another key than the answer says.
    pub fn open_given(&self, service: ServiceId, given: &GivenKey) -> Option<StoredKey> {
        let of = EpochKey {
            scope: given.scope,
            epoch: given.epoch,
            key: given.key,
            sealed: Vec::new(),
        };
        let device = self.request.claims().device;
        open_boxed(&self.device_sealing, service, device, &of, &given.boxed)
    }
}

impl std::fmt::Debug for JoiningKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "JoiningKeys({:?})", self.request)
    }
}

/// Removes a request and what it left in the keyring.
fn forget(place: &Place, secrets: &dyn DeviceSecrets) -> Result<(), StoreError> {
    if let Ok(Some(request)) = joining(place) {
        // Best effort: it opens nothing once the file is gone.
        let _ = secrets.remove(request.claims().device);
    }
    place.clear_joining()
}
