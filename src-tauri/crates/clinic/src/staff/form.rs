//! What the forms about staff have in common.

use std::collections::BTreeSet;

use jiff::civil::Date;
use record::id::{SiteId, StaffId};
use record::moment::Moment;
use record::role::Role;

use crate::desk::Desk;
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role;
use crate::trust::Person;
use crate::words;

/// The role of a form; an administrator treats nobody and needs no site.
pub(crate) fn role_and_sites(
    desk: &Desk,
    role_value: &str,
    sites: &[String],
    faults: &mut Faults,
) -> Result<(Option<Role>, BTreeSet<SiteId>), Refusal> {
    let known = desk.sites()?;
    let chosen: BTreeSet<SiteId> = sites
        .iter()
        .filter_map(|site| site.parse().ok())
        .filter(|site| known.contains_key(site))
        .collect();
    let role = role::from_value(role_value);
    if role.is_none() {
        faults.add("role", "Choose the role.");
    }
    if chosen.is_empty() && role != Some(Role::Administrator) {
        faults.add("sites", "Choose at least one site.");
    }
    Ok((role, chosen))
}

/// A date of a form; none when it is empty.
pub(super) fn date(text: &str, field: &str, faults: &mut Faults) -> Option<Date> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let date = words::iso(text);
    if date.is_none() {
        faults.add(field, "Enter a date such as 2026-11-24.");
    }
    date
}

/// The instant at which a day begins where the clock shows `like`.
pub(super) fn begins(day: Date, like: Moment) -> Option<jiff::Timestamp> {
    jiff::tz::Offset::from_seconds(like.offset_seconds())
        .ok()?
        .to_timestamp(day.to_datetime(jiff::civil::Time::midnight()))
        .ok()
}

/// The last millisecond of a day.
pub(super) fn ends(day: Date, like: Moment) -> Option<jiff::Timestamp> {
    let next = begins(day.tomorrow().ok()?, like)?;
    next.checked_sub(jiff::SignedDuration::from_millis(1)).ok()
}

/// A member of staff from the screen.
pub(super) fn person(desk: &Desk, staff: &str) -> Result<Person, Refusal> {
    let missing = || Refusal::NotFound("That colleague");
    let staff: StaffId = staff.parse().map_err(|_| missing())?;
    desk.sitting()?.people()?.remove(&staff).ok_or_else(missing)
}
