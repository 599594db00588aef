//! The sites of the service, for whoever keeps them.

use std::collections::{BTreeMap, BTreeSet};

use record::body::{Body, SiteClosed};
use record::fold::fold;
use record::id::SiteId;
use record::scope::Subject;

use crate::case::body_of;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{SiteRow, Sites};
use crate::words;

impl Desk {
    /// The sites that are open, by name.
    pub(crate) fn open_sites(&self) -> Result<BTreeMap<SiteId, String>, Refusal> {
        let closed = self.closed_sites()?;
        let all = self.sites()?.into_iter();
        Ok(all
            .filter(|(site, _)| !closed.contains(site))
            .map(|(site, body)| (site, body.name))
            .collect())
    }

    /// The sites that are closed. One that was closed and opened at once is open: it is safer to
    /// be able to write somewhere than not.
    pub(crate) fn closed_sites(&self) -> Result<BTreeSet<SiteId>, Refusal> {
        let mut entries = self.sitting()?.open_all(Subject::Service)?;
        entries.retain(|placed| placed.entry.kind == SiteClosed::kind());
        let record = fold(entries);
        let mut closed = BTreeSet::new();
        for (_, now) in record.under("site") {
            let said: Vec<SiteClosed> = now
                .all()
                .iter()
                .filter_map(|placed| body_of(&placed.entry))
                .collect();
            if !said.is_empty() && said.iter().all(|one| one.closed) {
                closed.extend(said.iter().map(|one| one.site));
            }
        }
        Ok(closed)
    }
}

/// The sites of the service.
pub fn sites(desk: &mut Desk) -> Result<Sites, Refusal> {
    desk.allow(Act::Look)?;
    screen(desk)
}

pub(super) fn screen(desk: &Desk) -> Result<Sites, Refusal> {
    let keeps = desk.may(Act::KeepSites)?;
    let laptops = desk.sitting()?.laptops()?;
    let closed = desk.closed_sites()?;
    let here = desk.sitting()?.opened.identity.site;
    let mut rows: Vec<SiteRow> = desk
        .sites()?
        .into_values()
        .map(|site| {
            let enrolled = laptops.values().filter(|it| !it.ended());
            let count = enrolled.filter(|it| it.sites.contains(&site.site)).count();
            SiteRow {
                id: site.site.to_string(),
                name: site.name,
                kind: if site.hub { "Hub" } else { "Spoke" }.into(),
                laptops: words::count(count, "laptop", "laptops"),
                closed: closed.contains(&site.site),
                may_close: keeps && !site.hub && site.site != here && !closed.contains(&site.site),
            }
        })
        .collect();
    rows.sort_by(|a, b| (a.closed, &a.kind, &a.name).cmp(&(b.closed, &b.kind, &b.name)));
    Ok(Sites {
        sites: rows,
        may_keep: keeps,
    })
}
