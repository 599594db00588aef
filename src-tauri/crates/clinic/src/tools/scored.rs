//! A questionnaire's score.

use std::collections::BTreeMap;

use assessment::instrument::{Instrument, Score, shown};
use assessment::nearest::nearest;
use serde::Serialize;

use crate::refusal::Refusal;
use crate::view::Figure;
use crate::words;

/// A score without a patient.
#[derive(Debug, Clone, Serialize)]
pub struct ScoreAnswer {
    /// Instrument id.
    pub instrument: String,
    /// Version of its content.
    pub version: String,
    /// Every scored item is answered.
    pub complete: bool,
    /// Scored items answered.
    pub answered: usize,
    /// Scored items.
    pub of: usize,
    /// The total, only when complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<Figure>,
    /// Lowest total still possible.
    pub lowest: Figure,
    /// Highest total still possible.
    pub highest: Figure,
    /// Band beside the total, only when complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
    /// Scales: id -> figure, absent while too few of their items are answered.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub scales: BTreeMap<String, Figure>,
    /// Group, only when no open answer can change it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Answers side by side, of a form that is read so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Cut-offs: label -> positive, absent while it is open.
    pub positive: BTreeMap<String, bool>,
    /// Prompts to the clinician.
    pub notes: Vec<String>,
    /// The whole in words.
    #[serde(skip)]
    pub words: String,
}

/// Scores an instrument from answers such as `2,2,2,-,1,1,0,0,0`.
pub fn score(instrument: &str, answers: &str) -> Result<ScoreAnswer, Refusal> {
    let form = Instrument::by_id(instrument).ok_or_else(|| unknown(instrument))?;
    let values = read(answers)?;
    let score = form
        .score(&values)
        .map_err(|error| Refusal::plain(error.to_string()))?;
    let words = in_words(form, &score);
    Ok(ScoreAnswer {
        instrument: form.id.clone(),
        version: form.version.clone(),
        complete: score.complete,
        answered: score.answered,
        of: score.of,
        total: score.total.map(Figure),
        lowest: Figure(score.lowest),
        highest: Figure(score.highest),
        scales: score
            .scales
            .into_iter()
            .filter_map(|scale| scale.value.map(|value| (scale.id, Figure(value))))
            .collect(),
        group: score.group.map(|group| group.label),
        profile: score.profile,
        band: score.band.map(|band| band.label),
        positive: score
            .positive
            .into_iter()
            .filter_map(|cut| cut.positive.map(|positive| (cut.label, positive)))
            .collect(),
        notes: score.notes,
        words,
    })
}

fn unknown(instrument: &str) -> Refusal {
    let known: Vec<String> = Instrument::shipped()
        .iter()
        .map(|form| form.id.clone())
        .collect();
    let meant = nearest(instrument, known.iter().map(String::as_str))
        .map(|near| format!(" Did you mean {near}?"))
        .unwrap_or_default();
    Refusal::plain(format!(
        "There is no instrument \"{instrument}\" here.{meant} Known are {}.",
        words::listed(&known)
    ))
}

/// `-` stands where there is no answer.
fn read(answers: &str) -> Result<Vec<Option<i64>>, Refusal> {
    let one = |(at, text): (usize, &str)| {
        match text.trim() {
        "-" => Ok(None),
        text => text.parse().map(Some).map_err(|_| {
            Refusal::plain(format!(
                "Answer {} is not a number. Write numbers and commas, and - where there is no answer.",
                at + 1
            ))
        }),
    }
    };
    answers.split(',').enumerate().map(one).collect()
}

fn in_words(form: &Instrument, score: &Score) -> String {
    let figure = |value| shown(value, form.decimals);
    let mut parts = Vec::new();
    if form.has_total() {
        parts.push(match score.total {
            Some(total) => figure(total),
            None => format!(
                "incomplete ({} of {}), {} to {} possible",
                score.answered,
                score.of,
                figure(score.lowest),
                figure(score.highest)
            ),
        });
    }
    parts.extend(score.band.iter().map(|band| band.label.clone()));
    parts.extend(
        score
            .profile
            .iter()
            .map(|profile| format!("profile {profile}")),
    );
    parts.extend(score.scales.iter().map(|scale| {
        let value = scale.value.map_or_else(
            || format!("incomplete ({} of {})", scale.answered, scale.of),
            |value| shown(value, scale.decimals),
        );
        format!("{} {value}", scale.name)
    }));
    parts.extend(score.group.iter().map(|group| group.label.clone()));
    // The forms of every assessment are known by their bands; of the others a cut may be all.
    let cuts = score.positive.iter().filter(|_| form.on_request);
    parts.extend(cuts.filter_map(|cut| {
        let reached = if cut.positive? { "yes" } else { "no" };
        Some(format!("{}: {reached}", cut.label))
    }));
    format!("{}: {}", form.name, parts.join(", "))
}
