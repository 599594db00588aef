//! A regimen written in words: `morphine MR 60 mg x2; fentanyl patch 25 microgram/h`.

use serde::Serialize;

use super::dictionary::Dictionary;
use super::item::Item;
use super::reader::{Fault, Reader};
use super::strength::{StrengthError, Unit};

/// Medicines taken together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Regimen {
    /// The items, in the order written.
    pub items: Vec<Item>,
}

/// Why a regimen cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("Medicine {item}, at character {position}: {reason}{}", .nearest.as_ref().map_or(String::new(), |near| format!(" Did you mean \"{near}\"?")))]
pub struct RegimenError {
    /// Which medicine, from 1.
    pub item: usize,
    /// Where, in characters from the start, from 1.
    pub position: usize,
    /// Why.
    pub reason: Problem,
    /// The nearest known name.
    pub nearest: Option<String>,
}

/// What is wrong with one medicine as written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Problem {
    /// Nothing is written.
    #[error("There is no medicine here. Write a name.")]
    Empty,
    /// The name is not in the dictionary.
    #[error("This medicine is not known. Write its approved name.")]
    UnknownName,
    /// An opioid patch in another unit than micrograms an hour.
    #[error("A patch is measured in microgram/h. Read the unit on the box.")]
    PatchUnit,
    /// Micrograms an hour for something that is not a patch.
    #[error("Only a patch is measured in microgram/h. Check the form or the unit.")]
    PerHourNotPatch,
    /// Two numbers for a medicine with one ingredient.
    #[error("Two amounts belong to a combination, and this medicine has one ingredient.")]
    NotACombination,
    /// A unit that cannot be right.
    #[error("This medicine is measured in {}, not in {}. Check the unit.", .wanted.words(), .given.words())]
    Unit {
        /// The unit written.
        given: Unit,
        /// The unit expected.
        wanted: Unit,
    },
    /// The strength cannot be read.
    #[error("{0}")]
    Strength(#[serde(skip)] StrengthError),
    /// The amount at one time cannot be read.
    #[error("Write how much at a time as a number, such as 2, 5 ml or 10 mg.")]
    Dose,
    /// `x2` on a patch could mean two patches or two changes.
    #[error("Write each patch worn at the same time as a medicine of its own.")]
    PatchTimes,
    /// A number is missing, zero or too large.
    #[error("A number is missing here or cannot be right.")]
    Number,
    /// Something that is not understood.
    #[error("This word is not understood here. Write name, form, strength, then how often.")]
    NotUnderstood,
    /// Less is the most than is taken.
    #[error("More is taken than the most that is allowed. Check both numbers.")]
    TakesMoreThanMost,
}

impl Regimen {
    /// Reads a regimen; medicines are separated by `;` or a new line.
    pub fn parse(text: &str) -> Result<Self, RegimenError> {
        Self::parse_with(text, Dictionary::shipped())
    }

    /// Reads a regimen with another dictionary.
    pub fn parse_with(text: &str, dictionary: &Dictionary) -> Result<Self, RegimenError> {
        let mut items = Vec::new();
        let mut offset = 0;
        for written in text.split([';', '\n']) {
            let length = written.chars().count();
            if !written.trim().is_empty() {
                let number = items.len() + 1;
                let item = Reader::new(written, offset, dictionary)
                    .and_then(Reader::item)
                    .map_err(|fault| fault.at_item(number))?;
                items.push(item);
            }
            offset += length + 1;
        }
        if items.is_empty() {
            return Err(Fault::new(0, Problem::Empty).at_item(1));
        }
        Ok(Self { items })
    }
}
