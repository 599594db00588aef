//! An assessment as the screen shows it: the catalogue with a case's answers in it.

mod answers;
mod forms;
mod regions;
mod said;
mod scores;
mod sections;

pub(crate) use said::{field_words, item_words, state_words};
pub(crate) use scores::item_values;
pub(crate) use sections::kind;

use std::collections::BTreeMap;
use std::sync::Arc;

use assessment::question::Condition;
use jiff::civil::Date;
use record::body::{AnswerState, FormUsed};
use record::id::{ItemId, StaffId};

use super::convert::to_engine;
use super::medicines::Medicines;
use crate::case::{AnswerNow, Case, ItemNow};
use crate::facts::Judged;
use crate::instruments::Packs;

/// What is needed to show an assessment: the case, which one, the day and who is who.
pub(crate) struct Shown<'a> {
    pub(crate) case: &'a Case,
    pub(crate) assessment: ItemId,
    pub(crate) today: Date,
    pub(crate) names: &'a BTreeMap<StaffId, String>,
    pub(crate) answers: BTreeMap<String, Vec<AnswerNow<'a>>>,
    pub(crate) items: Vec<ItemNow>,
    pub(crate) judged: Arc<Judged>,
    finished: bool,
    previous: Option<Previous<'a>>,
    lists: BTreeMap<String, AnswerState>,
    /// The questionnaires that were added, by instrument.
    forms: BTreeMap<String, &'a FormUsed>,
    packs: Option<Arc<Packs>>,
}

/// The last finished assessment, whose stable facts are offered.
struct Previous<'a> {
    answers: BTreeMap<String, Vec<AnswerNow<'a>>>,
}

impl<'a> Shown<'a> {
    /// Gathers an assessment.
    pub(crate) fn new(
        case: &'a Case,
        assessment: ItemId,
        today: Date,
        names: &'a BTreeMap<StaffId, String>,
    ) -> Self {
        let previous = case
            .assessments()
            .iter()
            .find(|facts| facts.id != assessment && facts.finished.is_some())
            .map(|facts| Previous {
                answers: case.answers(facts.id),
            });
        Self {
            case,
            assessment,
            today,
            names,
            answers: case.answers(assessment),
            items: case.items(assessment),
            judged: case.judged(assessment, today),
            finished: case
                .assessment(assessment)
                .is_some_and(|facts| facts.finished.is_some()),
            previous,
            lists: case.list_states(assessment),
            forms: case.forms(assessment),
            packs: None,
        }
    }

    /// The same, with items of licensed forms in the words of the service's packs.
    pub(crate) fn in_words_of(self, packs: Arc<Packs>) -> Self {
        Self {
            packs: Some(packs),
            ..self
        }
    }

    /// The medicines, worked out together.
    pub(crate) fn medicines(&self) -> Medicines<'_> {
        Medicines::of(&self.items, &self.judged.facts, self.case.in_use())
    }

    /// The state of a question: what stands, or not asked. Of several that are in conflict, the
    /// first; the screen shows that there are more.
    pub(crate) fn state(&self, question: &str) -> AnswerState {
        self.answers
            .get(question)
            .and_then(|all| all.first())
            .map_or(AnswerState::NotAsked, |now| now.state.clone())
    }

    /// Whether a question is shown, given the answer it depends on.
    pub(crate) fn is_shown(&self, condition: Option<&Condition>) -> bool {
        condition.is_none_or(|condition| {
            let state = self.state(&condition.question);
            condition.met_by(Some(&to_engine(&state))) == Some(true)
        })
    }
}
