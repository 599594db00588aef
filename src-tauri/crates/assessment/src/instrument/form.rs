//! An instrument as it is written in `assets/instruments/`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::mark::Mark;
use crate::shipped;

/// A questionnaire with a scoring rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))]
pub struct Instrument {
    /// A short fixed name, such as `phq-9`.
    pub id: String,
    /// The name as printed.
    pub name: String,
    /// The version of the wording and the scoring rule.
    pub version: String,
    /// The language of the wording.
    pub language: String,
    /// The line that must stand on every copy.
    pub attribution: String,
    /// Why the wording may be used.
    pub licence: String,
    /// The confidence in the licence.
    pub licence_mark: Mark,
    /// The words before the items; may be empty.
    #[serde(default)]
    pub stem: String,
    /// How answers become a total.
    pub totalling: Totalling,
    /// A note to show beside the band.
    #[serde(default)]
    pub band_note: Option<String>,
    /// The answers permitted, unless an item has its own.
    #[serde(default, rename(deserialize = "option"))]
    pub options: Vec<Choice>,
    /// The items, in order.
    #[serde(rename(deserialize = "item"))]
    pub items: Vec<Item>,
    /// The bands, lowest first; empty when there are none.
    #[serde(default, rename(deserialize = "band"))]
    pub bands: Vec<Band>,
    /// The cut-offs.
    #[serde(default, rename(deserialize = "cut"))]
    pub cuts: Vec<Cut>,
    /// The published reliable change, when there is one.
    #[serde(default)]
    pub reliable_change: Option<ReliableChange>,
    /// The item, from 1, whose answer opens a conversation about safety.
    #[serde(default)]
    pub safety_item: Option<usize>,
}

/// How answers become a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Totalling {
    /// The plain sum.
    Sum,
    /// The sum; a first answer of 0 means that the others are 0 and need not be asked.
    SumUnlessFirstIsZero,
    /// The sum of the items after the first, which is asked only to know whether to go on.
    SumAfterGate,
    /// Items are read one by one.
    None,
}

/// A permitted answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its value.
    pub value: i64,
    /// Its words.
    pub label: String,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))]
pub struct Item {
    /// The words of the item.
    pub text: String,
    /// The confidence in the words.
    pub mark: Mark,
    /// Whether it counts towards the total.
    #[serde(default = "yes")]
    pub scored: bool,
    /// The question whose answer is carried over, when the item is another form's.
    #[serde(default)]
    pub same_as: Option<String>,
    /// Its own permitted answers; empty when it uses the form's.
    #[serde(default, rename(deserialize = "option"))]
    pub options: Vec<Choice>,
}

/// A range of totals with a name. A description of severity, never a diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The lowest total in it.
    pub low: i64,
    /// The highest total in it.
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

/// The least difference between two totals that is more than chance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReliableChange {
    /// In points of the total.
    pub points: i64,
    /// The confidence in it.
    pub mark: Mark,
    /// Where it comes from.
    pub citation: String,
}

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
}

fn yes() -> bool {
    true
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
        let form: Self =
            toml::from_str(text).map_err(|error| InstrumentError::Shape(error.to_string()))?;
        if form
            .items
            .iter()
            .any(|item| form.options_of(item).is_empty())
        {
            return Err(InstrumentError::NoOptions(form.id));
        }
        let (least, greatest) = form.range();
        let mut next = least;
        for band in &form.bands {
            if band.low != next || band.high < band.low {
                return Err(InstrumentError::Bands(form.id));
            }
            next = band.high + 1;
        }
        if !form.bands.is_empty() && next != greatest + 1 {
            return Err(InstrumentError::Bands(form.id));
        }
        Ok(form)
    }

    /// The permitted answers of an item.
    pub fn options_of<'a>(&'a self, item: &'a Item) -> &'a [Choice] {
        if item.options.is_empty() {
            &self.options
        } else {
            &item.options
        }
    }

    /// The items that count towards the total, with their positions.
    pub fn scored_items(&self) -> impl Iterator<Item = (usize, &Item)> {
        self.items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.scored)
    }

    /// The least and greatest value of an item.
    pub fn item_range(&self, item: &Item) -> (i64, i64) {
        let values = || self.options_of(item).iter().map(|option| option.value);
        (values().min().unwrap_or(0), values().max().unwrap_or(0))
    }

    /// The least and greatest possible total.
    pub fn range(&self) -> (i64, i64) {
        self.scored_items()
            .fold((0, 0), |(least, greatest), (_, item)| {
                let (low, high) = self.item_range(item);
                (least + low, greatest + high)
            })
    }

    /// The band a total is in.
    pub fn band(&self, total: i64) -> Option<&Band> {
        self.bands
            .iter()
            .find(|band| (band.low..=band.high).contains(&total))
    }
}
