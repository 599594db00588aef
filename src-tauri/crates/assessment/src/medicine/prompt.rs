//! What to check about medicines taken together, by this person, and in these amounts.
//!
//! Each is a prompt to the prescriber. None says to stop, start or change a dose.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::Serialize;

use super::allergy::{AllergyMatch, allergy_matches};
use super::dictionary::{Dictionary, Medicine, Rule, RuleKind};
use super::item::Item;
use crate::mark::Mark;

/// What kind of check a prompt asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PromptKind {
    /// The person reacts to it or to its class.
    Allergy,
    /// Two medicines together.
    Together,
    /// A medicine in a person with a certain condition.
    Condition,
    /// The same or the same kind twice.
    Duplicate,
    /// More in 24 hours than is usual.
    Amount,
}

/// Something for the prescriber to check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MedicinePrompt {
    /// What kind of check.
    pub kind: PromptKind,
    /// The check's fixed name.
    pub id: String,
    /// The medicines it is about, by approved name.
    pub medicines: Vec<String>,
    /// What to think about.
    pub words: String,
    /// Where it comes from.
    pub citation: String,
    /// The confidence in it.
    pub mark: Mark,
}

/// All checks over `items`, for a person who reacts to `allergies` and has the `known` facts.
pub fn prompts(
    items: &[Item],
    allergies: &[String],
    known: &BTreeSet<String>,
) -> Vec<MedicinePrompt> {
    let dictionary = Dictionary::shipped();
    let mut found = allergy_prompts(items, allergies);
    for rule in &dictionary.rules {
        found.extend(rule_prompt(rule, items, known, dictionary));
    }
    found.extend(amount_prompts(items, dictionary));
    found
}

fn allergy_prompts(items: &[Item], allergies: &[String]) -> Vec<MedicinePrompt> {
    let mut found = Vec::new();
    for item in items {
        for allergy in allergies {
            let words = match allergy_matches(allergy, &item.name) {
                Some(AllergyMatch::Same) => {
                    format!(
                        "{} is on the list of allergies and intolerances.",
                        item.name
                    )
                }
                Some(AllergyMatch::Class(class)) => format!(
                    "{} is of the same class ({class}) as something on the list of allergies and intolerances.",
                    item.name
                ),
                None => continue,
            };
            found.push(MedicinePrompt {
                kind: PromptKind::Allergy,
                id: "allergy".to_owned(),
                medicines: vec![item.name.clone()],
                words,
                citation: "The list of allergies of this assessment".to_owned(),
                mark: Mark::D,
            });
        }
    }
    found
}

fn rule_prompt(
    rule: &Rule,
    items: &[Item],
    known: &BTreeSet<String>,
    dictionary: &Dictionary,
) -> Option<MedicinePrompt> {
    let rows = |names: &[String]| -> Vec<usize> {
        items
            .iter()
            .enumerate()
            .filter(|(_, item)| {
                item.medicine(dictionary)
                    .is_some_and(|it| names.iter().any(|name| dictionary.is(it, name)))
            })
            .map(|(at, _)| at)
            .collect()
    };
    let first = rows(&rule.first);
    let (kind, involved) = match rule.kind {
        RuleKind::Together => {
            let second = rows(&rule.second);
            let pair = first
                .iter()
                .flat_map(|a| second.iter().map(move |b| (*a, *b)))
                .find(|(a, b)| a != b || in_one_product(items.get(*a), rule, dictionary))?;
            (PromptKind::Together, vec![pair.0, pair.1])
        }
        RuleKind::WithFact => {
            rule.second.iter().find(|fact| known.contains(*fact))?;
            (PromptKind::Condition, first)
        }
        RuleKind::Duplicate => {
            let many = duplicated(&first, items);
            (PromptKind::Duplicate, many)
        }
    };
    let names: BTreeSet<String> = involved
        .iter()
        .filter_map(|at| items.get(*at))
        .map(|item| item.name.clone())
        .collect();
    (!names.is_empty()).then(|| MedicinePrompt {
        kind,
        id: rule.id.clone(),
        medicines: names.into_iter().collect(),
        words: rule.words.clone(),
        citation: rule.citation.clone(),
        mark: rule.mark,
    })
}

/// One product can hold both medicines of a pair.
fn in_one_product(item: Option<&Item>, rule: &Rule, dictionary: &Dictionary) -> bool {
    let Some(medicine) = item.and_then(|item| item.medicine(dictionary)) else {
        return false;
    };
    let parts = dictionary.ingredients(medicine);
    let fits = |part: &Medicine, names: &[String]| names.iter().any(|it| dictionary.is(part, it));
    parts.iter().enumerate().any(|(a, one)| {
        fits(one, &rule.first)
            && parts
                .iter()
                .enumerate()
                .any(|(b, other)| a != b && fits(other, &rule.second))
    })
}

/// Rows that repeat. Two strengths of one medicine in one form are one prescription.
fn duplicated(rows: &[usize], items: &[Item]) -> Vec<usize> {
    let products: BTreeSet<(&str, bool)> = rows
        .iter()
        .filter_map(|at| items.get(*at))
        .map(|item| (item.name.as_str(), item.times.as_needed))
        .collect();
    let names: BTreeSet<&str> = products.iter().map(|(name, _)| *name).collect();
    if names.len() > 1 {
        rows.to_vec()
    } else {
        Vec::new()
    }
}

fn amount_prompts(items: &[Item], dictionary: &Dictionary) -> Vec<MedicinePrompt> {
    let mut sums: BTreeMap<&str, (Decimal, &Medicine)> = BTreeMap::new();
    for item in items {
        let Some(medicine) = item.medicine(dictionary) else {
            continue;
        };
        if !item.form.is_some_and(super::item::Form::by_mouth) {
            continue;
        }
        for (part, one) in dictionary.ingredients(medicine).into_iter().enumerate() {
            let most = item
                .times
                .maximum
                .into_iter()
                .chain(item.times.typical)
                .max();
            if let (Some(mg), Some(times)) = (item.milligrams_per_dose(part), most) {
                sums.entry(&one.name).or_insert((Decimal::ZERO, one)).0 += mg * times;
            }
        }
    }
    sums.into_iter()
        .filter_map(|(name, (mg, medicine))| amount_prompt(name, mg, medicine))
        .collect()
}

fn amount_prompt(name: &str, mg: Decimal, medicine: &Medicine) -> Option<MedicinePrompt> {
    let limit = medicine.check_above_mg?;
    (mg > limit).then(|| MedicinePrompt {
        kind: PromptKind::Amount,
        id: "amount".to_owned(),
        medicines: vec![name.to_owned()],
        words: format!(
            "{name} comes to {} mg in 24 hours, more than {} mg. Check the amount.",
            mg.normalize(),
            limit.normalize()
        ),
        citation: "British National Formulary, for a pharmacist to verify".to_owned(),
        mark: medicine.mark.unwrap_or(Mark::M),
    })
}
