//! From the answers of one question to what is known.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::input::{Dated, Inputs, Origin};
use super::known::{FactValue, Known};
use crate::answer::{Answer, Unanswered, Value};
use crate::question::{Catalogue, Question, QuestionKind};

/// What is known of one question, and what stands in the way.
pub(super) struct Resolved {
    pub(super) known: Known,
    pub(super) stale: Option<Dated>,
    pub(super) in_conflict: bool,
    /// The question to ask next: this one, or the one that decides whether it is shown.
    pub(super) ask: String,
}

/// What is known of a question on a day.
pub(super) fn resolve(
    question: &Question,
    catalogue: &Catalogue,
    inputs: &Inputs,
    on: Date,
) -> Resolved {
    match shown(question, catalogue, inputs, on) {
        Some(true) => resolve_shown(question, inputs, on),
        Some(false) => {
            let known = Known::NotApplicable;
            Resolved {
                known,
                stale: None,
                in_conflict: false,
                ask: question.id.clone(),
            }
        }
        None => {
            let open = Known::Open(Unanswered::NotAsked);
            // The answer of a question whose condition is open may yet not arise.
            let found = resolve_shown(question, inputs, on);
            let deciding = question
                .show_when
                .as_ref()
                .map(|condition| condition.question.clone());
            Resolved {
                known: open,
                ask: deciding.unwrap_or(found.ask),
                ..found
            }
        }
    }
}

/// Whether a question is shown; `None` while the deciding answer is open or in conflict.
fn shown(question: &Question, catalogue: &Catalogue, inputs: &Inputs, on: Date) -> Option<bool> {
    let Some(condition) = &question.show_when else {
        return Some(true);
    };
    let deciding = catalogue.question(&condition.question)?;
    if shown(deciding, catalogue, inputs, on)? {
        let current = current(deciding, inputs, on);
        let mut met = current
            .iter()
            .map(|dated| condition.met_by(Some(&dated.answer)));
        let first = met.next().flatten()?;
        // Shown as soon as one of the values in conflict asks for it.
        return Some(first || met.any(|other| other == Some(true)));
    }
    Some(false)
}

fn resolve_shown(question: &Question, inputs: &Inputs, on: Date) -> Resolved {
    let current = current(question, inputs, on);
    let stale = if current.is_empty() {
        newest(question, inputs, on)
    } else {
        None
    };
    let mut values: Vec<FactValue> = current
        .iter()
        .filter_map(|it| it.answer.value())
        .filter_map(fact_value)
        .collect();
    values.sort();
    values.dedup();
    let unanswered = current.iter().filter_map(|it| it.answer.unanswered()).min();
    let in_conflict = values.len() > 1 || (unanswered.is_some() && !values.is_empty());
    let present = FactValue::Bool(true);
    let known = if question.kind == QuestionKind::Feature && values.contains(&present) {
        // Present is the safer of any values in conflict.
        if values.len() > 1 {
            Known::Conflict(values)
        } else {
            Known::Is(present)
        }
    } else if let Some(state) = unanswered {
        Known::Open(state)
    } else {
        match values.len() {
            0 => Known::Open(Unanswered::NotAsked),
            1 => values
                .pop()
                .map_or(Known::Open(Unanswered::NotAsked), Known::Is),
            _ => Known::Conflict(values),
        }
    };
    Resolved {
        known,
        stale,
        in_conflict,
        ask: question.id.clone(),
    }
}

/// The answers that count on a day.
pub(super) fn current<'a>(question: &Question, inputs: &'a Inputs, on: Date) -> Vec<&'a Dated> {
    let given = inputs
        .answers
        .get(&question.id)
        .map(Vec::as_slice)
        .unwrap_or_default();
    given
        .iter()
        .filter(|dated| question.validity.holds(dated.on, on))
        .filter(|dated| question.kind != QuestionKind::Feature || may_say(dated))
        .collect()
}

/// A letter or a form can say that a warning sign is present, never that it is absent.
fn may_say(dated: &Dated) -> bool {
    dated.origin == Origin::Clinician || dated.answer != Answer::Given(Value::Bool(false))
}

/// The newest answer that no longer counts.
fn newest(question: &Question, inputs: &Inputs, on: Date) -> Option<Dated> {
    let given = inputs.answers.get(&question.id)?;
    given
        .iter()
        .filter(|dated| dated.on < on && may_say(dated))
        .max_by_key(|it| it.on)
        .cloned()
}

fn fact_value(value: &Value) -> Option<FactValue> {
    match value {
        Value::Bool(value) => Some(FactValue::Bool(*value)),
        Value::Number(value) => Some(FactValue::Number(Decimal::from(*value))),
        Value::Text(value) => Some(FactValue::Choice(value.clone())),
        Value::Choices(_) => None,
    }
}
