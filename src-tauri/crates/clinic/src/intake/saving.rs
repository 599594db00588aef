//! Saving a referral.

use jiff::civil::Date;
use record::body::{Detail, Referral};
use record::id::{ItemId, PatientId, SiteId};
use record::nhs_number::NhsNumber;

use super::form::missing;
use super::known::refuse_other_identity;
use crate::case::slots;
use crate::desk::{Desk, Line, patient_id};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{ReferralForm, ReferralSaved};
use crate::words;

/// A name is not longer than this; the record's own limits are far beyond.
pub(super) const LONGEST_NAME: usize = 120;

/// Saves a referral for a new person, or for one already here whom a person chose.
///
/// It may be incomplete: a family name and the day it came are enough, the rest is listed.
pub fn save_referral(
    desk: &mut Desk,
    form: ReferralForm,
    same_as: Option<String>,
) -> Result<ReferralSaved, Refusal> {
    desk.allow(Act::TakeReferral)?;
    refuse_impossible(&form, desk.today())?;
    let existing = same_as.as_deref().map(patient_id).transpose()?;
    let patient = match existing {
        Some(patient) => patient,
        None => PatientId::from_random(desk.random()),
    };
    let referral = ItemId::from_random(desk.random());
    if let Some(patient) = existing {
        refuse_other_identity(desk, &form, patient)?;
    }
    let happened = crate::late::happened(desk, &form.late)?;
    let mut lines = details(desk, &form, existing)?;
    let body = body(&form, desk.sitting()?.at);
    let line = Line::of(slots::referral(referral), &body)?;
    lines.push(line.that_happened(happened));
    let emergency = !body.warning_signs.is_empty();
    // A warning sign in a letter and the red action it opens: both or neither.
    let saved = desk.whole(|desk| {
        let saved = if emergency {
            desk.write_emergency(patient, lines)?
        } else {
            desk.write(patient, lines)?
        };
        crate::route::after_letter(desk, patient)?;
        Ok(saved)
    })?;
    let case = desk.case(patient)?;
    let signs = crate::route::open_signs(&case, desk.today());
    let names = desk.names()?;
    let at_once = signs.iter().find(|sign| sign.at_once);
    Ok(ReferralSaved {
        patient: patient.to_string(),
        new_patient: existing.is_none(),
        missing: missing(&form),
        warning_signs: signs.iter().map(|sign| sign.said(&names)).collect(),
        route: at_once.map(|sign| sign.route.clone()),
        saved_at: words::clock_seconds(saved),
    })
}

fn body(form: &ReferralForm, site: SiteId) -> Referral {
    let present = form.safety.iter().filter(|(_, state)| *state == "present");
    Referral {
        site,
        received: form.received.trim().into(),
        referrer: form.referrer.trim().into(),
        reason: form.reason.trim().into(),
        asked_urgency: form.asked_urgency.trim().into(),
        letter: form.letter.trim().into(),
        warning_signs: present.map(|(sign, _)| sign.clone()).collect(),
        source: "typed".into(),
    }
}

fn refuse_impossible(form: &ReferralForm, today: Date) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    faults.need(
        "family",
        &form.family,
        "Enter the family name, or the only name a person has.",
    );
    let names = [
        ("family", &form.family),
        ("given", &form.given),
        ("preferred", &form.preferred),
    ];
    for (field, name) in names {
        if name.chars().count() > LONGEST_NAME {
            let message = format!("A name has at most {LONGEST_NAME} characters here.");
            faults.add(field, message);
        }
    }
    if !form.nhs_number.trim().is_empty()
        && let Err(error) = NhsNumber::parse(&form.nhs_number)
    {
        faults.add("nhs_number", error.to_string());
    }
    let born = Some(("born", &form.born)).filter(|(_, born)| !born.trim().is_empty());
    for (field, date) in born.into_iter().chain([("received", &form.received)]) {
        if let Some(message) = impossible_date(date, today) {
            faults.add(field, message);
        }
    }
    faults.none()
}

fn impossible_date(text: &str, today: Date) -> Option<&'static str> {
    match words::iso(text) {
        None => Some("Enter a date that exists."),
        Some(date) if date > today => Some("This date is in the future."),
        Some(date) if date.year() < 1900 => Some("This date is before 1900."),
        Some(_) => None,
    }
}

/// The details that the form gives and the record does not have yet. A detail of somebody already
/// here is written only where it differs, as a new value beside the old one's history.
pub(super) fn details(
    desk: &mut Desk,
    form: &ReferralForm,
    existing: Option<PatientId>,
) -> Result<Vec<Line>, Refusal> {
    let number = form
        .nhs_number
        .parse::<NhsNumber>()
        .map(|number| number.digits())
        .unwrap_or_default();
    let given = [
        ("family", form.family.as_str()),
        ("given", &form.given),
        ("title", &form.title),
        ("preferred", &form.preferred),
        ("born", &form.born),
        ("nhs-number", &number),
        ("gender", &form.gender),
        ("phone", &form.phone),
        ("address", &form.address),
        ("needs", &form.needs),
        ("gp", &form.gp),
    ];
    let case = existing.map(|patient| desk.case(patient)).transpose()?;
    let mut lines = Vec::new();
    for (field, value) in given {
        let value = value.trim();
        let slot = slots::detail(field);
        let same = case.as_ref().is_some_and(|case| {
            let held = case.held::<Detail>(&slot);
            held.one()
                .is_some_and(|found| is_same(field, &found.body.value, value))
        });
        if !value.is_empty() && !same {
            let body = Detail {
                field: field.into(),
                value: value.into(),
            };
            lines.push(Line::of(slot, &body)?);
        }
    }
    Ok(lines)
}

/// A name that differs in capitals or accents alone is the same name, and the record's stays.
pub(super) fn is_same(field: &str, held: &str, typed: &str) -> bool {
    held == typed
        || (matches!(field, "family" | "given") && words::folded(held) == words::folded(typed))
}
