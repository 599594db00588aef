//! An instrument as it is written in `assets/instruments/`.

use serde::{Deserialize, Serialize};

use super::measure::{Band, Cut, Group, ReliableChange, Scale, Weights};
use crate::mark::Mark;

/// A questionnaire with a scoring rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))]
pub struct Instrument {
    /// A short fixed name, such as `phq-9`.
    pub id: String,
    /// The name as printed.
    pub name: String,
    /// What it measures, in own words; empty where the name says it.
    #[serde(default)]
    pub measures: String,
    /// The version of the wording and the scoring rule.
    pub version: String,
    /// The language of the wording.
    pub language: String,
    /// The line that must stand on every copy.
    pub attribution: String,
    /// Why the wording may be used, or whom to ask for it.
    pub licence: String,
    /// The confidence in the licence.
    pub licence_mark: Mark,
    /// Whose words the items have.
    #[serde(default)]
    pub wording: Wording,
    /// Part of an assessment only where somebody adds it.
    #[serde(default)]
    pub on_request: bool,
    /// The body regions it may be used for; any, when empty.
    #[serde(default)]
    pub only_regions: Vec<String>,
    /// The words before the items; may be empty.
    #[serde(default)]
    pub stem: String,
    /// How answers become a total.
    pub totalling: Totalling,
    /// How many scored items must be answered for a total; all, when not given.
    #[serde(default)]
    pub needs: Option<usize>,
    /// How many decimals its total is shown with. Sums and changes use the unrounded figure.
    #[serde(default)]
    pub decimals: u32,
    /// Whether a higher or a lower total is better, where the publisher says so.
    #[serde(default)]
    pub better: Option<Better>,
    /// A note to show beside the band.
    #[serde(default)]
    pub band_note: Option<String>,
    /// What to bear in mind whatever the score is.
    #[serde(default, rename(deserialize = "note"))]
    pub remarks: Vec<Remark>,
    /// The answers permitted, unless an item has its own.
    #[serde(default, rename(deserialize = "option"))]
    pub options: Vec<Choice>,
    /// The items, in order.
    #[serde(default, rename(deserialize = "item"))]
    pub items: Vec<Item>,
    /// The items that are scored backwards, from 1.
    #[serde(default)]
    pub reversed: Vec<usize>,
    /// What each scored item's points are multiplied by; once, when there are none.
    #[serde(default)]
    pub weights: Vec<Weights>,
    /// The unscored item, from 1, whose answer chooses among `weights`.
    #[serde(default)]
    pub weights_by: Option<usize>,
    /// Parts of it with a figure of their own.
    #[serde(default, rename(deserialize = "scale"))]
    pub scales: Vec<Scale>,
    /// Groups that its figures sort people into, in order; the first that fits holds.
    #[serde(default, rename(deserialize = "group"))]
    pub groups: Vec<Group>,
    /// The items, from 1, whose answers written side by side are its profile.
    #[serde(default)]
    pub profile: Vec<usize>,
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

/// Whose words the items of an instrument have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wording {
    /// Felloe's copy has them: the holder allows it.
    #[default]
    Shipped,
    /// Only a service with a licence has them, on paper or in a pack it imports. Here the items
    /// are numbers.
    Licensed,
    /// Felloe's own: they name what is counted and are not the wording of any form.
    Own,
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
    /// The mean of the items answered.
    Mean,
    /// The sum as a share of the greatest sum of the items answered, in per cent.
    Percent,
    /// No total; its scales and its profile are read by themselves.
    Parts,
    /// Items are read one by one.
    None,
}

/// Which way a figure moves when things get better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    /// Higher is better.
    Higher,
    /// Lower is better.
    Lower,
}

/// A sentence to bear in mind, with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// The sentence.
    pub words: String,
    /// The confidence in it.
    pub mark: Mark,
    /// Where it comes from.
    pub citation: String,
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
    /// The words of the item; for a licensed form its number.
    pub text: String,
    /// The confidence in the words, or in the numbers permitted.
    pub mark: Mark,
    /// Whether it counts towards the total.
    #[serde(default = "yes")]
    pub scored: bool,
    /// Whether it stands for an item of a licensed form, whose words a pack may give.
    #[serde(skip)]
    pub on_form: bool,
    /// The question whose answer is carried over, when the item is another form's.
    #[serde(default)]
    pub same_as: Option<String>,
    /// Its own permitted answers; empty when it uses the form's.
    #[serde(default, rename(deserialize = "option"))]
    pub options: Vec<Choice>,
    /// What each permitted answer counts, in order; its own value, when empty.
    #[serde(default)]
    pub points: Vec<i64>,
}

impl Instrument {
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

    /// The items that a licensed form has, with their positions.
    pub fn items_on_form(&self) -> impl Iterator<Item = (usize, &Item)> {
        self.items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.on_form)
    }

    /// The least and greatest permitted answer of an item.
    pub fn item_range(&self, item: &Item) -> (i64, i64) {
        let values = || self.options_of(item).iter().map(|option| option.value);
        (values().min().unwrap_or(0), values().max().unwrap_or(0))
    }

    /// Whether it has one total that can be followed over time.
    pub fn has_total(&self) -> bool {
        !matches!(self.totalling, Totalling::Parts | Totalling::None)
    }
}

pub(super) fn yes() -> bool {
    true
}
