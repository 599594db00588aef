//! The queue as it is drawn: rows only, never a record.

use record::id::ItemId;

use super::session::{Queued, Step};
use crate::decide::tag;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::summary::{PatientSummary, Stage};
use crate::view::{ReviewRow, ReviewSession, UrgencyTag};
use crate::worklist::short_label;

/// Where a case of the queue stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    ToDo,
    Done(Step),
    /// It was decided by somebody else, or from another screen, since the session began.
    Elsewhere,
}

impl State {
    /// A case that came back to be signed after it was signed here is to do again.
    fn of(queued: &Queued, summary: &PatientSummary) -> Self {
        let newest = summary.assessments.first();
        let waits = summary.stage == Stage::ToSign
            && newest.is_some_and(|newest| *newest == queued.assessment.to_string());
        match queued.step {
            Some(Step::Signed | Step::Changed) if waits && !summary.to_countersign => Self::ToDo,
            Some(step @ (Step::Signed | Step::Changed)) => Self::Done(step),
            Some(step) if waits => Self::Done(step),
            None if waits => Self::ToDo,
            Some(_) | None => Self::Elsewhere,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::ToDo => "to-do",
            Self::Done(step) => step.word(),
            Self::Elsewhere => "elsewhere",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::ToDo => "",
            Self::Done(step) => step.words(),
            Self::Elsewhere => "Decided elsewhere",
        }
    }
}

impl Desk {
    /// The session as the screen shows it.
    pub(super) fn review_drawn(&mut self) -> Result<ReviewSession, Refusal> {
        let now = self.now().at();
        let review = self.review()?;
        let (at, asks) = (review.at(), !review.is_shown(now));
        let queue = self.queue_rows()?;
        let done = queue.iter().filter(|row| row.state != "to-do").count();
        Ok(ReviewSession {
            at: at.map(|at| at.to_string()),
            done: u32::try_from(done).unwrap_or(u32::MAX),
            asks,
            queue,
        })
    }

    /// The rows of the queue. A patient who is no longer on this laptop has none.
    pub(super) fn queue_rows(&mut self) -> Result<Vec<ReviewRow>, Refusal> {
        let mut rows = Vec::new();
        for (queued, summary) in self.queued()? {
            rows.push(ReviewRow {
                assessment: queued.assessment.to_string(),
                patient: summary.patient.clone(),
                name: PatientSummary::listed_name(&summary.family, &summary.given, ""),
                similar_name: self.is_similar(&summary)?,
                urgency: summary.urgency.map_or(UrgencyTag::NotKnown, tag),
                urgency_label: match summary.urgency {
                    _ if summary.veiled => "Hidden",
                    urgency => urgency.map_or("Not known", short_label),
                }
                .into(),
                urgency_signed: summary.urgency_signed,
                state: State::of(&queued, &summary).word().into(),
                state_words: State::of(&queued, &summary).words().into(),
            });
        }
        Ok(rows)
    }

    /// The case to look at after one: the next that is to do, then those before it.
    pub(super) fn next_after(&mut self, assessment: ItemId) -> Result<Option<ItemId>, Refusal> {
        let queued = self.queued()?;
        let place = queued
            .iter()
            .position(|(it, _)| it.assessment == assessment);
        let (before, after) = queued.split_at(place.map_or(0, |place| place + 1));
        let mut in_turn = after.iter().chain(before);
        let next = in_turn.find(|(queued, summary)| {
            queued.assessment != assessment && State::of(queued, summary) == State::ToDo
        });
        Ok(next.map(|(queued, _)| queued.assessment))
    }

    fn queued(&mut self) -> Result<Vec<(Queued, PatientSummary)>, Refusal> {
        let queue = self.review()?.queue().to_vec();
        let store = &self.sitting()?.opened.store;
        let mut all = Vec::new();
        for queued in queue {
            // As the person at work may see it: a blind opinion may be asked of them meanwhile.
            let row: Vec<_> = store.summary(queued.patient)?.into_iter().collect();
            all.extend(self.seen(&row)?.pop().map(|summary| (queued, summary)));
        }
        Ok(all)
    }
}
