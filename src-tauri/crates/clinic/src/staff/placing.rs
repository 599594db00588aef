//! At which site somebody works today, and when they last did.

use record::id::{SiteId, StaffId};
use record::moment::Moment;

use crate::desk::Desk;
use crate::door::session;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{Choice, Session};

/// Changes the site the person is working at: what they begin from now on belongs to it.
pub fn sit_at(desk: &mut Desk, site: String) -> Result<Session, Refusal> {
    desk.allow(Act::Look)?;
    let missing = || Refusal::NotFound("That site");
    let site: SiteId = site.parse().map_err(|_| missing())?;
    if !sites_of(desk)?
        .iter()
        .any(|own| own.value == site.to_string())
    {
        return Err(Refusal::plain(
            "Your certificate does not list that site. Ask an administrator.",
        ));
    }
    let staff = desk.staff()?;
    let sitting = desk.sitting_mut()?;
    sitting.opened.store.put_setting(&at_name(staff), &site)?;
    sitting.at = site;
    sitting.shown = None;
    sitting.clock.take();
    session(desk)
}

/// The sites where the person at work may sit, by their names.
pub(crate) fn sites_of(desk: &Desk) -> Result<Vec<Choice>, Refusal> {
    let me = desk.sitting()?.me()?;
    // A laptop writes for the sites that it is enrolled for, whoever sits at it.
    let laptop = desk.sitting()?.this_laptop()?;
    let closed = desk.closed_sites()?;
    let sites = desk.sites()?.into_values();
    let mut own: Vec<Choice> = sites
        .filter(|site| !closed.contains(&site.site))
        .filter(|site| me.as_ref().is_none_or(|me| me.works_at(site.site)))
        .filter(|site| {
            laptop
                .as_ref()
                .is_none_or(|it| it.sites.contains(&site.site))
        })
        .map(|site| Choice {
            value: site.site.to_string(),
            label: site.name,
        })
        .collect();
    own.sort_by(|a, b| a.label.cmp(&b.label));
    Ok(own)
}

/// Whoever sits down is where they last were, else at this laptop's own site, else at the first of
/// theirs.
pub(crate) fn settle_site(desk: &mut Desk) -> Result<(), Refusal> {
    let staff = desk.staff()?;
    let sitting = desk.sitting()?;
    let last: Option<SiteId> = sitting.opened.store.setting(&at_name(staff))?;
    let home = sitting.opened.identity.site;
    let own: Vec<SiteId> = sites_of(desk)?
        .iter()
        .filter_map(|site| site.value.parse().ok())
        .collect();
    let known = |site: &SiteId| own.contains(site);
    let at = last.filter(known).or(Some(home).filter(known));
    desk.sitting_mut()?.at = at.or(own.first().copied()).unwrap_or(home);
    Ok(())
}

fn at_name(staff: StaffId) -> String {
    format!("at/{staff}")
}

/// Notes that somebody unlocked this laptop.
pub(crate) fn note_used(desk: &Desk) -> Result<(), Refusal> {
    let name = used_name(desk.staff()?);
    Ok(desk
        .sitting()?
        .opened
        .store
        .put_setting(&name, &desk.now())?)
}

/// When somebody last unlocked this laptop.
pub(super) fn last_used(desk: &Desk, staff: StaffId) -> Result<Option<Moment>, Refusal> {
    Ok(desk.sitting()?.opened.store.setting(&used_name(staff))?)
}

fn used_name(staff: StaffId) -> String {
    format!("last-used/{staff}")
}
