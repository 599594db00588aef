//! The file by which a hub server is told which service it keeps. The app writes it at the hub
//! site, and `felloe-hub init --service FILE` reads it.
//!
//! It holds nothing secret. That it is the right one is seen by the root's fingerprint, read out
//! as six words.

use record::cbor::{Error as CborError, Reader, Writer};
use record::certificate::{Certificate, Chain, ChainError, Error as CertificateError, Fingerprint};
use record::id::{ServiceId, SiteId};

/// The form of the file.
const FORM: u64 = 0;
/// The most bytes of the file: a certificate, and a little.
const MAX_BYTES: usize = record::certificate::MAX_CERTIFICATE_BYTES + 64;

/// What a hub server is set up with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUp {
    root: Certificate,
    fingerprint: Fingerprint,
    hub_site: SiteId,
}

impl SetUp {
    /// The service of this root, with this hub site.
    pub fn new(root: Certificate, hub_site: SiteId) -> Result<Self, Error> {
        let fingerprint = root.fingerprint().ok_or(Error::NotARoot)?;
        Chain::new(std::slice::from_ref(&root)).check(&fingerprint)?;
        Ok(Self {
            root,
            fingerprint,
            hub_site,
        })
    }

    /// The service.
    pub fn service(&self) -> ServiceId {
        self.root.claims().service
    }

    /// The root's certificate, whose own signature has been checked.
    pub fn root(&self) -> &Certificate {
        &self.root
    }

    /// The root's fingerprint.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// The hub site, whose devices see the whole audit trail.
    pub fn hub_site(&self) -> SiteId {
        self.hub_site
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut to = Writer::new();
        to.array(3);
        to.uint(FORM);
        to.bytes(&self.root.to_bytes());
        to.bytes(self.hub_site.as_bytes());
        to.into_bytes()
    }

    /// Reads the file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > MAX_BYTES {
            return Err(CborError::TooLong.into());
        }
        let mut from = Reader::new(bytes);
        from.array_of(3)?;
        if from.uint()? != FORM {
            return Err(Error::Newer);
        }
        let root = Certificate::from_bytes(from.bytes()?)?;
        let hub_site = SiteId::from_bytes(from.bytes_of()?);
        from.end()?;
        Self::new(root, hub_site)
    }
}

/// Why a set-up file was not made or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes have another form.
    #[error("This is not a hub server's set-up file. Write it again at the hub site.")]
    Cbor(#[from] CborError),
    /// The certificate cannot be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// Written by a newer version.
    #[error("This set-up file was written by a newer version. Update the hub server.")]
    Newer,
    /// The certificate is another than a service's root.
    #[error("This set-up file does not hold a service's root. Write it again at the hub site.")]
    NotARoot,
    /// The root's signature over itself does not fit.
    #[error("The root in this set-up file was altered. Write it again at the hub site.")]
    Chain(#[from] ChainError),
}
