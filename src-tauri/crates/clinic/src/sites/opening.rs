//! A new site.

use record::body::{Action, Site};
use record::id::SiteId;
use record::scope::Scope;

use super::listing::screen;
use crate::audit;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::staff::wrong_passphrase;
use crate::view::{SiteForm, Sites};

/// Opens a spoke. This laptop is enrolled for it and makes its key, so that other laptops can be
/// given it; who works there is said under Staff.
pub fn open_site(desk: &mut Desk, form: SiteForm) -> Result<Sites, Refusal> {
    desk.allow(Act::KeepSites)?;
    let name = form.name.trim();
    if name.is_empty() {
        return Err(Refusal::field("name", "Enter the name of the site."));
    }
    let known = desk.sites()?;
    if known
        .values()
        .any(|site| site.name.eq_ignore_ascii_case(name))
    {
        return Err(Refusal::field(
            "name",
            "There is a site of this name already. Choose another.",
        ));
    }
    desk.confirm_own("own_passphrase", &form.own_passphrase)
        .map_err(wrong_passphrase)?;
    let site = Site {
        site: SiteId::from_random(desk.random()),
        name: name.to_owned(),
        hub: false,
    };
    desk.whole(|desk| {
        desk.write_sites(std::iter::once(&site))?;
        let own = desk.sitting()?.this_laptop()?;
        let own = own.ok_or(Refusal::NotFound("The certificate of this laptop"))?;
        let mut sites = own.sites.clone();
        sites.insert(site.site);
        desk.enrol_for(&own, sites)?;
        desk.begin_scope(Scope::Site(site.site))?;
        audit::note(desk, Action::StaffChanged, None, "site opened")
    })?;
    screen(desk)
}
