//! Receipts: that what the other side wrote arrived here, and that somebody opened it.

use std::collections::BTreeSet;

use record::body::Receipt;
use record::id::PatientId;
use store::SiteKind;

use crate::case::Side;
use crate::desk::{Desk, Line};
use crate::refusal::Refusal;

/// Which side of the service this laptop is on.
pub(crate) fn own_side(desk: &Desk) -> Result<Side, Refusal> {
    Ok(match desk.sitting()?.opened.identity.site_kind {
        SiteKind::Hub => Side::Hub,
        SiteKind::Spoke => Side::Spoke,
    })
}

/// Says of what the other side wrote about these patients that it is kept here now.
pub(crate) fn arrived(desk: &mut Desk, patients: &BTreeSet<PatientId>) -> Result<(), Refusal> {
    for patient in patients {
        give(desk, *patient, Receipt::ARRIVED)?;
    }
    Ok(())
}

/// The local setting under which it is remembered whose records came while the screen was locked.
const UNSEEN: &str = "arrived-while-locked";

/// Remembers what came while nobody was there. A receipt closes "Hub NOT told" at the spoke, so it is
/// not given for a screen that nobody looks at.
pub(super) fn arrived_unseen(desk: &Desk, patients: &BTreeSet<PatientId>) -> Result<(), Refusal> {
    if patients.is_empty() {
        return Ok(());
    }
    let store = &desk.sitting()?.opened.store;
    let mut all: BTreeSet<PatientId> = store.setting(UNSEEN)?.unwrap_or_default();
    all.extend(patients);
    Ok(store.put_setting(UNSEEN, &all)?)
}

/// Says it of what came while the screen was locked, now that somebody has unlocked.
pub(super) fn give_unseen(desk: &mut Desk) -> Result<(), Refusal> {
    let kept: Option<BTreeSet<PatientId>> = desk.sitting()?.opened.store.setting(UNSEEN)?;
    let Some(patients) = kept.filter(|patients| !patients.is_empty()) else {
        return Ok(());
    };
    arrived(desk, &patients)?;
    let none = BTreeSet::<PatientId>::new();
    Ok(desk.sitting()?.opened.store.put_setting(UNSEEN, &none)?)
}

/// Says of what the other side wrote about a patient that somebody has it on the screen.
pub(crate) fn opened(desk: &mut Desk, patient: PatientId) -> Result<(), Refusal> {
    give(desk, patient, Receipt::OPENED)
}

fn give(desk: &mut Desk, patient: PatientId, step: &str) -> Result<(), Refusal> {
    let side = own_side(desk)?;
    let known = desk.sitting_mut()?.known()?;
    let others = match side {
        Side::Hub => &known.at_spokes,
        Side::Spoke => &known.at_hub,
    };
    // A service of one laptop has nobody to tell.
    if others.is_empty() {
        return Ok(());
    }
    // Whoever is at work may not see this patient; that their record arrived is said all the same.
    let sitting = desk.sitting()?;
    let person = sitting.read_person(&known.links, known.links.lead(patient))?;
    let entries = person.written.unreceipted(step, side, others);
    if entries.is_empty() {
        return Ok(());
    }
    let body = Receipt {
        step: step.to_owned(),
        site: desk.sitting()?.opened.identity.site,
        hub: side == Side::Hub,
        entries,
    };
    desk.write_aside(patient, vec![Line::appended(&body)?])
}
