//! Secrets sealed to the public half of a recovery sheet (HPKE, RFC 9180).

use std::convert::Infallible;

use hkdf::Hkdf;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::KeysError;
use crate::seal::Bytes;
use crate::sheet::SheetSeed;

type Private = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapped = <X25519HkdfSha256 as Kem>::EncappedKey;

const INFO: &[u8] = b"felloe recovery sheet v1";

/// The private half, made from what is printed. Zeroed by the library on drop.
pub(crate) struct SheetKey(Private);

/// The public half, kept in the key file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct SheetPublic(Bytes);

/// A 32-byte secret sealed to a sheet.
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
        let encapped = Encapped::from_bytes(&boxed.encapsulated.0).ok()?;
        let secret = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.0,
            &encapped,
            INFO,
            &boxed.ciphertext.0,
            purpose.as_bytes(),
        )
        .map(Zeroizing::new)
        .ok()?;
        Some(Zeroizing::new(secret.as_slice().try_into().ok()?))
    }
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
        let public = Public::from_bytes(&self.0.0).map_err(|_| KeysError::Crypto)?;
        let (encapped, ciphertext) =
            hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
                &OpModeS::Base,
                &public,
                INFO,
                secret,
                purpose.as_bytes(),
                &mut Given(entropy),
            )
            .map_err(|_| KeysError::Crypto)?;
        Ok(Boxed {
            encapsulated: Bytes(encapped.to_bytes().to_vec()),
            ciphertext: Bytes(ciphertext),
        })
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
