//! Scores of questionnaires.

use std::collections::{BTreeMap, BTreeSet};

use assessment::instrument::{Instrument, Item9Prompt, ScaleScore, Score, Totalling, shown};
use assessment::question::{QuestionKind, Section};
use record::body::{AnswerState, AnswerValue};

use super::Shown;
use crate::case::AnswerNow;
use crate::patient::since_last;
use crate::view::{Figure, Labelled, ScoreView};
use crate::words;

impl Shown<'_> {
    pub(super) fn scores(&self, section: &Section) -> Vec<ScoreView> {
        let mut seen = BTreeSet::new();
        section
            .questions
            .iter()
            .filter_map(|question| match (&question.on_request, &question.kind) {
                (Some(form), _) => self.counts(form).then(|| form.clone()),
                (None, QuestionKind::InstrumentItem { instrument, .. }) => Some(instrument.clone()),
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
        let view = score_view(form, &values)?;
        Some(ScoreView {
            stem: self.stem(form),
            change: since_last(self.case, form, self.assessment),
            ..view
        })
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
        words: in_words(form, &score),
        band: named(&score),
        total: score.total.map(Figure),
        max,
        parts: score.scales.iter().map(part).collect(),
        change: None,
        sources: if form.on_request {
            sources(form)
        } else {
            Vec::new()
        },
        prompts,
        notes: notes(form, score),
        attribution: form.attribution.clone(),
    })
}

/// `17 of 27`, `35.6 %`, or how far it is and what is still possible.
fn in_words(form: &Instrument, score: &Score) -> String {
    let figure = |value| shown(value, form.decimals);
    if score.answered == 0 {
        return "not asked".into();
    }
    let how_far = format!("incomplete ({} of {})", score.answered, score.of);
    match (score.total, form.totalling) {
        (Some(total), Totalling::Percent) => format!("{} %", figure(total)),
        (Some(total), _) => format!("{} of {}", figure(total), form.range().1),
        (None, _) if form.has_total() => format!(
            "{how_far}, {} to {} possible",
            figure(score.lowest),
            figure(score.highest)
        ),
        (None, _) => score.profile.as_ref().map_or_else(
            || {
                if score.complete {
                    "complete".to_owned()
                } else {
                    how_far
                }
            },
            |profile| format!("profile {profile}"),
        ),
    }
}

/// The band or the group, once every answer it needs is there.
fn named(score: &Score) -> Option<String> {
    let group = score.group.as_ref().filter(|_| score.complete);
    let group = group.map(|group| group.label.clone());
    group.or_else(|| score.band.as_ref().map(|band| band.label.clone()))
}

fn part(scale: &ScaleScore) -> Labelled {
    let value = scale.value.map_or_else(
        || format!("incomplete ({} of {})", scale.answered, scale.of),
        |value| shown(value, scale.decimals),
    );
    let band = scale.band.as_ref().map(|band| format!(", {}", band.label));
    Labelled {
        label: scale.name.clone(),
        value: value + &band.unwrap_or_default(),
    }
}

fn notes(form: &Instrument, score: Score) -> Vec<String> {
    // What is incomplete says so in its words already.
    let mut notes = if score.complete {
        score.notes
    } else {
        Vec::new()
    };
    if !form.on_request || score.answered == 0 {
        return notes;
    }
    for cut in score.positive {
        let reached = match cut.positive {
            Some(true) if score.complete => "yes",
            Some(true) => "yes, whatever the open answers are",
            Some(false) => "no",
            None => "still open",
        };
        notes.push(format!("{}: {reached}.", cut.label));
    }
    if let (Some(group), false) = (score.group, score.complete) {
        notes.push(format!(
            "{}, whatever the open answers are.",
            words::sentence_case(&group.label)
        ));
    }
    notes.extend(form.remarks.iter().map(|remark| remark.words.clone()));
    notes
}

/// Every source behind what is said of a score, each once.
fn sources(form: &Instrument) -> Vec<String> {
    let bands = form.bands.iter().map(|it| ("Bands", it.mark, &it.citation));
    let cuts = form
        .cuts
        .iter()
        .map(|it| ("Cut-off", it.mark, &it.citation));
    let groups = form
        .groups
        .iter()
        .map(|it| ("Groups", it.mark, &it.citation));
    let weights = form
        .weights
        .iter()
        .map(|it| ("Weights", it.mark, &it.citation));
    let scales = form
        .scales
        .iter()
        .map(|it| ("Parts", it.mark, &it.citation));
    let changes = form
        .scales
        .iter()
        .filter_map(|scale| scale.reliable_change.as_ref())
        .chain(&form.reliable_change)
        .map(|it| ("Change", it.mark, &it.citation));
    let remarks = form
        .remarks
        .iter()
        .map(|it| ("Note", it.mark, &it.citation));
    let mut seen = BTreeSet::new();
    bands
        .chain(cuts)
        .chain(groups)
        .chain(weights)
        .chain(scales)
        .chain(changes)
        .chain(remarks)
        .map(|(what, mark, citation)| format!("{what}: {citation} ({}).", mark.words()))
        .filter(|line| seen.insert(line.clone()))
        .collect()
}
