//! Answers: who gave them, whether they still count, what last time offers.

use std::collections::BTreeMap;

use assessment::question::{Catalogue, Question, QuestionKind};
use record::body::{AnswerState, AnswerValue};
use record::fold::Placed;

use super::super::convert::{to_engine, to_screen, value_to_screen};
use super::Shown;
use super::said::state_words;
use crate::case::AnswerNow;
use crate::view::AnswerShown;
use crate::words;

impl Shown<'_> {
    /// Every answer, by question.
    pub(crate) fn all_answers(&self) -> BTreeMap<String, AnswerShown> {
        Catalogue::shipped()
            .questions()
            .filter(|question| self.stands(question))
            .map(|question| (question.id.clone(), self.answer(question)))
            .collect()
    }

    /// One answer.
    pub(crate) fn answer(&self, question: &Question) -> AnswerShown {
        let all = self
            .answers
            .get(&question.id)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let state = self.state(&question.id);
        let first = all.first();
        let offer = first.is_none().then(|| self.offer(question)).flatten();
        AnswerShown {
            answer: to_screen(&question.kind, &state),
            who: first.map(|now| self.who(now.placed)),
            conflict: (all.len() > 1).then(|| self.conflict(question, all)),
            stale: first.and_then(|now| self.stale(question, now)),
            offered_from: offer.as_ref().map(|(_, from)| from.clone()),
            offered: offer.map(|(value, _)| value_to_screen(&question.kind, &value)),
            odd: assessment::question::check_answer(question, &to_engine(&state))
                .ok()
                .and_then(|checked| checked.odd),
            from_letter: first.is_some_and(|now| now.source == "letter"),
        }
    }

    /// `24-Nov-2026 10:20, A. Osei`; what was written up later also says when it happened.
    pub(crate) fn who(&self, placed: &Placed) -> String {
        let name = self
            .names
            .get(&placed.entry.author)
            .map(|name| words::short_name(name))
            .unwrap_or_default();
        let when = words::staff_moment(placed.entry.claimed);
        let typed = if name.is_empty() {
            when
        } else {
            format!("{when}, {name}")
        };
        match &placed.entry.happened {
            Some(happened) => format!("{}, typed {typed}", words::happened(happened, self.names)),
            None => typed,
        }
    }

    pub(super) fn conflict(&self, question: &Question, all: &[AnswerNow<'_>]) -> String {
        let each: Vec<String> = all
            .iter()
            .map(|now| {
                format!(
                    "{} ({})",
                    state_words(&question.kind, now.state),
                    self.who(now.placed)
                )
            })
            .collect();
        format!("These did not see each other: {}.", words::listed(&each))
    }

    /// Too old to count: the rules see "not asked".
    pub(super) fn stale(&self, question: &Question, now: &AnswerNow<'_>) -> Option<String> {
        let asked = now.placed.entry.took_place().local().date();
        let given = matches!(now.state, AnswerState::Given { .. });
        (given && !self.finished && !question.validity.holds(asked, self.today)).then(|| {
            format!(
                "{} on {}",
                state_words(&question.kind, now.state),
                words::staff_date(asked)
            )
        })
    }

    /// Last time's answer to a stable question, which counts for nothing until it is confirmed.
    pub(crate) fn offer(&self, question: &Question) -> Option<(AnswerValue, String)> {
        let never = matches!(
            question.kind,
            QuestionKind::Feature
                | QuestionKind::InstrumentItem { .. }
                | QuestionKind::Rating { .. }
        );
        if !question.copy_forward || never {
            return None;
        }
        let now = self.previous.as_ref()?.answers.get(&question.id)?.first()?;
        match &now.state {
            AnswerState::Given { value } => Some((
                value.clone(),
                words::staff_date(now.placed.entry.took_place().local().date()),
            )),
            _ => None,
        }
    }

    /// How many answers and rows are offered from last time.
    pub(crate) fn offers(&self) -> usize {
        let questions = Catalogue::shipped().questions();
        let answers = questions
            .filter(|question| {
                !self.answers.contains_key(&question.id) && self.offer(question).is_some()
            })
            .count();
        answers
            + self
                .sections()
                .iter()
                .flat_map(|section| &section.lists)
                .map(|list| list.offered.len())
                .sum::<usize>()
    }
}
