//! What a person reads before they sign for a content.

use record::body::Adoptable;
use serde::Serialize;

use super::contents::{self, Content};
use super::shown::view;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::rulebook::compare;
use crate::view::ContentReview;

/// The review of a content: for a ruleset, what the proof says of it and which open cases would
/// move. Signing is possible for what was reviewed in the same sitting, and the signature names
/// the review.
pub fn review_content(
    desk: &mut Desk,
    what: String,
    digest: String,
) -> Result<ContentReview, Refusal> {
    desk.allow(Act::Adopt)?;
    let content = contents::one(desk, &what, &digest)?;
    let mut said = words(desk, &content)?;
    let comparison = match content.what {
        Adoptable::Ruleset => {
            let text = contents::ruleset_text(desk, &digest)?;
            Some(compare(desk, &text)?)
        }
        _ => None,
    };
    said.push(format!("Digest of the whole file: {digest}"));
    let review = hash(&(&said, &comparison));
    let sitting = desk.sitting_mut()?;
    sitting.reviewed.insert(digest, review);
    Ok(ContentReview {
        content: view(desk, &content)?,
        words: said,
        comparison,
    })
}

/// What there is to read of a table or a pack.
fn words(desk: &mut Desk, content: &Content) -> Result<Vec<String>, Refusal> {
    Ok(match content.what {
        Adoptable::MedicinesTable => table_words(&content.id),
        Adoptable::InstrumentPack => desk.packs()?.words_in(&content.id),
        _ => Vec::new(),
    })
}

fn table_words(id: &str) -> Vec<String> {
    let files = assessment::medicine::OmeTable::files();
    let Some((table, _)) = files.iter().find(|(table, _)| table.id == id) else {
        return Vec::new();
    };
    let factors = table.factors.iter().map(|it| {
        format!(
            "{}: 1 mg by mouth counts as {} mg of oral morphine [{:?}]",
            it.drug,
            it.factor.normalize(),
            it.mark
        )
    });
    let patches = table.patches.iter().map(|it| {
        let strength = it.microgram_per_hour.map_or_else(String::new, |strength| {
            format!(" {} micrograms an hour", strength.normalize())
        });
        let counts = it.mg_per_day.or(it.factor).map(|it| it.normalize());
        let counts = counts.map_or_else(String::new, |mg| mg.to_string());
        let each = if it.mg_per_day.is_some() {
            "mg of oral morphine a day"
        } else {
            "mg of oral morphine a day for each microgram an hour"
        };
        format!(
            "{} patch{strength}: counts as {counts} {each} [{:?}]",
            it.drug, it.mark
        )
    });
    let never = table
        .never
        .iter()
        .map(|it| format!("{}: never totalled. {}", it.drug, it.reason));
    std::iter::once(format!("Source: {}", table.citation))
        .chain(factors)
        .chain(patches)
        .chain(never)
        .collect()
}

fn hash(read: &impl Serialize) -> String {
    let bytes = serde_json::to_vec(read).unwrap_or_default();
    contents::hex(blake3::hash(&bytes).as_bytes())
}
