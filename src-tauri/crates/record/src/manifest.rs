//! The manifest of a backup: what is in it, when it was made, and by which device.
//!
//! It stands beside the encrypted copy in clear, so that a folder of backups can be listed without
//! a key, and is signed by the device, so that neither it nor the files it names can be altered or
//! swapped unseen. It holds pseudonymous ids and counts only.

mod wire;

use std::fmt;

use crate::cbor::Error as CborError;
use crate::domain::BACKUP_SIGNATURE;
use crate::envelope::Stream;
use crate::id::{BackupId, DeviceId, ServiceId};
use crate::keys::{NotAKey, SigningKey, VerifyingKey};
use crate::moment::Moment;
use crate::signed::{Signed, ToSign};

/// The most bytes of one manifest: some forty thousand streams.
pub const MAX_MANIFEST_BYTES: usize = 4 * 1024 * 1024;
/// The most bytes in the name of a program's version.
pub const MAX_VERSION_BYTES: usize = 64;

/// What a manifest says.
#[derive(Clone, PartialEq, Eq)]
pub struct Claims {
    /// The service.
    pub service: ServiceId,
    /// The device that made it.
    pub device: DeviceId,
    /// Which life of the device it was.
    pub incarnation: u32,
    /// The backup's own id.
    pub backup: BackupId,
    /// When it was begun, by the device's clock: everything written before is in it.
    pub made: Moment,
    /// The version of the program, 1 to 64 bytes.
    pub program: String,
    /// The version of the database's tables.
    pub tables: u32,
    /// The device's signing key. Proven by the certificate inside the copy, not by standing here.
    pub device_key: VerifyingKey,
    /// Bytes of the encrypted copy.
    pub size: u64,
    /// BLAKE3 of the encrypted copy.
    pub copy_hash: [u8; 32],
    /// BLAKE3 of the key file beside it.
    pub keys_hash: [u8; 32],
    /// What each stream holds, in order.
    pub streams: Vec<StreamCount>,
    /// The copy's own key, sealed under the data key of the installation: nonce and ciphertext.
    pub sealed_key: [u8; 72],
    /// The copy's own key, sealed to the recovery sheet: encapsulated key and ciphertext.
    pub sheet_key: [u8; 80],
}

/// How much of one stream a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamCount {
    /// The stream.
    pub stream: Stream,
    /// Envelopes of it. More than `sequence` only where a disk was copied.
    pub envelopes: u64,
    /// The number of the last.
    pub sequence: u64,
    /// The hash of the last header.
    pub head: [u8; 32],
}

/// A manifest as it is kept: what it says, and the device's signature.
#[derive(Clone, PartialEq, Eq)]
pub struct Manifest(Signed<Claims>);

impl ToSign for Claims {
    const SIGNATURE: &'static str = BACKUP_SIGNATURE;
    const MAX_BYTES: usize = MAX_MANIFEST_BYTES;
    type Error = Error;

    fn write(&self) -> Result<Vec<u8>, Error> {
        wire::write(self)
    }

    fn read(bytes: &[u8]) -> Result<Self, Error> {
        wire::read(bytes)
    }
}

impl Manifest {
    /// Signs what a backup holds with the key of the device that made it.
    pub fn sign(claims: &Claims, device: &SigningKey) -> Result<Self, Error> {
        if device.verifying_key() != claims.device_key {
            return Err(Error::Claims);
        }
        Signed::sign(claims, device).map(Self)
    }

    /// What it says.
    pub fn claims(&self) -> &Claims {
        self.0.claims()
    }

    /// All envelopes in all streams.
    pub fn envelopes(&self) -> u64 {
        let streams = self.claims().streams.iter();
        streams.map(|stream| stream.envelopes).sum()
    }

    /// BLAKE3 of its bytes: by this a device knows its own backup from another.
    pub fn hash(&self) -> [u8; 32] {
        blake3::hash(&self.to_bytes()).into()
    }

    /// The bytes as they are kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    /// Reads a manifest whose signature fits the key it names. Whose key that is, the certificates
    /// inside the copy tell.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let signed = Signed::<Claims>::from_bytes(bytes)?;
        if signed.verify(&signed.claims().device_key) {
            Ok(Self(signed))
        } else {
            Err(Error::Signature)
        }
    }
}

impl fmt::Debug for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Manifest")
            .field("claims", self.claims())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims")
            .field("backup", &self.backup)
            .field("device", &self.device)
            .field("made", &self.made)
            .finish_non_exhaustive()
    }
}

/// Why a manifest was not made or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not a manifest.
    #[error("The manifest of this backup cannot be read. Use another backup.")]
    Cbor(#[from] CborError),
    /// The key it names cannot be used.
    #[error(transparent)]
    Key(#[from] NotAKey),
    /// Written by a newer version.
    #[error("This backup was made by a newer version. Update Felloe to read it.")]
    Newer,
    /// A version that is empty or too long, streams out of order, or a key that is not the device's.
    #[error("The manifest of this backup cannot be right. Use another backup.")]
    Claims,
    /// The signature does not fit.
    #[error("The manifest of this backup was altered. Do not use it; use another backup.")]
    Signature,
}
