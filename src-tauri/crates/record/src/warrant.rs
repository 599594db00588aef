//! Readable words towards an erasure, for whoever keeps content and cannot open it.
//!
//! The entries by which two people sign content away are sealed like everything else, so a hub
//! server that keeps the content cannot see that they did. Each of the two therefore signs a
//! *warrant* as well: which records, and nothing of why. It stands in the envelope of the entry
//! that it goes with, and whoever holds both shows them, with the signers' certificates, as a
//! *proof*. A warrant holds no word of a patient; the ids in it stand in clear in every header.
//!
//! What erases on a device is [`crate::erasure`] alone. `docs/format.md` gives the bytes.

mod proof;
mod wire;

use std::fmt;

use crate::cbor::Error as CborError;
use crate::certificate::CertificateId;
use crate::certificate::Error as CertificateError;
use crate::domain::{self, WARRANT_ID, WARRANT_SIGNATURE};
use crate::id::{PatientId, ServiceId, hex_digest};
use crate::keys::{SigningKey, VerifyingKey};
use crate::moment::Moment;
use crate::signed::{Signed, ToSign};

pub use proof::{ErasuresDigest, Hand, Proof, Proven, Unproven};

/// The schema of the `warrant` entry, whose body is a warrant's bytes.
pub const VERSION: u16 = 1;
/// The most records in one warrant. A person has one or two. Design decision.
pub const MAX_RECORDS: usize = 64;
/// The most bytes of one warrant: the records, and room for the rest.
const MAX_WARRANT_BYTES: usize = 2048;

hex_digest! {
    /// The hash of a warrant's claims and signature.
    WarrantId
}

/// What a warrant says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The service.
    pub service: ServiceId,
    /// The signer's certificate.
    pub authority: CertificateId,
    /// When, by the signer's clock.
    pub claimed: Moment,
    /// The records whose content is to go, ascending; 1 to [`MAX_RECORDS`].
    pub records: Vec<PatientId>,
    /// The warrant that this one confirms; none in the one that asks.
    pub confirms: Option<WarrantId>,
}

/// One person's signed word that the content of some records is to go. Alone it does nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Warrant(Signed<Claims>);

impl ToSign for Claims {
    const SIGNATURE: &'static str = WARRANT_SIGNATURE;
    const MAX_BYTES: usize = MAX_WARRANT_BYTES;
    type Error = Error;

    fn write(&self) -> Result<Vec<u8>, Error> {
        Ok(wire::write(self))
    }

    fn read(bytes: &[u8]) -> Result<Self, Error> {
        wire::read(bytes)
    }
}

impl Warrant {
    /// Signs a warrant with the key of the certificate that `claims` names.
    pub fn sign(claims: &Claims, key: &SigningKey) -> Result<Self, Error> {
        Signed::sign(claims, key).map(Self)
    }

    /// The hash of claims and signature.
    pub fn id(&self) -> WarrantId {
        WarrantId::from_bytes(domain::digest(WARRANT_ID, &self.0.parts()))
    }

    /// What it says. Nothing is proven until a [`Proof`] has been checked.
    pub fn claims(&self) -> &Claims {
        self.0.claims()
    }

    /// The bytes as they are kept and sent.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    /// Reads a warrant.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Signed::from_bytes(bytes).map(Self)
    }

    fn verify(&self, signer: &VerifyingKey) -> bool {
        self.0.verify(signer)
    }
}

impl fmt::Debug for Warrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Warrant")
            .field("id", &self.id())
            .finish_non_exhaustive()
    }
}

/// Why a warrant or a proof was not made or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not one.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// A certificate in it cannot be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// Written by a newer version.
    #[error("This erasure was signed by a newer version. Update Felloe to read it.")]
    Newer,
    /// No records or too many, out of order, or named twice.
    #[error(
        "This erasure names no records, or names them in a way that cannot be right. Ask for it again."
    )]
    Claims,
}
