//! Whether two results differ by more than chance.

use rust_decimal::Decimal;
use serde::Serialize;

use super::form::{Instrument, ReliableChange};

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

/// The difference between two totals of one instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Points, after less before.
    pub difference: i64,
    /// Which way it moved, if reliably.
    pub direction: Direction,
    /// The figure used; `None` when none is published.
    pub reliable_change: Option<ReliableChange>,
    /// The result in words.
    pub words: String,
}

/// The difference between two totals.
pub fn change(instrument: &Instrument, before: i64, after: i64) -> Change {
    let difference = after - before;
    let direction = match &instrument.reliable_change {
        Some(reliable) if difference <= -reliable.points => Direction::ReliablyLower,
        Some(reliable) if difference >= reliable.points => Direction::ReliablyHigher,
        _ => Direction::NoReliableChange,
    };
    let words = match direction {
        Direction::ReliablyLower => format!("lower by {}, more than chance", -difference),
        Direction::ReliablyHigher => format!("higher by {difference}, more than chance"),
        Direction::NoReliableChange => "no reliable change".to_owned(),
    };
    Change {
        difference,
        direction,
        reliable_change: instrument.reliable_change.clone(),
        words,
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
