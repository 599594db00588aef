//! Where and why a file of vignettes cannot be read.

use serde::Serialize;

use crate::nearest::nearest;
use crate::ruleset::Shape;

/// A fault in a file of vignettes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{file}, line {line}, column {column}: {expected}{}", .nearest.as_ref().map_or(String::new(), |near| format!("; did you mean \"{near}\"?")))]
pub struct VignetteError {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What was expected there.
    pub expected: String,
    /// The nearest known name.
    pub nearest: Option<String>,
}

/// A text and its name, to say where in it a fault is.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
}

impl Place<'_> {
    /// A fault at a byte of the text.
    pub(super) fn fault(self, byte: usize, expected: impl Into<String>) -> VignetteError {
        let before = self.text.get(..byte).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before
            .get(line_start..)
            .map_or(0, |rest| rest.chars().count())
            + 1;
        VignetteError {
            file: self.file.to_owned(),
            line: self.line(byte),
            column,
            expected: expected.into(),
            nearest: None,
        }
    }

    /// A fault at a name that is not known.
    pub(super) fn unknown<'n>(
        self,
        byte: usize,
        expected: &str,
        word: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> VignetteError {
        VignetteError {
            nearest: nearest(word, known).map(str::to_owned),
            ..self.fault(byte, expected)
        }
    }

    /// A fault in the shape, with the known key or value nearest to an unknown one.
    pub(super) fn shape(self, error: &toml::de::Error) -> VignetteError {
        let at = error.span().map_or(0, |span| span.start);
        let Shape { expected, nearest } = Shape::of(error);
        VignetteError {
            nearest,
            ..self.fault(at, expected)
        }
    }

    /// The line of a byte, from 1.
    pub(super) fn line(self, byte: usize) -> usize {
        let before = self.text.get(..byte).unwrap_or(self.text);
        before.matches('\n').count() + 1
    }
}
