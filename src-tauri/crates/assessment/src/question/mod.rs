//! The questions of an assessment, described so that any screen can show them.

mod build;
mod catalogue;
mod check;
mod kind;
mod raw;
#[cfg(test)]
mod tests;

pub use catalogue::{Catalogue, CatalogueError, Field, Group, ListSpec, Question, Section};
pub use check::{AnswerError, Checked, check_answer, check_field};
pub use kind::{Condition, Labelled, QuestionKind, Validity, ValidityKind};
