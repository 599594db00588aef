//! Certificates on this device: the chain from the root to whoever is at work.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use record::body::{Revocation, Site};
use record::cbor::Value;
use record::certificate::{Certificate, CertificateId, Error, Grant, Validity};
use record::entry::{Kind, Slot};
use record::id::{SiteId, StaffId};
use record::keys::{SigningKey, VerifyingKey};
use record::moment::Moment;
use record::role::Role;
use record::scope::{Scope, Subject};
use record::words::SixWords;
use store::{Opened, SiteKind, StaffPublic};

use crate::case::body_of;
use crate::desk::{Desk, Line, Sitting};
use crate::refusal::Refusal;

/// How long a staff certificate holds before an administrator renews it: a year. A design decision.
const CERTIFIED_FOR: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Who is certified, and with which key on this device.
struct Holder {
    staff: StaffId,
    name: String,
    role: Role,
    key: VerifyingKey,
}

/// The certificates a new or recovered person needs: root, administrator, this device, the person.
///
/// The first person on the first device is an administrator beside their own role, since somebody
/// has to be able to certify the next; with a recovered record the person with the sheet is.
fn first_chain(
    opened: &Opened,
    sites: &BTreeSet<SiteId>,
    root: &SigningKey,
    now: Moment,
) -> Result<Vec<Certificate>, Error> {
    let identity = &opened.identity;
    let own = opened.signing.verifying_key();
    let origin = Certificate::root(identity.service, identity.service_name.clone(), now, root)?;
    let valid = validity(now.at());
    let grant = Grant::Administrator {
        staff: opened.staff,
        name: opened.name.clone(),
        device: identity.device,
        valid,
    };
    let administrator = origin.issue(grant, own, now, root)?;
    let device = Grant::Device {
        device: identity.device,
        sites: sites.clone(),
        sealing_key: opened.device_sealing_public,
    };
    let device = administrator.issue(
        device,
        opened.device_signing.verifying_key(),
        now,
        &opened.signing,
    )?;
    let mut chain = vec![origin, administrator, device];
    if opened.role != Role::Administrator {
        let holder = Holder {
            staff: opened.staff,
            name: opened.name.clone(),
            role: opened.role,
            key: own,
        };
        let staff = staff_certificate(&chain[1], opened, sites, &holder, now)?;
        chain.push(staff);
    }
    Ok(chain)
}

fn staff_certificate(
    administrator: &Certificate,
    opened: &Opened,
    sites: &BTreeSet<SiteId>,
    holder: &Holder,
    now: Moment,
) -> Result<Certificate, Error> {
    let grant = Grant::Staff {
        staff: holder.staff,
        name: holder.name.clone(),
        role: holder.role,
        sites: sites.clone(),
        device: opened.identity.device,
        valid: validity(now.at()),
    };
    administrator.issue(grant, holder.key, now, &opened.signing)
}

fn validity(from: Timestamp) -> Validity {
    // A clock near the end of time gives a certificate that ends at once, not one that never ends.
    let until = from.checked_add(CERTIFIED_FOR).unwrap_or(from);
    Validity {
        not_before: from,
        not_after: until,
    }
}

/// Every certificate this device holds.
pub(crate) fn held(sitting: &Sitting) -> Result<Vec<Certificate>, Refusal> {
    Ok(sitting
        .open_all(Subject::Service)?
        .iter()
        .filter(|placed| placed.entry.kind == Kind::CERTIFICATE)
        .filter_map(|placed| match &placed.entry.body {
            Value::Bytes(bytes) => Certificate::from_bytes(bytes).ok(),
            _ => None,
        })
        .collect())
}

/// The certificate under which the person at work signs an entry of this kind: the newest for their
/// present key whose role signs it and that holds now, their own role's first. Whoever set up the
/// service is an administrator beside it.
pub(crate) fn certificate_for(
    sitting: &Sitting,
    now: Moment,
    kind: &Kind,
    subject: &Subject,
) -> Result<Option<Certificate>, Refusal> {
    let own = sitting.opened.signing.verifying_key();
    let role = sitting.opened.role;
    let mine = held(sitting)?.into_iter().filter(|certificate| {
        let claims = certificate.claims();
        let signs = claims.grant.role();
        claims.key == own
            && signs.is_some_and(|signs| signs.may_sign(kind, subject) || !kind.needs_signature())
            && holds(&claims.grant, now)
    });
    Ok(mine.max_by_key(|certificate| {
        let claims = certificate.claims();
        (claims.grant.role() == Some(role), claims.issued)
    }))
}

/// The certificate as administrator of the person at work, if they have one that holds now.
pub(crate) fn administrator(
    sitting: &Sitting,
    now: Moment,
) -> Result<Option<Certificate>, Refusal> {
    certificate_for(sitting, now, &Kind::REVOCATION, &Subject::Service)
}

/// The root's certificate, where this device holds it.
pub(crate) fn origin(sitting: &Sitting) -> Result<Option<Certificate>, Refusal> {
    let root = sitting.opened.root_public;
    Ok(held(sitting)?
        .into_iter()
        .find(|one| one.claims().key == root && matches!(one.claims().grant, Grant::Root { .. })))
}

/// Whether a revocation names this certificate.
pub(crate) fn is_ended(sitting: &Sitting, id: &CertificateId) -> Result<bool, Refusal> {
    Ok(sitting
        .open_all(Subject::Service)?
        .iter()
        .filter_map(|placed| body_of::<Revocation>(&placed.entry))
        .any(|revocation| revocation.certificate == *id))
}

fn holds(grant: &Grant, now: Moment) -> bool {
    match grant {
        Grant::Administrator { valid, .. } | Grant::Staff { valid, .. } => valid.covers(&now),
        Grant::Root { .. } | Grant::Device { .. } => false,
    }
}

impl Desk {
    /// Writes the first certificates, or those of a key that was renewed by recovery.
    pub(crate) fn certify_first(&mut self, more: &[Site]) -> Result<(), Refusal> {
        self.whole(|desk| desk.certified_first(more))
    }

    /// A set-up or a recovery that was cut short leaves a person without any certificate. Where
    /// their passphrase opens the root key, the certificates are written now.
    pub(crate) fn certify_after_crash(&mut self, passphrase: &str) -> Result<(), Refusal> {
        let now = self.now().at();
        let Self {
            sitting, secrets, ..
        } = self;
        let sitting = sitting.as_mut().ok_or(Refusal::Locked)?;
        let own = sitting.opened.signing.verifying_key();
        let known = held(sitting)?
            .iter()
            .any(|certificate| certificate.claims().key == own);
        if !known {
            let opened = &mut sitting.opened;
            opened.regain_root(secrets.as_ref(), passphrase, now)?;
        }
        self.certify_first(&[])
    }

    fn certified_first(&mut self, more: &[Site]) -> Result<(), Refusal> {
        let now = self.now();
        let opened = &mut self.sitting_mut()?.opened;
        let Some(root) = opened.take_root() else {
            return Ok(());
        };
        let identity = &opened.identity;
        let own = Site {
            site: identity.site,
            name: identity.site_name.clone(),
            hub: identity.site_kind == SiteKind::Hub,
        };
        self.write_sites(std::iter::once(&own).chain(more))?;
        let sites = self.sites()?.into_keys().collect();
        let opened = &self.sitting()?.opened;
        let chain = first_chain(opened, &sites, &root, now)
            .map_err(|error| Refusal::plain(error.to_string()))?;
        self.write_certificates(&chain)
    }

    /// Certifies a colleague whose keys have just been made on this laptop, for the sites where
    /// they work.
    pub(crate) fn certify(
        &mut self,
        colleague: &StaffPublic,
        name: &str,
        role: Role,
        sites: &BTreeSet<SiteId>,
    ) -> Result<(), Refusal> {
        let now = self.now();
        self.sitting_mut()?.colleagues.take();
        let sitting = self.sitting()?;
        let own = sitting.opened.signing.verifying_key();
        let administrator = held(sitting)?
            .into_iter()
            .find(|certificate| {
                certificate.claims().key == own
                    && matches!(certificate.claims().grant, Grant::Administrator { .. })
            })
            .ok_or_else(|| {
                Refusal::plain("Only an administrator can certify a colleague. Ask one to do it.")
            })?;
        let holder = Holder {
            staff: colleague.staff,
            name: name.to_owned(),
            role,
            key: colleague.verifying,
        };
        let certificate = staff_certificate(&administrator, &sitting.opened, sites, &holder, now)
            .map_err(|error| Refusal::plain(error.to_string()))?;
        self.write_certificates(&[certificate])
    }

    fn write_sites<'a>(&mut self, sites: impl Iterator<Item = &'a Site>) -> Result<(), Refusal> {
        let known = self.sites()?;
        let lines: Vec<Line> = sites
            .filter(|site| !known.contains_key(&site.site))
            .map(|site| Line::of(format!("site/{}", site.site), site))
            .collect::<Result<_, _>>()?;
        if lines.is_empty() {
            Ok(())
        } else {
            self.write_in(Scope::Service, Subject::Service, lines)
        }
    }

    /// The sites this device is enrolled for.
    pub(crate) fn sites(&self) -> Result<BTreeMap<SiteId, Site>, Refusal> {
        let entries = self.sitting()?.open_all(Subject::Service)?;
        Ok(entries
            .iter()
            .filter_map(|placed| body_of::<Site>(&placed.entry))
            .map(|site| (site.site, site))
            .collect())
    }

    pub(crate) fn write_certificates(&mut self, chain: &[Certificate]) -> Result<(), Refusal> {
        let mut lines = Vec::new();
        for certificate in chain {
            let slot = Slot::new(format!("certificate/{}", certificate.id()))
                .map_err(record::entry::Error::from)?;
            let body = Value::Bytes(certificate.to_bytes());
            lines.push(Line {
                kind: Kind::CERTIFICATE,
                version: 1,
                slot: Some(slot),
                body,
                reason: None,
                happened: None,
            });
        }
        self.write_in(Scope::Service, Subject::Service, lines)
    }

    /// The service's root in six words, for the telephone and the recovery sheet.
    pub(crate) fn service_in_words(&self) -> Result<String, Refusal> {
        let roots = held(self.sitting()?)?;
        Ok(roots
            .iter()
            .find_map(Certificate::fingerprint)
            .map(|print| SixWords::of(&print).to_string())
            .unwrap_or_default())
    }
}
