//! Referrals in: typed, or from a CSV file. Nothing is merged by the program.

use assessment::question::{Catalogue, QuestionKind};
use exchange::referral_csv;
use jiff::civil::Date;
use record::body::{Detail, Referral};
use record::id::{ItemId, PatientId};
use record::nhs_number::NhsNumber;

use crate::audit;
use crate::case::{Identity, slots};
use crate::desk::{Desk, Line, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::PatientSummary;
use crate::view::{
    BadRow, Choice, CsvReport, FieldFault, GoodRow, Hit, IntakeStart, NhsCheck, ReferralCheck,
    ReferralForm, ReferralSaved,
};
use crate::words;
use crate::worklist::{alike, hit};

/// A name is not longer than this; the record's own limits are far beyond.
const LONGEST_NAME: usize = 120;

/// An empty form with what can be chosen in it.
pub fn start_referral(desk: &mut Desk) -> Result<IntakeStart, Refusal> {
    desk.allow(Act::TakeReferral)?;
    let choices = |values: &[(&str, &str)]| {
        values
            .iter()
            .map(|(value, label)| Choice {
                value: (*value).into(),
                label: (*label).into(),
            })
            .collect()
    };
    Ok(IntakeStart {
        form: ReferralForm {
            received: desk.today().to_string(),
            ..ReferralForm::default()
        },
        safety: letter_signs(),
        genders: choices(&[
            ("female", "Female"),
            ("male", "Male"),
            ("other", "Other"),
            ("not-known", "Not known"),
        ]),
        urgencies: choices(&[
            ("routine", "Routine"),
            ("soon", "Soon"),
            ("urgent", "Urgent"),
        ]),
    })
}

/// The groups of warning signs a letter is read for: one line for each sign.
fn letter_signs() -> Vec<Choice> {
    Catalogue::shipped()
        .sections
        .iter()
        .flat_map(|section| &section.questions)
        .filter(|question| question.kind == QuestionKind::Feature)
        .map(|question| Choice {
            value: question.id.clone(),
            label: question.text.clone(),
        })
        .collect()
}

/// The NHS number as it is typed.
pub fn check_nhs_number(_desk: &mut Desk, text: String) -> Result<NhsCheck, Refusal> {
    let typed = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .count();
    let check = |state: &str, display: Option<String>, words: &str| NhsCheck {
        state: state.into(),
        display,
        words: words.into(),
    };
    Ok(match NhsNumber::parse(&text) {
        _ if typed == 0 => check(
            "empty",
            None,
            "Ten digits. Leave it empty if there is none.",
        ),
        Ok(number) => check(
            "valid",
            Some(number.to_string()),
            "The check digit is right. Confirm that it is this person's.",
        ),
        Err(_)
            if typed < 10
                && text
                    .chars()
                    .all(|c| c.is_ascii_digit() || c.is_whitespace() || c == '-') =>
        {
            check("incomplete", None, &format!("{typed} of 10 digits."))
        }
        Err(error) => check("invalid", None, &error.to_string()),
    })
}

/// What can be said of the form before it is saved. Nothing is written.
pub fn check_referral(desk: &mut Desk, form: ReferralForm) -> Result<ReferralCheck, Refusal> {
    desk.allow(Act::TakeReferral)?;
    let today = desk.today();
    let everybody = desk.summaries()?;
    let mut odd = Vec::new();
    if let Some(born) = words::iso(&form.born) {
        let age = words::age(born, today);
        if age < 18 {
            odd.push(format!(
                "{} makes this person {age}. The adult rules do not apply under 18.",
                words::staff_date(born)
            ));
        } else if age > 105 {
            odd.push(format!(
                "Is {} right? It makes this person {age}.",
                words::staff_date(born)
            ));
        }
    }
    Ok(ReferralCheck {
        already_known: already_known(&form, &everybody, today),
        missing: missing(&form),
        odd,
    })
}

/// People who may be the same, each with why. They are offered, never chosen.
fn already_known(form: &ReferralForm, everybody: &[PatientSummary], today: Date) -> Vec<Hit> {
    let typed = form
        .nhs_number
        .parse::<NhsNumber>()
        .map(|number| number.digits())
        .unwrap_or_default();
    let stranger = stranger(form);
    everybody
        .iter()
        .filter_map(|known| {
            if !typed.is_empty() && known.nhs_number == typed {
                Some(hit(known, everybody, today, Some("same NHS number")))
            } else if !form.family.trim().is_empty()
                && stranger.born.is_some()
                && alike(&stranger, known)
            {
                Some(hit(
                    known,
                    everybody,
                    today,
                    Some("similar name and date of birth"),
                ))
            } else {
                None
            }
        })
        .take(10)
        .collect()
}

fn stranger(form: &ReferralForm) -> PatientSummary {
    PatientSummary::stranger(
        form.family.trim(),
        form.given.trim(),
        words::iso(&form.born),
        form.address.trim(),
    )
}

fn missing(form: &ReferralForm) -> Vec<String> {
    [
        ("Date of birth", &form.born),
        ("Referrer", &form.referrer),
        ("Reason", &form.reason),
        ("NHS number", &form.nhs_number),
        ("Telephone", &form.phone),
    ]
    .into_iter()
    .filter(|(_, value)| value.trim().is_empty())
    .map(|(label, _)| label.to_owned())
    .collect()
}

/// The same for a referral that was saved.
pub(crate) fn missing_of(identity: &Identity, referral: &Referral) -> Vec<String> {
    let mut all = Vec::new();
    let mut need = |absent: bool, label: &str| {
        if absent {
            all.push(label.to_owned());
        }
    };
    need(identity.born.is_none(), "Date of birth");
    need(referral.referrer.is_empty(), "Referrer");
    need(referral.reason.is_empty(), "Reason");
    all
}

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

fn refuse_impossible(form: &ReferralForm, today: Date) -> Result<(), Refusal> {
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

/// A referral for somebody already here does not say who they are: what differs from the record is
/// a slip of the pen, another person, or something to be settled with the patient.
fn refuse_other_identity(
    desk: &mut Desk,
    form: &ReferralForm,
    patient: PatientId,
) -> Result<(), Refusal> {
    let case = desk.case(patient)?;
    let known = case.identity();
    let differs = |typed: &str, held: &str| {
        let (typed, held) = (words::folded(typed.trim()), words::folded(held));
        !typed.is_empty() && !held.is_empty() && typed != held
    };
    let number = form.nhs_number.parse::<NhsNumber>().ok();
    let born = words::iso(&form.born);
    let faults: Vec<FieldFault> = [
        ("family", differs(&form.family, &known.family)),
        ("given", differs(&form.given, &known.given)),
        ("born", born.is_some() && known.born.is_some() && born != known.born),
        (
            "nhs_number",
            number.is_some() && known.nhs_number.is_some() && number != known.nhs_number,
        ),
    ]
    .into_iter()
    .filter(|(_, differs)| *differs)
    .map(|(field, _)| FieldFault {
        field: field.into(),
        message: "The record of the person you chose says otherwise. Enter what the record says, or say that this is a different person.".into(),
    })
    .collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Invalid(faults))
    }
}

/// The details that the form gives and the record does not have yet. A detail of somebody already
/// here is written only where it differs, as a new value beside the old one's history.
fn details(
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
fn is_same(field: &str, held: &str, typed: &str) -> bool {
    held == typed
        || (matches!(field, "family" | "given") && words::folded(held) == words::folded(typed))
}

/// What a CSV file holds. Nothing is written.
pub fn check_csv(desk: &mut Desk, text: String) -> Result<CsvReport, Refusal> {
    desk.allow(Act::TakeReferral)?;
    let today = desk.today();
    let report = referral_csv::read(text.as_bytes(), today)
        .map_err(|error| Refusal::field("text", error.to_string()))?;
    let everybody = desk.summaries()?;
    Ok(CsvReport {
        good: report
            .rows
            .iter()
            .map(|row| {
                let form = form_of(&row.referral);
                GoodRow {
                    line: row.line,
                    name: PatientSummary::listed_name(&form.family, &form.given, &form.title),
                    already_known: already_known(&form, &everybody, today),
                }
            })
            .collect(),
        bad: report
            .bad
            .iter()
            .map(|bad| BadRow {
                line: bad.line,
                field: bad.field.to_string(),
                reason: bad.reason.to_string(),
            })
            .collect(),
        imported: 0,
        headings: referral_csv::Column::ALL
            .iter()
            .map(|column| column.heading().to_owned())
            .collect(),
    })
}

/// Takes in the good rows of a CSV file. A row whose NHS number is already here is left out and
/// listed, since only a person can say that two people are one.
pub fn import_csv(desk: &mut Desk, text: String) -> Result<CsvReport, Refusal> {
    let mut report = check_csv(desk, text.clone())?;
    let rows = referral_csv::read(text.as_bytes(), desk.today())
        .map_err(|error| Refusal::field("text", error.to_string()))?
        .rows;
    let mut taken = Vec::new();
    for (row, good) in rows.iter().zip(std::mem::take(&mut report.good)) {
        if good.already_known.is_empty() {
            save_referral(desk, form_of(&row.referral), None)?;
            report.imported += 1;
            taken.push(good);
        } else {
            report.bad.push(BadRow {
                line: good.line,
                field: "Whole row".into(),
                reason: "This may be somebody who is already here. Take this referral by hand and choose.".into(),
            });
        }
    }
    report.good = taken;
    report.bad.sort_by_key(|bad| bad.line);
    audit::note(
        desk,
        "imported",
        None,
        &words::count(report.good.len(), "referral", "referrals"),
    )?;
    Ok(report)
}

fn form_of(referral: &referral_csv::Referral) -> ReferralForm {
    ReferralForm {
        nhs_number: referral
            .nhs_number
            .as_ref()
            .map(NhsNumber::digits)
            .unwrap_or_default(),
        family: referral.family_name.clone(),
        given: referral.given_name.clone(),
        title: referral.title.clone(),
        born: referral.born.to_string(),
        gender: referral
            .gender
            .map(|gender| gender.as_str().to_owned())
            .unwrap_or_default(),
        phone: referral.phone.clone(),
        address: referral.address.clone(),
        needs: referral.needs.clone(),
        gp: referral.gp_practice.clone(),
        referrer: referral.referrer.clone(),
        received: referral.received.to_string(),
        reason: referral.reason.clone(),
        asked_urgency: referral
            .urgency_asked
            .map(|asked| asked.as_str().to_owned())
            .unwrap_or_default(),
        letter: referral.letter.clone(),
        ..ReferralForm::default()
    }
}
