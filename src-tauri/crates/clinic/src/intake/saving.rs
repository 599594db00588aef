//! Saving a referral.

use jiff::civil::Date;
use record::body::{Detail, Referral};
use record::id::{ItemId, PatientId};
use record::nhs_number::NhsNumber;

use super::form::missing;
use super::known::refuse_other_identity;
use crate::case::slots;
use crate::desk::{Desk, Line, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{FieldFault, ReferralForm, ReferralSaved};
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
    let mut lines = details(desk, &form, existing)?;
    let letter_signs: Vec<String> = form
        .safety
        .iter()
        .filter(|(_, state)| *state == "present")
        .map(|(sign, _)| sign.clone())
        .collect();
    let body = Referral {
        site: desk.sitting()?.at,
        received: form.received.trim().into(),
        referrer: form.referrer.trim().into(),
        reason: form.reason.trim().into(),
        asked_urgency: form.asked_urgency.trim().into(),
        letter: form.letter.trim().into(),
        warning_signs: letter_signs,
        source: "typed".into(),
    };
    lines.push(Line::of(slots::referral(referral), &body)?);
    let saved = if body.warning_signs.is_empty() {
        desk.write(patient, lines)?
    } else {
        desk.write_emergency(patient, lines)?
    };
    let case = desk.case(patient)?;
    let signs = crate::route::open_signs(&case, desk.today());
    let names = desk.names()?;
    let route = signs
        .iter()
        .find(|sign| sign.at_once)
        .map(|sign| sign.route.clone());
    Ok(ReferralSaved {
        patient: patient.to_string(),
        new_patient: existing.is_none(),
        missing: missing(&form),
        warning_signs: signs.iter().map(|sign| sign.said(&names)).collect(),
        route,
        saved_at: words::clock_seconds(saved),
    })
}

pub(super) fn refuse_impossible(form: &ReferralForm, today: Date) -> Result<(), Refusal> {
    let mut fields = Vec::new();
    let mut refuse = |field: &str, message: String| {
        fields.push(FieldFault {
            field: field.into(),
            message,
        });
    };
    if form.family.trim().is_empty() {
        refuse(
            "family",
            "Enter the family name, or the only name a person has.".into(),
        );
    }
    for (field, value) in [
        ("family", &form.family),
        ("given", &form.given),
        ("preferred", &form.preferred),
    ] {
        if value.chars().count() > LONGEST_NAME {
            refuse(
                field,
                format!("A name has at most {LONGEST_NAME} characters here."),
            );
        }
    }
    if !form.nhs_number.trim().is_empty()
        && let Err(error) = NhsNumber::parse(&form.nhs_number)
    {
        refuse("nhs_number", error.to_string());
    }
    for (field, value, needed) in [
        ("born", &form.born, false),
        ("received", &form.received, true),
    ] {
        match words::iso(value) {
            None if value.trim().is_empty() && !needed => {}
            None => refuse(field, "Enter a date that exists.".into()),
            Some(date) if date > today => refuse(field, "This date is in the future.".into()),
            Some(date) if date.year() < 1900 => refuse(field, "This date is before 1900.".into()),
            Some(_) => {}
        }
    }
    if fields.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Invalid(fields))
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
        let held = case.as_ref().map(|case| case.held::<Detail>(&slot));
        let same = held
            .as_ref()
            .and_then(|held| held.one())
            .is_some_and(|found| is_same(field, &found.body.value, value));
        if !value.is_empty() && !same {
            lines.push(Line::of(
                slot,
                &Detail {
                    field: field.into(),
                    value: value.into(),
                },
            )?);
        }
    }
    Ok(lines)
}

/// A name that differs in capitals or accents alone is the same name, and the record's stays.
pub(super) fn is_same(field: &str, held: &str, typed: &str) -> bool {
    held == typed
        || (matches!(field, "family" | "given") && words::folded(held) == words::folded(typed))
}
