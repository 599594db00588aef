//! Which open question to ask next.

use std::collections::BTreeMap;

use serde::Serialize;

use super::evaluate::{Case, Proposal};
use super::part::Missing;
use crate::answer::Unanswered;
use crate::question::{Catalogue, QuestionKind};
use crate::ruleset::{Rule, Urgency};

/// The question that settles most, warning signs always first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextQuestion {
    /// The question's id, or a list's.
    pub question: String,
    /// Its words.
    pub text: String,
    /// The parts that wait for it.
    pub settles: Vec<&'static str>,
    /// Whether it is a warning sign.
    pub warning_sign: bool,
}

/// The next question, or none when nothing that may still be asked would settle anything.
///
/// A question that was declined, is not known or cannot be answered is not put again.
pub(super) fn next_question(made: &Proposal, case: &Case<'_>) -> Option<NextQuestion> {
    let parts = waiting_parts(made);
    let weights = weights(case);
    let may_ask = |missing: &&Missing| missing.state == Unanswered::NotAsked;
    let mut candidates: Vec<&Missing> = Vec::new();
    for missing in parts
        .iter()
        .flat_map(|(_, missing)| missing.iter())
        .filter(may_ask)
    {
        if !candidates
            .iter()
            .any(|known| known.question == missing.question)
        {
            candidates.push(missing);
        }
    }
    let order: BTreeMap<&str, usize> = Catalogue::shipped()
        .questions()
        .enumerate()
        .map(|(at, question)| (question.id.as_str(), at))
        .collect();
    let place = |id: &str| order.get(id).copied().unwrap_or(usize::MAX);
    let best = candidates.into_iter().max_by(|a, b| {
        let weight = |it: &Missing| weights.get(it.question.as_str()).copied().unwrap_or(0.0);
        is_warning_sign(&a.question)
            .cmp(&is_warning_sign(&b.question))
            .then(weight(a).total_cmp(&weight(b)))
            .then(place(&b.question).cmp(&place(&a.question)))
    })?;
    let waits = |missing: &[Missing]| missing.iter().any(|it| it.question == best.question);
    Some(NextQuestion {
        question: best.question.clone(),
        text: best.text.clone(),
        settles: parts
            .iter()
            .filter(|(_, it)| waits(it))
            .map(|(name, _)| *name)
            .collect(),
        warning_sign: is_warning_sign(&best.question),
    })
}

fn waiting_parts(made: &Proposal) -> [(&'static str, &[Missing]); 8] {
    [
        ("warning signs", &made.warning_signs.missing),
        ("urgency", &made.urgency.missing),
        ("lead", &made.lead.missing),
        ("dispositions", &made.dispositions.missing),
        ("strands", &made.strands.missing),
        ("pain type", &made.pain_type.missing),
        ("medicines flags", &made.medicine_flags.missing),
        ("prompts", &made.prompts.missing),
    ]
}

fn is_warning_sign(id: &str) -> bool {
    let question = Catalogue::shipped().question(id);
    question.is_some_and(|it| it.kind == QuestionKind::Feature || gates_a_warning_sign(id))
}

/// A question that decides whether warning signs arise is asked with them.
fn gates_a_warning_sign(id: &str) -> bool {
    Catalogue::shipped().questions().any(|question| {
        question.kind == QuestionKind::Feature
            && question
                .show_when
                .as_ref()
                .is_some_and(|condition| condition.question == id)
    })
}

/// What each open question is worth: rules that are urgent and nearly decided weigh most.
fn weights<'a>(case: &Case<'a>) -> BTreeMap<&'a str, f64> {
    let mut weights: BTreeMap<&str, f64> = BTreeMap::new();
    for rule in case.open() {
        let waiting = case.waiting(rule);
        let open = i32::try_from(waiting.len()).unwrap_or(i32::MAX);
        let weight = urgency_weight(rule) / 2_f64.powi(open.saturating_sub(1).min(60));
        for id in waiting.into_iter().flat_map(|fact| &fact.ask) {
            *weights.entry(id).or_default() += weight;
        }
    }
    weights
}

/// Four times as much for each step of urgency.
fn urgency_weight(rule: &Rule) -> f64 {
    let urgency = rule.then.urgency.unwrap_or(Urgency::Routine);
    let below = Urgency::ALL
        .iter()
        .filter(|other| **other > urgency)
        .count();
    4_f64.powi(i32::try_from(below).unwrap_or(0))
}
