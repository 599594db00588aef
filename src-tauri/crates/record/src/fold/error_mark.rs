//! `entered-in-error`: this entry should never have been made.

use std::collections::BTreeMap;

use crate::body::{Body, EnteredInError};
use crate::cbor;
use crate::entry::Kind;
use crate::id::EntryId;

use super::Placed;

/// Which entries are marked, and by which entry first in the order for display.
///
/// A mark cannot itself be marked: what holds again is written again. So the set of marked
/// entries only grows, whatever arrives in whatever order. A mark on an entry that has not
/// arrived yet holds from the moment it does.
pub(super) fn marks(placed: &BTreeMap<EntryId, Placed>) -> BTreeMap<EntryId, EntryId> {
    let mut marks: Vec<_> = placed.values().filter(|placed| is_mark(placed)).collect();
    // The last one collected stays, so the first in the order for display comes last.
    marks.sort_by_key(|mark| std::cmp::Reverse(mark.order()));
    marks
        .into_iter()
        .filter_map(|mark| Some((target(mark)?, mark.id)))
        .filter(|(target, _)| !placed.get(target).is_some_and(is_mark))
        .collect()
}

fn target(mark: &Placed) -> Option<EntryId> {
    cbor::from_value::<EnteredInError>(&mark.entry.body)
        .ok()
        .map(|body| body.entry)
}

fn is_mark(placed: &Placed) -> bool {
    placed.entry.kind == Kind::ENTERED_IN_ERROR && placed.entry.version == EnteredInError::VERSION
}
