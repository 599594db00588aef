//! The form as it is typed: what it offers, and what can be said of it before it is saved.

use assessment::question::{Catalogue, QuestionKind};
use record::body::Referral;
use record::nhs_number::NhsNumber;

use super::known::already_known;
use crate::audit;
use crate::case::Identity;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{Choice, IntakeStart, NhsCheck, ReferralCheck, ReferralForm};
use crate::words;

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
pub(super) fn letter_signs() -> Vec<Choice> {
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
    audit::listed(desk)?;
    let today = desk.today();
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
        already_known: already_known(desk, &form)?,
        missing: missing(&form),
        odd,
    })
}

pub(super) fn missing(form: &ReferralForm) -> Vec<String> {
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
