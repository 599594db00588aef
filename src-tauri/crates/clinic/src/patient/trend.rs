//! A score over time.

use assessment::instrument::{
    Change, Direction, Instrument, Scale, Score, change, scale_change, shown,
};
use record::id::ItemId;
use rust_decimal::Decimal;

use crate::assess::item_values;
use crate::case::{AssessmentFacts, Case};
use crate::view::{Figure, Trend, TrendPoint};
use crate::words;

/// What is followed: an instrument's total or one of its scales.
#[derive(Clone, Copy)]
enum Followed<'a> {
    Total(&'a Instrument),
    Scale(&'a Instrument, &'a Scale),
}

/// One figure on a day; none when it was incomplete.
struct Point {
    assessment: ItemId,
    day: String,
    value: Option<Decimal>,
}

/// An instrument's figures over the assessments, oldest first; nothing while it was never asked.
/// One that has no total is followed by its parts.
pub(super) fn trends(case: &Case, form: &Instrument) -> Vec<Trend> {
    followed(form)
        .into_iter()
        .filter_map(|followed| followed.trend(case))
        .collect()
}

/// The change of an instrument between this assessment and the one before it that has a figure,
/// said only past the published reliable change.
pub(crate) fn since_last(case: &Case, form: &Instrument, assessment: ItemId) -> Option<String> {
    let changes: Vec<String> = followed(form)
        .into_iter()
        .filter_map(|followed| followed.since_last(case, assessment))
        .collect();
    (!changes.is_empty()).then(|| changes.join("; "))
}

fn followed(form: &Instrument) -> Vec<Followed<'_>> {
    if form.has_total() {
        vec![Followed::Total(form)]
    } else {
        let scales = form.scales.iter();
        scales.map(|scale| Followed::Scale(form, scale)).collect()
    }
}

impl Followed<'_> {
    fn form(&self) -> &Instrument {
        match self {
            Self::Total(form) | Self::Scale(form, _) => form,
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Total(form) => form.name.clone(),
            Self::Scale(form, scale) => format!("{} {}", form.name, scale.name.to_lowercase()),
        }
    }

    fn max(&self) -> i64 {
        match self {
            Self::Total(form) => form.range().1,
            Self::Scale(form, scale) => form.scale_range(scale).1,
        }
    }

    fn shown(&self, value: Decimal) -> String {
        match self {
            Self::Total(form) => shown(value, form.decimals),
            Self::Scale(_, scale) => shown(value, scale.decimals),
        }
    }

    fn words(&self, value: Option<Decimal>) -> String {
        value.map_or_else(|| "incomplete".into(), |value| self.shown(value))
    }

    fn band(&self, value: Decimal) -> Option<String> {
        match self {
            Self::Total(form) => form.band(value).map(|band| band.label.clone()),
            Self::Scale(..) => None,
        }
    }

    fn value(&self, score: Score) -> Option<Decimal> {
        match self {
            Self::Total(_) => score.total,
            Self::Scale(_, scale) => {
                let own = score.scales.into_iter().find(|it| it.id == scale.id);
                own.and_then(|own| own.value)
            }
        }
    }

    fn change(&self, before: Decimal, after: Decimal) -> Change {
        match self {
            Self::Total(form) => change(form, before, after),
            Self::Scale(_, scale) => scale_change(scale, before, after),
        }
    }

    /// Oldest first.
    fn points(&self, case: &Case) -> Vec<Point> {
        let oldest_first = case.assessments().iter().rev();
        oldest_first
            .filter_map(|facts| {
                let form = self.form();
                if form.on_request && !case.counts(facts.id, form) {
                    return None;
                }
                let values = item_values(form, &case.answers(facts.id));
                let score = form
                    .score(&values)
                    .ok()
                    .filter(|score| score.answered > 0)?;
                Some(Point {
                    assessment: facts.id,
                    day: day(case, facts, form),
                    value: self.value(score),
                })
            })
            .collect()
    }

    fn trend(&self, case: &Case) -> Option<Trend> {
        let points = self.points(case);
        let last = points.last()?;
        let max = self.max();
        let band = last.value.and_then(|value| self.band(value));
        let band = band.map(|band| format!(", {band}")).unwrap_or_default();
        let each: Vec<String> = points
            .iter()
            .map(|point| format!("{} on {}", self.words(point.value), point.day))
            .collect();
        Some(Trend {
            name: self.name(),
            max,
            summary: format!("{}: {}.", self.name(), words::listed(&each)),
            last: last.value.map_or_else(
                || self.words(None),
                |value| format!("{} of {max}{band}", self.shown(value)),
            ),
            change: self.changed(&points).map(|change| change.words),
            points: points
                .into_iter()
                .map(|point| TrendPoint {
                    date: point.day,
                    total: point.value.map(Figure),
                })
                .collect(),
        })
    }

    /// The change between the last two figures.
    fn changed(&self, points: &[Point]) -> Option<Change> {
        let values: Vec<Decimal> = points.iter().filter_map(|point| point.value).collect();
        let [.., before, after] = values.as_slice() else {
            return None;
        };
        Some(self.change(*before, *after))
    }

    fn since_last(&self, case: &Case, assessment: ItemId) -> Option<String> {
        let points = self.points(case);
        let at = points
            .iter()
            .position(|point| point.assessment == assessment)?;
        let (earlier, from_here) = points.split_at(at);
        let after = from_here.first()?.value?;
        let last = earlier.iter().rev().find(|point| point.value.is_some())?;
        let change = self.change(last.value?, after);
        let name = match self {
            Self::Total(_) => String::new(),
            Self::Scale(_, scale) => format!("{}: ", scale.name),
        };
        let words = match change.direction {
            Direction::NoReliableChange => "no reliable change".to_owned(),
            _ => change.words,
        };
        Some(format!(
            "{name}{words} since {} ({})",
            last.day,
            self.words(last.value)
        ))
    }
}

/// The day a form was completed on, which may be before it was typed in.
fn day(case: &Case, facts: &AssessmentFacts, form: &Instrument) -> String {
    let forms = case.forms(facts.id);
    let completed = forms.get(&form.id).map(|used| used.completed.as_str());
    completed.filter(|day| !day.is_empty()).map_or_else(
        || words::staff_date(facts.finished.unwrap_or(facts.started).local().date()),
        words::staff_iso,
    )
}
