//! Finding a patient by part of a name or number.

use jiff::civil::Date;

use super::likeness::similar;
use super::number;
use crate::audit;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::PatientSummary;
use crate::view::Hit;
use crate::words;

/// Patients found by parts of a name or a number, the likeliest first.
pub fn search(desk: &mut Desk, text: String) -> Result<Vec<Hit>, Refusal> {
    desk.allow(Act::Look)?;
    let today = desk.today();
    let wanted = searchable(&text);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    audit::listed(desk)?;
    let everybody = desk.summaries()?;
    let rows = desk.sitting()?.opened.store.search(&wanted, 50)?;
    Ok(rows
        .iter()
        .filter_map(PatientSummary::from_row)
        .map(|summary| hit(&summary, &everybody, today, None))
        .collect())
}

/// Folded words; digits typed in groups are put together, so that "999 046" finds a number.
pub(super) fn searchable(text: &str) -> String {
    let folded = words::folded(text);
    let digits = folded
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace());
    if digits {
        folded.split_whitespace().collect()
    } else {
        folded.trim().to_owned()
    }
}

pub(crate) fn hit(
    summary: &PatientSummary,
    everybody: &[PatientSummary],
    today: Date,
    why: Option<&str>,
) -> Hit {
    Hit {
        patient: summary.patient.clone(),
        name: PatientSummary::listed_name(&summary.family, &summary.given, &summary.title),
        born: summary
            .born
            .map_or_else(|| "Not known".into(), |born| words::born(born, today)),
        nhs_number: number(summary),
        place: summary.place.clone(),
        similar_name: similar(summary, everybody),
        why: why.map(str::to_owned),
    }
}
