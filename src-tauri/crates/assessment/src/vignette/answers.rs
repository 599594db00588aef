//! Answers as a vignette writes them.

use toml::{Spanned, Value as Toml};

use super::error::{Place, VignetteError};
use crate::answer::{Answer, Unanswered, Value};
use crate::question::{Catalogue, Question, QuestionKind, check_answer};

/// The question of this name.
pub(super) fn question(
    place: Place<'_>,
    name: &Spanned<String>,
) -> Result<&'static Question, VignetteError> {
    let catalogue = Catalogue::shipped();
    catalogue.question(name.get_ref()).ok_or_else(|| {
        let known = catalogue.questions().map(|it| it.id.as_str());
        place.unknown(
            name.span().start,
            "expected a question",
            name.get_ref(),
            known,
        )
    })
}

/// An answer that the screen would take, or `{ unanswered = "declined" }`.
pub(super) fn answer(
    place: Place<'_>,
    name: &Spanned<String>,
    value: &Spanned<Toml>,
) -> Result<Answer, VignetteError> {
    let question = question(place, name)?;
    let at = value.span().start;
    if let Toml::Table(table) = value.get_ref() {
        let state = table.get("unanswered").cloned();
        let state = state.and_then(|it| it.try_into::<Unanswered>().ok());
        let expected = "expected `{ unanswered = \"declined\" }`, or another of the four states";
        return state
            .map(Answer::Unanswered)
            .ok_or_else(|| place.fault(at, expected));
    }
    let given = Answer::Given(given(place, value)?);
    check_answer(question, &given).map_err(|error| match (&question.kind, value.get_ref()) {
        (QuestionKind::Choice { options }, Toml::String(word)) => {
            let expected = "expected one of the answers of this question";
            let known = options.iter().map(|it| it.value.as_str());
            place.unknown(at, expected, word, known)
        }
        _ => place.fault(at, error.to_string()),
    })?;
    Ok(given)
}

/// A value before anybody asks whether its question takes it.
pub(super) fn given(place: Place<'_>, value: &Spanned<Toml>) -> Result<Value, VignetteError> {
    let words = |list: &Vec<Toml>| -> Option<Vec<String>> {
        list.iter()
            .map(|it| it.as_str().map(str::to_owned))
            .collect()
    };
    match value.get_ref() {
        Toml::Boolean(yes) => Ok(Value::Bool(*yes)),
        Toml::Integer(number) => Ok(Value::Number(*number)),
        Toml::String(text) => Ok(Value::Text(text.clone())),
        Toml::Array(list) => words(list)
            .map(Value::Choices)
            .ok_or_else(|| place.fault(value.span().start, "expected a list of choices")),
        _ => Err(place.fault(
            value.span().start,
            "expected true, false, a whole number, a word or a list of choices",
        )),
    }
}
