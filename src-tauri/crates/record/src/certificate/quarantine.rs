//! What was written after its author or its device had been ended: kept, shown, and settling
//! nothing.

use super::{Authorities, Certificate, Grant, NotAuthorised, Stated};

impl Authorities {
    /// Whether an entry counts: neither its author nor its device had been ended before, and where
    /// a person has to sign, the signature is good and was theirs to give.
    pub fn accepts(&self, stated: Stated<'_>) -> Result<(), NotAuthorised> {
        if self.is_cut_off(stated) {
            Err(NotAuthorised::Revoked)
        } else if stated.entry.kind.needs_signature() {
            self.check(stated)
        } else {
            Ok(())
        }
    }

    fn is_cut_off(&self, stated: Stated<'_>) -> bool {
        let wholly = self.ended.iter().filter(|(_, ended)| ended.wholly);
        wholly
            .filter(|(id, _)| self.outlived(id, stated.header))
            .filter_map(|(id, _)| self.certificate(id))
            .any(|certificate| wrote(certificate, stated))
    }

    /// Whether a certificate was issued by a lead, and so is a locum's.
    pub fn is_locum(&self, certificate: &Certificate) -> bool {
        let issuer = certificate.claims().issuer;
        issuer
            .and_then(|issuer| self.certificate(&issuer))
            .is_some_and(|issuer| matches!(issuer.claims().grant, Grant::Staff { .. }))
    }
}

/// Whether an entry was written by the holder: by that person on that device, or on that device
/// whoever sat at it.
fn wrote(certificate: &Certificate, stated: Stated<'_>) -> bool {
    let grant = &certificate.claims().grant;
    grant.device() == Some(stated.header.device)
        && grant
            .staff()
            .is_none_or(|staff| staff == stated.entry.author)
}
