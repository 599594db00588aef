//! Which of several values that did not see each other is the safer: SAFETY.md 1.

use assessment::question::{Catalogue, Question, QuestionKind};
use record::body::{AnswerState, AnswerValue};

use super::AnswerNow;
use crate::facts::is_raised;

/// Questions whose options stand from the widest leave to the narrowest.
const LEAVE: [&str; 2] = ["consent-share", "safe-contact"];

/// The safer first: a concern that is raised, then not asked, declined, the other unanswered
/// states, and last what was said; of leave that was given, the narrowest.
pub(super) fn safer_first(question: &str, answers: &mut [AnswerNow<'_>]) {
    let known = Catalogue::shipped().question(question);
    answers.sort_by_key(|now| {
        let raised = known.is_some_and(|question| is_raised(question, now.state));
        let narrow = known.map_or(0, |question| narrowness(question, now.state));
        (!raised, unanswered_first(now.state), usize::MAX - narrow)
    });
}

/// Not asked, declined, the other unanswered states, and last what was said.
pub(super) fn unanswered_first(state: &AnswerState) -> u8 {
    match state {
        AnswerState::NotAsked => 0,
        AnswerState::Declined => 1,
        AnswerState::NotKnown => 2,
        AnswerState::CannotBeAnswered => 3,
        AnswerState::Given { .. } => 4,
    }
}

/// How narrow the leave is that somebody gave; 0 for any other question.
fn narrowness(question: &Question, state: &AnswerState) -> usize {
    let (QuestionKind::Choice { options }, AnswerState::Given { value }) = (&question.kind, state)
    else {
        return 0;
    };
    let AnswerValue::Text(chosen) = value else {
        return 0;
    };
    let at = options.iter().position(|option| option.value == *chosen);
    at.filter(|_| LEAVE.contains(&question.id.as_str()))
        .unwrap_or(0)
}
