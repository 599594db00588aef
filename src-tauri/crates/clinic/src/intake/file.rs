//! Referrals from a CSV file.

use exchange::referral_csv;
use record::body::Action;
use record::nhs_number::NhsNumber;

use super::known::already_known;
use super::saving::save_referral;
use crate::audit;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::PatientSummary;
use crate::view::{BadRow, CsvReport, GoodRow, ReferralForm};
use crate::words;

/// What a CSV file holds. Nothing is written.
pub fn check_csv(desk: &mut Desk, text: String) -> Result<CsvReport, Refusal> {
    desk.allow(Act::TakeReferral)?;
    audit::listed(desk)?;
    let today = desk.today();
    let report = referral_csv::read(text.as_bytes(), today)
        .map_err(|error| Refusal::field("text", error.to_string()))?;
    Ok(CsvReport {
        good: report
            .rows
            .iter()
            .map(|row| {
                let form = form_of(&row.referral);
                Ok(GoodRow {
                    line: row.line,
                    name: PatientSummary::listed_name(&form.family, &form.given, &form.title),
                    already_known: already_known(desk, &form)?,
                })
            })
            .collect::<Result<_, Refusal>>()?,
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

/// Takes in the good rows of a CSV file, all of them or, when that is refused or cut short, none.
/// A row whose NHS number is already here is left out and listed, since only a person can say that
/// two people are one.
pub fn import_csv(desk: &mut Desk, text: String) -> Result<CsvReport, Refusal> {
    desk.whole(|desk| taken_in(desk, &text))
}

fn taken_in(desk: &mut Desk, text: &str) -> Result<CsvReport, Refusal> {
    let mut report = check_csv(desk, text.to_owned())?;
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
        Action::Imported,
        None,
        &words::count(report.good.len(), "referral", "referrals"),
    )?;
    Ok(report)
}

pub(super) fn form_of(referral: &referral_csv::Referral) -> ReferralForm {
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
