//! Importing and withdrawing packs. Both are entries in the service's record, so that every device
//! of the service shows the same words, and who brought them stays readable.

use assessment::instrument::{Instrument, Pack};
use jiff::civil::Date;
use record::body::InstrumentPack;
use record::scope::{Scope, Subject};

use super::instruments_in_use;
use super::listing::read;
use crate::case::slots;
use crate::desk::{Desk, Line};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{InstrumentsInUse, PackView};
use crate::words;

/// Reads a pack and says what is in it. Nothing is kept.
pub fn check_pack(desk: &mut Desk, text: String) -> Result<PackView, Refusal> {
    desk.allow(Act::KeepPacks)?;
    let (form, pack) = checked(&text, desk.today())?;
    Ok(read(form, &pack))
}

/// Takes a pack into use. The whole pack is in the record when this returns, or nothing of it.
pub fn import_pack(desk: &mut Desk, text: String) -> Result<InstrumentsInUse, Refusal> {
    desk.allow(Act::KeepPacks)?;
    let (_, pack) = checked(&text, desk.today())?;
    let body = InstrumentPack {
        instrument: pack.instrument.clone(),
        licence_holder: pack.licence_holder,
        licence_reference: pack.licence_reference,
        held_by: pack.held_by,
        valid_until: pack.valid_until.to_string(),
        digest: pack.digest,
        text,
        withdrawn: String::new(),
    };
    keep(desk, &body)
}

/// Takes a pack out of use. The items of its instrument are numbers again, here at once and on
/// every other device when it hears of it.
pub fn withdraw_pack(
    desk: &mut Desk,
    instrument: String,
    reason: String,
) -> Result<InstrumentsInUse, Refusal> {
    desk.allow(Act::KeepPacks)?;
    if reason.trim().is_empty() {
        return Err(Refusal::field(
            "reason",
            "Say in a few words why the pack is withdrawn.",
        ));
    }
    let packs = desk.packs()?;
    let standing = packs
        .held(&instrument)
        .iter()
        .find(|held| held.body.withdrawn.is_empty())
        .ok_or(Refusal::NotFound("A pack in use for that instrument"))?;
    let body = InstrumentPack {
        text: String::new(),
        withdrawn: reason.trim().into(),
        ..standing.body.clone()
    };
    keep(desk, &body)
}

fn checked(text: &str, today: Date) -> Result<(&'static Instrument, Pack), Refusal> {
    let pack = Pack::read(text, Instrument::shipped())
        .map_err(|error| Refusal::field("pack", error.to_string()))?;
    if !pack.holds_on(today) {
        let message = format!(
            "The licence in this pack ended on {}. Ask its holder for a new one.",
            words::staff_date(pack.valid_until)
        );
        return Err(Refusal::field("pack", message));
    }
    let form = Instrument::by_id(&pack.instrument).ok_or(Refusal::NotFound("That instrument"))?;
    Ok((form, pack))
}

fn keep(desk: &mut Desk, body: &InstrumentPack) -> Result<InstrumentsInUse, Refusal> {
    let line = Line::of(slots::pack(&body.instrument), body)?;
    desk.write_in(Scope::Service, Subject::Service, vec![line])?;
    desk.sitting_mut()?.packs = None;
    instruments_in_use(desk)
}
