//! Entries that were made on the wrong patient, and where they belong.
//!
//! Their content is entered anew in the right patient's record, with what happened when and by
//! whom; then they leave the wrong patient's view. Both or neither reach the disk.

mod chosen;

pub(crate) use chosen::assessment_of;
pub(super) use chosen::moves_alone;

use std::collections::BTreeSet;

use record::body::{Action, AssessmentStarted, Item, Moved, MovedHere, RouteRecord};
use record::entry::{By, Happened, Slot};
use record::fold::Placed;
use record::id::{EntryId, ItemId, PatientId};

use super::open_patient;
use crate::assess::reason_of;
use crate::audit;
use crate::case::{Case, read};
use crate::desk::{Desk, Line, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{MoveForm, PatientView};
use crate::words;

/// Moves one entry, or a whole assessment with everything in it, to the right patient, whose name
/// and date of birth a person has checked.
pub fn move_entries(
    desk: &mut Desk,
    patient: String,
    form: MoveForm,
) -> Result<PatientView, Refusal> {
    desk.allow(Act::MoveEntries)?;
    let (from, to) = (patient_id(&patient)?, patient_id(&form.to)?);
    let reason = reason_of(&form.reason)?;
    if from == to {
        return Err(Refusal::field(
            "to",
            "This is the same patient. Choose the right one.",
        ));
    }
    desk.seal_typed(from)?;
    desk.seal_typed(to)?;
    check(&*desk.case(to)?, &form)?;
    let case = desk.case(from)?;
    let chosen = chosen::entries(&case, &form)?;
    let anew = chosen::anew(&case, &chosen);
    if anew.is_empty() {
        return Err(Refusal::plain(
            "None of this can be entered anew. Mark it as entered in error instead.",
        ));
    }
    let entries: Vec<EntryId> = chosen.iter().map(|placed| placed.id).collect();
    let count = words::count(entries.len(), "entry", "entries");
    desk.whole(|desk| {
        let made = enter_anew(desk, to, &anew)?;
        let here = MovedHere {
            from,
            entries: made,
            reason: reason.as_str().into(),
        };
        desk.write(to, vec![Line::appended(&here)?])?;
        // Their bytes belong to the right patient too from now on.
        let right = desk.case_beside(to)?;
        desk.keep_documents(&right, false)?;
        let moved = Moved {
            entries,
            to,
            reason: reason.as_str().into(),
        };
        desk.write(from, vec![Line::appended(&moved)?])?;
        for patient in [from, to] {
            audit::because(desk, Action::Moved, Some(patient), &count, reason.as_str())?;
        }
        Ok(())
    })?;
    open_patient(desk, patient)
}

/// Two identifiers of the right patient, checked by a person.
fn check(right: &Case, form: &MoveForm) -> Result<(), Refusal> {
    if let Some(field) = right.identity().conflict {
        return Err(Refusal::plain(format!(
            "The {field} of that patient is in conflict. Settle it before anything is moved there."
        )));
    }
    if !form.name_checked {
        return Err(Refusal::field(
            "name_checked",
            "Check the name of the right patient first.",
        ));
    }
    let born = right.identity().born;
    if born.is_none() || words::iso(form.born.trim()) != born {
        return Err(Refusal::field(
            "born",
            "This is not the date of birth on that record. Check that it is the right person.",
        ));
    }
    Ok(())
}

/// Writes the content in the order in which it was first written, in as many envelopes as one slot
/// has versions: a warning sign that was present and then changed is present and then changed.
fn enter_anew(desk: &mut Desk, to: PatientId, anew: &[&Placed]) -> Result<Vec<EntryId>, Refusal> {
    let known = ids(&*desk.case(to)?);
    let mut left: Vec<&Placed> = anew.to_vec();
    while !left.is_empty() {
        let right = desk.case(to)?;
        let mut slots: BTreeSet<Slot> = BTreeSet::new();
        let (now, later): (Vec<_>, Vec<_>) = left.into_iter().partition(|placed| {
            placed
                .entry
                .slot
                .clone()
                .is_none_or(|slot| slots.insert(slot))
        });
        let lines: Result<_, Refusal> = now.into_iter().map(|it| line(&right, it)).collect();
        desk.write(to, lines?)?;
        left = later;
    }
    let all = ids(&*desk.case(to)?);
    Ok(all.difference(&known).copied().collect())
}

fn ids(case: &Case) -> BTreeSet<EntryId> {
    case.record
        .everything()
        .iter()
        .map(|placed| placed.id)
        .collect()
}

/// The content of an entry as it is entered anew, with what it points to put right.
fn line(right: &Case, placed: &Placed) -> Result<Line, Refusal> {
    let line = Line {
        kind: placed.entry.kind.clone(),
        version: placed.entry.version,
        slot: placed.entry.slot.clone(),
        body: placed.entry.body.clone(),
        reason: placed.entry.reason.clone(),
        happened: Some(said_when(placed)),
    };
    let body = if let Some(found) = read::<AssessmentStarted>(placed) {
        record::cbor::to_value(&AssessmentStarted {
            referral: newest_referral(right),
            ..found.body
        })?
    } else if let Some(found) = read::<Item>(placed) {
        record::cbor::to_value(&Item {
            assessment: known_or_newest(right, found.body.assessment),
            ..found.body
        })?
    } else if let Some(found) = read::<RouteRecord>(placed) {
        record::cbor::to_value(&RouteRecord {
            assessment: found.body.assessment.map(|id| known_or_newest(right, id)),
            ..found.body
        })?
    } else {
        return Ok(line);
    };
    Ok(Line { body, ..line })
}

/// When and by whom something was said that is written once more.
pub(super) fn said_when(placed: &Placed) -> Happened {
    let entry = &placed.entry;
    entry.happened.clone().unwrap_or(Happened {
        at: entry.claimed,
        by: Some(By::Staff(entry.author)),
    })
}

fn newest_referral(right: &Case) -> Option<ItemId> {
    let referrals = right.referrals();
    let slot = referrals.first()?.placed.entry.slot.as_ref()?;
    slot.segments().nth(1)?.parse().ok()
}

/// The assessment an entry belongs to there: its own once that was moved, else the newest.
fn known_or_newest(right: &Case, assessment: ItemId) -> ItemId {
    let newest = right.assessments().first().map(|facts| facts.id);
    match right.assessment(assessment) {
        Some(facts) => facts.id,
        None => newest.unwrap_or(assessment),
    }
}
