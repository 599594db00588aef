//! People who may be the same as one already here.

use jiff::civil::Date;
use record::id::PatientId;
use record::nhs_number::NhsNumber;

use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::summary::PatientSummary;
use crate::view::{FieldFault, Hit, ReferralForm};
use crate::words;
use crate::worklist::{alike, hit};

/// People who may be the same, each with why. They are offered, never chosen.
pub(super) fn already_known(
    form: &ReferralForm,
    everybody: &[PatientSummary],
    today: Date,
) -> Vec<Hit> {
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

pub(super) fn stranger(form: &ReferralForm) -> PatientSummary {
    PatientSummary::stranger(
        form.family.trim(),
        form.given.trim(),
        words::iso(&form.born),
        form.address.trim(),
    )
}

/// A referral for somebody already here does not say who they are: what differs from the record is
/// a slip of the pen, another person, or something to be settled with the patient.
pub(super) fn refuse_other_identity(
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
