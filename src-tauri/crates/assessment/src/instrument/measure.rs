//! What the answers of an instrument come to: bands, cut-offs, scales, groups, reliable change.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::form::{Better, yes};
use crate::mark::Mark;

/// A range of figures with a name. A description of severity, never a diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The lowest figure in it.
    pub low: i64,
    /// The highest whole figure in it; it ends where the next band begins.
    pub high: i64,
    /// Its name.
    pub label: String,
    /// The confidence in its limits.
    pub mark: Mark,
    /// Where its limits come from.
    pub citation: String,
}

/// A total from which a form counts as positive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))]
pub struct Cut {
    /// A short fixed name.
    pub id: String,
    /// What it means.
    pub label: String,
    /// The least positive total.
    pub at: i64,
    /// The items, from 1, it looks at; all, when empty.
    #[serde(default)]
    pub items: Vec<usize>,
    /// Whether it is the one used unless a service chooses another.
    #[serde(default = "yes")]
    pub usual: bool,
    /// The confidence in it.
    pub mark: Mark,
    /// Where it comes from.
    pub citation: String,
}

/// A part of an instrument with a figure of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))]
pub struct Scale {
    /// A short fixed name, unique in its instrument.
    pub id: String,
    /// The name as shown.
    pub name: String,
    /// Its items, from 1.
    pub items: Vec<usize>,
    /// How their answers become its figure.
    pub figure: Figure,
    /// How many of its items must be answered; all, when not given.
    #[serde(default)]
    pub needs: Option<usize>,
    /// How many decimals it is shown with.
    #[serde(default)]
    pub decimals: u32,
    /// Which way is better, where the publisher says so.
    #[serde(default)]
    pub better: Option<Better>,
    /// Its bands, lowest first; empty when there are none.
    #[serde(default, rename(deserialize = "band"))]
    pub bands: Vec<Band>,
    /// Its published reliable change, when there is one.
    #[serde(default)]
    pub reliable_change: Option<ReliableChange>,
    /// The confidence in its items and its figure.
    pub mark: Mark,
    /// Where they come from.
    pub citation: String,
}

/// How the answers of some items become one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figure {
    /// The sum.
    Sum,
    /// The mean of the items answered.
    Mean,
    /// The sum as a share of the greatest sum of the items answered, in per cent.
    Percent,
}

/// What each scored item's points are multiplied by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// The answer of the choosing item that these are for.
    #[serde(default)]
    pub when: Option<i64>,
    /// One for each scored item, in order.
    pub of: Vec<i64>,
    /// The confidence in them.
    pub mark: Mark,
    /// Where they come from.
    pub citation: String,
}

/// A group that the figures of an instrument sort people into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// A short fixed name.
    pub id: String,
    /// Its name as shown.
    pub label: String,
    /// The ways to belong to it, of each of which every limit must hold; everybody left, when
    /// empty.
    #[serde(default)]
    pub when: Vec<Vec<Limit>>,
    /// The confidence in it.
    pub mark: Mark,
    /// Where it comes from.
    pub citation: String,
}

/// A limit on one sum of points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))]
pub struct Limit {
    /// `total` or a scale's name.
    pub of: String,
    /// The least that fits.
    #[serde(default)]
    pub at_least: Option<i64>,
    /// The most that fits.
    #[serde(default)]
    pub at_most: Option<i64>,
}

impl Limit {
    /// The name of the sum of all scored items.
    pub const TOTAL: &'static str = "total";

    pub(super) fn fits(&self, sum: i64) -> bool {
        self.at_least.is_none_or(|least| sum >= least)
            && self.at_most.is_none_or(|most| sum <= most)
    }
}

/// The least difference between two figures that is taken for a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))]
pub struct ReliableChange {
    /// In points; none where the figure is a share of the first result.
    #[serde(default, deserialize_with = "decimal")]
    pub points: Option<Decimal>,
    /// In per cent of the first result.
    #[serde(default, deserialize_with = "decimal")]
    pub percent: Option<Decimal>,
    /// Whether the band must change too.
    #[serde(default)]
    pub and_band: bool,
    /// The confidence in it.
    pub mark: Mark,
    /// Where it comes from.
    pub citation: String,
}

/// The band a figure is in: from its lowest figure up to where the next begins.
pub(super) fn band_of(bands: &[Band], figure: Decimal) -> Option<&Band> {
    bands
        .iter()
        .find(|band| Decimal::from(band.low) <= figure && figure < Decimal::from(band.high + 1))
}

/// The bands that a figure between two limits can be in.
pub(super) fn bands_between(bands: &[Band], lowest: Decimal, highest: Decimal) -> Vec<Band> {
    bands
        .iter()
        .filter(|band| Decimal::from(band.low) <= highest && lowest < Decimal::from(band.high + 1))
        .cloned()
        .collect()
}

/// A whole number, or a decimal written as text so that it stays what was written.
fn decimal<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Decimal>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Whole(i64),
        Text(String),
    }
    Ok(Some(match Written::deserialize(from)? {
        Written::Whole(number) => Decimal::from(number),
        Written::Text(text) => text.parse().map_err(serde::de::Error::custom)?,
    }))
}
