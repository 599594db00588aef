//! What is left in memory of the keys while nobody is at work.

use jiff::Timestamp;
use store::{LEAVE_LASTS, Leave};

use super::Desk;

/// Nobody is at work. The person's own keys are gone either way.
#[derive(Default)]
pub(crate) enum Away {
    /// No key of any kind is in memory.
    #[default]
    Sealed,
    /// Work that was running when the screen locked goes on with the data key.
    Locked {
        /// When the screen locked.
        since: Timestamp,
        /// Ends with the work, after [`LEAVE_LASTS`], or when the desk is sealed.
        leave: Leave,
    },
}

impl Desk {
    /// Nobody is at work any more: the sitting and its keys are gone. What runs keeps its leave.
    pub(crate) fn leave_desk(&mut self) {
        let since = self.now().at();
        if let Some(sitting) = self.sitting.take() {
            let leave = sitting.opened.leave();
            drop(sitting);
            self.away = Away::Locked { since, leave };
        }
        self.settle_away();
    }

    /// Ends what still runs, and leaves no key in memory.
    pub(crate) fn end_leave(&mut self) {
        if let Away::Locked { leave, .. } = std::mem::take(&mut self.away) {
            leave.end();
        }
    }

    /// Seals a locked desk when nothing runs any more, or when it has run for long enough.
    pub(crate) fn settle_away(&mut self) {
        let Away::Locked { since, leave } = &self.away else {
            return;
        };
        if !leave.is_held() || self.now().at().duration_since(*since) > LEAVE_LASTS {
            self.end_leave();
        }
    }
}
