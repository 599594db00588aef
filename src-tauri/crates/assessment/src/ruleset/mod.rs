//! Rules as data: what they ask of the facts, and what follows.
//!
//! A rule fires, does not, or may yet. The first firing rule that names a lead disposition
//! gives the lead, so the order of the file is the order of precedence, and the last rule is
//! the default that always fires.

mod declaration;
mod effect;
mod error;
mod expression;
mod fact_words;
mod file;
mod raw;
mod read;
mod test_words;
#[cfg(test)]
mod tests;
mod vocabulary;
mod words;

pub use declaration::{Claim, ClaimTest, Constraint, Domain, FactDeclaration, Gate, Impossible};
pub use effect::{Disposition, PainType, Strand, Urgency};
pub use error::RulesetError;
pub use expression::{Atom, Expression, Test, Truth};
pub use fact_words::FactWords;
pub use file::{ConflictPolicy, Effects, Rule, Ruleset, Status};
pub(crate) use read::Shape;
pub use vocabulary::Vocabulary;
pub use words::{Join, Phrase, PhraseLine};
