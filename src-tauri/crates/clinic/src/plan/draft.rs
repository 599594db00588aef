//! What the program writes into a plan before anybody has: the patient's own words, and the
//! warning signs and contacts that belong on every plan. Staff change it with the patient.

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::body::{AnswerState, AnswerValue};
use record::id::{ItemId, StaffId};

use super::bank;
use crate::assess::Shown;
use crate::case::Case;

/// Texts by block. Blocks that only a person can write are left out.
pub(super) fn texts(
    case: &Case,
    assessment: ItemId,
    today: Date,
    names: &BTreeMap<StaffId, String>,
) -> BTreeMap<String, String> {
    let shown = Shown::new(case, assessment, today, names);
    let said = |question: &str| match shown.state(question) {
        AnswerState::Given {
            value: AnswerValue::Text(text),
        } => text,
        _ => String::new(),
    };
    let mut texts = BTreeMap::new();
    let own: Vec<String> = ["matters-most", "hopes"]
        .into_iter()
        .map(said)
        .filter(|text| !text.is_empty())
        .collect();
    if !own.is_empty() {
        texts.insert("what-matters".to_owned(), own.join("\n"));
    }
    let not = said("does-not-want");
    if !not.is_empty() {
        texts.insert(
            "not-chosen".to_owned(),
            format!("You told us what you do not want: {not}"),
        );
    }
    let implanted = shown.items.iter().any(|item| item.list == "device");
    texts.insert(
        "warning-signs".to_owned(),
        bank::warning_signs(implanted).join("\n"),
    );
    texts
}
