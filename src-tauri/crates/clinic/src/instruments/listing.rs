//! The list in the settings.

use assessment::instrument::{Instrument, Pack, Wording};
use jiff::civil::Date;
use record::id::StaffId;
use std::collections::BTreeMap;

use super::packs::{Imported, Packs};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{InstrumentRow, InstrumentsInUse, PackView};
use crate::words;

/// Every instrument in use here, with its licence note.
pub fn instruments_in_use(desk: &mut Desk) -> Result<InstrumentsInUse, Refusal> {
    desk.allow(Act::Look)?;
    let packs = desk.packs()?;
    let names = desk.names()?;
    let today = desk.today();
    let mut all: Vec<&Instrument> = Instrument::shipped().iter().collect();
    all.sort_by_key(|form| form.wording != Wording::Licensed);
    Ok(InstrumentsInUse {
        instruments: all
            .into_iter()
            .map(|form| row(form, &packs, &names, today))
            .collect(),
        may_change: desk.may(Act::KeepPacks)?,
    })
}

fn row(
    form: &Instrument,
    packs: &Packs,
    names: &BTreeMap<StaffId, String>,
    today: Date,
) -> InstrumentRow {
    let held = packs.held(&form.id);
    let wording = match form.wording {
        Wording::Shipped => "shipped",
        Wording::Own => "own",
        Wording::Licensed if packs.words_of(&form.id, today).is_some() => "pack",
        Wording::Licensed => "numbers",
    };
    InstrumentRow {
        instrument: form.id.clone(),
        name: form.name.clone(),
        licence: format!(
            "{} {} ({}).",
            form.attribution,
            form.licence.trim_end_matches('.'),
            form.licence_mark.words()
        ),
        wording: wording.into(),
        pack: held
            .first()
            .map(|first| imported(form, first, held.len() > 1, names, today)),
    }
}

fn imported(
    form: &Instrument,
    held: &Imported,
    several: bool,
    names: &BTreeMap<StaffId, String>,
    today: Date,
) -> PackView {
    let body = &held.body;
    let withdrawn = !body.withdrawn.is_empty();
    let state = match &held.pack {
        _ if withdrawn => "withdrawn",
        _ if several => "unsettled",
        Some(pack) if pack.holds_on(today) && !held.adopted => "to-adopt",
        Some(pack) if pack.holds_on(today) => "in-use",
        Some(_) => "expired",
        None => "unsettled",
    };
    let name = names.get(&held.placed.entry.author);
    let who = name.map_or("somebody not known here", String::as_str);
    let when = words::staff_moment(held.placed.entry.claimed);
    PackView {
        name: form.name.clone(),
        version: held
            .pack
            .as_ref()
            .map(|pack| pack.version.clone())
            .unwrap_or_default(),
        language: held
            .pack
            .as_ref()
            .map(|pack| pack.language.clone())
            .unwrap_or_default(),
        licence_holder: body.licence_holder.clone(),
        licence_reference: body.licence_reference.clone(),
        held_by: body.held_by.clone(),
        valid_until: words::staff_iso(&body.valid_until),
        digest: body.digest.clone(),
        items: held.pack.as_ref().map_or(0, |pack| small(pack.items.len())),
        state: state.into(),
        imported: if withdrawn {
            String::new()
        } else {
            format!("Imported {when} by {who}")
        },
        withdrawn: withdrawn.then(|| format!("Withdrawn {when} by {who}: {}", body.withdrawn)),
    }
}

/// A pack that was read and is not imported yet.
pub(super) fn read(form: &Instrument, pack: &Pack) -> PackView {
    PackView {
        name: form.name.clone(),
        version: pack.version.clone(),
        language: pack.language.clone(),
        licence_holder: pack.licence_holder.clone(),
        licence_reference: pack.licence_reference.clone(),
        held_by: pack.held_by.clone(),
        valid_until: words::staff_date(pack.valid_until),
        digest: pack.digest.clone(),
        items: small(pack.items.len()),
        state: "new".into(),
        imported: String::new(),
        withdrawn: None,
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
