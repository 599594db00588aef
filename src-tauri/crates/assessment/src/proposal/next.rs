//! Which open question to ask next.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Serialize;

use super::case::{Case, TurnedOut};
use super::evaluate::Proposal;
use super::part::Missing;
use crate::answer::Unanswered;
use crate::question::{Catalogue, Question, QuestionKind};
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
    let places = &*PLACES;
    let may_ask = |missing: &&Missing| missing.state == Unanswered::NotAsked;
    let mut seen = BTreeSet::new();
    let candidates = parts
        .iter()
        .flat_map(|(_, missing)| missing.iter())
        .filter(may_ask)
        .filter(|missing| seen.insert(missing.question.as_str()));
    let ranked = candidates.map(|missing| {
        let id = missing.question.as_str();
        let weight = weights.get(id).copied().unwrap_or(0.0);
        (
            places.get(id).copied().unwrap_or(Place::LAST),
            weight,
            missing,
        )
    });
    let (place, _, best) = ranked.max_by(|(a, a_weight, _), (b, b_weight, _)| {
        a.warning_sign
            .cmp(&b.warning_sign)
            .then(a_weight.total_cmp(b_weight))
            .then(b.order.cmp(&a.order))
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
        warning_sign: place.warning_sign,
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

/// Where a question stands among the others.
#[derive(Clone, Copy)]
struct Place {
    order: usize,
    warning_sign: bool,
}

impl Place {
    /// A list, or the birth date: after every question.
    const LAST: Self = Self {
        order: usize::MAX,
        warning_sign: false,
    };
}

/// The place of every question. One that decides whether warning signs arise counts as one.
static PLACES: LazyLock<BTreeMap<&'static str, Place>> = LazyLock::new(|| {
    let questions = || Catalogue::shipped().questions();
    let is_feature = |question: &&Question| question.kind == QuestionKind::Feature;
    let gates: BTreeSet<&str> = questions()
        .filter(is_feature)
        .filter_map(|question| question.show_when.as_ref())
        .map(|condition| condition.question.as_str())
        .collect();
    questions()
        .enumerate()
        .map(|(order, question)| {
            let id = question.id.as_str();
            let warning_sign = is_feature(&question) || gates.contains(id);
            (
                id,
                Place {
                    order,
                    warning_sign,
                },
            )
        })
        .collect()
});

/// What each open question is worth: rules that are urgent and nearly decided weigh most.
fn weights<'a>(case: &Case<'a>) -> BTreeMap<&'a str, f64> {
    let mut weights: BTreeMap<&str, f64> = BTreeMap::new();
    for TurnedOut { rule, waiting, .. } in case.open() {
        let open = i32::try_from(waiting.len()).unwrap_or(i32::MAX);
        let weight = urgency_weight(rule) / 2_f64.powi(open.saturating_sub(1).min(60));
        for id in waiting.iter().flat_map(|fact| &fact.ask) {
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
