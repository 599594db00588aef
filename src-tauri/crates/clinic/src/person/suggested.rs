//! People who may be the same. They are offered with why, and never linked by themselves.

use record::nhs_number::NhsNumber;
use store::{Asked, COUNTED, Likeness, Way};

use crate::case::Case;
use crate::desk::Desk;
use crate::known_by::{former_names, likeness};
use crate::refusal::Refusal;
use crate::summary::PatientSummary;
use crate::view::Hit;
use crate::worklist::hit;

/// No more are offered. A design decision: whoever is not among them shares neither a number nor a
/// birth date with a name.
const MOST: usize = 10;

/// People here who may be the same as this one, each with why: a number, now or once; or the birth
/// date with a name in common, the names the other way round and former ones included. A design
/// decision: a typing error in the birth date is found by the number only.
pub(super) fn suggested(desk: &Desk, case: &Case) -> Result<Vec<Hit>, Refusal> {
    let mut found: Vec<(PatientSummary, &str)> = Vec::new();
    let own = case.patient.to_string();
    let mut offer = |people: Vec<PatientSummary>, why| {
        for person in people {
            let known = found.iter().any(|(one, _)| one.patient == person.patient);
            if person.patient != own && !known {
                found.push((person, why));
            }
        }
    };
    offer(same_number(desk, case)?, "same NHS number");
    offer(
        similar_name(desk, case)?,
        "similar name and same date of birth",
    );
    found
        .iter()
        .take(MOST)
        .map(|(person, why)| hit(desk, person, Some((*why).to_owned())))
        .collect()
}

fn same_number(desk: &Desk, case: &Case) -> Result<Vec<PatientSummary>, Refusal> {
    let identity = case.identity();
    let now = identity.nhs_number.as_ref().map(NhsNumber::digits);
    let mut found = Vec::new();
    for number in identity.former_numbers.iter().cloned().chain(now) {
        let way = Way::new(Vec::new(), Vec::new(), Some(number.clone()));
        let asked = Asked { ways: vec![way] };
        let people = desk.sitting()?.opened.store.search(&asked, COUNTED)?.rows;
        let read = people.iter().filter_map(PatientSummary::from_row);
        // A telephone number may hold the same digits.
        found.extend(
            read.filter(|one| one.nhs_number == number || one.former_numbers.contains(&number)),
        );
    }
    Ok(found)
}

fn similar_name(desk: &Desk, case: &Case) -> Result<Vec<PatientSummary>, Refusal> {
    let identity = case.identity();
    let Some(born) = identity.born else {
        return Ok(Vec::new());
    };
    let like = |family: &str, given: &str| likeness(family, given, "", Some(born));
    let mut ways: Vec<Likeness> = vec![
        like(&identity.family, &identity.given),
        like(&identity.given, &identity.family),
    ];
    ways.extend(
        former_names(case, identity)
            .iter()
            .map(|former| like(former, &identity.given)),
    );
    let mut found = Vec::new();
    for way in &ways {
        for patient in desk.alike(Some(case.patient), way, MOST)? {
            let row = desk.sitting()?.opened.store.summary(patient)?;
            let person = row.as_ref().and_then(PatientSummary::from_row);
            found.extend(person.filter(|person| person.born == Some(born)));
        }
    }
    Ok(found)
}
