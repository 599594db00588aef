//! The laptops of the service, for whoever keeps them.

use std::collections::{BTreeMap, BTreeSet};

use record::certificate::Grant;
use record::id::{DeviceId, SiteId};
use record::role::Role;

use super::handed::short;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::{self, Act};
use crate::scope_keys::Laptop;
use crate::view::{Choice, LaptopRow, Laptops};
use crate::words;

/// The laptops of the service.
pub fn laptops(desk: &mut Desk) -> Result<Laptops, Refusal> {
    desk.allow(Act::Look)?;
    screen(desk)
}

pub(super) fn screen(desk: &Desk) -> Result<Laptops, Refusal> {
    let keeps = desk.may(Act::KeepLaptops)?;
    let people = people_on(desk)?;
    let sites: BTreeMap<SiteId, String> = desk
        .sites()?
        .into_iter()
        .map(|(site, body)| (site, body.name))
        .collect();
    let own = desk.sitting()?.opened.identity.device;
    let mut rows: Vec<LaptopRow> = desk
        .sitting()?
        .laptops()?
        .values()
        .map(|laptop| row(laptop, own, keeps, &sites, people.get(&laptop.device)))
        .collect();
    rows.sort_by_key(|row| (row.ended, !row.here, row.people.clone(), row.id.clone()));
    let now = desk.now();
    let colleagues = desk.sitting()?.people()?;
    Ok(Laptops {
        laptops: rows,
        sites: desk
            .open_sites()?
            .into_iter()
            .map(|(site, name)| choice(site.to_string(), name))
            .collect(),
        roles: Role::ALL
            .into_iter()
            .map(|role| choice(role::value(role), role::words(role).to_owned()))
            .collect(),
        colleagues: colleagues
            .values()
            .filter(|person| person.holds(now))
            .map(|person| choice(person.staff.to_string(), person.name.clone()))
            .collect(),
        may_keep: keeps,
        words: desk
            .service_in_words()?
            .split(' ')
            .map(str::to_owned)
            .collect(),
        folder: crate::print::usual_folder(),
    })
}

fn choice(value: String, label: String) -> Choice {
    Choice { value, label }
}

/// Whose signing keys live on each laptop, by name.
fn people_on(desk: &Desk) -> Result<BTreeMap<DeviceId, BTreeSet<String>>, Refusal> {
    let authorities = desk.sitting()?.authorities()?;
    let mut all: BTreeMap<DeviceId, BTreeSet<String>> = BTreeMap::new();
    for one in authorities.certificates() {
        if authorities.is_ended(&one.id()) {
            continue;
        }
        if let Grant::Administrator { name, device, .. } | Grant::Staff { name, device, .. } =
            &one.claims().grant
        {
            all.entry(*device).or_default().insert(name.clone());
        }
    }
    Ok(all)
}

fn row(
    laptop: &Laptop,
    own: DeviceId,
    keeps: bool,
    sites: &BTreeMap<SiteId, String>,
    people: Option<&BTreeSet<String>>,
) -> LaptopRow {
    let names: Vec<String> = laptop
        .sites
        .iter()
        .filter_map(|site| sites.get(site).cloned())
        .collect();
    let people: Vec<String> = people.into_iter().flatten().cloned().collect();
    let here = laptop.device == own;
    LaptopRow {
        id: laptop.device.to_string(),
        short: short(laptop.device),
        people: if people.is_empty() {
            "Nobody".into()
        } else {
            words::listed(&people)
        },
        sites: words::listed(&names),
        site_values: laptop.sites.iter().map(ToString::to_string).collect(),
        words: if laptop.ended() {
            "Ended".into()
        } else {
            format!("Enrolled {}", words::staff_moment(laptop.since))
        },
        ended: laptop.ended(),
        here,
        may_change: keeps && !laptop.ended(),
        may_end: keeps && !laptop.ended() && !here,
    }
}
