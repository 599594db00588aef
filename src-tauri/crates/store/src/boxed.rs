//! Secrets sealed to a public key (HPKE, RFC 9180): to a recovery sheet's, or to a person's.

use std::convert::Infallible;

use hkdf::Hkdf;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, PskBundle, Serializable};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::KeysError;
use crate::data_key::DataKey;
use crate::seal::Bytes;
use crate::sheet::SheetSeed;

pub(crate) type Private = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapped = <X25519HkdfSha256 as Kem>::EncappedKey;

const INFO: &[u8] = b"felloe recovery sheet v1";

/// The private half, made from what is printed. Zeroed by the library on drop.
pub(crate) struct SheetKey(Private);

/// The public half, kept in the key file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct SheetPublic(Bytes);

/// A 32-byte secret sealed to a public key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Boxed {
    encapsulated: Bytes,
    ciphertext: Bytes,
}

impl SheetKey {
    pub(crate) fn from_seed(seed: &SheetSeed) -> Result<(Self, SheetPublic), KeysError> {
        let mut material = Zeroizing::new([0_u8; 32]);
        Hkdf::<Sha256>::new(None, seed.as_slice())
            .expand(INFO, material.as_mut_slice())
            .map_err(|_| KeysError::Crypto)?;
        let (private, public) = X25519HkdfSha256::derive_keypair(material.as_slice());
        Ok((
            Self(private),
            SheetPublic(Bytes(public.to_bytes().to_vec())),
        ))
    }

    /// Opens it; `None` when it was sealed to another sheet or for another purpose.
    pub(crate) fn open(&self, boxed: &Boxed, purpose: &str) -> Option<Zeroizing<[u8; 32]>> {
        boxed.open(&self.0, INFO, purpose, None)
    }
}

impl Boxed {
    /// Opens it; `None` when it was sealed to another key or for another purpose.
    pub(crate) fn open(
        &self,
        private: &Private,
        info: &[u8],
        purpose: &str,
        shared: Option<&Shared>,
    ) -> Option<Zeroizing<[u8; 32]>> {
        let mode = match shared {
            Some(shared) => OpModeR::Psk(shared.bundle()?),
            None => OpModeR::Base,
        };
        let encapped = Encapped::from_bytes(&self.encapsulated.0).ok()?;
        let secret = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &mode,
            private,
            &encapped,
            info,
            &self.ciphertext.0,
            purpose.as_bytes(),
        )
        .map(Zeroizing::new)
        .ok()?;
        Some(Zeroizing::new(secret.as_slice().try_into().ok()?))
    }

    /// Seals `secret` to a public key. With something shared, the sender is known to have it: an
    /// empty database under a key of somebody else's cannot be slipped in.
    pub(crate) fn seal(
        public: &Bytes,
        info: &[u8],
        purpose: &str,
        shared: Option<&Shared>,
        secret: &[u8; 32],
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Self, KeysError> {
        let mode = match shared {
            Some(shared) => OpModeS::Psk(shared.bundle().ok_or(KeysError::Crypto)?),
            None => OpModeS::Base,
        };
        let public = Public::from_bytes(&public.0).map_err(|_| KeysError::Crypto)?;
        let (encapped, ciphertext) =
            hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
                &mode,
                &public,
                info,
                secret,
                purpose.as_bytes(),
                &mut Given(entropy),
            )
            .map_err(|_| KeysError::Crypto)?;
        Ok(Self {
            encapsulated: Bytes(encapped.to_bytes().to_vec()),
            ciphertext: Bytes(ciphertext),
        })
    }
}

/// What sender and receiver both have: the data key of now, for the one that is to come.
pub(crate) struct Shared(Zeroizing<[u8; 32]>);

impl Shared {
    pub(crate) fn new(data_key: &DataKey) -> Self {
        Self(Zeroizing::new(blake3::derive_key(
            "felloe 2026 data key that vouches for the next v1",
            data_key.as_bytes(),
        )))
    }

    fn bundle(&self) -> Option<PskBundle<'_>> {
        PskBundle::new(self.0.as_slice(), b"data key").ok()
    }
}

/// The key pair that 32 random bytes make: the private half, and the public one as bytes.
pub(crate) fn pair(seed: &[u8; 32]) -> (Private, Vec<u8>) {
    let (private, public) = X25519HkdfSha256::derive_keypair(seed);
    (private, public.to_bytes().to_vec())
}

/// In a manifest a boxed key of 32 bytes stands as encapsulated key and ciphertext.
impl Boxed {
    pub(crate) fn to_bytes(&self) -> Option<[u8; 80]> {
        [self.encapsulated.0.as_slice(), &self.ciphertext.0]
            .concat()
            .try_into()
            .ok()
    }

    pub(crate) fn from_bytes(bytes: &[u8; 80]) -> Self {
        let (encapsulated, ciphertext) = bytes.split_at(32);
        Self {
            encapsulated: Bytes(encapsulated.to_vec()),
            ciphertext: Bytes(ciphertext.to_vec()),
        }
    }
}

/// The public half of a device's sealing key (X25519) made from 32 random bytes.
pub(crate) fn sealing_public(seed: &[u8; 32]) -> [u8; 32] {
    let (_, public) = X25519HkdfSha256::derive_keypair(seed);
    public.to_bytes().into()
}

impl SheetPublic {
    pub(crate) fn seal(
        &self,
        purpose: &str,
        secret: &[u8; 32],
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Boxed, KeysError> {
        Boxed::seal(&self.0, INFO, purpose, None, secret, entropy)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0.0
    }
}

/// The caller's randomness in the form the library takes.
struct Given<'a>(&'a mut dyn FnMut(&mut [u8]));

impl TryRng for Given<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(crate::data_key::random(self.0)))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(crate::data_key::random(self.0)))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        (self.0)(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Given<'_> {}
