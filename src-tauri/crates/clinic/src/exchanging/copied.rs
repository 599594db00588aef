//! A copy of this laptop's disk that somebody went on with.

use record::body::Action;
use record::moment::Moment;

use crate::audit;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::words;

const SETTING: &str = "copied-disk";

impl Desk {
    /// Another computer has written under this laptop's name. The store has begun the laptop's next
    /// life; that is said to whoever is at work, and stands in the audit trail.
    pub(super) fn note_copied_disk(&mut self) -> Result<(), Refusal> {
        let now = self.now();
        let store = &self.sitting()?.opened.store;
        store.put_setting(SETTING, &Some(now))?;
        audit::note(self, Action::CopyFound, None, "")
    }
}

/// What has to be said of a copied disk, until somebody has read it.
pub fn copied_disk(desk: &Desk) -> Result<Option<String>, Refusal> {
    let found: Option<Option<Moment>> = desk.sitting()?.opened.store.setting(SETTING)?;
    Ok(found.flatten().map(|found| {
        format!(
            "{}: another computer has gone on with a copy of this laptop's record. Nothing is lost: what was written on both is kept, marked \"copied disk\", and shown as a conflict where it differs. Find the other computer, or ask an administrator to enrol this laptop anew.",
            words::staff_moment(found)
        )
    }))
}

/// Somebody has read it.
pub fn seen_copied_disk(desk: &mut Desk) -> Result<(), Refusal> {
    let store = &desk.sitting()?.opened.store;
    Ok(store.put_setting(SETTING, &None::<Moment>)?)
}
