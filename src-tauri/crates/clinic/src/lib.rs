//! The use cases of a clinic: what staff do, from the first unlock to the printed plan.
//!
//! Everything below meets here: the record's entries become a patient's case, the case becomes
//! facts for the rules, and the answer becomes one view model. Each use case is a function on a
//! [`Desk`]: one device with one person at it. Permission is checked here; time and randomness come
//! in through [`Surroundings`]; no window and no command line may enter.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![expect(
    clippy::needless_pass_by_value,
    reason = "a use case takes what the screen sent as a whole, so that one table of commands calls them all alike"
)]

pub mod adoption;
pub mod assess;
pub mod audit;
pub mod backups;
mod banner;
pub mod bundles;
mod case;
pub mod clock;
pub mod decide;
pub mod demo;
mod desk;
pub mod documents;
pub mod door;
pub mod enrol;
mod entries;
pub mod exchanging;
mod facts;
mod faults;
pub mod instruments;
pub mod intake;
pub mod keys;
mod known_by;
mod late;
pub mod letter;
pub mod line;
pub mod opinion;
mod paper;
pub mod patient;
pub mod person;
pub mod plan;
mod print;
mod readability;
mod reading;
mod recovered;
mod refusal;
mod reminder;
pub mod review;
mod role;
pub mod route;
pub mod rulebook;
mod rules;
mod scope_keys;
pub mod sites;
mod soundness;
pub mod staff;
mod summary;
pub mod task;
#[cfg(test)]
mod tests;
pub mod tools;
pub mod transfer;
mod triage;
mod trust;
pub mod view;
mod words;
pub mod worklist;

pub use desk::{Desk, Program, Surroundings, desk_here};
pub use refusal::Refusal;
