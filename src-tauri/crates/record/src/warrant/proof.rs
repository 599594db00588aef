//! Two warrants with what they rest on: what a hub server believes.

use crate::cbor::Writer;
use crate::certificate::{Certificate, Chain, ChainError, Fingerprint};
use crate::domain::{self, ERASURES_DIGEST};
use crate::entry::Kind;
use crate::id::{PatientId, ServiceId, StaffId};
use crate::scope::Subject;

use super::{Error, Warrant, WarrantId, wire};

/// A warrant and its signer's certificates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// What was signed.
    pub warrant: Warrant,
    /// From the root down to the signer.
    pub chain: Vec<Certificate>,
}

/// What is shown to have content dropped: the warrant that asks, then the one that confirms it.
/// Nothing is proven until it is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// In that order. Any other number than two proves nothing.
    pub hands: Vec<Hand>,
}

/// A proof that holds: two people of this service, whose roles may, signed these records away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    id: WarrantId,
    records: Vec<PatientId>,
    bytes: Vec<u8>,
}

impl Proven {
    /// The id of the warrant that confirms, by which an erasure is known.
    pub fn id(&self) -> WarrantId {
        self.id
    }

    /// The records whose content is to go.
    pub fn records(&self) -> &[PatientId] {
        &self.records
    }

    /// The bytes of the proof, as they are kept and sent.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl Proof {
    /// Reads a proof.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        wire::read_proof(bytes)
    }

    /// The bytes as they are kept and sent.
    pub fn to_bytes(&self) -> Vec<u8> {
        wire::write_proof(self)
    }

    /// The id of the last warrant, by which the erasure is known once it is proven; none where there
    /// is no warrant.
    pub fn id(&self) -> Option<WarrantId> {
        self.hands.last().map(|hand| hand.warrant.id())
    }

    /// Checks it against the service and the root that were enrolled with.
    ///
    /// It rests on signatures, certificates and the frozen table of who may sign what
    /// ([`Role::may_sign`](crate::role::Role::may_sign)), and on nothing that only somebody who
    /// reads the record would know: not on revocations.
    pub fn check(&self, service: ServiceId, enrolled: &Fingerprint) -> Result<Proven, Unproven> {
        let [asks, confirms] = self.hands.as_slice() else {
            return Err(Unproven::NotTwo);
        };
        let first = asks.check(service, enrolled)?;
        let second = confirms.check(service, enrolled)?;
        if first == second {
            return Err(Unproven::SamePerson);
        }
        let (asked, confirmed) = (asks.warrant.claims(), confirms.warrant.claims());
        let answers = asked.confirms.is_none() && confirmed.confirms == Some(asks.warrant.id());
        if !answers || asked.records != confirmed.records {
            return Err(Unproven::OtherRecords);
        }
        Ok(Proven {
            id: confirms.warrant.id(),
            records: confirmed.records.clone(),
            bytes: self.to_bytes(),
        })
    }
}

impl Hand {
    /// Whose word it is, if it is good and was theirs to give.
    fn check(&self, service: ServiceId, enrolled: &Fingerprint) -> Result<StaffId, Unproven> {
        let claims = self.warrant.claims();
        if claims.service != service {
            return Err(Unproven::OtherService);
        }
        let certificate = Chain::new(&self.chain).check(enrolled)?;
        let grant = &certificate.claims().grant;
        let (Some(staff), Some(role), Some(valid)) = (grant.staff(), grant.role(), grant.valid())
        else {
            return Err(Unproven::Role);
        };
        if !role.may_sign(&Kind::ERASURE, &Subject::Service) {
            return Err(Unproven::Role);
        }
        if claims.authority != certificate.id() || !self.warrant.verify(&certificate.claims().key) {
            return Err(Unproven::Signature);
        }
        if valid.covers(&claims.claimed) {
            Ok(staff)
        } else {
            Err(Unproven::Expired)
        }
    }
}

/// Why a proof has nothing dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum Unproven {
    /// It cannot be read.
    #[error("The proof of an erasure cannot be read. Update the older of the two sides.")]
    Unreadable,
    /// It is from a newer version.
    #[error("The proof of an erasure is from a newer version. Update the hub server.")]
    Newer,
    /// Not two people signed.
    #[error("An erasure takes the signatures of two people. Have a second person confirm it.")]
    NotTwo,
    /// One person signed twice.
    #[error("The same person signed an erasure twice. Have somebody else confirm it.")]
    SamePerson,
    /// The two did not sign for the same records, or not the one after the other.
    #[error("The two signatures of an erasure are not for the same records. Ask for it again.")]
    OtherRecords,
    /// It is for another service.
    #[error("The proof of an erasure belongs to another service. Check the hub server's address.")]
    OtherService,
    /// A signer's certificates prove nothing.
    #[error("A signer's certificates do not lead to the service's root. Ask an administrator.")]
    Certificates,
    /// A signer's role signs no erasures.
    #[error("A signer's role does not sign erasures. Have a lead or an administrator sign.")]
    Role,
    /// A signer's certificate did not hold at the claimed time.
    #[error("A signer's certificate did not hold when the erasure was signed. Ask for it again.")]
    Expired,
    /// What was signed is not what is shown.
    #[error("A signature of an erasure does not fit what was signed. Ask for it again.")]
    Signature,
}

impl From<ChainError> for Unproven {
    fn from(_: ChainError) -> Self {
        Self::Certificates
    }
}

impl From<Error> for Unproven {
    fn from(error: Error) -> Self {
        match error {
            Error::Newer => Self::Newer,
            _ => Self::Unreadable,
        }
    }
}

/// The first 8 bytes of the hash of which erasures somebody knows: enough to see that two sides do
/// not know the same ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErasuresDigest([u8; 8]);

impl ErasuresDigest {
    /// The digest of these. The order in which they are given tells nothing.
    pub fn of(ids: &[WarrantId]) -> Self {
        let mut ids: Vec<_> = ids.iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut to = Writer::new();
        to.array(ids.len());
        for id in ids {
            to.bytes(id.as_bytes());
        }
        let whole = domain::digest(ERASURES_DIGEST, &[&to.into_bytes()]);
        let mut first = [0; 8];
        first.copy_from_slice(&whole[..8]);
        Self(first)
    }

    /// The digest as it stands on the wire.
    pub const fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    /// The 8 bytes that stand on the wire.
    pub const fn as_bytes(&self) -> &[u8; 8] {
        &self.0
    }
}
