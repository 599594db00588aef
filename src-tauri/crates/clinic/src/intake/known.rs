//! People who may be the same as one already here.

use record::id::PatientId;
use record::nhs_number::NhsNumber;
use store::{Asked, COUNTED, Way};

use crate::desk::Desk;
use crate::faults::Faults;
use crate::known_by::likeness;
use crate::refusal::Refusal;
use crate::summary::PatientSummary;
use crate::view::{Hit, ReferralForm};
use crate::words;
use crate::worklist::hit;

/// People offered as perhaps the same, at most. A design decision.
const OFFERED: usize = 10;

/// People who may be the same, each with why. They are offered, never chosen.
pub(super) fn already_known(desk: &Desk, form: &ReferralForm) -> Result<Vec<Hit>, Refusal> {
    let mut found: Vec<(PatientSummary, &str)> = Vec::new();
    let store = &desk.sitting()?.opened.store;
    if let Ok(number) = form.nhs_number.parse::<NhsNumber>() {
        let way = Way::new(Vec::new(), Vec::new(), Some(number.digits()));
        let asked = Asked { ways: vec![way] };
        let people = store.search(&asked, COUNTED)?.rows;
        let read = people.iter().filter_map(PatientSummary::from_row);
        let same = read.filter(|known| known.nhs_number == number.digits());
        found.extend(same.map(|known| (known, "same NHS number")));
    }
    let born = words::iso(&form.born);
    if !form.family.trim().is_empty() && born.is_some() {
        let one = likeness(&form.family, &form.given, &form.address, born);
        for patient in desk.alike(None, &one, OFFERED)? {
            let known = store.summary(patient)?;
            let Some(known) = known.as_ref().and_then(PatientSummary::from_row) else {
                continue;
            };
            if !found
                .iter()
                .any(|(other, _)| other.patient == known.patient)
            {
                found.push((known, "similar name and date of birth"));
            }
        }
    }
    found
        .iter()
        .take(OFFERED)
        .map(|(known, why)| hit(desk, known, Some((*why).to_owned())))
        .collect()
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
    let mut faults = Faults::default();
    for (field, differs) in [
        ("family", differs(&form.family, &known.family)),
        ("given", differs(&form.given, &known.given)),
        (
            "born",
            born.is_some() && known.born.is_some() && born != known.born,
        ),
        (
            "nhs_number",
            number.is_some() && known.nhs_number.is_some() && number != known.nhs_number,
        ),
    ] {
        if differs {
            faults.add(field, "The record of the person you chose says otherwise. Enter what the record says, or say that this is a different person.");
        }
    }
    faults.none()
}
