//! What changed since the last decision, or since the person at work last looked.

use std::collections::BTreeSet;

use record::fold::Placed;
use record::id::{EntryId, ItemId};
use record::scope::Subject;

use super::choosing::says_something;
use crate::case::Case;
use crate::decide;
use crate::desk::Desk;
use crate::patient::in_words;
use crate::refusal::Refusal;
use crate::view::{Labelled, SinceView};
use crate::words;

/// Lines on the strip; more are counted. A design decision: what fits above the fold.
const LINES: usize = 6;

/// What was there at that moment, and what the moment is called.
struct Before {
    words: String,
    seen: BTreeSet<EntryId>,
}

/// What changed in a case; none where nobody looked at it before.
pub(super) fn since(
    desk: &Desk,
    case: &Case,
    assessment: ItemId,
) -> Result<Option<SinceView>, Refusal> {
    let Some(before) = before(desk, case, assessment)? else {
        return Ok(None);
    };
    let me = desk.staff()?;
    let names = desk.names()?;
    let mut all: Vec<&Placed> = case.record.timeline();
    all.retain(|placed| {
        placed.entry.author != me
            && !before.seen.contains(&placed.id)
            && says_something(&placed.entry)
            && case.restricted_note(placed).is_none()
    });
    all.reverse();
    // What a decision rests on stands first: it must not be among what is only counted.
    all.sort_by_key(|placed| decide::rests_on(case, placed).is_none());
    let more = all.len().saturating_sub(LINES);
    let lines = all.into_iter().take(LINES).map(|placed| {
        let name = names.get(&placed.entry.author);
        let name = name.map_or_else(
            || "Somebody not known here".to_owned(),
            |it| words::short_name(it),
        );
        Labelled {
            label: format!("{}, {name}", words::staff_moment(placed.entry.claimed)),
            value: in_words(placed),
        }
    });
    Ok(Some(SinceView {
        words: before.words,
        lines: lines.collect(),
        more: u32::try_from(more).unwrap_or(u32::MAX),
    }))
}

fn before(desk: &Desk, case: &Case, assessment: ItemId) -> Result<Option<Before>, Refusal> {
    if let Some(decision) = case.acted_on(assessment)
        && let Some(signed) = &decision.placed.entry.signed
    {
        let when = words::staff_moment(decision.placed.entry.claimed);
        let mut seen = case.record.seen_with(&signed.basis.heads);
        seen.extend(with(case, decision.placed));
        return Ok(Some(Before {
            words: format!("Since the decision of {when}"),
            seen,
        }));
    }
    let Some(look) = case.look_of(assessment, desk.staff()?) else {
        return Ok(None);
    };
    Ok(Some(Before {
        words: format!(
            "Since you looked, {}",
            words::staff_moment(look.entry.claimed)
        ),
        seen: kept_before(desk, case, look)?,
    }))
}

/// What stands in the same envelope was written in the same moment.
fn with(case: &Case, placed: &Placed) -> Vec<EntryId> {
    let all = case.record.timeline().into_iter();
    let beside = all.filter(|other| other.id.envelope == placed.id.envelope);
    beside.map(|other| other.id).collect()
}

/// What this laptop had kept of the record when a look was written here: exact, whatever the clocks
/// and counters of other laptops said. A look that was written on another laptop has what stands
/// before it by counter.
fn kept_before(desk: &Desk, case: &Case, look: &Placed) -> Result<BTreeSet<EntryId>, Refusal> {
    let sitting = desk.sitting()?;
    let here = sitting.opened.identity.device == look.device;
    let mut kept = BTreeSet::new();
    if let Subject::Patient(record) = look.subject
        && here
    {
        let envelopes = sitting
            .opened
            .store
            .envelopes_of(Subject::Patient(record))?;
        for envelope in &envelopes {
            kept.insert(envelope.id());
            if envelope.id() == look.id.envelope {
                break;
            }
        }
    }
    let all = case.record.timeline().into_iter();
    let seen = all.filter(|placed| {
        if here && placed.subject == look.subject {
            kept.contains(&placed.id.envelope)
        } else {
            placed.entry.lamport <= look.entry.lamport
        }
    });
    Ok(seen.map(|placed| placed.id).collect())
}
