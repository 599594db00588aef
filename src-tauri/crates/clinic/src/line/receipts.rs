//! Receipts: that what the other side wrote arrived here, and that somebody opened it.

use std::collections::BTreeSet;
use std::sync::Arc;

use record::body::Receipt;
use record::id::{DeviceId, EntryId, PatientId};
use store::SiteKind;

use crate::case::{Case, Side};
use crate::desk::{Desk, Line};
use crate::refusal::Refusal;

/// Which side of the service this laptop is on.
pub(crate) fn own_side(desk: &Desk) -> Result<Side, Refusal> {
    Ok(match desk.sitting()?.opened.identity.site_kind {
        SiteKind::Hub => Side::Hub,
        SiteKind::Spoke => Side::Spoke,
    })
}

/// Says of what the other side wrote about a patient that it is kept here now. Whoever else is on the
/// screen stays on it: what arrives behind them next is still unseen.
pub(super) fn arrived(desk: &mut Desk, patient: PatientId) -> Result<(), Refusal> {
    // A service of one laptop has nobody to tell, and reads nobody for it.
    if others(desk)?.is_empty() {
        return Ok(());
    }
    // Whoever is at work may not see this patient; that their record arrived is said all the same.
    let sitting = desk.sitting_mut()?;
    let known = sitting.known()?;
    let lead = known.links.lead(patient);
    let person = sitting.read_person(&known.links, lead)?;
    let entries = unreceipted(desk, &person.written, Receipt::ARRIVED)?;
    if entries.is_empty() {
        return Ok(());
    }
    // What is written next begins with what was read here.
    let on_screen = desk.sitting_mut()?.shown.replace(person);
    give(desk, patient, Receipt::ARRIVED, entries)?;
    if on_screen
        .as_ref()
        .is_some_and(|shown| shown.patient != lead)
    {
        desk.sitting_mut()?.shown = on_screen;
    }
    Ok(())
}

/// Says of what the other side wrote about a patient that somebody has it on the screen.
pub(crate) fn opened(desk: &mut Desk, patient: PatientId) -> Result<(), Refusal> {
    // Read for the screen, which asks for it next. Nobody has on it what a blind opinion hides.
    let case = Arc::clone(&desk.sitting_mut()?.shown(patient)?.written);
    let mut entries = unreceipted(desk, &case, Receipt::OPENED)?;
    if let Some(veiled) = case.veiled_for(desk.staff()?, desk.role()?) {
        entries.retain(|id| veiled.record.entry(id).is_some());
    }
    if entries.is_empty() {
        return Ok(());
    }
    give(desk, patient, Receipt::OPENED, entries)
}

/// The laptops of the other side.
fn others(desk: &mut Desk) -> Result<BTreeSet<DeviceId>, Refusal> {
    let side = own_side(desk)?;
    let known = desk.sitting_mut()?.known()?;
    Ok(match side {
        Side::Hub => known.at_spokes.clone(),
        Side::Spoke => known.at_hub.clone(),
    })
}

/// What the other side wrote about a patient and this side has not said this of.
fn unreceipted(desk: &mut Desk, case: &Case, step: &str) -> Result<Vec<EntryId>, Refusal> {
    let others = others(desk)?;
    Ok(case.unreceipted(step, own_side(desk)?, &others))
}

fn give(
    desk: &mut Desk,
    patient: PatientId,
    step: &str,
    entries: Vec<EntryId>,
) -> Result<(), Refusal> {
    let body = Receipt {
        step: step.to_owned(),
        site: desk.sitting()?.opened.identity.site,
        hub: own_side(desk)? == Side::Hub,
        entries,
    };
    desk.write_aside(patient, vec![Line::appended(&body)?])
}
