//! What is written up after a downtime: when it happened, and by whom.

use jiff::civil::{Date, Time};
use record::entry::{By, Happened};
use record::moment::Moment;

use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::view::LateEntry;
use crate::words;

/// The day, the time and the person of a late entry as a form gives them; none where nothing is
/// said, so that it happened as it was typed.
///
/// The time is the clock on the wall at the place, by the offset this device is set to now. It is
/// testimony and orders nothing.
pub(crate) fn happened(desk: &Desk, form: &LateEntry) -> Result<Option<Happened>, Refusal> {
    if [&form.on, &form.at, &form.by]
        .iter()
        .all(|part| part.trim().is_empty())
    {
        return Ok(None);
    }
    let day = words::iso(form.on.trim())
        .ok_or_else(|| Refusal::field("late_on", "Enter the day on which it happened."))?;
    let time: Time = format!("{}:00", form.at.trim()).parse().map_err(|_| {
        Refusal::field(
            "late_at",
            "Enter the time, as far as it is known, as 14:05.",
        )
    })?;
    let at = moment(desk, day, time)?;
    if at.at() > desk.now().at() {
        return Err(Refusal::field(
            "late_on",
            "This is still to come. Enter when it happened.",
        ));
    }
    if day.year() < 1900 {
        return Err(Refusal::field("late_on", "This date is before 1900."));
    }
    Ok(Some(Happened {
        at,
        by: by(desk, form.by.trim())?,
    }))
}

fn moment(desk: &Desk, day: Date, time: Time) -> Result<Moment, Refusal> {
    let offset = desk.now().offset_seconds();
    let impossible = || Refusal::field("late_at", "This time does not exist. Check it.");
    let zone = jiff::tz::Offset::from_seconds(offset).map_err(|_| impossible())?;
    let at = zone
        .to_timestamp(day.to_datetime(time))
        .map_err(|_| impossible())?;
    Moment::new(at, offset).map_err(|_| impossible())
}

/// A colleague on this laptop by their account, anybody else by name, and nobody for the author.
fn by(desk: &Desk, name: &str) -> Result<Option<By>, Refusal> {
    if name.is_empty() {
        return Ok(None);
    }
    if name.len() > By::MAX_NAME_BYTES {
        return Err(Refusal::field(
            "late_by",
            "This name is too long. Shorten it.",
        ));
    }
    let same = |known: &str| words::folded(known) == words::folded(name);
    let names = desk.names()?;
    let known = names.iter().find(|(_, known)| same(known));
    Ok(Some(known.map_or_else(
        || By::Named(name.to_owned()),
        |(staff, _)| By::Staff(*staff),
    )))
}
