//! A letter as the screen shows it.

use std::collections::BTreeMap;

use record::fold::Placed;
use record::id::{EntryId, ItemId, PatientId, StaffId};

use super::content::{self, Reader};
use super::copies::file_name;
use super::draft::{Draft, PartNow};
use super::hold::holds;
use super::letter_id;
use crate::banner::banner;
use crate::case::{Case, LetterNow};
use crate::decide::lead_words;
use crate::desk::Desk;
use crate::patient::in_words;
use crate::readability::reading_age;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{LetterKind, LetterPartView, LetterSource, LetterView, Phrase};
use crate::words;

pub(super) fn view(
    desk: &mut Desk,
    patient: PatientId,
    assessment: ItemId,
    to: &str,
) -> Result<LetterView, Refusal> {
    let saved_at = desk.last_saved(patient)?.map(words::clock_seconds);
    let draft = Draft::of(desk, patient, assessment, to)?;
    let names = desk.names()?;
    let letter = draft.case.letter(draft.id);
    let parts = draft
        .parts
        .iter()
        .map(|part| part_view(part, &draft, &names));
    Ok(LetterView {
        assessment: assessment.to_string(),
        to: to.to_owned(),
        title: draft.spec.title.clone(),
        banner: banner(desk, &draft.case, None)?,
        kinds: kinds(&draft.case, &draft.decision),
        version: letter.version(),
        addressee: draft.addressee.clone(),
        for_patient: draft.spec.reader == Reader::Patient,
        parts: parts.collect(),
        decision: decision(&draft, &names),
        approved: approved(&letter, &names),
        changed_since_approved: letter.approved.is_some()
            && (!letter.is_approved() || !draft.stale().is_empty()),
        missing: draft.missing(),
        holds: holds(&draft, desk.now()),
        sent: sent(&letter),
        file_name: file_name(&draft),
        saved_at,
        may_write: desk.may(Act::Assess)?,
        may_approve: desk.may(Act::ApproveLetters)?,
        may_send: desk.may(Act::SendLetters)?,
    })
}

fn part_view(part: &PartNow, draft: &Draft, names: &BTreeMap<StaffId, String>) -> LetterPartView {
    let phrases = part.spec.phrases.iter();
    let phrases = phrases.filter(|phrase| phrase.fits(&draft.lead, draft.primary));
    let for_patient = draft.spec.reader == Reader::Patient;
    LetterPartView {
        id: part.spec.id.clone(),
        title: part.spec.title.clone(),
        hint: part.spec.hint.clone(),
        phrases: phrases
            .map(|phrase| Phrase {
                text: phrase.text.clone(),
                source: format!("{} [{}]", phrase.source, phrase.mark),
            })
            .collect(),
        reading_age: reading_age(&part.text).filter(|_| for_patient),
        drafted: part.is_drafted(),
        needed: part.spec.needed,
        sources: sources(&draft.case, &part.from, names),
        changed: part.is_stale(),
        fresh: part.fresh.text.clone(),
        text: part.text.clone(),
    }
}

/// What each fact rests on, in the order in which it was written.
fn sources(case: &Case, from: &[EntryId], names: &BTreeMap<StaffId, String>) -> Vec<LetterSource> {
    let mut entries: Vec<&Placed> = from.iter().filter_map(|id| case.record.entry(id)).collect();
    entries.sort_by_key(|placed| (placed.entry.lamport, placed.id));
    entries
        .into_iter()
        .map(|placed| LetterSource {
            words: in_words(placed),
            who: said_by(placed, names),
        })
        .collect()
}

fn said_by(placed: &Placed, names: &BTreeMap<StaffId, String>) -> String {
    let when = words::staff_moment(placed.entry.took_place());
    match names.get(&placed.entry.author) {
        Some(name) => format!("{when}, {}", words::short_name(name)),
        None => when,
    }
}

fn decision(draft: &Draft, names: &BTreeMap<StaffId, String>) -> String {
    let signed = draft.case.record.entry(&draft.decision);
    let by = signed.map(|placed| said_by(placed, names));
    format!("{}, {}", lead_words(&draft.lead), by.unwrap_or_default())
}

fn approved(letter: &LetterNow<'_>, names: &BTreeMap<StaffId, String>) -> Option<String> {
    let found = letter.approved.as_ref()?;
    let who = names.get(&found.placed.entry.author).cloned();
    Some(format!(
        "Version {}, approved {} by {}",
        found.body.version,
        words::staff_moment(found.placed.entry.claimed),
        who.unwrap_or_else(|| "somebody not known here".into())
    ))
}

fn sent(letter: &LetterNow<'_>) -> Vec<String> {
    let all = letter.sent.iter();
    all.map(|found| {
        format!(
            "Version {} {} {}",
            found.body.version,
            found.body.how,
            words::staff_moment(found.placed.entry.claimed)
        )
    })
    .collect()
}

fn kinds(case: &Case, decision: &EntryId) -> Vec<LetterKind> {
    let state = |to: &str| {
        let letter = case.letter(letter_id(decision, to));
        if !letter.sent.is_empty() {
            "Sent"
        } else if letter.is_approved() {
            "Approved"
        } else if letter.held.all().is_empty() {
            "Not written"
        } else {
            "Draft"
        }
    };
    content::letters()
        .iter()
        .map(|spec| LetterKind {
            to: spec.to.clone(),
            title: spec.title.clone(),
            state: state(&spec.to).into(),
        })
        .collect()
}
