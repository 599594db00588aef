//! Where and why a ruleset cannot be read.

use serde::Serialize;

/// A fault in a ruleset's file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("line {line}, column {column}: {expected}{}", .nearest.as_ref().map_or(String::new(), |near| format!("; did you mean \"{near}\"?")))]
pub struct RulesetError {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What was expected there.
    pub expected: String,
    /// The nearest known name.
    pub nearest: Option<String>,
}

impl RulesetError {
    /// A fault at a byte of the text.
    pub(super) fn at(
        text: &str,
        byte: usize,
        expected: impl Into<String>,
        nearest: Option<&str>,
    ) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before
            .get(line_start..)
            .map_or(0, |rest| rest.chars().count())
            + 1;
        Self {
            line: before.matches('\n').count() + 1,
            column,
            expected: expected.into(),
            nearest: nearest.map(str::to_owned),
        }
    }
}
