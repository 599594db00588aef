//! Keys: signing, verifying and sealing. None is ever printed.

use std::fmt;

use ed25519_dalek::Signer as _;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::domain;
use crate::id::hex_digest;

hex_digest! {
    /// Which content key opens an envelope. It is the key's own hash, so it commits to the key:
    /// no ciphertext can be made that opens to two contents under two keys of one id.
    KeyId
}

/// An Ed25519 private key of a device, a staff member, an administrator or the root.
///
/// Overwritten in memory when dropped.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key that 32 random bytes make.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The seed, to be wrapped and stored. The caller's copy is overwritten when dropped.
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public half.
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.0.verifying_key())
    }

    pub(crate) fn sign(&self, domain: &str, payload: &[u8]) -> [u8; 64] {
        self.0.sign(&domain::digest(domain, &[payload])).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(secret)")
    }
}

/// An Ed25519 public key, checked to be a point of large order in its one spelling.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct VerifyingKey(ed25519_dalek::VerifyingKey);

impl VerifyingKey {
    /// Refuses bytes that are no point, the weak points under which many messages verify, and a
    /// second spelling of a point: other libraries refuse it, so it would part the readers.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, NotAKey> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| NotAKey)?;
        if key.is_weak() || key.to_edwards().compress().as_bytes() != bytes {
            Err(NotAKey)
        } else {
            Ok(Self(key))
        }
    }

    /// The 32 bytes that stand on the wire.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    pub(crate) fn verify(
        &self,
        domain: &str,
        payload: &[u8],
        signature: &[u8; 64],
    ) -> Result<(), BadSignature> {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        // Strict: the lax check accepts encodings that other libraries refuse, and devices that
        // disagree about a signature would disagree about the record.
        self.0
            .verify_strict(&domain::digest(domain, &[payload]), &signature)
            .map_err(|_| BadSignature)
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "VerifyingKey({})",
            blake3::Hash::from_bytes(self.to_bytes()).to_hex()
        )
    }
}

/// A symmetric key that seals content: a scope's epoch key, or one generation of a patient's key.
///
/// Overwritten in memory when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct ContentKey([u8; 32]);

impl ContentKey {
    /// The key that 32 random bytes make.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key itself, to be wrapped and stored. Never log or show it.
    pub const fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// The id that stands in every header sealed under this key.
    pub fn id(&self) -> KeyId {
        KeyId::from_bytes(domain::digest(domain::KEY_ID, &[&self.0]))
    }

    /// The key the cipher is given, so that the id and the cipher never share one.
    pub(crate) fn cipher_key(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(domain::digest(domain::SEAL_KEY, &[&self.0]))
    }
}

impl fmt::Debug for ContentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContentKey(secret)")
    }
}

/// Bytes that are not a usable public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That is not a usable public key. Enrol the device or the staff member again.")]
pub struct NotAKey;

/// A signature that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The signature does not fit what was signed, so it was not accepted. Fetch it again.")]
pub struct BadSignature;
