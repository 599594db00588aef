//! The oral morphine equivalent (OME) of what is taken, in milligrams in 24 hours.
//!
//! A flag and a trend, never a dose to switch to. What cannot be counted is never left out
//! in silence: the total then says "at least", or that it cannot be worked out.

use rust_decimal::Decimal;
use serde::Serialize;

use super::dictionary::{Dictionary, Medicine};
use super::item::{Form, Item};
use super::strength::Strength;
use super::table::{Counting, OmeTable};
use crate::mark::Mark;

/// A total in milligrams in 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "mg", rename_all = "kebab-case")]
pub enum Total {
    /// Everything was counted.
    Exactly(Decimal),
    /// Something could not be counted.
    AtLeast(Decimal),
    /// Nothing could be counted.
    CannotBeWorkedOut,
    /// There are no opioids for pain.
    None,
}

impl Total {
    /// The figure, when there is one.
    pub fn mg(self) -> Option<Decimal> {
        match self {
            Self::Exactly(mg) | Self::AtLeast(mg) => Some(mg.normalize()),
            Self::CannotBeWorkedOut | Self::None => None,
        }
    }

    /// The total in words, such as `at least 12 mg/day`.
    pub fn words(self) -> String {
        match self {
            Self::Exactly(mg) => format!("{} mg/day", mg.normalize()),
            Self::AtLeast(mg) => format!("at least {} mg/day, incomplete", mg.normalize()),
            Self::CannotBeWorkedOut => "cannot be worked out".to_owned(),
            Self::None => "no opioids for pain".to_owned(),
        }
    }
}

/// What one medicine counts for.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ItemOme {
    /// The medicine as written.
    pub text: String,
    /// The approved name of the opioid.
    pub drug: String,
    /// What is really taken, in milligrams of oral morphine in 24 hours.
    pub mg_per_day: Option<Decimal>,
    /// The most that is prescribed, likewise.
    pub max_mg_per_day: Option<Decimal>,
    /// The factor used, where the table has one rather than a figure for each patch.
    pub factor: Option<Decimal>,
    /// The confidence in the factor or figure.
    pub mark: Option<Mark>,
    /// Whether it is in the typical total.
    pub counted: bool,
    /// Whether it is in the maximum total.
    pub max_counted: bool,
    /// Why it is not, or not fully, counted.
    pub reason_not: Option<String>,
    /// Whether it is left out because it treats dependence.
    pub for_dependence: bool,
    /// A factor the table states but that is not used here.
    pub stated_factor: Option<Decimal>,
    /// Anything to ask or to know, such as the brand and interval of a patch.
    pub note: Option<String>,
}

/// What a patient takes never reaches a log through `Debug`.
impl std::fmt::Debug for ItemOme {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ItemOme(..)")
    }
}

/// The oral morphine equivalent of everything taken, by one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ome {
    /// As really taken.
    pub typical: Total,
    /// The most that is prescribed.
    pub maximum: Total,
    /// Each opioid.
    pub items: Vec<ItemOme>,
    /// The table's name.
    pub table: String,
    /// The table's version.
    pub version: String,
    /// Whether both totals are exact.
    pub complete: bool,
}

/// Works out the totals of `items` by `table`. Medicines that are no opioids are left out.
pub fn ome(items: &[Item], table: &OmeTable) -> Ome {
    ome_with(items, table, Dictionary::shipped())
}

fn ome_with(items: &[Item], table: &OmeTable, dictionary: &Dictionary) -> Ome {
    let opioids: Vec<ItemOme> = items
        .iter()
        .filter_map(|item| item_ome(item, table, dictionary))
        .collect();
    let pain = || opioids.iter().filter(|item| !item.for_dependence);
    let typical = total(pain().map(|item| (item.mg_per_day, item.counted)));
    let maximum = total(pain().map(|item| (item.max_mg_per_day, item.max_counted)));
    let exact = |total| matches!(total, Total::Exactly(_) | Total::None);
    Ome {
        typical,
        maximum,
        complete: exact(typical) && exact(maximum),
        items: opioids,
        table: table.name.clone(),
        version: table.version.clone(),
    }
}

fn total(parts: impl Iterator<Item = (Option<Decimal>, bool)>) -> Total {
    let (mut sum, mut any, mut all, mut counted_any) = (Decimal::ZERO, false, true, false);
    for (mg, counted) in parts {
        any = true;
        all &= counted;
        if let Some(mg) = mg {
            counted_any = true;
            sum += mg;
        }
    }
    match (any, all, counted_any && sum > Decimal::ZERO) {
        (false, ..) => Total::None,
        (true, true, _) => Total::Exactly(sum),
        (true, false, true) => Total::AtLeast(sum),
        // "At least 0" would read as a low figure.
        (true, false, false) => Total::CannotBeWorkedOut,
    }
}

/// What one opioid counts for; `None` for a medicine that is none.
fn item_ome(item: &Item, table: &OmeTable, dictionary: &Dictionary) -> Option<ItemOme> {
    let Some(medicine) = item.medicine(dictionary) else {
        return unknown_medicine(item);
    };
    let (part, opioid) = opioid_part(medicine, dictionary)?;
    if item.form == Some(Form::Topical) {
        return None;
    }
    let never = table.never_of(&opioid.name);
    let mut made = ItemOme {
        text: item.text.clone(),
        drug: opioid.name.clone(),
        mg_per_day: None,
        max_mg_per_day: None,
        factor: None,
        mark: None,
        counted: false,
        max_counted: false,
        reason_not: None,
        for_dependence: item.for_dependence,
        stated_factor: never.and_then(|never| never.stated_factor),
        note: note(item),
    };
    if item.for_dependence {
        made.reason_not = Some("taken as treatment for dependence, so not in the total".to_owned());
        return Some(made);
    }
    match counting(item, part, &opioid.name, table) {
        Err(reason) => made.reason_not = Some(reason),
        Ok((each, factor, mark)) => fill(&mut made, item, each, factor, mark),
    }
    Some(made)
}

/// Milligrams of oral morphine for one dose (for a patch, for 24 hours).
fn counting(
    item: &Item,
    part: usize,
    drug: &str,
    table: &OmeTable,
) -> Result<(Decimal, Option<Decimal>, Mark), String> {
    if let Some(never) = table.never_of(drug) {
        return Err(never.reason.clone());
    }
    match (item.form, &item.strength) {
        (Some(Form::Patch), Some(Strength::PerHour { microgram })) => {
            let patches = item.per_dose.unwrap_or(Decimal::ONE);
            match table.patch(drug, *microgram) {
                Counting::PerPatch(mg, mark) => Ok((mg * patches, None, mark)),
                Counting::Factor(factor, mark) => {
                    Ok((*microgram * factor * patches, Some(factor), mark))
                }
                Counting::Not(reason) => Err(reason),
            }
        }
        (Some(form), Some(_)) if form.by_mouth() => match table.by_mouth(drug) {
            Counting::Factor(factor, mark) => item
                .milligrams_per_dose(part)
                .map(|mg| (mg * factor, Some(factor), mark))
                .ok_or_else(|| "how much at a time is not stated".to_owned()),
            Counting::PerPatch(..) => Err("the table lists this as a patch only".to_owned()),
            Counting::Not(reason) => Err(reason),
        },
        (_, None) => Err("the strength is not stated".to_owned()),
        (None, _) => Err("the form is not stated".to_owned()),
        (Some(form), _) => Err(format!(
            "{} has no factor for this form ({})",
            table.name,
            form.words()
        )),
    }
}

fn fill(made: &mut ItemOme, item: &Item, each: Decimal, factor: Option<Decimal>, mark: Mark) {
    made.factor = factor;
    made.mark = Some(mark);
    let patch = item.form == Some(Form::Patch);
    let once = patch.then_some(Decimal::ONE);
    let typical = once.or(item.times.typical);
    let maximum = once.or(item.times.maximum);
    made.mg_per_day = typical.map(|times| each * times);
    made.counted = typical.is_some();
    made.max_mg_per_day = match (maximum, typical) {
        (Some(most), Some(taken)) => Some(each * most.max(taken)),
        (Some(most), None) => Some(each * most),
        // Without a limit, what is taken, or a single dose, is the least the maximum can be.
        (None, taken) => Some(each * taken.unwrap_or(Decimal::ONE)),
    };
    made.max_counted = maximum.is_some();
    made.reason_not = match (typical, maximum) {
        (None, None) => Some("neither how often nor the most a day is stated".to_owned()),
        (None, Some(_)) => Some("how often it is really taken is not stated".to_owned()),
        (Some(_), None) => Some("the most a day is not stated".to_owned()),
        (Some(_), Some(_)) => None,
    };
}

/// A name that is not known might be an opioid: unless somebody said not, it is not left out.
fn unknown_medicine(item: &Item) -> Option<ItemOme> {
    if item.said_opioid == Some(false) {
        return None;
    }
    let reason = if item.said_opioid == Some(true) {
        "an opioid that is not in the list of medicines"
    } else {
        "not in the list of medicines; say whether it is an opioid"
    };
    Some(ItemOme {
        text: item.text.clone(),
        drug: item.name.clone(),
        mg_per_day: None,
        max_mg_per_day: None,
        factor: None,
        mark: None,
        counted: false,
        max_counted: false,
        reason_not: Some(reason.to_owned()),
        for_dependence: item.for_dependence,
        stated_factor: None,
        note: None,
    })
}

/// The opioid in a medicine and its place on the box.
fn opioid_part<'a>(
    medicine: &'a Medicine,
    dictionary: &'a Dictionary,
) -> Option<(usize, &'a Medicine)> {
    let opioid = |one: &Medicine| one.classes.iter().any(|class| class == "opioid");
    dictionary
        .ingredients(medicine)
        .into_iter()
        .enumerate()
        .find(|(_, one)| opioid(one))
}

fn note(item: &Item) -> Option<String> {
    // A patch lasts for days, and its strength says what it gives in 24 hours.
    if item.form == Some(Form::Patch) {
        let ask = "Ask for the brand and how often the patch is changed.";
        return item.change_days.is_none().then(|| ask.to_owned());
    }
    item.times
        .assumed_daily
        .then(|| "Read as all that is taken in 24 hours.".to_owned())
}
