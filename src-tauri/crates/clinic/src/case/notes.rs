//! Notes, and which of them are kept from whom.

use record::body::Note;
use record::fold::Placed;
use record::id::ItemId;

use super::{Case, Found, slots};

impl Case {
    /// Whether a note is restricted. Of several current values the restricted one holds (SAFETY 1
    /// and 16). One that was taken back altogether is restricted if it ever was.
    pub(crate) fn is_restricted(&self, note: ItemId) -> bool {
        let held = self.held::<Note>(&slots::note(note));
        match held.all() {
            [] => self
                .versions(note)
                .iter()
                .any(|found| found.body.restricted),
            now => now.iter().any(|found| found.body.restricted),
        }
    }

    /// Everything that was ever written in a note, oldest first.
    pub(crate) fn versions(&self, note: ItemId) -> Vec<Found<'_, &Note>> {
        let timeline = self.record.timeline().into_iter();
        timeline
            .filter_map(|placed| self.read::<Note>(placed))
            .filter(|found| found.body.note == note)
            .collect()
    }

    /// The note an entry is of, if it is restricted.
    pub(crate) fn restricted_note(&self, placed: &Placed) -> Option<ItemId> {
        let note = super::read::<Note>(placed)?.body.note;
        self.is_restricted(note).then_some(note)
    }
}
