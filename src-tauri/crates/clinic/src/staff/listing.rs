//! Everybody who works here, and whose certificate ends soon.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use record::certificate::{LOCUM_FOR, is_locum_role};
use record::id::SiteId;
use record::moment::Moment;
use record::role::Role;

use super::covering::rows as cover_rows;
use super::placing::last_used;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::{self, Act};
use crate::trust::Person;
use crate::view::{Choice, StaffRow, StaffScreen};
use crate::words;

/// Days before its end from which a certificate that is renewed each year is spoken of. A design
/// decision: a month, so that somebody's leave does not hide it.
const SPOKEN_OF: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The staff of this laptop.
pub fn staff(desk: &mut Desk) -> Result<StaffScreen, Refusal> {
    desk.allow(Act::Look)?;
    screen(desk)
}

pub(super) fn screen(desk: &Desk) -> Result<StaffScreen, Refusal> {
    let (keeps, grants) = (desk.may(Act::KeepStaff)?, desk.may(Act::GrantLocum)?);
    let people = desk.sitting()?.people()?;
    let site_names = site_names(desk)?;
    let now = desk.now();
    let mut rows = Vec::new();
    for person in people.values() {
        rows.push(row(desk, person, &site_names, keeps, grants)?);
    }
    rows.sort_by_key(|row| (row.state == "ended", row.name.to_lowercase()));
    let own = desk.sitting()?.me()?;
    let sites = site_names
        .iter()
        .filter(|(site, _)| keeps || own.as_ref().is_some_and(|own| own.works_at(**site)));
    Ok(StaffScreen {
        people: rows,
        sites: sites
            .map(|(site, name)| Choice {
                value: site.to_string(),
                label: name.clone(),
            })
            .collect(),
        roles: Role::ALL
            .into_iter()
            .filter(|role| keeps || is_locum_role(*role))
            .map(|role| Choice {
                value: role::value(role),
                label: role::words(role).into(),
            })
            .collect(),
        may_keep: keeps,
        may_grant: grants,
        longest_days: u32::try_from(LOCUM_FOR.as_hours() / 24).unwrap_or(0),
        covers: cover_rows(desk)?,
        colleagues: people
            .values()
            .filter(|person| person.holds(now) && person.role.is_clinical())
            .map(|person| Choice {
                value: person.staff.to_string(),
                label: format!(
                    "{}, {}",
                    person.name,
                    role::words(person.role).to_lowercase()
                ),
            })
            .collect(),
        may_cover: desk.may(Act::HandOver)?,
    })
}

fn site_names(desk: &Desk) -> Result<BTreeMap<SiteId, String>, Refusal> {
    let sites = desk.sites()?.into_iter();
    Ok(sites.map(|(site, body)| (site, body.name)).collect())
}

fn row(
    desk: &Desk,
    person: &Person,
    sites: &BTreeMap<SiteId, String>,
    keeps: bool,
    grants: bool,
) -> Result<StaffRow, Refusal> {
    let now = desk.now();
    let you = person.staff == desk.staff()?;
    let works = person.sites.iter();
    let names: Vec<String> = works
        .clone()
        .filter_map(|site| sites.get(site))
        .cloned()
        .collect();
    let (standing, said) = standing(person, now);
    let also = person.administrator.is_some() && person.role != Role::Administrator;
    Ok(StaffRow {
        id: person.staff.to_string(),
        name: person.name.clone(),
        role: if also {
            format!("{}, administrator", role::words(person.role))
        } else {
            role::words(person.role).into()
        },
        role_value: role::value(person.role),
        sites: if names.is_empty() {
            "All sites".into()
        } else {
            words::listed(&names)
        },
        site_values: works.map(ToString::to_string).collect(),
        state: standing.into(),
        words: said,
        last_used: last_used(desk, person.staff)?.map(words::staff_moment),
        locum: person.locum,
        you,
        may_renew: !person.ended && (keeps || grants && person.locum),
        may_change: !person.ended && keeps && person.role != Role::Administrator && !person.locum,
        may_end: !person.ended && keeps && !you,
    })
}

/// When the first of a person's certificates ends that they need for their work.
fn until(person: &Person) -> Timestamp {
    let administrator = person.administrator.map(|valid| valid.not_after);
    administrator.map_or(person.valid.not_after, |until| {
        until.min(person.valid.not_after)
    })
}

fn standing(person: &Person, now: Moment) -> (&'static str, String) {
    let until = until(person);
    let day = words::day_of(until, now);
    if person.ended {
        ("ended", "Account ended".into())
    } else if now.at() < person.valid.not_before {
        let begins = words::day_of(person.valid.not_before, now);
        ("later", format!("From {begins} to {day}"))
    } else if now.at() > until {
        (
            "past",
            format!("Ended on {day}. Signs nothing until it is renewed"),
        )
    } else if person.locum {
        ("holds", format!("Locum until {day}, ends by itself"))
    } else if until.duration_since(now.at()) <= SPOKEN_OF {
        let left = (words::date_of(until, now) - now.local().date()).get_days();
        let left = words::count(usize::try_from(left).unwrap_or(0), "day", "days");
        ("ends-soon", format!("Ends in {left}, on {day}. Renew it"))
    } else {
        ("holds", format!("Until {day}"))
    }
}

/// What the person at work is told of certificates that end soon: their own, and for whoever
/// renews them, those of colleagues.
pub(crate) fn reminder(desk: &Desk) -> Result<Option<String>, Refusal> {
    let now = desk.now();
    let Some(me) = desk.sitting()?.me()? else {
        return Ok(Some(
            "You have no certificate on this laptop and can sign nothing. Ask an administrator."
                .into(),
        ));
    };
    let keeps = desk.may(Act::KeepStaff)?;
    let who = if keeps {
        "Renew it in the settings, under Staff."
    } else if me.locum {
        "Ask the lead of the site if you stay longer."
    } else {
        "Ask an administrator to renew it."
    };
    let day = words::day_of(until(&me), now);
    let mut said = match standing(&me, now).0 {
        "past" => vec![format!(
            "Your certificate ended on {day}. You can read and write, and sign nothing. {who}"
        )],
        "ends-soon" => vec![format!("Your certificate ends on {day}. {who}")],
        _ if me.locum => vec![format!("Your account here ends on {day}. {who}")],
        _ => Vec::new(),
    };
    let others = desk.sitting()?.people()?;
    let waiting = others
        .values()
        .filter(|person| person.staff != me.staff && !person.locum)
        .filter(|person| matches!(standing(person, now).0, "past" | "ends-soon"))
        .count();
    if keeps && waiting > 0 {
        let several = words::count(
            waiting,
            "colleague's certificate",
            "colleagues' certificates",
        );
        said.push(format!(
            "{several} ended or will within 30 days. Renew them in the settings, under Staff."
        ));
    }
    Ok((!said.is_empty()).then(|| said.join(" ")))
}
