//! Scores of questionnaires.

use std::collections::{BTreeMap, BTreeSet};

use assessment::instrument::{Instrument, Item9Prompt};
use assessment::question::{QuestionKind, Section};
use record::body::{AnswerState, AnswerValue};

use super::Shown;
use crate::case::AnswerNow;
use crate::view::ScoreView;

impl Shown<'_> {
    pub(super) fn scores(&self, section: &Section) -> Vec<ScoreView> {
        let mut seen = BTreeSet::new();
        section
            .questions
            .iter()
            .filter_map(|question| match &question.kind {
                QuestionKind::InstrumentItem { instrument, .. } => Some(instrument.clone()),
                _ => None,
            })
            .filter(|instrument| seen.insert(instrument.clone()))
            .filter_map(|instrument| self.score(&instrument))
            .collect()
    }

    /// An instrument's score, from the answers that stand.
    pub(crate) fn score(&self, instrument: &str) -> Option<ScoreView> {
        let form = Instrument::by_id(instrument)?;
        let values = item_values(form, &self.answers);
        // Two items asked and no more: that is the short form, with its own range and cut.
        let answered: Vec<bool> = values.iter().map(Option::is_some).collect();
        let short = SHORT_FORMS.iter().find(|(full, _)| *full == instrument);
        if let Some((_, short)) = short
            && answered.starts_with(&[true, true])
            && answered.iter().filter(|answered| **answered).count() == 2
            && let Some(short) = Instrument::by_id(short)
        {
            let two: Vec<Option<i64>> = values.into_iter().take(2).collect();
            return score_view(short, &two).map(|view| ScoreView {
                instrument: form.id.clone(),
                ..view
            });
        }
        score_view(form, &values)
    }
}

/// Each full form and the short one that its first two items are.
pub(super) const SHORT_FORMS: [(&str, &str); 2] = [("phq-9", "phq-2"), ("gad-7", "gad-2")];

/// The values of an instrument's items, in order; unanswered ones are none.
pub(crate) fn item_values(
    form: &Instrument,
    answers: &BTreeMap<String, Vec<AnswerNow<'_>>>,
) -> Vec<Option<i64>> {
    (1..=form.items.len())
        .map(|number| {
            let all = answers.get(&format!("{}-{number}", form.id))?;
            match all.as_slice() {
                [one] => match &one.state {
                    AnswerState::Given {
                        value: AnswerValue::Number(number),
                    } => Some(*number),
                    _ => None,
                },
                _ => None,
            }
        })
        .collect()
}

/// A score in words. None for a form that has no total.
pub(crate) fn score_view(form: &Instrument, values: &[Option<i64>]) -> Option<ScoreView> {
    let score = form.score(values).ok()?;
    let (_, max) = form.range();
    let words = match score.total {
        Some(total) => format!("{total} of {max}"),
        None if score.answered == 0 => "not asked".into(),
        None => format!(
            "incomplete ({} of {}), {} to {} possible",
            score.answered, score.of, score.lowest, score.highest
        ),
    };
    let prompts = match score.item9 {
        Some(Item9Prompt::Raised) => vec!["Item 9 is above 0: talk about safety now.".to_owned()],
        Some(Item9Prompt::NotAnswered) if score.answered > 0 => {
            vec!["Item 9 is not answered: ask.".to_owned()]
        }
        _ => Vec::new(),
    };
    Some(ScoreView {
        instrument: form.id.clone(),
        name: form.name.clone(),
        stem: form.stem.clone(),
        words,
        band: score.band.as_ref().map(|band| band.label.clone()),
        total: score.total,
        max,
        prompts,
        // What is incomplete says so in its words already.
        notes: if score.complete {
            score.notes
        } else {
            Vec::new()
        },
        attribution: form.attribution.clone(),
    })
}
