use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use data_encoding::BASE64;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use zeroize::Zeroizing;

use crate::KeysError;
use crate::data_key::random;

/// A small secret under a symmetric key, bound to what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sealed {
    nonce: Bytes,
    ciphertext: Bytes,
}

/// The key a person's passphrase (and the device secret) opens.
pub(crate) type WrapKey = Zeroizing<[u8; 32]>;

impl Sealed {
    /// Seals `secret` under `key`; `purpose` is authenticated, so that one sealed
    /// value cannot stand in for another.
    pub(crate) fn new(
        key: &WrapKey,
        purpose: &str,
        secret: &[u8],
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Self, KeysError> {
        let nonce = random::<24>(entropy);
        let ciphertext = cipher(key)
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: secret,
                    aad: purpose.as_bytes(),
                },
            )
            .map_err(|_| KeysError::Crypto)?;
        Ok(Self {
            nonce: Bytes(nonce.to_vec()),
            ciphertext: Bytes(ciphertext),
        })
    }

    /// Opens it; `None` when the key, the purpose or a bit of it is not right.
    pub(crate) fn open(&self, key: &WrapKey, purpose: &str) -> Option<Zeroizing<[u8; 32]>> {
        let secret = self.open_all(key, purpose)?;
        Some(Zeroizing::new(secret.as_slice().try_into().ok()?))
    }

    /// The same of any length.
    pub(crate) fn open_all(&self, key: &WrapKey, purpose: &str) -> Option<Zeroizing<Vec<u8>>> {
        let nonce: [u8; 24] = self.nonce.0.as_slice().try_into().ok()?;
        cipher(key)
            .decrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: &self.ciphertext.0,
                    aad: purpose.as_bytes(),
                },
            )
            .map(Zeroizing::new)
            .ok()
    }
}

/// In a manifest a sealed key of 32 bytes stands as nonce and ciphertext.
impl Sealed {
    pub(crate) fn to_bytes(&self) -> Option<[u8; 72]> {
        [self.nonce.0.as_slice(), &self.ciphertext.0]
            .concat()
            .try_into()
            .ok()
    }

    /// Nonce and ciphertext, of any length.
    pub(crate) fn to_vec(&self) -> Vec<u8> {
        [self.nonce.0.as_slice(), &self.ciphertext.0].concat()
    }

    /// Reads nonce and ciphertext; none where there is not even a nonce.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let (nonce, ciphertext) = bytes.split_at_checked(24)?;
        Some(Self {
            nonce: Bytes(nonce.to_vec()),
            ciphertext: Bytes(ciphertext.to_vec()),
        })
    }

    pub(crate) fn from_bytes(bytes: &[u8; 72]) -> Self {
        let (nonce, ciphertext) = bytes.split_at(24);
        Self {
            nonce: Bytes(nonce.to_vec()),
            ciphertext: Bytes(ciphertext.to_vec()),
        }
    }
}

fn cipher(key: &WrapKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&**key).into())
}

/// Bytes that stand as base64 text in the key file.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&BASE64.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        BASE64
            .decode(text.as_bytes())
            .map(Self)
            .map_err(|_| D::Error::custom("not base64"))
    }
}
