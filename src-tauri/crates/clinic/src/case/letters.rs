//! Letters: what stands of each, who approved it, and what left.

use record::body::{Letter, LetterApproved, LetterSent};
use record::id::{EntryId, ItemId};

use super::{Case, Found, Held, slots};

/// One letter as it stands.
pub(crate) struct LetterNow<'a> {
    /// The values of its slot that stand: several did not see each other.
    pub(crate) held: Held<Found<'a, &'a Letter>>,
    /// The newest approval; none while there is none.
    pub(crate) approved: Option<Found<'a, &'a LetterApproved>>,
    /// What left, oldest first.
    pub(crate) sent: Vec<Found<'a, &'a LetterSent>>,
}

impl LetterNow<'_> {
    /// The entry that holds its words; none while nothing is written, or several stand.
    pub(crate) fn head(&self) -> Option<EntryId> {
        self.held.one().map(|found| found.placed.id)
    }

    /// Nothing was written since it was approved.
    pub(crate) fn is_approved(&self) -> bool {
        let approved = self.approved.as_ref().map(|found| found.body.head);
        approved.is_some() && approved == self.head()
    }

    /// The version on paper: the approved one, or the next while it is a draft.
    pub(crate) fn version(&self) -> u32 {
        match &self.approved {
            Some(found) if self.is_approved() => found.body.version,
            Some(found) => found.body.version.saturating_add(1),
            None => 1,
        }
    }
}

impl Case {
    /// A letter.
    pub(crate) fn letter(&self, letter: ItemId) -> LetterNow<'_> {
        let approved = self.held::<LetterApproved>(&slots::letter_approved(letter));
        // Two who approved the same words say the same; of two versions the later one counts.
        let newest = approved
            .all()
            .iter()
            .max_by_key(|found| (found.body.version, found.placed.entry.lamport));
        LetterNow {
            held: self.held(&slots::letter(letter)),
            approved: newest.cloned(),
            sent: self
                .appended::<LetterSent>()
                .into_iter()
                .filter(|found| found.body.letter == letter)
                .collect(),
        }
    }
}
