//! `entered-in-error`: this entry should never have been made.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cbor;
use crate::entry::Kind;
use crate::id::EntryId;

use super::Placed;

/// The body of an `entered-in-error` entry.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorMark {
    /// The entry that should never have been made.
    pub entry: EntryId,
    /// Why, in the words of whoever says so.
    pub reason: String,
}

impl ErrorMark {
    /// The schema of this body.
    pub const VERSION: u16 = 1;
}

/// Shows which entry and not why, since the reason may hold a patient's words.
impl std::fmt::Debug for ErrorMark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ErrorMark")
            .field("entry", &self.entry)
            .finish_non_exhaustive()
    }
}

/// Which entries are marked, and by which entry first in the order for display.
///
/// A mark cannot itself be marked: what holds again is written again. So the set of marked
/// entries only grows, whatever arrives in whatever order. A mark on an entry that has not
/// arrived yet holds from the moment it does.
pub(super) fn marks(placed: &BTreeMap<EntryId, Placed>) -> BTreeMap<EntryId, EntryId> {
    let mut marks: Vec<_> = placed.values().filter(|placed| is_mark(placed)).collect();
    marks.sort_by_key(|mark| std::cmp::Reverse(mark.order()));
    marks
        .into_iter()
        .filter_map(|mark| {
            Some((
                cbor::from_value::<ErrorMark>(&mark.entry.body).ok()?.entry,
                mark.id,
            ))
        })
        .filter(|(target, _)| !placed.get(target).is_some_and(is_mark))
        .collect()
}

fn is_mark(placed: &Placed) -> bool {
    placed.entry.kind == Kind::ENTERED_IN_ERROR && placed.entry.version == ErrorMark::VERSION
}
