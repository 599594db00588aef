//! Proof: what holds of a ruleset for every assessment that can be, and what does not.
//!
//! Evaluating says what the rules make of one case. Proof says what they make of all of them:
//! that each has an urgency and a lead, that no rule is useless or at odds with another, that a
//! warning sign never makes things look better, that what was not asked never settles routine,
//! and that each claim of the ruleset is true. It asks the engine's search one *question* after
//! the other ("is there an assessment in which ...?"), so that an answer of "none" is a proof.
//!
//! Terms: an *obligation* is one sentence that must hold. Where it does not, a *failure* carries
//! a *counterexample*: the case that shows it with the fewest findings, written as a vignette.
//!
//! What may not enter: time, randomness, and any rule of its own about what is good care.

mod claim;
mod counterexample;
mod effect;
mod obligation;
mod possible;
mod problem;
mod prover;
mod question;
mod quiet;
mod rule;
mod sign;
mod source;
mod vignette;

pub use counterexample::{Counterexample, Expectation};
pub use obligation::{Failure, Kind, MarkCount, Obligation, Report, Verdict};
pub use question::{Asked, Beside, Question};
pub use source::{Overdue, overdue};

use crate::ruleset::Ruleset;
use crate::vignette::Vignette;
use prover::Prover;

/// Checks everything that must hold of a ruleset, over every assessment its constraints allow.
///
/// `vignettes` are the cases that must between them exercise every rule.
pub fn check(ruleset: &Ruleset, vignettes: &[Vignette]) -> Report {
    let mut prover = Prover::new(ruleset);
    proven(&mut prover, vignettes)
}

/// The questions that [`check`] asks of a ruleset, and what it was answered, so that another
/// solver can be asked the same.
pub fn questions(ruleset: &Ruleset) -> Vec<Asked> {
    let mut prover = Prover::recording(ruleset);
    proven(&mut prover, &[]);
    prover.asked()
}

fn proven(prover: &mut Prover<'_>, vignettes: &[Vignette]) -> Report {
    let possible = possible::possible(prover);
    if possible.verdict() == Verdict::Failed {
        // Of no assessment at all anything is true, so nothing else is worth saying.
        return Report::of(prover, vec![possible]);
    }
    let mut obligations = vec![possible];
    obligations.extend(possible::total(prover));
    obligations.extend(rule::obligations(prover));
    obligations.extend(sign::obligations(prover));
    obligations.extend(claim::obligations(prover));
    obligations.push(source::obligation(prover.ruleset));
    obligations.extend(vignette::obligations(prover, vignettes));
    Report::of(prover, obligations)
}
