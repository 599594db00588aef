//! Closing a site, which another one may take over, and opening it again.

use record::body::{Action, SiteClosed};
use record::id::{PatientId, SiteId};
use record::scope::{Scope, Subject};

use super::listing::screen;
use crate::audit;
use crate::desk::{Desk, Line};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::staff::wrong_passphrase;
use crate::summary::PatientSummary;
use crate::view::{SiteCloseForm, Sites, TransferForm};
use crate::words;

/// Closes a site. Its patients go on at the site that takes it over, each with a transfer of their
/// own; without one there must be none left. What was written there stays readable where it was.
pub fn close_site(desk: &mut Desk, site: String, form: SiteCloseForm) -> Result<Sites, Refusal> {
    desk.allow(Act::KeepSites)?;
    let site = open_site_of(desk, &site)?;
    let into = checked(desk, site, &form)?;
    let kept = kept_at(desk, site)?;
    if into.is_none() && !kept.is_empty() {
        let count = words::count(kept.len(), "patient is", "patients are");
        return Err(Refusal::plain(format!(
            "{count} kept at this site. Choose the site that takes them over, or transfer them one by one first."
        )));
    }
    desk.confirm_own("own_passphrase", &form.own_passphrase)
        .map_err(wrong_passphrase)?;
    if let Some(into) = into {
        hand_on(desk, &kept, into, &form)?;
    }
    say(desk, site, true, into, &form.reason)?;
    screen(desk)
}

/// Opens a site again that was closed. Whoever went on elsewhere stays there.
pub fn reopen_site(
    desk: &mut Desk,
    site: String,
    own_passphrase: String,
) -> Result<Sites, Refusal> {
    desk.allow(Act::KeepSites)?;
    let missing = || Refusal::NotFound("That site");
    let site: SiteId = site.parse().map_err(|_| missing())?;
    if !desk.closed_sites()?.contains(&site) {
        return Err(missing());
    }
    desk.confirm_own("own_passphrase", &own_passphrase)
        .map_err(wrong_passphrase)?;
    say(desk, site, false, None, "")?;
    screen(desk)
}

fn open_site_of(desk: &Desk, site: &str) -> Result<SiteId, Refusal> {
    let missing = || Refusal::NotFound("That site");
    let site: SiteId = site.parse().map_err(|_| missing())?;
    let known = desk.sites()?;
    let body = known.get(&site).ok_or_else(missing)?;
    if body.hub {
        return Err(Refusal::plain("The hub site is not closed."));
    }
    if site == desk.sitting()?.opened.identity.site {
        return Err(Refusal::plain(
            "This laptop stands at that site. Close it on another one.",
        ));
    }
    if desk.closed_sites()?.contains(&site) {
        return Err(Refusal::Stale("This site is closed already."));
    }
    Ok(site)
}

fn checked(desk: &Desk, site: SiteId, form: &SiteCloseForm) -> Result<Option<SiteId>, Refusal> {
    let mut faults = Faults::default();
    let into: Option<SiteId> = form.merge_into.parse().ok();
    let into = into.filter(|into| *into != site);
    if !form.merge_into.is_empty()
        && into.is_none_or(|into| !desk.open_sites().is_ok_and(|all| all.contains_key(&into)))
    {
        faults.add("merge_into", "Choose another site that is open.");
    }
    if form.reason.split_whitespace().count() < 2 {
        faults.add("reason", "Say why in a few words.");
    }
    faults.none()?;
    for held in into.into_iter().flat_map(|into| [site, into]) {
        if !desk.sitting()?.holds_key_of(held)? {
            return Err(desk.no_key_of(Scope::Site(held))?);
        }
    }
    Ok(into)
}

/// Everybody whose record is kept at a site.
fn kept_at(desk: &Desk, site: SiteId) -> Result<Vec<PatientId>, Refusal> {
    let store = &desk.sitting()?.opened.store;
    let mut kept = Vec::new();
    for patient in store.patients()? {
        let row = store.summary(patient)?;
        let summary = row.as_ref().and_then(PatientSummary::from_row);
        if summary.is_some_and(|summary| summary.site == Some(site)) {
            kept.push(patient);
        }
    }
    Ok(kept)
}

/// Each patient by themselves: what was done stays done when it is cut short, and is gone on with.
fn hand_on(
    desk: &mut Desk,
    kept: &[PatientId],
    into: SiteId,
    form: &SiteCloseForm,
) -> Result<(), Refusal> {
    let handover = TransferForm {
        to: into.to_string(),
        grounds: "site-closed".into(),
        told: form.told.clone(),
        note: form.reason.clone(),
    };
    for patient in kept {
        desk.hand_over_to(*patient, into, &handover)?;
    }
    Ok(())
}

fn say(
    desk: &mut Desk,
    site: SiteId,
    closed: bool,
    merged_into: Option<SiteId>,
    reason: &str,
) -> Result<(), Refusal> {
    let body = SiteClosed {
        site,
        closed,
        merged_into,
        reason: reason.trim().into(),
    };
    let line = Line::of(format!("site/{site}/closed"), &body)?;
    desk.whole(|desk| {
        desk.write_in(Scope::Service, Subject::Service, vec![line])?;
        let said = if closed {
            "site closed"
        } else {
            "site opened again"
        };
        audit::because(desk, Action::StaffChanged, None, said, reason)
    })
}
