//! A colleague's new signing key in the place of the one that nobody can open any more.

use jiff::Timestamp;
use record::body::{Revocation, StreamEnd};
use record::certificate::{Certificate, Grant, Validity};
use record::entry::{Basis, Kind};
use record::id::DeviceId;
use record::moment::Moment;
use record::scope::{Scope, Subject};
use store::StaffPublic;

use crate::desk::{Desk, Line, Sign};
use crate::refusal::Refusal;

impl Desk {
    /// Ends what the colleague's old key could sign, and certifies the new one for the same. What
    /// was signed before goes on to count.
    ///
    /// `own` is the passphrase of the person at work, for the root key where the colleague is an
    /// administrator.
    pub(super) fn replace_key(&mut self, new: &StaffPublic, own: &str) -> Result<(), Refusal> {
        let now = self.now();
        let device = self.sitting()?.opened.identity.device;
        let mut certified = Vec::new();
        let authorities = self.sitting()?.authorities()?;
        let theirs = authorities.certificates().filter(|old| {
            old.claims().grant.staff() == Some(new.staff)
                && old.claims().grant.device() == Some(device)
                && old.claims().key != new.verifying
                && !authorities.is_ended(&old.id())
        });
        let theirs: Vec<Certificate> = theirs.cloned().collect();
        for old in theirs {
            self.retire(&old)?;
            let Some(grant) = renewed(&old.claims().grant, now.at()) else {
                continue;
            };
            if let Some(certificate) = self.reissue(grant, new, now, own)? {
                certified.push(certificate);
            }
        }
        if certified.is_empty() {
            return Ok(());
        }
        self.write_certificates(&certified)
    }

    /// Ends a certificate as of what its device has written until now.
    fn retire(&mut self, certificate: &Certificate) -> Result<(), Refusal> {
        let device = certificate.claims().grant.device();
        let body = Revocation {
            certificate: certificate.id(),
            why: "replaced".into(),
            accepted: self.ends_of(device)?,
        };
        let line = Line::of(format!("revocation/{}", certificate.id()), &body)?;
        let basis = Basis::default();
        self.write_signed_in(Scope::Service, Subject::Service, vec![line], Sign { basis })
    }

    /// The last envelope of each stream of a device that is held here.
    pub(crate) fn ends_of(&self, device: Option<DeviceId>) -> Result<Vec<StreamEnd>, Refusal> {
        let store = &self.sitting()?.opened.store;
        let mut ends = Vec::new();
        for stream in store.streams()? {
            if Some(stream.device) == device
                && let Some(tail) = store.tails(&stream)?.last()
            {
                ends.push(StreamEnd {
                    scope: stream.scope,
                    incarnation: stream.incarnation,
                    sequence: tail.sequence,
                });
            }
        }
        Ok(ends)
    }

    /// The same certificate for the new key: by the root for an administrator, where the person at
    /// work holds it, and else by the person at work.
    fn reissue(
        &mut self,
        grant: Grant,
        new: &StaffPublic,
        now: Moment,
        own: &str,
    ) -> Result<Option<Certificate>, Refusal> {
        let plain = |error: record::certificate::Error| Refusal::plain(error.to_string());
        let sitting = self.sitting()?;
        if matches!(grant, Grant::Administrator { .. }) {
            let root = sitting.opened.root(self.secrets.as_ref(), own, now.at())?;
            let Some((root, origin)) = root.zip(sitting.origin()?) else {
                return Ok(None);
            };
            return origin
                .issue(grant, new.verifying, now, &root)
                .map(Some)
                .map_err(plain);
        }
        let administrator =
            sitting.signing_certificate(&Kind::REVOCATION, &Subject::Service, now)?;
        let administrator = administrator.ok_or_else(|| {
            Refusal::plain("Only an administrator can certify a colleague. Ask one to do it.")
        })?;
        administrator
            .issue(grant, new.verifying, now, &sitting.opened.signing)
            .map(Some)
            .map_err(plain)
    }
}

/// The same from now until the same day; none when that has passed.
fn renewed(grant: &Grant, now: Timestamp) -> Option<Grant> {
    let mut grant = grant.clone();
    match &mut grant {
        Grant::Administrator { valid, .. } | Grant::Staff { valid, .. } => {
            *valid = Validity {
                not_before: now,
                not_after: valid.not_after,
            };
            (valid.not_after > now).then_some(grant)
        }
        Grant::Root { .. } | Grant::Device { .. } => None,
    }
}
