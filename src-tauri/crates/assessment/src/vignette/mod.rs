//! Vignettes: made-up cases, each with what the rules should make of it and why.
//!
//! A vignette says in one or two sentences who it is about, gives the answers by name, and
//! expects an urgency, a lead and whatever else matters in it. It is written in TOML beside the
//! ruleset. Only what it names is compared, so that a case says what it is there to show.
//!
//! A case goes the whole way: answers and medicines are gathered into facts on a fixed day and
//! the rules are evaluated over them. `facts` then sets facts outright, which is how a failed
//! proof writes down the case that it found.

mod answers;
mod case;
mod error;
mod expect;
mod fact;
mod raw;
mod read;
mod rows;
mod run;
mod shipped;

pub use error::VignetteError;
pub use expect::{Expected, ExpectedLead};
pub use run::{Difference, Ran};

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use crate::fact::{Fact, FactId, Facts, Inputs, Known};

/// A made-up case, and what is expected of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vignette {
    /// A fixed name.
    pub id: String,
    /// The file it stands in.
    pub file: String,
    /// The line it begins on, from 1.
    pub line: usize,
    /// What its file is about.
    pub theme: String,
    /// The case in one or two plain sentences.
    pub words: String,
    /// Why this is expected.
    pub reason: String,
    /// The answers and medicines.
    pub inputs: Inputs,
    /// Facts that are set outright after gathering.
    pub set: BTreeMap<FactId, Known>,
    /// What is expected.
    pub expect: Expected,
}

impl Vignette {
    /// The day of every vignette.
    pub const ON: Date = date(2026, 11, 24);

    /// The vignettes that come with Felloe.
    pub fn shipped() -> &'static [Self] {
        shipped::all()
    }

    /// Reads the vignettes of a file. `file` is its name, for the errors.
    pub fn parse(file: &str, text: &str) -> Result<Vec<Self>, VignetteError> {
        read::read(file, text)
    }

    /// The facts of the case: gathered, then those set outright.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::gather(&self.inputs, Self::ON);
        for (id, known) in &self.set {
            facts.set(id.clone(), Fact::settled(known.clone()));
        }
        facts
    }
}
