//! The rules as a person reads and tries them: what decides what, one rule in plain words, made-up
//! cases, the vignettes, and who would move under other rules.
//!
//! Nothing here writes to a record, and nothing here adopts a ruleset. A made-up case is nobody's.

mod bench;
mod comparison;
mod condition;
mod head;
mod made_up;
mod opening;
mod rule;
mod testset;
mod tree;
mod turning;

pub use bench::{start_case, try_case};
pub use comparison::try_ruleset;
pub use opening::open_rulebook;
pub use rule::open_rule;
pub use testset::run_vignettes;

pub(crate) use comparison::compare;
pub(crate) use head::{hex, short};

#[cfg(test)]
pub(crate) use made_up::facts as facts_of;
