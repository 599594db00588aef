//! Answers and rows in words.

use assessment::question::{ListSpec, QuestionKind};
use record::body::{AnswerState, AnswerValue};

use super::super::convert::{in_words, unanswered_words};
use super::super::medicines::{self};
use crate::case::ItemNow;

/// An answer in words, or its unanswered state.
pub(crate) fn state_words(kind: &QuestionKind, state: &AnswerState) -> String {
    match state {
        AnswerState::Given { value } => in_words(kind, value),
        other => unanswered_words(other).unwrap_or_default().into(),
    }
}

/// One field of a row in words; empty where nobody said it.
pub(crate) fn field_words(list: &ListSpec, item: &ItemNow, field: &str) -> String {
    let spec = list.fields.iter().find(|spec| spec.id == field);
    let value = item.fields.get(field);
    let words = spec
        .zip(value)
        .map(|(spec, value)| in_words(&spec.kind, value));
    words.unwrap_or_default()
}

/// A row in words: a medicine as it is taken, anything else field by field.
pub(crate) fn item_words(list: &ListSpec, item: &ItemNow) -> String {
    if list.id == "medicine" {
        let [name, taken, _] = medicines::in_words(&item.fields);
        return if taken.is_empty() {
            name
        } else {
            format!("{name}: {}", taken.to_lowercase())
        };
    }
    if list.id == "allergy" {
        let part = |name: &str| medicines::text(&item.fields, name).unwrap_or_default();
        let reaction = part("reaction");
        return if reaction.is_empty() {
            part("substance")
        } else {
            format!("{} ({reaction})", part("substance"))
        };
    }
    let parts: Vec<String> = list
        .fields
        .iter()
        .filter_map(|field| item.fields.get(&field.id).map(|value| (field, value)))
        .filter(|(_, value)| !matches!(value, AnswerValue::Bool(false)))
        .map(|(field, value)| match value {
            AnswerValue::Bool(true) => field.label.clone(),
            value => in_words(&field.kind, value),
        })
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}
