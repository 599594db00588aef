//! The sites of the service, for whoever keeps them.

use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{SiteRow, Sites};
use crate::words;

/// The sites of the service.
pub fn sites(desk: &mut Desk) -> Result<Sites, Refusal> {
    desk.allow(Act::Look)?;
    screen(desk)
}

pub(super) fn screen(desk: &Desk) -> Result<Sites, Refusal> {
    let keeps = desk.may(Act::KeepSites)?;
    let laptops = desk.sitting()?.laptops()?;
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
            }
        })
        .collect();
    rows.sort_by(|a, b| (&a.kind, &a.name).cmp(&(&b.kind, &b.name)));
    Ok(Sites {
        sites: rows,
        may_keep: keeps,
    })
}
