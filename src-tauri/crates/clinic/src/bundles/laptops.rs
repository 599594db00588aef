//! The other laptops of the service, as their certificates say.

use std::collections::{BTreeMap, BTreeSet};

use record::certificate::{Authorities, Certificate, Fingerprint, Grant};
use record::id::{DeviceId, SiteId};
use sync::admitted::Admitted;

use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::scope_keys::Laptop as Certified;
use crate::words;

/// A laptop that has a certificate which holds.
pub(super) struct Laptop {
    pub(super) device: DeviceId,
    pub(super) sealing_key: [u8; 32],
    pub(super) admitted: Admitted,
    /// It stands at the hub site.
    pub(super) hub: bool,
    /// Its certificates from the root down.
    pub(super) chain: Vec<Certificate>,
    sites: BTreeSet<SiteId>,
    people: BTreeSet<String>,
}

/// Every laptop of the service, this one too, by id.
pub(super) fn laptops(desk: &Desk) -> Result<BTreeMap<DeviceId, Laptop>, Refusal> {
    let sitting = desk.sitting()?;
    let authorities = sitting.authorities()?;
    let identity = &sitting.opened.identity;
    let enrolled = Fingerprint::of(identity.service, &sitting.opened.root_public);
    let hub = hub_site(desk)?;
    let standing = sitting
        .laptops()?
        .into_values()
        .filter(|known| !known.ended());
    let made = standing.filter_map(|known| laptop(authorities, &known, &enrolled, hub));
    Ok(made.map(|laptop| (laptop.device, laptop)).collect())
}

/// The hub site; an id that no site has where none is known, so that nobody is taken to be there.
fn hub_site(desk: &Desk) -> Result<SiteId, Refusal> {
    let sites = desk.sites()?;
    let hub = sites.values().find(|site| site.hub).map(|site| site.site);
    Ok(hub.unwrap_or(SiteId::from_bytes([0; 16])))
}

fn laptop(
    authorities: &Authorities,
    known: &Certified,
    enrolled: &Fingerprint,
    hub: SiteId,
) -> Option<Laptop> {
    let standing = known
        .standing
        .iter()
        .filter_map(|id| authorities.certificate(id));
    let newest = standing.max_by_key(|one| (one.claims().issued, one.id()))?;
    let chain = authorities.chain_to(&newest.id())?;
    let people = authorities
        .certificates()
        .filter(|person| !authorities.is_ended(&person.id()))
        .filter_map(|person| match &person.claims().grant {
            Grant::Staff {
                name, device: at, ..
            } if *at == known.device => Some(words::short_name(name)),
            _ => None,
        });
    Some(Laptop {
        device: known.device,
        sealing_key: known.sealing_key,
        admitted: Admitted::from_chain(&chain, enrolled, hub).ok()?,
        hub: known.sites.contains(&hub),
        people: people.collect(),
        sites: known.sites.clone(),
        chain,
    })
}

impl Laptop {
    /// Its first digits and who works at it: a laptop has no name of its own.
    pub(super) fn name(&self) -> String {
        let id = self.device.to_string();
        let id = id.get(..8).unwrap_or(&id);
        if self.people.is_empty() {
            return format!("Laptop {id}");
        }
        let people: Vec<String> = self.people.iter().cloned().collect();
        format!("Laptop {id} of {}", words::listed(&people))
    }

    /// Its sites by name.
    pub(super) fn site_names(&self, desk: &Desk) -> Result<String, Refusal> {
        let known = desk.sites()?;
        let names = self.sites.iter().map(|site| {
            let known = known.get(site).map(|site| site.name.clone());
            known.unwrap_or_else(|| "a site not known here".to_owned())
        });
        Ok(words::listed(&names.collect::<Vec<_>>()))
    }
}
