use std::sync::Arc;

use data_encoding::BASE64;
use keyring::{Entry, Error};
use keyring_core::CredentialStore;
use record::id::DeviceId;
use zeroize::Zeroizing;

use crate::{DeviceSecret, DeviceSecrets, SecretsError};

/// The name under which the operating system lists our secret.
const SERVICE: &str = "Felloe";

/// The keyring of the operating system: Secret Service on Linux, Keychain on
/// macOS, Credential Manager on Windows.
///
/// Every call opens its own connection: a keyring that was started or unlocked
/// after Felloe is then found at the next try. Secrets are kept as base64 text,
/// because KDE Wallet keeps only UTF-8.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemKeyring;

impl DeviceSecrets for SystemKeyring {
    /// A keyring that answers may still turn out to be locked when something is kept in it.
    fn usable(&self) -> Result<(), SecretsError> {
        connect().map(|_| ())
    }

    fn get(&self, device: DeviceId) -> Result<DeviceSecret, SecretsError> {
        let text = Zeroizing::new(entry(device)?.get_password().map_err(plain)?);
        let bytes = BASE64
            .decode(text.as_bytes())
            .map(Zeroizing::new)
            .map_err(|_| SecretsError::Malformed)?;
        let secret = bytes
            .as_slice()
            .try_into()
            .map_err(|_| SecretsError::Malformed)?;
        Ok(DeviceSecret::new(secret))
    }

    fn put(&self, device: DeviceId, secret: &DeviceSecret) -> Result<(), SecretsError> {
        let text = Zeroizing::new(BASE64.encode(secret.as_bytes()));
        entry(device)?.set_password(&text).map_err(plain)
    }

    fn remove(&self, device: DeviceId) -> Result<(), SecretsError> {
        match entry(device)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(plain(error)),
        }
    }
}

fn entry(device: DeviceId) -> Result<Entry, SecretsError> {
    let modifiers = modifiers();
    let inner = connect()?
        .build(SERVICE, &device.to_string(), modifiers.as_ref())
        .map_err(plain)?;
    Ok(Entry { inner })
}

#[cfg(all(unix, not(target_os = "macos")))]
fn connect() -> Result<Arc<CredentialStore>, SecretsError> {
    // A connection that fails means no bus or no service on it, whatever the detail.
    let store = zbus_secret_service_keyring_store::Store::new().map_err(|error| match error {
        Error::NoStorageAccess(_) => SecretsError::Locked,
        _ => SecretsError::NoService,
    })?;
    Ok(store)
}

#[cfg(target_os = "macos")]
fn connect() -> Result<Arc<CredentialStore>, SecretsError> {
    let store =
        apple_native_keyring_store::keychain::Store::new().map_err(|_| SecretsError::NoService)?;
    Ok(store)
}

#[cfg(windows)]
fn connect() -> Result<Arc<CredentialStore>, SecretsError> {
    let store = windows_native_keyring_store::Store::new().map_err(|_| SecretsError::NoService)?;
    Ok(store)
}

type Modifiers = std::collections::HashMap<&'static str, &'static str>;

// Windows would otherwise let the secret roam with the account to other machines.
#[cfg(windows)]
fn modifiers() -> Option<Modifiers> {
    Some(Modifiers::from([("persistence", "Local")]))
}

#[cfg(all(unix, not(target_os = "macos")))]
#[allow(clippy::unnecessary_wraps)] // one signature for all three systems
fn modifiers() -> Option<Modifiers> {
    Some(Modifiers::from([("label", "Felloe: key of this computer")]))
}

#[cfg(target_os = "macos")]
fn modifiers() -> Option<Modifiers> {
    None
}

fn plain(error: Error) -> SecretsError {
    match error {
        Error::NoEntry => SecretsError::NoEntry,
        Error::NoStorageAccess(_) => SecretsError::Locked,
        Error::NoDefaultStore => SecretsError::NoService,
        // These carry the secret's bytes: nothing of them may be shown.
        Error::BadEncoding(_) | Error::BadDataFormat(..) => SecretsError::Malformed,
        Error::Ambiguous(_) => SecretsError::Other("more than one entry".to_owned()),
        Error::PlatformFailure(cause) => SecretsError::Other(cause.to_string()),
        _ => SecretsError::Other("unexpected answer".to_owned()),
    }
}
