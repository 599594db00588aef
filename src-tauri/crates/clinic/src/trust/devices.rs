//! Where each device stands, as its certificate says.

use std::collections::{BTreeMap, BTreeSet};

use record::certificate::Grant;
use record::id::{DeviceId, SiteId};

use crate::desk::{Desk, Sitting};
use crate::refusal::Refusal;

impl Sitting {
    /// The sites that each certified device is enrolled for.
    pub(crate) fn device_sites(&self) -> Result<BTreeMap<DeviceId, BTreeSet<SiteId>>, Refusal> {
        let mut all: BTreeMap<DeviceId, BTreeSet<SiteId>> = BTreeMap::new();
        for certificate in self.authorities()?.certificates() {
            if let Grant::Device { device, sites, .. } = &certificate.claims().grant {
                all.entry(*device).or_default().extend(sites);
            }
        }
        Ok(all)
    }
}

impl Desk {
    /// `This laptop`, `Hexham, another laptop`, or `another laptop` where nothing is known of it.
    pub(crate) fn device_words(&self, device: DeviceId) -> Result<String, Refusal> {
        if device == self.sitting()?.opened.identity.device {
            return Ok("This laptop".to_owned());
        }
        let names = self.sites()?;
        let sites = self.sitting()?.device_sites()?.remove(&device);
        let all: Vec<&str> = sites
            .iter()
            .flatten()
            .filter_map(|site| names.get(site).map(|site| site.name.as_str()))
            .collect();
        Ok(if all.is_empty() {
            "Another laptop".to_owned()
        } else {
            format!("{}, another laptop", all.join(" and "))
        })
    }
}
