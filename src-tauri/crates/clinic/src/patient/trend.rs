//! A score over time.

use assessment::instrument::{Direction, Instrument, change};

use crate::assess::item_values;
use crate::case::Case;
use crate::view::{Trend, TrendPoint};
use crate::words;

/// An instrument's totals over the assessments, oldest first; none while it was never asked.
pub(super) fn trend(case: &Case, instrument: &str) -> Option<Trend> {
    let form = Instrument::by_id(instrument)?;
    let points = points(case, form);
    let last = points.last()?;
    let (_, max) = form.range();
    let band = last
        .total
        .and_then(|total| form.band(total))
        .map(|band| format!(", {}", band.label))
        .unwrap_or_default();
    let each: Vec<String> = points
        .iter()
        .map(|point| format!("{} on {}", total_words(point.total), point.date))
        .collect();
    Some(Trend {
        name: form.name.clone(),
        max,
        summary: format!("{}: {}.", form.name, words::listed(&each)),
        last: last.total.map_or_else(
            || total_words(None),
            |total| format!("{total} of {max}{band}"),
        ),
        change: changed(form, &points),
        points,
    })
}

fn total_words(total: Option<i64>) -> String {
    total.map_or_else(|| "incomplete".into(), |total| total.to_string())
}

fn points(case: &Case, form: &Instrument) -> Vec<TrendPoint> {
    let oldest_first = case.assessments().iter().rev();
    oldest_first
        .filter_map(|facts| {
            let values = item_values(form, &case.answers(facts.id));
            let score = form.score(&values).ok()?;
            (score.answered > 0).then(|| TrendPoint {
                date: words::staff_date(facts.finished.unwrap_or(facts.started).local().date()),
                total: score.total,
            })
        })
        .collect()
}

/// The change between the last two totals, said only past the published reliable change.
fn changed(form: &Instrument, points: &[TrendPoint]) -> Option<String> {
    let totals: Vec<i64> = points.iter().filter_map(|point| point.total).collect();
    let [.., before, after] = totals.as_slice() else {
        return None;
    };
    let change = change(form, *before, *after);
    Some(match change.direction {
        Direction::NoReliableChange => "no reliable change".to_owned(),
        _ => change.words,
    })
}
