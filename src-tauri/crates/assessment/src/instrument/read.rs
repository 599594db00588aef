//! Reading an instrument's file, and the instruments that come with Felloe.

use std::sync::LazyLock;

use serde::Deserialize;

use super::form::{Choice, Instrument, Item, Wording, yes};
use super::measure::{Band, Limit};
use crate::mark::Mark;
use crate::shipped;

/// Why an instrument's file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InstrumentError {
    /// The file is not TOML of the right shape.
    #[error("the instrument cannot be read: {0}")]
    Shape(String),
    /// Bands leave a gap, overlap, or miss an end of the range.
    #[error("the bands of {0} do not cover each possible total exactly once")]
    Bands(String),
    /// An item has no permitted answers.
    #[error("an item of {0} has no permitted answers")]
    NoOptions(String),
    /// A scale, a group, weights or a number of answers needed point at what is not there, or are
    /// of the wrong length.
    #[error("{what} of {instrument} does not fit its items")]
    Misfit {
        /// The instrument.
        instrument: String,
        /// What does not fit.
        what: String,
    },
    /// An item of a licensed form is given in words.
    #[error("{0} is used under licence, so its items must be numbers here")]
    Worded(String),
}

/// Items that have numbers here and words only on the licensed form, or own words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Numbered {
    #[serde(default = "one")]
    count: usize,
    from: i64,
    to: i64,
    /// Words before the number, such as the name of a part.
    #[serde(default)]
    part: String,
    /// Own words in place of a number: an item that is not on the licensed form.
    text: Option<String>,
    /// The words of the answers, where they are more than numbers.
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default = "yes")]
    scored: bool,
    #[serde(default)]
    points: Vec<i64>,
    mark: Mark,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    numbered: Vec<Numbered>,
    #[serde(flatten)]
    rest: toml::Table,
}

fn one() -> usize {
    1
}

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("../../../../../assets/instruments/", $name)))),+]
    };
}

static SHIPPED: LazyLock<Vec<Instrument>> = LazyLock::new(|| {
    let files = files![
        "phq-9.toml",
        "gad-7.toml",
        "phq-2.toml",
        "gad-2.toml",
        "phq-4.toml",
        "audit-c.toml",
        "ratings.toml",
        "pc-ptsd-5.toml",
        "peg.toml",
        "bpi-sf.toml",
        "pseq.toml",
        "pseq-2.toml",
        "pcs.toml",
        "tsk-11.toml",
        "s-lanss.toml",
        "dn4.toml",
        "start-back.toml",
        "start-msk.toml",
        "ompsq-sf.toml",
        "isi.toml",
        "eq-5d-5l.toml",
        "odi.toml",
        "fm-2016.toml",
        "ort-oud.toml",
        "ort.toml",
    ];
    files
        .into_iter()
        .map(|(name, text)| shipped::parsed(name, Instrument::parse(text)))
        .collect()
});

impl Instrument {
    /// The instruments that come with Felloe.
    pub fn shipped() -> &'static [Self] {
        &SHIPPED
    }

    /// The shipped instrument of this id.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        Self::shipped()
            .iter()
            .find(|instrument| instrument.id == id)
    }

    /// Reads and checks an instrument's file.
    pub fn parse(text: &str) -> Result<Self, InstrumentError> {
        let shape = |error: toml::de::Error| InstrumentError::Shape(error.to_string());
        let file: File = toml::from_str(text).map_err(shape)?;
        let mut form: Self = file.rest.try_into().map_err(shape)?;
        if form.wording == Wording::Licensed && !form.items.is_empty() {
            return Err(InstrumentError::Worded(form.id));
        }
        form.items.extend(numbered(file.numbered));
        form.check_items()?;
        form.check_needs()?;
        form.check_bands()?;
        Ok(form)
    }

    fn check_items(&self) -> Result<(), InstrumentError> {
        let of = |item| self.options_of(item);
        if self.items.is_empty() || self.items.iter().any(|item| of(item).is_empty()) {
            return Err(InstrumentError::NoOptions(self.id.clone()));
        }
        let misfit = |what: &str| {
            Err(InstrumentError::Misfit {
                instrument: self.id.clone(),
                what: what.to_owned(),
            })
        };
        let there = |number: &usize| (1..=self.items.len()).contains(number);
        if self
            .items
            .iter()
            .any(|item| !item.points.is_empty() && item.points.len() != of(item).len())
        {
            return misfit("the points of an item");
        }
        if !self.reversed.iter().chain(&self.profile).all(there)
            || !self.weights_by.iter().all(there)
        {
            return misfit("a reversed, profiled or choosing item");
        }
        if self
            .weights
            .iter()
            .any(|weights| weights.of.len() != self.scored_items().count())
        {
            return misfit("a list of weights");
        }
        for scale in &self.scales {
            if scale.items.is_empty() || !scale.items.iter().all(there) {
                return misfit(&format!("the scale {}", scale.id));
            }
        }
        let known = |limit: &Limit| {
            limit.of == Limit::TOTAL || self.scales.iter().any(|scale| scale.id == limit.of)
        };
        let limits = self.groups.iter().flat_map(|group| &group.when).flatten();
        // Which weights hold may be open, and a group would then need each of them.
        if !limits.clone().all(known) || (!self.groups.is_empty() && self.weights_by.is_some()) {
            return misfit("a limit of a group");
        }
        Ok(())
    }

    /// Of nothing answered there is no figure, not one of 0; and no figure can need more answers
    /// than there are items.
    fn check_needs(&self) -> Result<(), InstrumentError> {
        let own = (self.needs, self.scored_items().count());
        let scales = self.scales.iter().map(|it| (it.needs, it.items.len()));
        let fits = |(needs, items): (Option<usize>, usize)| {
            needs.is_none_or(|needs| (1..=items).contains(&needs))
        };
        if scales.chain([own]).all(fits) {
            return Ok(());
        }
        Err(InstrumentError::Misfit {
            instrument: self.id.clone(),
            what: "the number of answers that a figure needs".to_owned(),
        })
    }

    fn check_bands(&self) -> Result<(), InstrumentError> {
        let scales = self
            .scales
            .iter()
            .map(|scale| (&scale.bands, self.scale_range(scale)));
        for (bands, range) in scales.chain([(&self.bands, self.range())]) {
            if !covers(bands, range) {
                return Err(InstrumentError::Bands(self.id.clone()));
            }
        }
        Ok(())
    }
}

/// Whether bands, where there are any, hold each whole figure of a range exactly once.
fn covers(bands: &[Band], (least, greatest): (i64, i64)) -> bool {
    let mut next = least;
    for band in bands {
        if band.low != next || band.high < band.low {
            return false;
        }
        next = band.high + 1;
    }
    bands.is_empty() || next == greatest + 1
}

fn numbered(all: Vec<Numbered>) -> Vec<Item> {
    let mut items = Vec::new();
    let (mut number, mut part) = (0, String::new());
    for these in all {
        // Each named part counts from 1, as the parts of a form do.
        if these.part != part {
            (number, part) = (0, these.part.clone());
        }
        for _ in 0..these.count {
            let text = these.text.clone().unwrap_or_else(|| {
                number += 1;
                if part.is_empty() {
                    format!("Item {number}")
                } else {
                    format!("{part} item {number}")
                }
            });
            let labels = these.labels.iter().map(String::as_str);
            let options =
                (these.from..=these.to).zip(labels.map(Some).chain(std::iter::repeat(None)));
            items.push(Item {
                text,
                mark: these.mark,
                scored: these.scored,
                on_form: these.text.is_none(),
                same_as: None,
                options: options
                    .map(|(value, label)| Choice {
                        value,
                        label: label.map_or_else(|| value.to_string(), str::to_owned),
                    })
                    .collect(),
                points: these.points.clone(),
            });
        }
    }
    items
}
