//! Who is who: root, administrators, staff and devices, each certified by the one above.

mod authorities;
mod chain;
mod may_issue;
mod quarantine;
mod wire;

use std::collections::BTreeSet;
use std::fmt;

use jiff::Timestamp;

use crate::cbor::Error as CborError;
use crate::domain::{self, CERTIFICATE_ID, CERTIFICATE_SIGNATURE, FINGERPRINT};
use crate::id::{DeviceId, ServiceId, SiteId, StaffId, hex_digest};
use crate::keys::{NotAKey, SigningKey, VerifyingKey};
use crate::moment::Moment;
use crate::role::Role;
use crate::signed::{Signed, ToSign};

pub use authorities::{Authorities, Stated};
pub use chain::{Chain, ChainError, NotAuthorised, check_signed};
pub use may_issue::{LOCUM_BEGINS_WITHIN, LOCUM_FOR, is_locum_role};

/// The most bytes in a name.
pub const MAX_NAME_BYTES: usize = 200;
/// The most sites in one certificate.
pub const MAX_SITES: usize = 1024;
/// The most bytes of one certificate.
pub const MAX_CERTIFICATE_BYTES: usize = 64 * 1024;

hex_digest! {
    /// The hash of a certificate's claims and signature.
    CertificateId
}

hex_digest! {
    /// The hash of the service's id and root key, read out at enrolment as six words.
    Fingerprint
}

/// One certificate, kept exactly as it was issued.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate(Signed<Claims>);

impl ToSign for Claims {
    const SIGNATURE: &'static str = CERTIFICATE_SIGNATURE;
    const MAX_BYTES: usize = MAX_CERTIFICATE_BYTES;
    type Error = Error;

    fn write(&self) -> Result<Vec<u8>, Error> {
        wire::write(self)
    }

    fn read(bytes: &[u8]) -> Result<Self, Error> {
        wire::read(bytes)
    }
}

/// What a certificate says.
#[derive(Clone, PartialEq, Eq)]
pub struct Claims {
    /// The service it holds for.
    pub service: ServiceId,
    /// The certificate of whoever signed it; none for the root, which signs itself.
    pub issuer: Option<CertificateId>,
    /// When it was issued, by the issuer's clock.
    pub issued: Moment,
    /// The holder's signing key.
    pub key: VerifyingKey,
    /// What the holder is.
    pub grant: Grant,
}

/// What the holder of a certificate is.
#[derive(Clone, PartialEq, Eq)]
pub enum Grant {
    /// The origin of the service's trust.
    Root {
        /// The service's name.
        name: String,
    },
    /// May certify staff and devices. Issued by the root.
    Administrator {
        /// The person.
        staff: StaffId,
        /// The person's name.
        name: String,
        /// The device the key lives on.
        device: DeviceId,
        /// When its signatures hold.
        valid: Validity,
    },
    /// May sign what the role signs. Issued by an administrator; to a locum, by a lead.
    Staff {
        /// The person.
        staff: StaffId,
        /// The person's name.
        name: String,
        /// The role; never [`Role::Administrator`], which only the root gives.
        role: Role,
        /// The sites the person works at.
        sites: BTreeSet<SiteId>,
        /// The device the key lives on.
        device: DeviceId,
        /// When its signatures hold.
        valid: Validity,
    },
    /// May write envelopes. Issued by an administrator; ended by a revocation only.
    Device {
        /// The device.
        device: DeviceId,
        /// The sites it is enrolled for.
        sites: BTreeSet<SiteId>,
        /// The X25519 public key that scope keys are sealed to.
        sealing_key: [u8; 32],
    },
}

/// The claimed times between which signatures hold, both included, to the millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The first instant.
    pub not_before: Timestamp,
    /// The last instant.
    pub not_after: Timestamp,
}

impl Validity {
    /// Whether a claimed time lies within.
    pub fn covers(&self, claimed: &Moment) -> bool {
        (self.not_before..=self.not_after).contains(&claimed.at())
    }
}

impl Grant {
    /// The role the holder signs with; the root and devices have none.
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Administrator { .. } => Some(Role::Administrator),
            Self::Staff { role, .. } => Some(*role),
            Self::Root { .. } | Self::Device { .. } => None,
        }
    }

    /// Whose it is; the root and devices are nobody's.
    pub fn staff(&self) -> Option<StaffId> {
        match self {
            Self::Administrator { staff, .. } | Self::Staff { staff, .. } => Some(*staff),
            Self::Root { .. } | Self::Device { .. } => None,
        }
    }

    /// The device the key lives on; the root is on none.
    pub fn device(&self) -> Option<DeviceId> {
        match self {
            Self::Administrator { device, .. }
            | Self::Staff { device, .. }
            | Self::Device { device, .. } => Some(*device),
            Self::Root { .. } => None,
        }
    }

    /// When its signatures hold; the root and devices end by a revocation only.
    pub fn valid(&self) -> Option<Validity> {
        match self {
            Self::Administrator { valid, .. } | Self::Staff { valid, .. } => Some(*valid),
            Self::Root { .. } | Self::Device { .. } => None,
        }
    }
}

impl Fingerprint {
    /// The fingerprint of a service's root key.
    pub fn of(service: ServiceId, root: &VerifyingKey) -> Self {
        let parts: [&[u8]; 2] = [service.as_bytes(), &root.to_bytes()];
        Self::from_bytes(domain::digest(FINGERPRINT, &parts))
    }
}

impl Certificate {
    /// The root's certificate, signed by itself.
    pub fn root(
        service: ServiceId,
        name: String,
        issued: Moment,
        key: &SigningKey,
    ) -> Result<Self, Error> {
        let claims = Claims {
            service,
            issuer: None,
            issued,
            key: key.verifying_key(),
            grant: Grant::Root { name },
        };
        Self::sign(&claims, key)
    }

    /// Certifies `grant` for the holder of `key`, as the holder of this certificate.
    pub fn issue(
        &self,
        grant: Grant,
        key: VerifyingKey,
        issued: Moment,
        own_key: &SigningKey,
    ) -> Result<Self, Error> {
        let claims = Claims {
            service: self.claims().service,
            issuer: Some(self.id()),
            issued,
            key,
            grant,
        };
        if !self.claims().may_issue(&claims) || own_key.verifying_key() != self.claims().key {
            return Err(Error::MayNotIssue);
        }
        Self::sign(&claims, own_key)
    }

    fn sign(claims: &Claims, key: &SigningKey) -> Result<Self, Error> {
        Signed::sign(claims, key).map(Self)
    }

    /// The hash of claims and signature.
    pub fn id(&self) -> CertificateId {
        CertificateId::from_bytes(domain::digest(CERTIFICATE_ID, &self.0.parts()))
    }

    /// What it says. Nothing is proven until a [`Chain`] has been checked.
    pub fn claims(&self) -> &Claims {
        self.0.claims()
    }

    /// The fingerprint of the root this is; none when it is no root.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        let claims = self.claims();
        matches!(claims.grant, Grant::Root { .. })
            .then(|| Fingerprint::of(claims.service, &claims.key))
    }

    /// The bytes as they are kept and sent.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    /// Reads a certificate. The signature is checked by [`Chain::check`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Signed::from_bytes(bytes).map(Self)
    }

    fn verify(&self, issuer: &VerifyingKey) -> bool {
        self.0.verify(issuer)
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("id", &self.id())
            .field("claims", self.claims())
            .finish_non_exhaustive()
    }
}

/// Names are left out.
impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims")
            .field("service", &self.service)
            .field("issuer", &self.issuer)
            .field("key", &self.key)
            .field("grant", &self.grant)
            .finish_non_exhaustive()
    }
}

/// Names are left out.
impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root { .. } => f.write_str("Root"),
            Self::Administrator { staff, .. } => write!(f, "Administrator({staff})"),
            Self::Staff { staff, role, .. } => write!(f, "Staff({staff}, {role:?})"),
            Self::Device { device, .. } => write!(f, "Device({device})"),
        }
    }
}

/// Why a certificate was not issued or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not a certificate.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// The holder's key cannot be used.
    #[error(transparent)]
    Key(#[from] NotAKey),
    /// Written by a newer version.
    #[error("This certificate was made by a newer version. Update Felloe to read it.")]
    Newer,
    /// A name that is empty or too long, no sites or too many, an end before the start.
    #[error("This certificate cannot be right. Check the name, the role, the sites and the dates.")]
    Claims,
    /// The issuer may not certify this, or the key is not the issuer's.
    #[error("This account may not certify that. Ask an administrator of the service.")]
    MayNotIssue,
}
