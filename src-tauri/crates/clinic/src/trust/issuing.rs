//! Issuing certificates: the first ones, and those of colleagues.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use record::body::Site;
use record::cbor::Value;
use record::certificate::{Certificate, Error, Grant, Validity};
use record::entry::{Kind, Slot};
use record::id::{SiteId, StaffId};
use record::keys::{SigningKey, VerifyingKey};
use record::moment::Moment;
use record::role::Role;
use record::scope::{Scope, Subject};
use store::{Opened, SiteKind, StaffPublic};

use crate::case::body_of;
use crate::desk::{Desk, Line};
use crate::recovered::Recovered;
use crate::refusal::Refusal;

/// How long a staff certificate holds before an administrator renews it: a year. A design decision.
const CERTIFIED_FOR: SignedDuration = SignedDuration::from_hours(366 * 24);

/// From when to when a colleague is certified; a year from now when nothing is said.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Term {
    pub(crate) from: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
}

impl Term {
    fn validity(self, now: Moment) -> Validity {
        let from = self.from.unwrap_or(now.at());
        Validity {
            not_before: from,
            not_after: self.until.unwrap_or(validity(from).not_after),
        }
    }
}

pub(super) fn validity(from: Timestamp) -> Validity {
    // A clock near the end of time gives a certificate that ends at once, not one that never ends.
    let until = from.checked_add(CERTIFIED_FOR).unwrap_or(from);
    Validity {
        not_before: from,
        not_after: until,
    }
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
    let origin = Certificate::root(identity.service, identity.service_name.clone(), now, root)?;
    let administrator = administrator(
        &origin,
        opened,
        opened.staff,
        &opened.name,
        own(opened),
        root,
        now,
    )?;
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
        let grant = Grant::Staff {
            staff: opened.staff,
            name: opened.name.clone(),
            role: opened.role,
            sites: sites.clone(),
            device: identity.device,
            valid: validity(now.at()),
        };
        chain.push(chain[1].issue(grant, own(opened), now, &opened.signing)?);
    }
    Ok(chain)
}

fn own(opened: &Opened) -> VerifyingKey {
    opened.signing.verifying_key()
}

fn administrator(
    origin: &Certificate,
    opened: &Opened,
    staff: StaffId,
    name: &str,
    key: VerifyingKey,
    root: &SigningKey,
    now: Moment,
) -> Result<Certificate, Error> {
    let grant = Grant::Administrator {
        staff,
        name: name.to_owned(),
        device: opened.identity.device,
        valid: validity(now.at()),
    };
    origin.issue(grant, key, now, root)
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
        let own = own(&sitting.opened);
        let known = sitting
            .authorities()?
            .certificates()
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
        let recovered = Recovered::of(&self.sitting()?.opened.store)?;
        let none = self.sites()?.is_empty();
        if let Some(recovered) = recovered.filter(|_| none) {
            return self.certified_again(&recovered, &root);
        }
        let identity = &self.sitting()?.opened.identity;
        let own = Site {
            site: identity.site,
            name: identity.site_name.clone(),
            hub: identity.site_kind == SiteKind::Hub,
        };
        self.write_sites(std::iter::once(&own).chain(more))?;
        let sites = self.sites()?.into_keys().collect();
        let opened = &self.sitting()?.opened;
        let chain = first_chain(opened, &sites, &root, now).map_err(refused)?;
        self.write_certificates(&chain)
    }

    /// The same on a laptop that was set up from the recovery sheet: the sites are in the record that
    /// is still to come. That it holds their keys is written down, so that a new epoch begins should
    /// it be lost too.
    fn certified_again(&mut self, recovered: &Recovered, root: &SigningKey) -> Result<(), Refusal> {
        let now = self.now();
        let sites = recovered.sites.iter().copied().collect();
        let chain = first_chain(&self.sitting()?.opened, &sites, root, now).map_err(refused)?;
        self.write_certificates(&chain)?;
        let own = self.sitting()?.this_laptop()?;
        let own = own.ok_or(Refusal::NotFound("The certificate of this laptop"))?;
        for key in self.sitting()?.opened.store.scope_keys()? {
            self.give_scope_key(&key, std::slice::from_ref(&own), &[])?;
        }
        Ok(())
    }

    /// Certifies a colleague whose keys have just been made on this laptop for a year, for the
    /// sites where they work.
    pub(crate) fn certify(
        &mut self,
        colleague: &StaffPublic,
        name: &str,
        role: Role,
        sites: &BTreeSet<SiteId>,
    ) -> Result<(), Refusal> {
        self.certify_for(colleague, name, role, sites, Term::default())
    }

    /// The same for another time. An administrator certifies anybody but administrators; a lead
    /// lets locums in, within the bounds that every reader checks.
    pub(crate) fn certify_for(
        &mut self,
        colleague: &StaffPublic,
        name: &str,
        role: Role,
        sites: &BTreeSet<SiteId>,
        term: Term,
    ) -> Result<(), Refusal> {
        let now = self.now();
        self.sitting_mut()?.colleagues.take();
        let opened = &self.sitting()?.opened;
        let grant = Grant::Staff {
            staff: colleague.staff,
            name: name.to_owned(),
            role,
            sites: sites.clone(),
            device: opened.identity.device,
            valid: term.validity(now),
        };
        let issuer = self.issuer(now)?;
        let certificate = issuer
            .issue(grant, colleague.verifying, now, &opened.signing)
            .map_err(refused)?;
        self.write_certificates(&[certificate])
    }

    /// Makes somebody an administrator: only with the root key, which the person who set the
    /// service up opens with their passphrase.
    pub(crate) fn certify_administrator(
        &mut self,
        colleague: &StaffPublic,
        name: &str,
        passphrase: &str,
    ) -> Result<(), Refusal> {
        let now = self.now();
        self.sitting_mut()?.colleagues.take();
        let opened = &self.sitting()?.opened;
        let root = self.root_key(passphrase)?;
        let identity = &opened.identity;
        let origin = Certificate::root(identity.service, identity.service_name.clone(), now, &root);
        let origin = origin.map_err(refused)?;
        let (staff, key) = (colleague.staff, colleague.verifying);
        let certificate =
            administrator(&origin, opened, staff, name, key, &root, now).map_err(refused)?;
        self.write_certificates(&[origin, certificate])
    }

    /// The root key, for whoever holds it and types their passphrase.
    pub(super) fn root_key(&self, passphrase: &str) -> Result<SigningKey, Refusal> {
        let opened = &self.sitting()?.opened;
        let root = opened.root(self.secrets.as_ref(), passphrase, self.now().at())?;
        root.ok_or_else(|| {
            Refusal::plain("Only the person who set up the service, or who used its recovery sheet, makes and renews administrators. Ask them.")
        })
    }

    /// The certificate under which the person at work certifies others: an administrator's, else a
    /// lead's.
    pub(super) fn issuer(&self, now: Moment) -> Result<&Certificate, Refusal> {
        let sitting = self.sitting()?;
        let authorities = sitting.authorities()?;
        let own = own(&sitting.opened);
        let issues = |one: &&Certificate| {
            let grant = &one.claims().grant;
            one.claims().key == own
                && grant.valid().is_some_and(|valid| valid.covers(&now))
                && !authorities.is_ended(&one.id())
                && matches!(grant.role(), Some(Role::Administrator | Role::Lead))
        };
        let found = authorities.certificates().filter(issues).max_by_key(|one| {
            let administers = matches!(one.claims().grant, Grant::Administrator { .. });
            (administers, one.claims().issued, one.id())
        });
        found.ok_or_else(|| {
            Refusal::plain("You have no certificate that holds today and certifies others. Ask an administrator of the service.")
        })
    }

    pub(crate) fn write_sites<'a>(
        &mut self,
        sites: impl Iterator<Item = &'a Site>,
    ) -> Result<(), Refusal> {
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

    /// The sites of the service.
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
}

pub(super) fn refused(error: Error) -> Refusal {
    match error {
        Error::MayNotIssue => Refusal::plain(
            "That goes beyond what you may certify. A lead lets in locums only: at their own sites, for at most 28 days, and not longer than their own certificate holds. Ask an administrator for more.",
        ),
        other => Refusal::plain(other.to_string()),
    }
}
