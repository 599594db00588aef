//! Between the record's answers, the engine's and the screen's. The three are alike on purpose and
//! separate on purpose: the first is frozen bytes, the second a pure type, the third a screen.

use assessment::answer::{Answer, Unanswered, Value};
use assessment::question::QuestionKind;
use record::body::{AnswerState, AnswerValue};

use crate::view;

/// What the rules read of an answer that was written.
pub(crate) fn to_engine(state: &AnswerState) -> Answer {
    match state {
        AnswerState::Given { value } => Answer::Given(value_to_engine(value)),
        AnswerState::NotAsked => Answer::Unanswered(Unanswered::NotAsked),
        AnswerState::Declined => Answer::Unanswered(Unanswered::Declined),
        AnswerState::NotKnown => Answer::Unanswered(Unanswered::NotKnown),
        AnswerState::CannotBeAnswered => Answer::Unanswered(Unanswered::CannotBeAnswered),
    }
}

/// The same for a value.
pub(crate) fn value_to_engine(value: &AnswerValue) -> Value {
    match value {
        AnswerValue::Bool(yes) => Value::Bool(*yes),
        AnswerValue::Number(number) => Value::Number(*number),
        AnswerValue::Text(text) => Value::Text(text.clone()),
        AnswerValue::Choices(chosen) => Value::Choices(chosen.clone()),
    }
}

/// What is written of an answer in the engine's form.
pub(crate) fn from_engine(answer: &Answer) -> AnswerState {
    match answer {
        Answer::Given(value) => AnswerState::Given {
            value: value_from_engine(value),
        },
        Answer::Unanswered(Unanswered::NotAsked) => AnswerState::NotAsked,
        Answer::Unanswered(Unanswered::Declined) => AnswerState::Declined,
        Answer::Unanswered(Unanswered::NotKnown) => AnswerState::NotKnown,
        Answer::Unanswered(Unanswered::CannotBeAnswered) => AnswerState::CannotBeAnswered,
    }
}

/// The same for a value.
pub(crate) fn value_from_engine(value: &Value) -> AnswerValue {
    match value {
        Value::Bool(yes) => AnswerValue::Bool(*yes),
        Value::Number(number) => AnswerValue::Number(*number),
        Value::Text(text) => AnswerValue::Text(text.clone()),
        Value::Choices(chosen) => AnswerValue::Choices(chosen.clone()),
    }
}

/// What the screen shows of an answer. A warning sign is "present" or "absent" there.
pub(crate) fn to_screen(kind: &QuestionKind, state: &AnswerState) -> view::AnswerView {
    match state {
        AnswerState::Given { value } => view::AnswerView::Given {
            value: value_to_screen(kind, value),
        },
        AnswerState::NotAsked => view::AnswerView::NotAsked,
        AnswerState::Declined => view::AnswerView::Declined,
        AnswerState::NotKnown => view::AnswerView::NotKnown,
        AnswerState::CannotBeAnswered => view::AnswerView::CannotBeAnswered,
    }
}

/// The same for a value.
pub(crate) fn value_to_screen(kind: &QuestionKind, value: &AnswerValue) -> view::AnswerValue {
    match (kind, value) {
        (QuestionKind::Feature, AnswerValue::Bool(true)) => {
            view::AnswerValue::Text("present".into())
        }
        (QuestionKind::Feature, AnswerValue::Bool(false)) => {
            view::AnswerValue::Text("absent".into())
        }
        (_, AnswerValue::Bool(yes)) => view::AnswerValue::Bool(*yes),
        (_, AnswerValue::Number(number)) => view::AnswerValue::Number(*number),
        (_, AnswerValue::Text(text)) => view::AnswerValue::Text(text.clone()),
        (_, AnswerValue::Choices(chosen)) => view::AnswerValue::Choices(chosen.clone()),
    }
}

/// What is written of an answer from the screen.
pub(crate) fn from_screen(kind: &QuestionKind, answer: view::AnswerView) -> AnswerState {
    match answer {
        view::AnswerView::Given { value } => AnswerState::Given {
            value: value_from_screen(kind, value),
        },
        view::AnswerView::NotAsked => AnswerState::NotAsked,
        view::AnswerView::Declined => AnswerState::Declined,
        view::AnswerView::NotKnown => AnswerState::NotKnown,
        view::AnswerView::CannotBeAnswered => AnswerState::CannotBeAnswered,
    }
}

/// The same for a value. Options of an instrument are sent as the text of their number.
pub(crate) fn value_from_screen(kind: &QuestionKind, value: view::AnswerValue) -> AnswerValue {
    match (kind, value) {
        (QuestionKind::Feature, view::AnswerValue::Text(text)) if text == "present" => {
            AnswerValue::Bool(true)
        }
        (QuestionKind::Feature, view::AnswerValue::Text(text)) if text == "absent" => {
            AnswerValue::Bool(false)
        }
        (QuestionKind::InstrumentItem { .. }, view::AnswerValue::Text(text)) => text
            .parse()
            .map_or(AnswerValue::Text(text), AnswerValue::Number),
        (_, view::AnswerValue::Bool(yes)) => AnswerValue::Bool(yes),
        (_, view::AnswerValue::Number(number)) => AnswerValue::Number(number),
        (_, view::AnswerValue::Text(text)) => AnswerValue::Text(text),
        (_, view::AnswerValue::Choices(chosen)) => AnswerValue::Choices(chosen),
    }
}

/// A value as a person reads it beside its question.
pub(crate) fn in_words(kind: &QuestionKind, value: &AnswerValue) -> String {
    let label = |value: &str| match kind {
        QuestionKind::Choice { options }
        | QuestionKind::Choices { options }
        | QuestionKind::InstrumentItem { options, .. } => options
            .iter()
            .find(|option| option.value == value)
            .map_or_else(|| value.to_owned(), |option| option.label.clone()),
        QuestionKind::Date => crate::words::staff_iso(value),
        _ => value.to_owned(),
    };
    match value {
        AnswerValue::Bool(yes) => match (kind, yes) {
            (QuestionKind::Feature, true) => "present".into(),
            (QuestionKind::Feature, false) => "absent".into(),
            (_, true) => "Yes".into(),
            (_, false) => "No".into(),
        },
        AnswerValue::Number(number) => match kind {
            QuestionKind::InstrumentItem { .. } => {
                format!("{number}: {}", label(&number.to_string()))
            }
            QuestionKind::Rating { .. } => format!("{number} of 10"),
            QuestionKind::Number { unit, .. } if !unit.is_empty() => {
                format!("{number}\u{a0}{unit}")
            }
            _ => number.to_string(),
        },
        AnswerValue::Text(text) => match kind {
            QuestionKind::Decimal { unit, .. } if !unit.is_empty() => format!("{text}\u{a0}{unit}"),
            _ => label(text),
        },
        AnswerValue::Choices(chosen) => chosen
            .iter()
            .map(|one| label(one))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// The words of an unanswered state, or none when it was answered.
pub(crate) fn unanswered_words(state: &AnswerState) -> Option<&'static str> {
    match to_engine(state) {
        Answer::Given(_) => None,
        Answer::Unanswered(state) => Some(state.words()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_sign_is_present_or_absent_on_screen_and_true_or_false_in_the_record() {
        for (word, held) in [("present", true), ("absent", false)] {
            let screen = view::AnswerView::Given {
                value: view::AnswerValue::Text(word.into()),
            };
            let state = from_screen(&QuestionKind::Feature, screen.clone());
            assert_eq!(
                state,
                AnswerState::Given {
                    value: AnswerValue::Bool(held)
                }
            );
            assert_eq!(to_screen(&QuestionKind::Feature, &state), screen);
        }
    }

    #[test]
    fn safety_14_each_unanswered_state_stays_itself_through_all_three_rooms() {
        let states = [
            AnswerState::NotAsked,
            AnswerState::Declined,
            AnswerState::NotKnown,
            AnswerState::CannotBeAnswered,
        ];
        for state in states {
            let back = from_screen(
                &QuestionKind::YesNo,
                to_screen(&QuestionKind::YesNo, &state),
            );
            assert_eq!(back, state);
            assert!(to_engine(&state).value().is_none());
            assert!(unanswered_words(&state).is_some());
        }
    }
}
