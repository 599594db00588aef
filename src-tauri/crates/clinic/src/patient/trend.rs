//! A score over time.

use assessment::instrument::{Direction, Instrument, change};

use crate::assess::item_values;
use crate::case::Case;
use crate::view::{Trend, TrendPoint};
use crate::words;

/// An instrument's totals over the assessments, oldest first; none while it was never asked.
pub(super) fn trend(case: &Case, instrument: &str, today: jiff::civil::Date) -> Option<Trend> {
    let form = Instrument::by_id(instrument)?;
    let points: Vec<TrendPoint> = case
        .assessments()
        .iter()
        .rev()
        .filter_map(|facts| {
            let values = item_values(form, &case.answers(facts.id));
            let score = form
                .score(&values)
                .ok()
                .filter(|score| score.answered > 0)?;
            Some(TrendPoint {
                date: words::staff_date(facts.day(today)),
                total: score.total,
            })
        })
        .collect();
    let last = points.last()?;
    let (_, max) = form.range();
    let band = last
        .total
        .and_then(|total| form.band(total))
        .map(|band| format!(", {}", band.label))
        .unwrap_or_default();
    let words = last.total.map_or_else(
        || "incomplete".to_owned(),
        |total| format!("{total} of {max}{band}"),
    );
    let totals: Vec<i64> = points.iter().filter_map(|point| point.total).collect();
    let change = match totals.as_slice() {
        [.., before, after] => {
            Some(change(form, *before, *after)).map(|change| match change.direction {
                Direction::NoReliableChange => "no reliable change".to_owned(),
                _ => change.words,
            })
        }
        _ => None,
    };
    let each: Vec<String> = points
        .iter()
        .map(|point| {
            format!(
                "{} on {}",
                point
                    .total
                    .map_or_else(|| "incomplete".into(), |total| total.to_string()),
                point.date
            )
        })
        .collect();
    Some(Trend {
        name: form.name.clone(),
        max,
        summary: format!("{}: {}.", form.name, words::listed(&each)),
        last: words,
        change,
        points,
    })
}
