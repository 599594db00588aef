//! Why a case turns out as it does, why not otherwise, and which answers would change it.
//!
//! A *finding* is a known fact in words. *Why* names the fewest findings that carry an outcome.
//! *Why not* names, of the ways in which a rule could hold, the one that is nearest. *What would
//! change it* names the smallest changes of answers that lead to another outcome.
//!
//! A change says how much hangs on an answer. It is never advice to answer otherwise, and a
//! smaller amount of a medicine in it is never a goal.

mod case;
mod change;
mod considered;
mod finding;
mod lead;
mod lower;
mod raise;
mod reasons;
#[cfg(test)]
mod tests;
mod trial;

pub use change::{Alteration, Change, Changes, what_would_change};
pub use considered::{Misfit, WhyNot, why_not, why_not_more_urgent, why_not_urgency};
pub use finding::Finding;
pub use reasons::{About, Why, why};
