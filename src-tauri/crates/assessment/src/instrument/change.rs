//! Whether two results differ by more than is published as a change.

use rust_decimal::Decimal;
use serde::Serialize;

use super::form::{Better, Instrument};
use super::measure::{Band, ReliableChange, Scale, band_of};
use super::outcome::shown;

/// Which way a score moved, once the movement is past its published reliable change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Lower by at least the reliable change.
    ReliablyLower,
    /// Higher by at least the reliable change.
    ReliablyHigher,
    /// Less than that, or no published figure: no arrow and no colour.
    NoReliableChange,
}

/// The difference between two figures of one instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Points, after less before, unrounded.
    pub difference: Decimal,
    /// Which way it moved, if reliably.
    pub direction: Direction,
    /// Whether that is for the better, where the publisher says which way is.
    pub better: Option<bool>,
    /// The figure used; `None` when none is published.
    pub reliable_change: Option<ReliableChange>,
    /// The result in words.
    pub words: String,
}

/// What a change is judged by.
struct Judge<'a> {
    reliable: Option<&'a ReliableChange>,
    bands: &'a [Band],
    better: Option<Better>,
    decimals: u32,
}

/// The difference between two totals. Give unrounded figures.
pub fn change(
    instrument: &Instrument,
    before: impl Into<Decimal>,
    after: impl Into<Decimal>,
) -> Change {
    let judge = Judge {
        reliable: instrument.reliable_change.as_ref(),
        bands: &instrument.bands,
        better: instrument.better,
        decimals: instrument.decimals,
    };
    judge.change(before.into(), after.into())
}

/// The difference between two figures of a scale. Give unrounded figures.
pub fn scale_change(scale: &Scale, before: Decimal, after: Decimal) -> Change {
    let judge = Judge {
        reliable: scale.reliable_change.as_ref(),
        bands: &scale.bands,
        better: scale.better,
        decimals: scale.decimals,
    };
    judge.change(before, after)
}

impl Judge<'_> {
    fn change(&self, before: Decimal, after: Decimal) -> Change {
        let difference = after - before;
        let direction = if !self.is_reliable(before, after) {
            Direction::NoReliableChange
        } else if difference.is_sign_negative() {
            Direction::ReliablyLower
        } else {
            Direction::ReliablyHigher
        };
        let better = match (direction, self.better) {
            (Direction::NoReliableChange, _) | (_, None) => None,
            (Direction::ReliablyHigher, Some(way)) => Some(way == Better::Higher),
            (Direction::ReliablyLower, Some(way)) => Some(way == Better::Lower),
        };
        Change {
            difference,
            direction,
            better,
            reliable_change: self.reliable.cloned(),
            words: self.words(difference, direction, better),
        }
    }

    fn is_reliable(&self, before: Decimal, after: Decimal) -> bool {
        let Some(reliable) = self.reliable else {
            return false;
        };
        let moved = (after - before).abs();
        let far = match (reliable.points, reliable.percent) {
            (Some(points), _) => moved >= points,
            // A share of nothing is no share: from 0 no percentage can be said.
            (None, Some(percent)) => {
                !before.is_zero() && moved * Decimal::ONE_HUNDRED >= before.abs() * percent
            }
            (None, None) => false,
        };
        let other_band = band_of(self.bands, before) != band_of(self.bands, after);
        far && !moved.is_zero() && (other_band || !reliable.and_band)
    }

    fn words(&self, difference: Decimal, direction: Direction, better: Option<bool>) -> String {
        let way = match direction {
            Direction::ReliablyLower => "lower",
            Direction::ReliablyHigher => "higher",
            Direction::NoReliableChange => return "no reliable change".to_owned(),
        };
        let points = shown(difference.abs(), self.decimals);
        let meaning = match better {
            Some(true) => ", which is better",
            Some(false) => ", which is worse",
            None => "",
        };
        format!("{way} by {points}, more than chance{meaning}")
    }
}

/// The difference between two ratings from 0 to 10, where lower is better.
///
/// The limits of 30 %, 50 % and 2 points are Farrar 2001 and IMMPACT, mark M.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RatingChange {
    /// Points, after less before.
    pub difference: i64,
    /// How much lower, in per cent of the first rating, to one place; `None` from zero.
    pub percent_lower: Option<Decimal>,
    /// At least 30 % lower.
    pub at_least_30_percent: bool,
    /// At least 50 % lower.
    pub at_least_50_percent: bool,
    /// At least 2 points lower.
    pub at_least_2_points: bool,
}

/// The difference between two ratings; the limits are met by the unrounded figures.
pub fn rating_change(before: u8, after: u8) -> RatingChange {
    let (before, after) = (i64::from(before), i64::from(after));
    let lower = before - after;
    let percent_lower = (before > 0)
        .then(|| (Decimal::from(lower) * Decimal::ONE_HUNDRED / Decimal::from(before)).round_dp(1));
    let share = |percent: i64| before > 0 && lower * 100 >= before * percent;
    RatingChange {
        difference: -lower,
        percent_lower,
        at_least_30_percent: share(30),
        at_least_50_percent: share(50),
        at_least_2_points: lower >= 2,
    }
}
