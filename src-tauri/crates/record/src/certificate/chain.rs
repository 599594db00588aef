//! From the fingerprint that was read out, down to one person's signature.

use crate::entry::{Entry, Error as EntryError, verify_signed};
use crate::envelope::Header;
use crate::scope::Scope;

use super::{Certificate, Fingerprint, Grant};

/// Certificates from the root down: root, administrator, and the staff member or device if any;
/// for a locum the lead who let them in, and then the locum.
#[derive(Debug, Clone, Copy)]
pub struct Chain<'a>(&'a [Certificate]);

impl<'a> Chain<'a> {
    /// `certificates` begin with the root.
    pub fn new(certificates: &'a [Certificate]) -> Self {
        Self(certificates)
    }

    /// Checks every link, and that the root is the one that was enrolled with. Gives the last.
    ///
    /// An issuer's certificate must have held when it issued the next one. Whether the last one
    /// holds is not looked at here: its expiry is a claim to hold against the claimed time of an
    /// entry ([`check_signed`]), and revocation is a matter of what is in the record
    /// ([`Authorities`](super::Authorities)).
    pub fn check(&self, enrolled: &Fingerprint) -> Result<&'a Certificate, ChainError> {
        let (root, rest) = self.0.split_first().ok_or(ChainError::Empty)?;
        if root.fingerprint().as_ref() != Some(enrolled) {
            return Err(ChainError::OtherRoot);
        }
        if !root.verify(&root.claims().key) {
            return Err(ChainError::Signature);
        }
        rest.iter().try_fold(root, |issuer, certificate| {
            link(issuer, certificate).map(|()| certificate)
        })
    }
}

/// Whether one certificate follows from another that is proven.
pub(super) fn link(issuer: &Certificate, certificate: &Certificate) -> Result<(), ChainError> {
    let claims = certificate.claims();
    if claims.issuer != Some(issuer.id()) || claims.service != issuer.claims().service {
        return Err(ChainError::Gap);
    }
    if !issuer.claims().may_issue(claims) {
        return Err(ChainError::MayNotIssue);
    }
    if certificate.verify(&issuer.claims().key) {
        Ok(())
    } else {
        Err(ChainError::Signature)
    }
}

/// Checks that a person's signature over an entry is good and was theirs to give.
///
/// `certificate` is the signer's, from a [`Chain`] that has been checked.
pub fn check_signed(
    entry: &Entry,
    header: &Header,
    index: u16,
    certificate: &Certificate,
) -> Result<(), NotAuthorised> {
    let signed = entry.signed.as_ref().ok_or(NotAuthorised::Missing)?;
    let (staff, device, valid) = match &certificate.claims().grant {
        Grant::Administrator {
            staff,
            device,
            valid,
            ..
        }
        | Grant::Staff {
            staff,
            device,
            valid,
            ..
        } => (staff, device, valid),
        Grant::Root { .. } | Grant::Device { .. } => return Err(NotAuthorised::Certificate),
    };
    let its_own = signed.authority == certificate.id()
        && certificate.claims().service == header.service
        && *staff == entry.author
        && *device == header.device;
    if !its_own {
        return Err(NotAuthorised::Certificate);
    }
    if let (Grant::Staff { sites, .. }, Scope::Site(site)) =
        (&certificate.claims().grant, header.scope)
        && !sites.contains(&site)
    {
        return Err(NotAuthorised::Site);
    }
    let role = certificate
        .claims()
        .grant
        .role()
        .ok_or(NotAuthorised::Certificate)?;
    if entry.kind.needs_signature() && !role.may_sign(&entry.kind, &header.subject) {
        return Err(NotAuthorised::Role);
    }
    if !valid.covers(&entry.claimed) {
        return Err(NotAuthorised::Expired);
    }
    match verify_signed(entry, header, index, &certificate.claims().key) {
        Ok(()) => Ok(()),
        Err(EntryError::Elsewhere) => Err(NotAuthorised::Elsewhere),
        Err(_) => Err(NotAuthorised::Signature),
    }
}

/// Why a chain of certificates proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChainError {
    /// There is no certificate.
    #[error("There is no certificate. Enrol again.")]
    Empty,
    /// The root is not the one enrolled with.
    #[error(
        "This comes from another service. Compare the six words with the person who gave them."
    )]
    OtherRoot,
    /// One certificate does not name the one before it.
    #[error("A certificate is missing in between. Bring this device up to date.")]
    Gap,
    /// A certificate was issued by someone who may not, or not for that role, site or time.
    #[error("A certificate was issued by someone who may not issue it. Tell an administrator.")]
    MayNotIssue,
    /// A signature does not fit.
    #[error("The signature on a certificate does not fit. Tell an administrator.")]
    Signature,
}

/// Why a person's signature does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAuthorised {
    /// There is none, though this kind needs one.
    #[error("This has to be signed by a person and bears no signature, so it does not count.")]
    Missing,
    /// It does not fit what it stands under.
    #[error("The signature does not fit what was signed, so it does not count.")]
    Signature,
    /// It was given for another patient, another place or another device.
    #[error(
        "The signature was given in another place or for another patient, so it does not count here."
    )]
    Elsewhere,
    /// No certificate of that id leads to the root this device was enrolled with.
    #[error(
        "The signer's certificate is not known here, so the signature does not count. Bring this device up to date."
    )]
    Unknown,
    /// The certificate had been ended before this was written.
    #[error(
        "The signer's key had been retired before this was signed, so the signature does not count."
    )]
    Retired,
    /// The certificate is another person's, another device's or another service's.
    #[error("The signature was made with somebody else's certificate, so it does not count.")]
    Certificate,
    /// A revocation cuts off its author, or the device.
    #[error(
        "This was written after its author's account was ended, so it settles nothing until a clinician has asked again."
    )]
    Revoked,
    /// The person does not work at this site.
    #[error("The signer is not certified for this site, so the signature does not count.")]
    Site,
    /// The role does not sign this.
    #[error("The signer's role does not sign this, so the signature does not count.")]
    Role,
    /// The claimed time is outside the certificate's.
    #[error(
        "The signer's certificate did not hold at that time. Ask an administrator to renew it."
    )]
    Expired,
}
