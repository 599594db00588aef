//! Facts about safety: what calls for a conversation, and what came of it. There is no score.

use super::derive::highest;
use super::gather::{Fact, Facts};
use super::known::Known;
use crate::answer::Unanswered;

/// Whether anything said or answered calls for a conversation about safety.
///
/// Item 9 declined, not known or not answerable calls for it too. There is no score.
pub(super) fn self_harm_raised(facts: &Facts) -> Fact {
    let item = facts.known("phq-9-9");
    let item_raises = match item {
        Known::Open(Unanswered::NotAsked) => None,
        Known::Open(_) => Some(true),
        Known::NotApplicable => Some(false),
        known => Some(highest(known).is_some_and(|value| value > 0)),
    };
    let signs = ["self-harm-thoughts", "self-harm-concern"];
    if item_raises == Some(true) || signs.iter().any(|id| facts.known(id).is_yes()) {
        return Fact::yes_no(true);
    }
    let mut ask: Vec<String> = signs
        .iter()
        .filter(|id| !facts.known(id).is_no())
        .map(|&id| id.to_owned())
        .collect();
    if item_raises.is_none() {
        let question = if facts.known("phq-9-full").is_choice("now") {
            "phq-9-9"
        } else {
            "phq-9-full"
        };
        ask.push(question.to_owned());
    }
    if ask.is_empty() {
        return Fact::yes_no(false);
    }
    Fact {
        known: Known::Open(Unanswered::NotAsked),
        ask,
    }
}

/// What was decided about safety; "not needed" once nothing calls for it.
pub(super) fn self_harm_decision(facts: &Facts, raised: &Fact) -> Fact {
    let outcome = facts.known("self-harm-outcome");
    if !outcome.is_open() {
        return Fact::settled(outcome.clone());
    }
    if raised.known.is_no() {
        return Fact::settled(Known::choice("not-needed"));
    }
    let ask = if raised.known.is_yes() {
        vec!["self-harm-outcome".to_owned()]
    } else {
        raised.ask.clone()
    };
    Fact {
        known: outcome.clone(),
        ask,
    }
}

/// How soon a person with a safety plan is seen again: the clinician's choice, never a score's.
pub(super) fn safety_seen_again(facts: &Facts, decision: &Fact) -> Fact {
    if decision.known.is_choice("safety-plan") {
        let question = "self-harm-seen-again";
        let known = facts.known(question).clone();
        let ask = known.is_open().then(|| question.to_owned());
        return Fact {
            known,
            ask: ask.into_iter().collect(),
        };
    }
    if decision.known.is_open() {
        return decision.clone();
    }
    Fact::settled(Known::choice("not-needed"))
}
