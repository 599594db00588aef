//! What came after a signature, which therefore had not seen it.

use std::collections::BTreeSet;

use record::fold::Placed;
use record::id::EntryId;

use crate::case::Case;

/// Medicines, allergies, warning signs and identity that a signature had not seen.
pub(super) fn not_seen(case: &Case, decision: &Placed) -> Vec<String> {
    let Some(signed) = &decision.entry.signed else {
        return Vec::new();
    };
    let seen: BTreeSet<EntryId> = signed.basis.heads.iter().copied().collect();
    let mut all = BTreeSet::new();
    for placed in case.record.timeline() {
        let slot = placed
            .entry
            .slot
            .as_ref()
            .map(record::entry::Slot::as_str)
            .unwrap_or_default();
        let what = match slot.split('/').next() {
            Some("answer") => sign_words(slot),
            Some("item") if slot.starts_with("item/medicine") => Some("a medicine".to_owned()),
            Some("item") if slot.starts_with("item/allergy") => Some("an allergy".to_owned()),
            Some("detail") => Some("a detail of identity".to_owned()),
            _ => None,
        };
        let later = placed.entry.lamport >= decision.entry.lamport || !covered(case, placed, &seen);
        if let Some(what) =
            what.filter(|_| later && placed.id != decision.id && !seen.contains(&placed.id))
        {
            all.insert(what);
        }
    }
    all.into_iter().collect()
}

/// A head that was seen covers what it replaced.
fn covered(case: &Case, placed: &Placed, seen: &BTreeSet<EntryId>) -> bool {
    let Some(slot) = &placed.entry.slot else {
        return true;
    };
    let mut open: Vec<EntryId> = case
        .record
        .timeline()
        .into_iter()
        .filter(|other| other.entry.slot.as_ref() == Some(slot) && seen.contains(&other.id))
        .map(|other| other.id)
        .collect();
    let mut visited = BTreeSet::new();
    while let Some(id) = open.pop() {
        if id == placed.id {
            return true;
        }
        if visited.insert(id)
            && let Some(entry) = case.record.entry(&id)
        {
            open.extend(entry.entry.parents.iter().copied());
        }
    }
    false
}

fn sign_words(slot: &str) -> Option<String> {
    let question = slot.rsplit('/').next()?;
    let question = assessment::question::Catalogue::shipped().question(question)?;
    (question.kind == assessment::question::QuestionKind::Feature)
        .then(|| "a warning sign".to_owned())
}
