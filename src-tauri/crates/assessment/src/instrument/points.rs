//! What answers count: reversed items, weights, points, and the sums still possible.

use rust_decimal::Decimal;

use super::form::{Instrument, Totalling};
use super::measure::{Band, Figure, Scale, Weights, band_of};

/// The least and greatest of something.
pub(super) type Bounds = (i64, i64);

impl Instrument {
    /// The least and greatest possible total.
    pub fn range(&self) -> Bounds {
        let open = vec![None; self.items.len()];
        match self.totalling {
            Totalling::Percent => (0, 100),
            Totalling::Mean => {
                let every: Vec<Bounds> = self
                    .scored_items()
                    .map(|(at, _)| self.span(at, None, None))
                    .collect();
                outermost(&every)
            }
            _ => self.sum(&open, |_| true),
        }
    }

    /// The least and greatest possible figure of a scale.
    pub fn scale_range(&self, scale: &Scale) -> Bounds {
        let spans = scale
            .items
            .iter()
            .map(|number| self.span(number - 1, None, None));
        match scale.figure {
            Figure::Sum => spans.fold((0, 0), add),
            Figure::Mean => outermost(&spans.collect::<Vec<_>>()),
            Figure::Percent => (0, 100),
        }
    }

    /// The band a total is in.
    pub fn band(&self, total: impl Into<Decimal>) -> Option<&Band> {
        band_of(&self.bands, total.into())
    }

    /// The least and greatest sum of the scored items that `include` keeps (by position), over
    /// every way of answering what is open.
    pub(super) fn sum(&self, answers: &[Option<i64>], include: impl Fn(usize) -> bool) -> Bounds {
        let with = |weights: Option<&Weights>| {
            self.scored_items()
                .enumerate()
                .filter(|(_, (at, _))| include(*at))
                .map(|(nth, (at, _))| {
                    let weight = weights.and_then(|weights| weights.of.get(nth));
                    self.span(at, answers.get(at).copied().flatten(), weight.copied())
                })
                .fold((0, 0), add)
        };
        let chosen = self
            .weights_by
            .and_then(|number| answers.get(number - 1).copied().flatten());
        let each: Vec<Bounds> = self
            .weights
            .iter()
            .filter(|weights| chosen.is_none() || weights.when == chosen)
            .map(|weights| with(Some(weights)))
            .collect();
        if each.is_empty() {
            with(None)
        } else {
            outermost(&each)
        }
    }

    /// The least and greatest that one item counts: one value when it is answered.
    pub(super) fn span(&self, at: usize, answer: Option<i64>, weight: Option<i64>) -> Bounds {
        let weight = weight.unwrap_or(1);
        let counts: Vec<i64> = self
            .points_of(at)
            .into_iter()
            .filter(|(value, _)| answer.is_none_or(|answer| answer == *value))
            .map(|(_, points)| points * weight)
            .collect();
        (
            counts.iter().copied().min().unwrap_or(0),
            counts.iter().copied().max().unwrap_or(0),
        )
    }

    /// Each permitted answer of an item (by position) and what it counts before weights.
    pub(super) fn points_of(&self, at: usize) -> Vec<Bounds> {
        let Some(item) = self.items.get(at) else {
            return Vec::new();
        };
        let (least, greatest) = self.item_range(item);
        let reversed = self.reversed.contains(&(at + 1));
        self.options_of(item)
            .iter()
            .enumerate()
            .map(|(nth, option)| {
                let own = item.points.get(nth).copied().unwrap_or(option.value);
                let points = if reversed {
                    least + greatest - own
                } else {
                    own
                };
                (option.value, points)
            })
            .collect()
    }
}

/// A sum as the figure it stands for, over so many items of so great a sum; 0 where nothing is
/// there to divide by.
pub(super) fn figure(sum: i64, figure: Figure, items: usize, greatest: i64) -> Decimal {
    let sum = Decimal::from(sum);
    let of = |all: Decimal, whole: Decimal| all.checked_div(whole).unwrap_or_default();
    match figure {
        Figure::Sum => sum,
        Figure::Mean => of(sum, items.into()),
        Figure::Percent => of(sum * Decimal::ONE_HUNDRED, greatest.into()),
    }
}

pub(super) fn add(one: Bounds, other: Bounds) -> Bounds {
    (one.0 + other.0, one.1 + other.1)
}

fn outermost(all: &[Bounds]) -> Bounds {
    (
        all.iter().map(|it| it.0).min().unwrap_or(0),
        all.iter().map(|it| it.1).max().unwrap_or(0),
    )
}
