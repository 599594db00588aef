//! From the answers of one question to what is known.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::input::{Dated, Inputs, Origin};
use super::known::{FactValue, Known};
use crate::answer::{Answer, Unanswered, Value};
use crate::instrument::Instrument;
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
    let states = current.iter().filter_map(|it| it.answer.unanswered());
    // Item 9 that was asked in vain calls for a conversation; that nobody has asked it does not.
    let unanswered = if is_safety_item(question) {
        states.max()
    } else {
        states.min()
    };
    let in_conflict = values.len() > 1 || (unanswered.is_some() && !values.is_empty());
    let known = match unanswered {
        Some(unsaid) => beside_unanswered(question, values, unsaid),
        None => of_values(values),
    };
    Resolved {
        known,
        stale,
        in_conflict,
        ask: question.id.clone(),
    }
}

fn of_values(mut values: Vec<FactValue>) -> Known {
    match values.len() {
        0 => Known::Open(Unanswered::NotAsked),
        1 => values
            .pop()
            .map_or(Known::Open(Unanswered::NotAsked), Known::Is),
        _ => Known::Conflict(values),
    }
}

/// What keeps opioid limits from applying. In conflict they apply, and what cancer or the end of
/// life means elsewhere holds as well, so both answers stay possible.
const SUPPRESSES: [&str; 3] = ["pain-cancer", "end-of-life", "cancer-now"];

/// Of values and an unanswered state that did not see each other: what raises a concern is the
/// safer and stays, together with what it may yet turn out to be; anything else is open.
fn beside_unanswered(question: &Question, mut values: Vec<FactValue>, state: Unanswered) -> Known {
    if !values.is_empty() && SUPPRESSES.contains(&question.id.as_str()) {
        return Known::Conflict(both_ways(question));
    }
    if !values.iter().any(|value| raises(question, value)) {
        return Known::Open(state);
    }
    if question.kind != QuestionKind::Feature {
        values.extend(lowered(question));
        values.sort();
        values.dedup();
    }
    of_values(values)
}

fn both_ways(question: &Question) -> Vec<FactValue> {
    match &question.kind {
        QuestionKind::Choice { options } => options
            .iter()
            .map(|option| FactValue::Choice(option.value.clone()))
            .collect(),
        _ => vec![FactValue::Bool(false), FactValue::Bool(true)],
    }
}

/// Whether an answer raises a concern: a sign or a yes, a pregnancy that is possible, item 9
/// above 0.
fn raises(question: &Question, value: &FactValue) -> bool {
    match value {
        FactValue::Bool(yes) => *yes,
        FactValue::Choice(chosen) => {
            question.id == "pregnancy" && ["possible", "yes", "planning"].contains(&chosen.as_str())
        }
        FactValue::Number(number) => is_safety_item(question) && *number > Decimal::ZERO,
    }
}

fn is_safety_item(question: &Question) -> bool {
    match &question.kind {
        QuestionKind::InstrumentItem {
            instrument, item, ..
        } => Instrument::by_id(instrument).and_then(|form| form.safety_item) == Some(*item),
        _ => false,
    }
}

/// The answer that raises nothing, which somebody may yet give.
fn lowered(question: &Question) -> Option<FactValue> {
    match &question.kind {
        QuestionKind::YesNo => Some(FactValue::Bool(false)),
        QuestionKind::Choice { .. } => Some(FactValue::Choice("no".to_owned())),
        QuestionKind::InstrumentItem { .. } => Some(FactValue::Number(Decimal::ZERO)),
        _ => None,
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
