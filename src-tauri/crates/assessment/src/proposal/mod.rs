//! The proposal: what the rules make of the facts, and what is still open.
//!
//! Each part is settled only when no open answer can change it. Otherwise it lists the values
//! still possible, and may list one too many but never one too few.

mod case;
mod evaluate;
mod next;
mod part;
mod warning;

pub(crate) use evaluate::STEPS;
pub use evaluate::{Proposal, Refusal, evaluate, standing, warnings};
pub use next::{NextQuestion, PartName, next_question};
pub use part::{Missing, Part, Reason};
pub use warning::{GroupCount, StandingSign, WarningSign};
