use record::id::DeviceId;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Where this laptop's own secret is kept, outside the folder of the database.
///
/// Calls may block on a prompt of the operating system: the caller keeps them
/// off the thread that draws the window.
pub trait DeviceSecrets {
    /// Whether a secret can be kept at all; if not, why, in words for a person.
    fn usable(&self) -> Result<(), SecretsError>;
    /// The secret of `device`; [`SecretsError::NoEntry`] when none is kept.
    fn get(&self, device: DeviceId) -> Result<DeviceSecret, SecretsError>;
    /// Keeps `secret` for `device`, replacing an older one.
    fn put(&self, device: DeviceId, secret: &DeviceSecret) -> Result<(), SecretsError>;
    /// Forgets the secret of `device`; fine when there is none.
    fn remove(&self, device: DeviceId) -> Result<(), SecretsError>;
}

/// 32 random bytes that belong to one laptop. Wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct DeviceSecret([u8; 32]);

impl DeviceSecret {
    /// Wraps 32 random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes themselves.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A digest by which the right secret is told from another without any
    /// passphrase. Safe to write down: the secret is 256 random bits.
    pub(crate) fn check(&self) -> [u8; 16] {
        let digest = blake3::derive_key("felloe 2026 device secret check v1", &self.0);
        let mut check = [0; 16];
        check.copy_from_slice(&digest[..16]);
        check
    }
}

impl std::fmt::Debug for DeviceSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeviceSecret(..)")
    }
}

/// Why the keyring did not give or keep a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SecretsError {
    /// No keyring program answers on this machine.
    #[error(
        "This computer has no keyring that answers. Sign in to the desktop with a keyring (for example GNOME Keyring or KDE Wallet), then try again."
    )]
    NoService,
    /// The keyring is there but locked, or the request was dismissed.
    #[error(
        "The keyring of this computer is locked. Unlock it (usually by signing in again), then try again."
    )]
    Locked,
    /// The keyring answers and holds nothing for this laptop.
    #[error("The keyring of this computer holds no secret for Felloe. Use the recovery sheet.")]
    NoEntry,
    /// A secret is kept, and it is not the one this laptop's keys rest on.
    #[error(
        "The keyring of this computer holds the secret of another installation in the place of this one's. Use the recovery sheet."
    )]
    Swapped,
    /// What is kept is not a secret of ours.
    #[error(
        "The keyring holds something under Felloe's name that is not its secret. Use the recovery sheet."
    )]
    Malformed,
    /// Anything else; the detail is the keyring's own, never a secret.
    #[error(
        "The keyring of this computer gave an error ({0}). Sign in again and try once more; if it returns, use the recovery sheet."
    )]
    Other(String),
}
