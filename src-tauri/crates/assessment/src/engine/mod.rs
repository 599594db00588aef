//! The engine: a ruleset compiled, and exact answers about every way a case can still turn out.
//!
//! A *cell* is a set of values of one fact that no test of the ruleset tells apart. A *term* is
//! one way in which a rule holds: for some facts, the cells it needs. A *state* says, for each
//! fact, which cells are still possible, and whether they are open (an answer will choose one)
//! or in conflict (people said different things, and all of them hold).
//!
//! A term in a completion holds in *some reading* of the facts in conflict: the safer reading is
//! kept until a clinician settles it.

mod cell;
mod compile;
mod expand;
mod fire;
mod outlook;
mod program;
mod search;
mod state;
mod term_set;
#[cfg(test)]
mod tests;
mod twin;
mod values;

pub use cell::{Cell, Span};
pub use compile::TooManyWays;
pub use expand::{Expanded, Way};
pub use fire::Turned;
pub use outlook::{Exact, Outlook};
pub use program::{FactCells, Outcome, Program, Term};
pub use search::{Budget, Found};
pub use state::State;
pub use term_set::TermSet;
pub use values::Values;
