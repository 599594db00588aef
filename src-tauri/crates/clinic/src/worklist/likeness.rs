//! Who is easily taken for another.

use crate::summary::PatientSummary;

/// Same surname and a near birth date, or the same birth date and given name: easy to mistake.
pub(super) fn similar(one: &PatientSummary, everybody: &[PatientSummary]) -> bool {
    everybody
        .iter()
        .any(|other| other.patient != one.patient && alike(one, other))
}

/// Days between birth dates that count as near. A design decision.
pub(super) const NEAR_BIRTH_DAYS: i32 = 366;

pub(crate) fn alike(one: &PatientSummary, other: &PatientSummary) -> bool {
    let (a, b) = (one.likeness(), other.likeness());
    let (family, given) = (a.family == b.family, a.given == b.given);
    let address = !one.place.is_empty() && a.place == b.place;
    let near = match (one.born, other.born) {
        (Some(a), Some(b)) => (a - b).get_days().abs() <= NEAR_BIRTH_DAYS,
        _ => true,
    };
    let same_born = one.born.is_some() && one.born == other.born;
    family && (near || given || address) || same_born && given
}
