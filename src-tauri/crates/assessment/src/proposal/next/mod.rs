//! Which open question to ask next: warning signs first, then what settles most.
//!
//! As long as an emergency or a crisis hangs on it, an item about somebody's safety stands with the
//! warning signs, and so does what decides whether it is asked.
//!
//! A rule can hold in several ways. Each way that is still open lends its weight to the
//! questions that it waits for: four times as much for each step of urgency, and half as much
//! for each further question that it would take. Urgency comes before the lead, and the lead
//! before the rest, so that asking goes on after the urgency is settled.

mod places;
mod stakes;
mod weigh;

use serde::Serialize;

use self::places::Places;
use self::stakes::Stakes;
use self::weigh::Weighed;
use super::evaluate::Proposal;
use super::part::Missing;
use crate::answer::Unanswered;
use crate::engine::{State, Turned};
use crate::fact::Facts;
use crate::ruleset::Ruleset;

pub use self::stakes::PartName;

/// The age waits for it, and it is corrected in the person's details, not asked here.
const BIRTH_DATE: &str = "birth-date";

/// The question that settles most, warning signs always first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextQuestion {
    /// The question's id, or a list's.
    pub question: String,
    /// Its words.
    pub text: String,
    /// The parts that wait for it.
    pub settles: Vec<PartName>,
    /// Whether it is a warning sign or an item about safety, or decides whether such are asked.
    pub warning_sign: bool,
}

/// The next question, or none when nothing that may still be asked would settle anything.
///
/// `made` is the proposal for these facts. A question that was declined, is not known or cannot
/// be answered is not put again.
pub fn next_question(ruleset: &Ruleset, facts: &Facts, made: &Proposal) -> Option<NextQuestion> {
    let program = ruleset.program();
    let state = program.state(facts);
    let turned = program.turn_out(&state);
    choose(ruleset, facts, &state, &turned, made)
}

pub(super) fn choose(
    ruleset: &Ruleset,
    facts: &Facts,
    state: &State,
    turned: &Turned,
    made: &Proposal,
) -> Option<NextQuestion> {
    let stakes = Stakes::of(ruleset, turned, made);
    if made.open_warning_signs.is_empty() && stakes.rules().next().is_none() {
        return None;
    }
    let mut weighed = Weighed::of(ruleset.program(), facts, state, turned, &stakes);
    for sign in &made.open_warning_signs {
        weighed.add_sign(&sign.question);
    }
    weighed.leave_out(BIRTH_DATE);
    while let Some(best) = weighed.take_best() {
        // A list that was gone through can still leave a total open, as methadone does; asking for
        // it once more would not close it.
        if !arises(best.question, facts) || facts.answered_lists.contains(best.question) {
            continue;
        }
        let missing = Missing::of(best.question, facts);
        if missing.state == Unanswered::NotAsked {
            return Some(NextQuestion {
                question: missing.question,
                text: missing.text,
                settles: best.parts.names(),
                warning_sign: best.warning_sign,
            });
        }
    }
    None
}

/// Whether a question is shown, as far as is known: one that waits for another to decide so names
/// that one.
fn arises(question: &str, facts: &Facts) -> bool {
    let own = facts.get(question);
    own.is_none_or(|fact| fact.ask.iter().any(|id| id == question))
}

/// The place of a question in the paper order, lists after the questions; none for a name that
/// the catalogue does not have.
fn place_of(id: &str) -> Option<usize> {
    Places::shipped().of(id)
}
