//! Certificates of laptops, and of people on laptops that are not this one.

use jiff::SignedDuration;
use record::certificate::{Certificate, Grant, Validity};
use record::id::{DeviceId, StaffId};
use record::keys::VerifyingKey;
use record::moment::Moment;

use super::issuing::{refused, validity};
use crate::desk::Desk;
use crate::refusal::Refusal;

/// From now for as long as a certificate holds before an administrator renews it.
pub(crate) fn a_year(now: Moment) -> Validity {
    validity(now.at())
}

impl Desk {
    /// The certificate of the administrator at work, and the root's that it was issued under. A
    /// lead certifies locums only, and has none.
    pub(crate) fn issuing_chain(&self) -> Result<(Certificate, Certificate), Refusal> {
        let administrator = self.issuer(self.now())?.clone();
        let authorities = self.sitting()?.authorities()?;
        let root = match (&administrator.claims().grant, administrator.claims().issuer) {
            (Grant::Administrator { .. }, Some(root)) => authorities.certificate(&root).cloned(),
            _ => None,
        };
        let root = root.ok_or_else(|| {
            Refusal::plain("Your right to certify laptops has ended or was never given. Ask the person who set up the service to renew it.")
        })?;
        Ok((root, administrator))
    }

    /// Certifies as the person at work, under the certificate of theirs that is given.
    pub(crate) fn issue(
        &self,
        issuer: &Certificate,
        grant: Grant,
        key: VerifyingKey,
        at: Moment,
    ) -> Result<Certificate, Refusal> {
        let own = &self.sitting()?.opened.signing;
        issuer.issue(grant, key, at, own).map_err(refused)
    }

    /// When the next certificate of a laptop is issued: now, or just after the last one where this
    /// clock is behind the one that issued it. The newest says for which sites the laptop is
    /// enrolled, and a clock that was set back must not leave it the old one.
    pub(crate) fn after_all_of(&self, device: DeviceId) -> Result<Moment, Refusal> {
        let now = self.now();
        let laptops = self.sitting()?.laptops()?;
        let last = laptops.get(&device).map(|laptop| laptop.since);
        let next = last.and_then(|last| {
            let after = last.at().checked_add(SignedDuration::from_millis(1)).ok()?;
            Moment::new(after, now.offset_seconds()).ok()
        });
        Ok(next.map_or(now, |next| now.max(next)))
    }

    /// An administrator on another laptop: only with the root key, which stays on this one.
    pub(crate) fn administrator_elsewhere(
        &self,
        root: &Certificate,
        (staff, name): (StaffId, &str),
        device: DeviceId,
        key: VerifyingKey,
        passphrase: &str,
    ) -> Result<Certificate, Refusal> {
        let now = self.now();
        let root_key = self.root_key(passphrase)?;
        let grant = Grant::Administrator {
            staff,
            name: name.to_owned(),
            device,
            valid: a_year(now),
        };
        root.issue(grant, key, now, &root_key).map_err(refused)
    }
}
