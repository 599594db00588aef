//! Medicines: what is taken, its opioid total, and what to check.
//!
//! The oral morphine equivalent (OME) is a flag and a trend. Nothing here converts one
//! opioid to another, proposes a dose, or plans a reduction.

mod allergy;
mod dictionary;
mod item;
mod ome;
mod prompt;
mod reader;
mod regimen;
mod strength;
mod table;
mod token;

pub use allergy::{AllergyMatch, allergy_matches};
pub use dictionary::{Class, Dictionary, DictionaryError, Medicine, Part, Rule, RuleKind};
pub use item::{Form, Item, ItemFields, Source, Times};
pub use ome::{ItemOme, Ome, Total, ome};
pub use prompt::{MedicinePrompt, PromptKind, prompts};
pub use regimen::{Problem, Regimen, RegimenError};
pub use strength::{Strength, StrengthError, Unit};
pub use table::{Counting, OmeTable, TableError};
