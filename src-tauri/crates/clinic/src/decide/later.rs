//! What a signature had not seen: what came after it or beside it, and what it relied on that has
//! since been taken back.

use std::collections::BTreeSet;

use assessment::question::{Catalogue, QuestionKind};
use record::body::{
    AnswerState, Answered, Death, Detail, EnteredInError, Item, ListState, Moved, Referral,
};
use record::fold::Placed;
use record::id::EntryId;

use crate::assess::{medicine_text as text, state_words};
use crate::case::{Case, identity_field};
use crate::route::route_of;

/// Medicines, allergies, warning signs and identity that a signature had not seen, in words.
pub(crate) fn not_seen(case: &Case, decision: &Placed) -> Vec<String> {
    let Some(signed) = &decision.entry.signed else {
        return Vec::new();
    };
    let seen = case.record.seen_with(&signed.basis.heads);
    let mut all = BTreeSet::new();
    for placed in case.record.timeline() {
        if seen.contains(&placed.id) || is_with(placed, decision) {
            continue;
        }
        if case.record.stands(&placed.id) {
            all.extend(rests_on(case, placed));
        }
        all.extend(taken_back(case, placed, &seen));
    }
    all.into_iter().collect()
}

/// The decision itself, and what stands before it in the same envelope, counts as seen.
fn is_with(placed: &Placed, decision: &Placed) -> bool {
    placed.id.envelope == decision.id.envelope && placed.id.index <= decision.id.index
}

/// What an entry changes that a decision rests on; none if nothing.
pub(crate) fn rests_on(case: &Case, placed: &Placed) -> Option<String> {
    if let Some(found) = case.read::<Answered>(placed) {
        return sign(found.body);
    }
    if let Some(found) = case.read::<Item>(placed) {
        return row(found.body);
    }
    if let Some(found) = case.read::<ListState>(placed) {
        return list_words(&found.body.list).map(str::to_owned);
    }
    if let Some(found) = case.read::<Detail>(placed) {
        return identity_field(&found.body.field).map(|field| format!("the {field}"));
    }
    if case.read::<Death>(placed).is_some() {
        return Some("whether the person has died".to_owned());
    }
    if let Some(found) = case.read::<Referral>(placed) {
        let signs = !found.body.warning_signs.is_empty();
        return signs.then(|| "a letter that states warning signs".to_owned());
    }
    unread(case, placed)
}

fn sign(body: &Answered) -> Option<String> {
    let question = Catalogue::shipped().question(&body.question)?;
    let is_sign = question.kind == QuestionKind::Feature || route_of(question).is_some();
    let state = state_words(&question.kind, &body.answer).to_lowercase();
    let state = match body.answer {
        AnswerState::Given { .. } => state,
        _ => format!("now {state}"),
    };
    is_sign.then(|| format!("a warning sign ({}: {state})", question.text))
}

fn row(body: &Item) -> Option<String> {
    let words = list_words(&body.list)?;
    let name = text(&body.fields, "substance").or_else(|| text(&body.fields, "name"));
    let off = if body.removed.is_empty() {
        ""
    } else {
        ", taken off the list"
    };
    Some(format!("{words} ({}{off})", name.unwrap_or_default()))
}

fn list_words(list: &str) -> Option<&'static str> {
    match list {
        "medicine" => Some("a medicine"),
        "allergy" => Some("an allergy"),
        _ => None,
    }
}

/// A newer version of Felloe wrote in a place that a decision rests on.
fn unread(case: &Case, placed: &Placed) -> Option<String> {
    let slot = placed.entry.slot.as_ref()?;
    let rests = ["answer", "detail", "item/medicine", "item/allergy"];
    let unread = case.is_unreadable::<Answered>(placed);
    (unread && rests.iter().any(|path| slot.is_under(path)))
        .then(|| "something a newer version of Felloe wrote".to_owned())
}

/// What the signature had seen and somebody has since marked as an error, or moved to another
/// patient.
fn taken_back(case: &Case, placed: &Placed, seen: &BTreeSet<EntryId>) -> Vec<String> {
    let (targets, how) = if let Some(mark) = case.read::<EnteredInError>(placed) {
        (vec![mark.body.entry], "made in error")
    } else if let Some(moved) = case.read::<Moved>(placed) {
        (moved.body.entries.clone(), "of another patient")
    } else {
        return Vec::new();
    };
    let seen = targets.iter().filter(|target| seen.contains(target));
    seen.filter_map(|target| case.record.entry(target))
        .filter_map(|target| rests_on(case, target))
        .map(|words| format!("that {words} was {how}"))
        .collect()
}
