//! Other sites for a laptop.

use std::collections::BTreeSet;

use record::body::Action;
use record::certificate::Grant;
use record::id::{DeviceId, SiteId};
use record::scope::Scope;

use super::handed::short;
use super::listing::screen;
use crate::audit;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::scope_keys::Laptop;
use crate::staff::wrong_passphrase;
use crate::view::{LaptopForm, Laptops};

/// Enrols a laptop for other sites. It is given the keys of those that are new to it; of those that
/// it leaves a new epoch begins, which it is not given.
pub fn change_laptop(
    desk: &mut Desk,
    laptop: String,
    form: LaptopForm,
) -> Result<Laptops, Refusal> {
    desk.allow(Act::KeepLaptops)?;
    let laptop = laptop_of(desk, &laptop)?;
    if laptop.ended() {
        return Err(Refusal::plain(
            "This laptop was ended. It can join again with a new request.",
        ));
    }
    let sites = chosen(desk, &laptop, &form)?;
    desk.confirm_own("own_passphrase", &form.own_passphrase)
        .map_err(wrong_passphrase)?;
    let new = sites.difference(&laptop.sites);
    let new: BTreeSet<Scope> = new.map(|site| Scope::Site(*site)).collect();
    let keys = desk.held_scope_keys(&new)?;
    desk.whole(|desk| {
        let changed = desk.enrol_for(&laptop, sites)?;
        let own = desk.sitting()?.this_laptop()?;
        let other = own.filter(|own| own.device != changed.device);
        let to: Vec<Laptop> = other.into_iter().chain([changed]).collect();
        for key in &keys {
            desk.give_scope_key(key, &to, &[])?;
        }
        let said = format!("sites of laptop {}", short(laptop.device));
        audit::note(desk, Action::StaffChanged, None, &said)
    })?;
    desk.renew_where_wanted()?;
    screen(desk)
}

/// A laptop from the screen.
pub(super) fn laptop_of(desk: &Desk, laptop: &str) -> Result<Laptop, Refusal> {
    let missing = || Refusal::NotFound("That laptop");
    let device: DeviceId = laptop.parse().map_err(|_| missing())?;
    let mut all = desk.sitting()?.laptops()?;
    all.remove(&device).ok_or_else(missing)
}

fn chosen(desk: &Desk, laptop: &Laptop, form: &LaptopForm) -> Result<BTreeSet<SiteId>, Refusal> {
    let known = desk.sites()?;
    let chosen = form.sites.iter().filter_map(|site| site.parse().ok());
    let sites: BTreeSet<SiteId> = chosen.filter(|site| known.contains_key(site)).collect();
    let identity = &desk.sitting()?.opened.identity;
    if sites.is_empty() {
        Err(Refusal::field("sites", "Choose at least one site."))
    } else if laptop.device == identity.device && !sites.contains(&identity.site) {
        Err(Refusal::field(
            "sites",
            "A laptop stays enrolled for the site where it stands.",
        ))
    } else {
        Ok(sites)
    }
}

impl Desk {
    /// Certifies a laptop for other sites, under the keys it has.
    pub(crate) fn enrol_for(
        &mut self,
        laptop: &Laptop,
        sites: BTreeSet<SiteId>,
    ) -> Result<Laptop, Refusal> {
        let (_, administrator) = self.issuing_chain()?;
        let grant = Grant::Device {
            device: laptop.device,
            sites,
            sealing_key: laptop.sealing_key,
        };
        let issued = self.after_all_of(laptop.device)?;
        let certificate = self.issue(&administrator, grant, laptop.key, issued)?;
        self.write_certificates(&[certificate])?;
        let mut all = self.sitting()?.laptops()?;
        all.remove(&laptop.device)
            .ok_or(Refusal::NotFound("That laptop"))
    }
}
