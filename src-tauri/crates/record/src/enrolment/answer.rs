//! What an administrator answers to a laptop that wants to join.

use std::fmt;

use super::answer_wire as wire;
use super::{Request, RequestId};
use crate::body::BoxedKey;
use crate::cbor::Error as CborError;
use crate::certificate::{Certificate, Chain, ChainError, Error as CertificateError, Grant};
use crate::domain::ANSWER_SIGNATURE;
use crate::envelope::{Envelope, Error as EnvelopeError};
use crate::id::{ServiceId, SiteId};
use crate::keys::{KeyId, SigningKey};
use crate::moment::Moment;
use crate::scope::Scope;
use crate::signed::{Signed, ToSign};
use crate::words::SixWords;

/// The most bytes of one answer: 64 MiB. The service's record holds no patient, so it stays far
/// below that. A design decision.
pub const MAX_ANSWER_BYTES: usize = 64 * 1024 * 1024;

/// What an answer says.
#[derive(Clone, PartialEq, Eq)]
pub struct AnswerClaims {
    /// The request that it answers.
    pub request: RequestId,
    /// When, by the administrator's clock.
    pub made: Moment,
    /// The root's certificate.
    pub root: Certificate,
    /// That of the administrator who answers.
    pub administrator: Certificate,
    /// The laptop's own.
    pub device: Certificate,
    /// That of the person at it: issued by the administrator, or, to an administrator, by the root.
    pub person: Certificate,
    /// The site where the laptop is at home; one of those it is enrolled for.
    pub site: SiteId,
    /// Whether everything in the service is invented.
    pub demo: bool,
    /// Every epoch of the keys of the laptop's scopes, sealed to it; in order of scope, epoch, id.
    pub keys: Vec<GivenKey>,
    /// Where the hub server is reached, if there is one.
    pub hub_server: Option<HubServer>,
    /// The envelopes of the service scope, each after the one that it follows.
    pub envelopes: Vec<Envelope>,
}

/// One epoch of a scope's key, sealed to the laptop that joins: see
/// [`SealedKey`](crate::body::SealedKey).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenKey {
    /// Whose key it is.
    pub scope: Scope,
    /// Counts from 1.
    pub epoch: u32,
    /// The key's own hash.
    pub key: KeyId,
    /// The key itself, sealed.
    pub boxed: BoxedKey,
}

/// How the hub server is found, and known from any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubServer {
    /// Host and port, as `hub.example:8443`; 1 to 255 bytes.
    pub address: String,
    /// BLAKE3 of the `SubjectPublicKeyInfo` of its certificate.
    pub pin: [u8; 32],
}

/// An answer as it is handed over: what it says, signed by the administrator.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer(Signed<AnswerClaims>);

impl ToSign for AnswerClaims {
    const SIGNATURE: &'static str = ANSWER_SIGNATURE;
    const MAX_BYTES: usize = MAX_ANSWER_BYTES;
    type Error = AnswerError;

    fn write(&self) -> Result<Vec<u8>, AnswerError> {
        wire::write(self)
    }

    fn read(bytes: &[u8]) -> Result<Self, AnswerError> {
        wire::read(bytes)
    }
}

impl Answer {
    /// Answers with the key of the administrator whose certificate it carries.
    pub fn sign(claims: &AnswerClaims, administrator: &SigningKey) -> Result<Self, AnswerError> {
        if administrator.verifying_key() != claims.administrator.claims().key {
            return Err(AnswerError::Claims);
        }
        Signed::sign(claims, administrator).map(Self)
    }

    /// What it says. Nothing is proven until [`Answer::check`] has passed.
    pub fn claims(&self) -> &AnswerClaims {
        self.0.claims()
    }

    /// The service it comes from, as it says.
    pub fn service(&self) -> ServiceId {
        self.claims().root.claims().service
    }

    /// The bytes as they are handed over.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    /// Reads an answer.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, AnswerError> {
        Signed::from_bytes(bytes).map(Self)
    }

    /// Whether it answers `request`, comes from the service whose six words were `heard` over the
    /// telephone, and certifies the keys that the request names.
    pub fn check(&self, request: &Request, heard: &SixWords) -> Result<(), AnswerError> {
        let claims = self.claims();
        if claims.request != request.id() {
            return Err(AnswerError::OtherRequest);
        }
        let root = claims.root.fingerprint().ok_or(AnswerError::Claims)?;
        if !heard.matches(&root) {
            return Err(AnswerError::OtherService);
        }
        let [origin, administrator] = [&claims.root, &claims.administrator].map(Clone::clone);
        let device = [origin.clone(), administrator.clone(), claims.device.clone()];
        Chain::new(&device).check(&root)?;
        let person = match claims.person.claims().grant {
            Grant::Administrator { .. } => vec![origin, claims.person.clone()],
            _ => vec![origin, administrator, claims.person.clone()],
        };
        Chain::new(&person).check(&root)?;
        if !self.0.verify(&claims.administrator.claims().key) {
            return Err(AnswerError::Altered);
        }
        self.is_for(request)
    }

    /// Whether both certificates are of the keys and the laptop of the request.
    fn is_for(&self, request: &Request) -> Result<(), AnswerError> {
        let asked = request.claims();
        let (device, person) = (self.claims().device.claims(), self.claims().person.claims());
        let Grant::Device {
            device: laptop,
            sites,
            sealing_key,
        } = &device.grant
        else {
            return Err(AnswerError::Claims);
        };
        let own = device.key == asked.device_key
            && *laptop == asked.device
            && *sealing_key == asked.sealing_key
            && person.key == asked.staff_key
            && person.grant.staff().is_some()
            && person.grant.device() == Some(asked.device);
        let services = self.claims().envelopes.iter().all(|envelope| {
            let header = envelope.header();
            header.service == self.service() && header.scope == Scope::Service
        });
        if !own {
            Err(AnswerError::SomebodyElse)
        } else if services && sites.contains(&self.claims().site) {
            Ok(())
        } else {
            Err(AnswerError::Claims)
        }
    }
}

/// Names and addresses are left out.
impl fmt::Debug for AnswerClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerClaims")
            .field("request", &self.request)
            .field("site", &self.site)
            .finish_non_exhaustive()
    }
}

/// Names and addresses are left out.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("service", &self.service())
            .field("request", &self.claims().request)
            .finish_non_exhaustive()
    }
}

/// Why an answer was not made, read or taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The bytes are not an answer.
    #[error(
        "This is not the answer to an enrolment request, or it is not whole. Ask for the file again."
    )]
    Cbor(#[from] CborError),
    /// A certificate in it cannot be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// An envelope in it cannot be read.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// Written by a newer version.
    #[error("This answer was made by a newer version. Update Felloe on this laptop to read it.")]
    Newer,
    /// What it says does not hang together.
    #[error("This answer cannot be right. Ask the administrator to approve the request once more.")]
    Claims,
    /// It answers another request.
    #[error(
        "This answer belongs to another request than the one this laptop made. Look for the file that was made for this laptop."
    )]
    OtherRequest,
    /// The root is not the one whose words were read out.
    #[error(
        "The six words are not those of the service that this answer comes from. Nothing was taken. Have the administrator read them out again; if they still differ, do not use this file."
    )]
    OtherService,
    /// The certificates do not lead to the root.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The administrator's signature does not fit.
    #[error(
        "This answer was altered on its way, so nothing was taken. Ask for it again by another way."
    )]
    Altered,
    /// It certifies other keys than those of the request.
    #[error(
        "This answer certifies somebody else's keys, so nothing was taken. Ask the administrator to approve this laptop's own request."
    )]
    SomebodyElse,
}
