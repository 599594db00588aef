//! A copy of this laptop's disk that somebody went on with.

use record::body::Action;

use crate::audit;
use crate::desk::Desk;
use crate::refusal::Refusal;

impl Desk {
    /// Another computer has written under this laptop's name. The store has begun the laptop's next
    /// life, and the sync screen names the fork for as long as it is in the journal; here it is
    /// written down when it was found.
    pub(super) fn note_copied_disk(&mut self) -> Result<(), Refusal> {
        audit::note(self, Action::CopyFound, None, "")
    }
}
