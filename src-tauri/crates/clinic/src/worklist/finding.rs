//! Finding a patient by part of a name, a number or a date of birth.

use store::{COUNTED, People};

use super::number;
use crate::audit;
use crate::desk::Desk;
use crate::known_by::{asked, words_of};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::PatientSummary;
use crate::view::{Found, Hit};
use crate::words;

/// People shown for what was typed. A design decision: a screenful and a half.
const SHOWN: usize = 40;

/// Patients found by parts of a name, a number or a date of birth, the likeliest first.
pub fn search(desk: &mut Desk, text: String) -> Result<Found, Refusal> {
    desk.allow(Act::Look)?;
    let asked = asked(&text);
    if asked.ways.is_empty() {
        return Ok(Found::default());
    }
    audit::listed(desk)?;
    let people = desk.sitting()?.opened.store.search(&asked, SHOWN)?;
    let mut hits = Vec::new();
    for summary in desk.seen(&people.rows)? {
        let why = by_former_name(&summary, &text);
        hits.push(hit(desk, &summary, why)?);
    }
    Ok(Found {
        words: said(&people, hits.len()),
        hits,
    })
}

/// How many fit, in words.
fn said(people: &People, shown: usize) -> String {
    let more = "Type more of the name, the number or the date of birth.";
    if people.or_more {
        format!("{shown} of more than {COUNTED} people. {more}")
    } else if people.count > shown {
        format!("{shown} of {} people. {more}", people.count)
    } else {
        words::count(people.count, "person", "people")
    }
}

/// "formerly Smith", where that is the name that was typed and none of today's is.
fn by_former_name(summary: &PatientSummary, typed: &str) -> Option<String> {
    let typed = words_of(typed);
    let begins = |name: &str| {
        let words = words_of(name);
        typed
            .iter()
            .any(|part| words.iter().any(|word| word.starts_with(part.as_str())))
    };
    if begins(&summary.family) || begins(&summary.given) {
        return None;
    }
    let former = summary.former.iter().find(|name| begins(name))?;
    Some(format!("formerly {former}"))
}

pub(crate) fn hit(
    desk: &Desk,
    summary: &PatientSummary,
    why: Option<String>,
) -> Result<Hit, Refusal> {
    let today = desk.today();
    Ok(Hit {
        patient: summary.patient.clone(),
        name: PatientSummary::listed_name(&summary.family, &summary.given, &summary.title),
        born: summary
            .born
            .map_or_else(|| "Not known".into(), |born| words::born(born, today)),
        nhs_number: number(summary),
        place: summary.place.clone(),
        similar_name: desk.is_similar(summary)?,
        why,
    })
}
