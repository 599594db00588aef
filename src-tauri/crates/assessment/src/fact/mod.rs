//! Facts: the named, typed inputs of the rules, gathered from answers, scores and medicines.
//!
//! A fact that nobody has settled stays open; one that two people answered differently keeps
//! both values; one whose answer is too old is open again.

mod cancer;
mod derive;
mod form_facts;
mod gather;
mod id;
mod input;
mod known;
mod medicine_facts;
mod medicines;
mod place;
mod resolve;
mod row;
mod safety;
mod spine;

pub use derive::{DERIVED, Derived, derived};
pub use gather::{Fact, FactKind, Facts, StaleAnswer};
pub use id::FactId;
pub use input::{Dated, Inputs, ListAnswer, Origin, Row, RowVersion};
pub use known::{FactValue, Known};
pub use row::{fields_of, row_of};
