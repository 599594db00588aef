//! A medicine's row, as the screen stores it, and the medicine that it says.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::answer::{Answer, Value};
use crate::medicine::{Item, ItemFields, Strength};

/// The fields of a medicine's row, as the screen stores them.
pub fn fields_of(row: &BTreeMap<String, Answer>) -> ItemFields {
    let decimal = |id: &str| text(row, id).and_then(|it| it.trim().parse::<Decimal>().ok());
    ItemFields {
        name: text(row, "name").unwrap_or_default(),
        form: choice(row, "form"),
        strength: text(row, "strength").unwrap_or_default(),
        dose: text(row, "dose").unwrap_or_default(),
        times: decimal("times"),
        as_needed: yes(row, "as-needed") == Some(true),
        max_times: decimal("max-times"),
        taken_times: decimal("taken-times"),
        change_days: decimal("change-days"),
        source: choice(row, "source"),
        said_opioid: yes(row, "opioid"),
    }
}

/// The row that says a medicine: read back by `fields_of`, it gives the same medicine.
pub fn row_of(item: &Item) -> BTreeMap<String, Answer> {
    let times = &item.times;
    let regular = !times.as_needed && times.typical == times.maximum;
    let (often, taken, most) = if regular {
        (times.typical, None, None)
    } else {
        (None, times.typical, times.maximum)
    };
    let number = |number: Decimal| Value::Text(number.normalize().to_string());
    let strength = item.strength.as_ref();
    let fields = [
        ("name", Some(Value::Text(item.name.clone()))),
        ("form", item.form.as_ref().and_then(word)),
        ("strength", strength.map(|it| Value::Text(it.to_string()))),
        ("dose", dose(item)),
        ("times", often.map(number)),
        ("as-needed", times.as_needed.then_some(Value::Bool(true))),
        ("max-times", most.map(number)),
        ("taken-times", taken.map(number)),
        ("change-days", item.change_days.map(number)),
        ("source", item.source.as_ref().and_then(word)),
        ("opioid", item.said_opioid.map(Value::Bool)),
    ];
    fields
        .into_iter()
        .filter_map(|(id, value)| Some((id.to_owned(), Answer::Given(value?))))
        .collect()
}

/// How much at a time; one, when nothing is written.
fn dose(item: &Item) -> Option<Value> {
    let count = item.per_dose?.normalize();
    match item.strength {
        Some(Strength::Liquid { .. }) => Some(Value::Text(format!("{count} ml"))),
        _ if count == Decimal::ONE => None,
        _ => Some(Value::Text(count.to_string())),
    }
}

/// The word that a choice is stored as.
fn word<T: Serialize>(choice: &T) -> Option<Value> {
    let stored = toml::Value::try_from(choice).ok()?;
    stored.as_str().map(|it| Value::Text(it.to_owned()))
}

pub(super) fn text(row: &BTreeMap<String, Answer>, id: &str) -> Option<String> {
    row.get(id)?.value()?.as_text().map(str::to_owned)
}

fn yes(row: &BTreeMap<String, Answer>, id: &str) -> Option<bool> {
    row.get(id)?.value()?.as_bool()
}

/// A choice by the word it is stored as.
fn choice<T: DeserializeOwned>(row: &BTreeMap<String, Answer>, id: &str) -> Option<T> {
    let word = text(row, id)?;
    T::deserialize(serde::de::value::StringDeserializer::<
        serde::de::value::Error,
    >::new(word))
    .ok()
}

#[cfg(test)]
mod tests {
    use super::{fields_of, row_of};
    use crate::medicine::{Dictionary, Item, Regimen};

    #[test]
    fn a_medicine_written_as_a_row_is_read_back_as_the_same_medicine() {
        for words in [
            "morphine MR 60 mg x2",
            "co-codamol 30/500 2 tablets x4",
            "morphine 10 mg/5 ml 5 ml prn up to x4 takes x2",
            "fentanyl patch 25 microgram/h every 72 hours",
            "buprenorphine patch 10 microgram/h every 7 days",
            "levothyroxine 50 microgram x1",
            "tramadol 50 mg 2 capsules up to x4 takes x3",
            "paracetamol 1 g x4",
        ] {
            let Ok(regimen) = Regimen::parse(words) else {
                panic!("{words} cannot be read");
            };
            let read = &regimen.items[0];
            let back = Item::from_fields(&fields_of(&row_of(read)), Dictionary::shipped()).unwrap();
            // The words and how the amount came to be a day's are not part of a row.
            let mut expected = read.clone();
            expected.text.clone_from(&back.text);
            expected.times.assumed_daily = false;
            assert!(back == expected, "{words}: {}", back.text);
        }
    }
}
