//! Whether an answer can be right: refused, queried, or taken.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::catalogue::{Field, Question};
use super::kind::{Labelled, QuestionKind};
use crate::answer::{Answer, Value};

/// An answer that can be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// A question to put to whoever typed it, such as "Is 14 correct?".
    pub odd: Option<String>,
}

/// Why an answer is refused. The sentence never repeats what was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum AnswerError {
    /// The answer is of another kind than the question takes.
    #[error("This question takes {wanted}. Enter that, or say why there is no answer.")]
    WrongKind {
        /// The kind it takes, in words.
        wanted: String,
    },
    /// The number is outside what is possible.
    #[error("Enter a number from {min} to {max}.")]
    OutOfRange {
        /// The least possible.
        min: i64,
        /// The greatest possible.
        max: i64,
    },
    /// The choice is not one of those offered.
    #[error("Choose one of the answers offered.")]
    NotOffered,
    /// The text is empty.
    #[error("Enter some words, or say why there is no answer.")]
    Empty,
    /// The text is too long to store.
    #[error("Shorten this to {limit} characters or fewer.")]
    TooLong {
        /// How many characters are possible.
        limit: usize,
    },
    /// The date does not exist.
    #[error("Enter a date that exists, as year, month and day.")]
    NoSuchDate,
}

/// The longest free text, in characters: far above any note and far below what hurts.
const LONGEST_TEXT: usize = 20_000;

/// Whether `answer` can be the answer of `question`.
pub fn check_answer(question: &Question, answer: &Answer) -> Result<Checked, AnswerError> {
    check(&question.kind, answer)
}

/// Whether `answer` can be the value of a list's `field`.
pub fn check_field(field: &Field, answer: &Answer) -> Result<Checked, AnswerError> {
    check(&field.kind, answer)
}

fn check(kind: &QuestionKind, answer: &Answer) -> Result<Checked, AnswerError> {
    let Some(value) = answer.value() else {
        return Ok(Checked { odd: None });
    };
    let odd = match (kind, value) {
        (QuestionKind::Feature | QuestionKind::YesNo, Value::Bool(_)) => None,
        (QuestionKind::Choice { options }, Value::Text(chosen)) => {
            offered(options, chosen)?;
            None
        }
        (QuestionKind::Choices { options }, Value::Choices(chosen)) => {
            chosen.iter().try_for_each(|one| offered(options, one))?;
            None
        }
        (QuestionKind::Rating { .. }, Value::Number(number)) => {
            within(*number, 0, 10)?;
            None
        }
        (QuestionKind::InstrumentItem { options, .. }, Value::Number(number)) => {
            offered(options, &number.to_string())?;
            None
        }
        (
            QuestionKind::Number {
                min,
                max,
                odd_below,
                odd_above,
                ..
            },
            Value::Number(number),
        ) => {
            within(*number, *min, *max)?;
            let odd = odd_below.is_some_and(|limit| *number < limit)
                || odd_above.is_some_and(|limit| *number > limit);
            odd.then(|| format!("Is {number} correct?"))
        }
        (QuestionKind::Decimal { min, max, .. }, Value::Text(text)) => {
            let outside = AnswerError::OutOfRange {
                min: *min,
                max: *max,
            };
            let number: Decimal = text.trim().parse().map_err(|_| outside.clone())?;
            if number < Decimal::from(*min) || number > Decimal::from(*max) {
                return Err(outside);
            }
            None
        }
        (QuestionKind::Text { .. }, Value::Text(text)) => {
            check_text(text)?;
            None
        }
        (QuestionKind::Date, Value::Text(text)) => {
            text.parse::<Date>().map_err(|_| AnswerError::NoSuchDate)?;
            None
        }
        _ => {
            return Err(AnswerError::WrongKind {
                wanted: wanted(kind).to_owned(),
            });
        }
    };
    Ok(Checked { odd })
}

fn offered(options: &[Labelled], chosen: &str) -> Result<(), AnswerError> {
    let known = options.iter().any(|option| option.value == chosen);
    known.then_some(()).ok_or(AnswerError::NotOffered)
}

fn within(number: i64, min: i64, max: i64) -> Result<(), AnswerError> {
    (min..=max)
        .contains(&number)
        .then_some(())
        .ok_or(AnswerError::OutOfRange { min, max })
}

fn check_text(text: &str) -> Result<(), AnswerError> {
    if text.trim().is_empty() {
        return Err(AnswerError::Empty);
    }
    if text.chars().count() > LONGEST_TEXT {
        return Err(AnswerError::TooLong {
            limit: LONGEST_TEXT,
        });
    }
    Ok(())
}

fn wanted(kind: &QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Feature => "present or absent",
        QuestionKind::YesNo => "yes or no",
        QuestionKind::Choice { .. } | QuestionKind::InstrumentItem { .. } => "one of its answers",
        QuestionKind::Choices { .. } => "any of its answers",
        QuestionKind::Rating { .. } => "a whole number from 0 to 10",
        QuestionKind::Number { .. } => "a whole number",
        QuestionKind::Decimal { .. } => "a number",
        QuestionKind::Text { .. } => "words",
        QuestionKind::Date => "a date",
    }
}
