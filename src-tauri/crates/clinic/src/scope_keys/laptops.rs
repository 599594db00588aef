//! The laptops of the service, as their certificates say.

use std::collections::{BTreeMap, BTreeSet};

use record::certificate::{Certificate, CertificateId, Grant};
use record::id::{DeviceId, SiteId};
use record::keys::VerifyingKey;
use record::moment::Moment;
use record::scope::Scope;

use crate::desk::Sitting;
use crate::refusal::Refusal;

/// One laptop, as the newest of its certificates that stands says; when all have been ended, as
/// the last of those did.
#[derive(Debug, Clone)]
pub(crate) struct Laptop {
    pub(crate) device: DeviceId,
    pub(crate) sites: BTreeSet<SiteId>,
    pub(crate) key: VerifyingKey,
    pub(crate) sealing_key: [u8; 32],
    /// When the certificate was issued.
    pub(crate) since: Moment,
    /// Its certificates that stand.
    pub(crate) standing: Vec<CertificateId>,
}

impl Laptop {
    /// Revoked.
    pub(crate) fn ended(&self) -> bool {
        self.standing.is_empty()
    }

    /// The scopes it is enrolled for; none once it was ended.
    pub(crate) fn scopes(&self) -> BTreeSet<Scope> {
        if self.ended() {
            return BTreeSet::new();
        }
        scopes_of(&self.sites)
    }
}

/// The scopes of a laptop that is enrolled for these sites.
pub(crate) fn scopes_of(sites: &BTreeSet<SiteId>) -> BTreeSet<Scope> {
    let own = sites.iter().map(|site| Scope::Site(*site));
    own.chain([Scope::Service, Scope::Audit]).collect()
}

impl Sitting {
    /// Every laptop that was ever certified, by its id.
    pub(crate) fn laptops(&self) -> Result<BTreeMap<DeviceId, Laptop>, Refusal> {
        let authorities = self.authorities()?;
        let mut all: BTreeMap<DeviceId, Vec<&Certificate>> = BTreeMap::new();
        for one in authorities.certificates() {
            if let Grant::Device { device, .. } = &one.claims().grant {
                all.entry(*device).or_default().push(one);
            }
        }
        let of = |(device, held): (DeviceId, Vec<&Certificate>)| {
            let stands = |one: &Certificate| !authorities.is_ended(&one.id());
            let newest = held
                .iter()
                .max_by_key(|one| (stands(one), one.claims().issued, one.id()))?;
            let Grant::Device {
                sites, sealing_key, ..
            } = &newest.claims().grant
            else {
                return None;
            };
            let laptop = Laptop {
                device,
                sites: sites.clone(),
                key: newest.claims().key,
                sealing_key: *sealing_key,
                since: newest.claims().issued,
                standing: held
                    .iter()
                    .filter(|one| stands(one))
                    .map(|one| one.id())
                    .collect(),
            };
            Some((device, laptop))
        };
        Ok(all.into_iter().filter_map(of).collect())
    }

    /// This laptop, once it is certified.
    pub(crate) fn this_laptop(&self) -> Result<Option<Laptop>, Refusal> {
        Ok(self.laptops()?.remove(&self.opened.identity.device))
    }

    /// Whether any other laptop was ever certified: then this one makes no scope's first key alone.
    pub(crate) fn is_alone(&self) -> Result<bool, Refusal> {
        let own = self.opened.identity.device;
        Ok(self.laptops()?.keys().all(|device| *device == own))
    }
}
