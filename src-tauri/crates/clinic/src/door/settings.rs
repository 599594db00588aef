//! What a person and a site set for themselves.

use record::body::LocalNumbers as NumbersBody;
use record::id::SiteId;
use record::scope::{Scope, Subject};

use super::sitting::session;
use crate::case::body_of;
use crate::desk::{Desk, Line};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{LocalNumbers, Preferences, Session};

pub(super) fn preferences(desk: &Desk) -> Result<Preferences, Refusal> {
    let name = format!("preferences/{}", desk.staff()?);
    let kept = desk.sitting()?.opened.store.setting(&name)?;
    Ok(kept.unwrap_or(Preferences {
        text_size: 100,
        letter_keys: true,
    }))
}

/// Keeps a person's own settings on this laptop.
pub fn save_preferences(desk: &mut Desk, preferences: Preferences) -> Result<Session, Refusal> {
    if ![100, 112, 125, 150].contains(&preferences.text_size) {
        return Err(Refusal::field(
            "text_size",
            "Choose 100, 112, 125 or 150 per cent.",
        ));
    }
    let name = format!("preferences/{}", desk.staff()?);
    desk.sitting()?
        .opened
        .store
        .put_setting(&name, &preferences)?;
    session(desk)
}

pub(super) const NUMBERS: &str = "local-numbers";

/// The site's emergency numbers. Empty until the site enters its own.
pub fn local_numbers(desk: &mut Desk) -> Result<LocalNumbers, Refusal> {
    let site = desk.sitting()?.opened.identity.site;
    numbers_of(desk, site)
}

/// The same of any site whose record is kept here.
pub(crate) fn numbers_of(desk: &Desk, site: SiteId) -> Result<LocalNumbers, Refusal> {
    let entries = desk.sitting()?.open_all(Subject::Site(site))?;
    let newest = entries.iter().filter_map(|placed| {
        body_of::<NumbersBody>(&placed.entry).map(|body| (placed.entry.lamport, body))
    });
    let Some((_, body)) = newest.max_by_key(|(lamport, _)| *lamport) else {
        return Ok(LocalNumbers::default());
    };
    let number = |name: &str| body.numbers.get(name).cloned().unwrap_or_default();
    Ok(LocalNumbers {
        hub: number("hub"),
        crisis: number("crisis"),
        mscc: number("mscc"),
        safeguarding: number("safeguarding"),
        spinal: number("spinal"),
        clinic: number("clinic"),
        out_of_hours: number("out-of-hours"),
        confirmed: body.confirmed,
    })
}

/// Keeps the site's emergency numbers.
pub fn save_local_numbers(desk: &mut Desk, numbers: LocalNumbers) -> Result<Session, Refusal> {
    desk.allow(Act::SetNumbers)?;
    let given = [
        ("hub", &numbers.hub),
        ("crisis", &numbers.crisis),
        ("mscc", &numbers.mscc),
        ("safeguarding", &numbers.safeguarding),
        ("spinal", &numbers.spinal),
        ("clinic", &numbers.clinic),
        ("out-of-hours", &numbers.out_of_hours),
    ];
    let mut faults = Faults::default();
    for (name, number) in given {
        if numbers.confirmed && number.chars().filter(char::is_ascii_digit).count() < 3 {
            let field = name.replace('-', "_");
            faults.add(field, "Enter this number before saying that all are right.");
        }
    }
    faults.none()?;
    let body = NumbersBody {
        numbers: given
            .iter()
            .map(|(name, number)| ((*name).to_owned(), number.trim().to_owned()))
            .collect(),
        confirmed: numbers.confirmed,
    };
    let site = desk.sitting()?.opened.identity.site;
    desk.write_in(
        Scope::Site(site),
        Subject::Site(site),
        vec![Line::of(NUMBERS, &body)?],
    )?;
    session(desk)
}
