//! Who is who on this laptop, as their certificates say.

use std::collections::{BTreeMap, BTreeSet};

use record::certificate::{Authorities, Certificate, Grant, Validity};
use record::id::{DeviceId, SiteId, StaffId};
use record::keys::VerifyingKey;
use record::moment::Moment;
use record::role::Role;

/// Somebody who is or was certified, as the newest certificate that stands says; when all have
/// been ended, as the last of those did.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) staff: StaffId,
    pub(crate) name: String,
    pub(crate) role: Role,
    /// Where they work; none for an administrator who treats nobody, who sees to every site.
    pub(crate) sites: BTreeSet<SiteId>,
    pub(crate) valid: Validity,
    pub(crate) key: VerifyingKey,
    /// Let in by a lead, for a short time.
    pub(crate) locum: bool,
    /// Revoked.
    pub(crate) ended: bool,
    /// Until when they may certify others; none for those who may not.
    pub(crate) administrator: Option<Validity>,
}

impl Person {
    /// Whether their signatures count at this time.
    pub(crate) fn holds(&self, now: Moment) -> bool {
        !self.ended && self.valid.covers(&now)
    }

    /// Whether they work at a site.
    pub(crate) fn works_at(&self, site: SiteId) -> bool {
        self.sites.is_empty() || self.sites.contains(&site)
    }

    fn of(authorities: &Authorities, all: &[&Certificate]) -> Option<Self> {
        let ended = |one: &Certificate| authorities.is_ended(&one.id());
        let standing = all.iter().filter(|one| !ended(one));
        let administrator = standing
            .clone()
            .filter(|one| matches!(one.claims().grant, Grant::Administrator { .. }))
            .max_by_key(|one| (one.claims().issued, one.id()))
            .and_then(|one| one.claims().grant.valid());
        // A role to work in says more than the right to certify, which stands beside it.
        let newest = all.iter().max_by_key(|one| {
            let works = matches!(one.claims().grant, Grant::Staff { .. });
            (!ended(one), works, one.claims().issued, one.id())
        })?;
        let (staff, name, role, sites, valid) = match &newest.claims().grant {
            Grant::Staff {
                staff,
                name,
                role,
                sites,
                valid,
                ..
            } => (staff, name, *role, sites.clone(), *valid),
            Grant::Administrator {
                staff, name, valid, ..
            } => (staff, name, Role::Administrator, BTreeSet::new(), *valid),
            Grant::Root { .. } | Grant::Device { .. } => return None,
        };
        Some(Self {
            staff: *staff,
            name: name.clone(),
            role,
            sites,
            valid,
            key: newest.claims().key,
            locum: authorities.is_locum(newest),
            ended: ended(newest),
            administrator,
        })
    }
}

/// Everybody with a certificate, by their id. Of somebody with several devices, what this one says.
pub(crate) fn people(authorities: &Authorities, here: DeviceId) -> BTreeMap<StaffId, Person> {
    let mut all: BTreeMap<StaffId, Vec<&Certificate>> = BTreeMap::new();
    for certificate in authorities.certificates() {
        if let Some(staff) = certificate.claims().grant.staff() {
            all.entry(staff).or_default().push(certificate);
        }
    }
    all.into_iter()
        .filter_map(|(staff, mut held)| {
            let on_this = |one: &&Certificate| one.claims().grant.device() == Some(here);
            if held.iter().any(on_this) {
                held.retain(|one| one.claims().grant.device() == Some(here));
            }
            Person::of(authorities, &held).map(|person| (staff, person))
        })
        .collect()
}

/// Whoever signs with this key.
pub(super) fn holder(
    authorities: &Authorities,
    staff: StaffId,
    key: &VerifyingKey,
) -> Option<Person> {
    let own: Vec<_> = authorities
        .certificates()
        .filter(|one| one.claims().key == *key && one.claims().grant.staff() == Some(staff))
        .collect();
    Person::of(authorities, &own)
}
