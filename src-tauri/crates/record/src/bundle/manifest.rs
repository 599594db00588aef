//! What is in a bundle, signed by the device that wrote it.

use std::fmt;

use crate::certificate::{Certificate, Chain, Fingerprint, Grant};
use crate::domain::{self, BUNDLE_SIGNATURE, BUNDLE_WORDS};
use crate::envelope::Stream;
use crate::id::{BundleId, DeviceId, ServiceId};
use crate::keys::{SigningKey, VerifyingKey};
use crate::log::{Tail, Tips};
use crate::moment::Moment;
use crate::signed::{Signed, ToSign};
use crate::words::SixWords;

use super::head::Check;
use super::{Error, MAX_MANIFEST_BYTES, wire};

/// What a manifest says.
#[derive(Clone, PartialEq, Eq)]
pub struct Claims {
    /// The service.
    pub service: ServiceId,
    /// The bundle's own id, as in its head.
    pub bundle: BundleId,
    /// The head's check: so that the bundle cannot be addressed anew.
    pub head: Check,
    /// The device that wrote it.
    pub from: DeviceId,
    /// Which life of the device it was.
    pub incarnation: u32,
    /// Grows with each bundle of that life, so that of two the later is known whatever the clock
    /// says.
    pub number: u64,
    /// When, by the device's clock.
    pub made: Moment,
    /// The device's certificates from the root down to its own.
    pub chain: Vec<Certificate>,
    /// What is in it, ascending by stream.
    pub ranges: Vec<Range>,
    /// How far the device holds the streams that its recipients may read, ascending: a receipt for
    /// what came the other way.
    pub held: Vec<Tips>,
}

/// What a bundle holds of one stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The stream.
    pub stream: Stream,
    /// What it goes on from: the reader was last known to hold these. Empty: from the first on.
    pub after: Vec<Tail>,
    /// How many envelopes.
    pub envelopes: u64,
}

impl Claims {
    /// All envelopes in it.
    pub fn envelopes(&self) -> u64 {
        let each = self.ranges.iter().map(|range| range.envelopes);
        each.fold(0, u64::saturating_add)
    }

    /// Whether the bundle is later than another of the same device.
    pub fn is_later_than(&self, incarnation: u32, number: u64) -> bool {
        (self.incarnation, self.number) > (incarnation, number)
    }

    /// The key of the device that wrote it, if the enrolled root certified that device.
    fn proven_key(&self, enrolled: &Fingerprint) -> Option<VerifyingKey> {
        let own = Chain::new(&self.chain).check(enrolled).ok()?.claims();
        let named = matches!(own.grant, Grant::Device { device, .. } if device == self.from);
        (named && own.service == self.service).then_some(own.key)
    }
}

/// A manifest as it stands in a bundle: what it says, and the device's signature.
#[derive(Clone, PartialEq, Eq)]
pub struct Manifest(Signed<Claims>);

impl ToSign for Claims {
    const SIGNATURE: &'static str = BUNDLE_SIGNATURE;
    const MAX_BYTES: usize = MAX_MANIFEST_BYTES;
    type Error = Error;

    fn write(&self) -> Result<Vec<u8>, Error> {
        wire::write_claims(self)
    }

    fn read(bytes: &[u8]) -> Result<Self, Error> {
        wire::read_claims(bytes)
    }
}

impl Manifest {
    /// Signs what a bundle holds.
    pub fn sign(claims: &Claims, device: &SigningKey) -> Result<Self, Error> {
        Signed::sign(claims, device).map(Self)
    }

    /// What it says.
    pub fn claims(&self) -> &Claims {
        self.0.claims()
    }

    /// Six words that its writer and its reader can compare over the telephone.
    pub fn words(&self) -> SixWords {
        let hash = domain::digest(BUNDLE_WORDS, &self.0.parts());
        SixWords::of(&Fingerprint::from_bytes(hash))
    }

    /// The bytes as they stand in the bundle.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    /// Reads a manifest: it stands under this head, and a device that the enrolled root certified
    /// signed it.
    pub fn from_bytes(bytes: &[u8], head: &Check, enrolled: &Fingerprint) -> Result<Self, Error> {
        let signed = Signed::<Claims>::from_bytes(bytes)?;
        let key = signed.claims().proven_key(enrolled);
        let key = key.ok_or(Error::UnknownSender)?;
        if signed.verify(&key) && signed.claims().head == *head {
            Ok(Self(signed))
        } else {
            Err(Error::Altered)
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
            .field("bundle", &self.bundle)
            .field("from", &self.from)
            .field("made", &self.made)
            .field("envelopes", &self.envelopes())
            .finish_non_exhaustive()
    }
}
