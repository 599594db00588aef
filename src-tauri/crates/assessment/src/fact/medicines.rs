//! The medicine list as facts: classes taken and the opioid total.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::gather::Facts;
use super::input::{Inputs, ListAnswer, Row, RowVersion};
use super::row::{fields_of, text};
use crate::answer::{Answer, Value};
use crate::medicine::{
    Dictionary, Item, MedicinePrompt, Ome, OmeTable, Times, Total, ome, prompts,
};
use crate::question::Catalogue;

/// What is known of the medicines.
pub(super) struct Medicines {
    /// Everything taken, each version of a row in conflict included.
    pub(super) items: Vec<Item>,
    /// Whether the list was answered, with rows or with "no medicines".
    pub(super) answered: bool,
    /// The total; of rows in conflict, the highest.
    pub(super) ome: Option<Ome>,
    /// The same by the CDC table, which is only ever shown beside it.
    pub(super) ome_cdc: Option<Ome>,
    /// Whether an opioid's row is in conflict, so that tolerance is uncertain.
    pub(super) tolerance_uncertain: bool,
    /// Rows in conflict.
    pub(super) in_conflict: Vec<String>,
    allergies: Vec<String>,
}

/// Reads the medicine and allergy lists as they stand on a day.
pub(super) fn medicines(inputs: &Inputs, catalogue: &Catalogue, on: Date) -> Medicines {
    let rows = current_rows(inputs, catalogue, "medicine", on);
    let none = inputs
        .lists
        .get("medicine")
        .is_some_and(|list| says_none(list, catalogue, on));
    let read: Vec<Vec<Item>> = rows
        .iter()
        .map(|(_, versions)| read_versions(versions))
        .collect();
    let highest: Vec<Item> = read
        .iter()
        .filter_map(|versions| strongest(versions))
        .collect();
    let answered = !read.is_empty() || none;
    let opioid = |item: &Item| {
        !ome(std::slice::from_ref(item), OmeTable::shipped())
            .items
            .is_empty()
    };
    Medicines {
        answered,
        ome: answered.then(|| ome(&highest, OmeTable::shipped())),
        ome_cdc: answered.then(|| ome(&highest, OmeTable::cdc())),
        tolerance_uncertain: rows
            .iter()
            .zip(&read)
            .any(|(row, items)| is_in_conflict(row) && items.iter().any(opioid)),
        in_conflict: rows
            .iter()
            .filter(|row| is_in_conflict(row))
            .map(|(row, _)| row.id.clone())
            .collect(),
        items: read.into_iter().flatten().collect(),
        allergies: allergies(inputs, catalogue, on),
    }
}

/// Two versions, or one that is taken and was taken off by somebody who did not know of it.
fn is_in_conflict((row, versions): &(&Row, Vec<&RowVersion>)) -> bool {
    versions.len() > 1 || row.taken_off
}

impl Medicines {
    /// Whether something taken is in one of these classes.
    pub(super) fn takes(&self, classes: &[&str]) -> bool {
        self.count(classes) > 0
    }

    /// How many different medicines taken are in one of these classes.
    pub(super) fn count(&self, classes: &[&str]) -> usize {
        let dictionary = Dictionary::shipped();
        let names: BTreeSet<&str> = self
            .items
            .iter()
            .filter_map(|item| item.medicine(dictionary))
            .filter(|medicine| classes.iter().any(|class| dictionary.is(medicine, class)))
            .map(|medicine| medicine.name.as_str())
            .collect();
        names.len()
    }

    /// What to check about them in this person.
    pub(super) fn prompts(&self, facts: &Facts) -> Vec<MedicinePrompt> {
        prompts(&self.items, &self.allergies, &person(facts))
    }
}

/// What is known of the person, by the names the checks use.
fn person(facts: &Facts) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = [
        "alcohol-positive",
        "breathing-disease",
        "sleep-apnoea",
        "breastfeeding",
        "heart-disease",
        "ulcer-history",
        "self-harm-raised",
        "epilepsy",
        "drives",
    ]
    .into_iter()
    .filter(|id| facts.known(id).is_yes())
    .map(str::to_owned)
    .collect();
    if ["reduced", "low"]
        .iter()
        .any(|it| facts.known("kidney-function").is_choice(it))
    {
        known.insert("kidney-reduced".to_owned());
    }
    if ["possible", "yes", "planning"]
        .iter()
        .any(|it| facts.known("pregnancy").is_choice(it))
    {
        known.insert("pregnancy-possible".to_owned());
    }
    known
}

/// The rows that count on a day, with the versions that do.
pub(super) fn current_rows<'a>(
    inputs: &'a Inputs,
    catalogue: &Catalogue,
    list: &str,
    on: Date,
) -> Vec<(&'a Row, Vec<&'a RowVersion>)> {
    let (Some(spec), Some(given)) = (catalogue.list(list), inputs.lists.get(list)) else {
        return Vec::new();
    };
    let versions = |row: &'a Row| -> Vec<&'a RowVersion> {
        row.versions
            .iter()
            .filter(|version| spec.validity.holds(version.on, on))
            .collect()
    };
    given
        .rows
        .iter()
        .map(|row| (row, versions(row)))
        .filter(|(_, it)| !it.is_empty())
        .collect()
}

fn says_none(list: &ListAnswer, catalogue: &Catalogue, on: Date) -> bool {
    let Some(spec) = catalogue.list("medicine") else {
        return false;
    };
    list.none.as_ref().is_some_and(|none| {
        none.answer == Answer::Given(Value::Bool(true)) && spec.validity.holds(none.on, on)
    })
}

fn allergies(inputs: &Inputs, catalogue: &Catalogue, on: Date) -> Vec<String> {
    current_rows(inputs, catalogue, "allergy", on)
        .into_iter()
        .flat_map(|(_, versions)| versions)
        .filter_map(|version| text(&version.fields, "substance"))
        .collect()
}

fn read_versions(versions: &[&RowVersion]) -> Vec<Item> {
    versions
        .iter()
        .map(|version| read(&version.fields))
        .collect()
}

/// One row as an item. A row that cannot be right still counts as taken, without an amount.
fn read(fields: &BTreeMap<String, Answer>) -> Item {
    let fields = fields_of(fields);
    Item::from_fields(&fields, Dictionary::shipped()).unwrap_or_else(|_| Item {
        text: fields.name.clone(),
        name: Dictionary::shipped()
            .find(&fields.name)
            .map_or_else(|| fields.name.clone(), |it| it.name.clone()),
        known: false,
        form: fields.form,
        strength: None,
        per_dose: None,
        times: Times {
            typical: None,
            maximum: None,
            as_needed: false,
            assumed_daily: false,
        },
        change_days: None,
        source: fields.source,
        for_dependence: false,
        said_opioid: fields.said_opioid,
    })
}

/// The version with the highest total; one that cannot be worked out goes before a low one.
fn strongest(versions: &[Item]) -> Option<Item> {
    let weight = |item: &Item| match ome(std::slice::from_ref(item), OmeTable::shipped()).maximum {
        Total::None => (0, Decimal::ZERO),
        Total::Exactly(mg) => (1, mg),
        Total::AtLeast(mg) => (2, mg),
        Total::CannotBeWorkedOut => (3, Decimal::ZERO),
    };
    versions.iter().max_by_key(|item| weight(item)).cloned()
}
