//! What is left in memory of the keys while nobody is at work.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use jiff::Timestamp;
use record::keys::SigningKey;
use store::{LEAVE_LASTS, Leave};
use zeroize::Zeroizing;

use super::{Desk, Sitting};

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
        /// The open record, without anything of the person who left, for the exchange with the hub
        /// server that is running. No use case reaches it.
        line: Option<Box<Sitting>>,
    },
}

/// Whether a step of the exchange is done while the screen is locked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum AtLock {
    /// Somebody is at work, or nothing goes on.
    #[default]
    No,
    /// The exchange that was running goes on.
    GoesOn,
    /// It is over with this step, and its keys go.
    Over,
}

impl Desk {
    /// Nobody is at work any more: the sitting and its keys are gone. What runs keeps its leave.
    pub(crate) fn leave_desk(&mut self) {
        let since = self.now().at();
        let goes_on = crate::line::goes_on(self);
        if let Some(sitting) = self.sitting.take() {
            let leave = sitting.opened.leave();
            let line = goes_on.then(|| Box::new(self.without_the_person(sitting)));
            self.away = Away::Locked { since, leave, line };
        }
        self.settle_away();
    }

    /// The open record without the keys, the PIN, the sheet and the screen of whoever was at work.
    fn without_the_person(&mut self, mut sitting: Sitting) -> Sitting {
        // The key of nobody: nothing that is signed with it counts anywhere.
        sitting.opened.signing = SigningKey::from_seed(&Zeroizing::new(self.random()));
        drop(sitting.opened.take_root());
        sitting.pin = None;
        sitting.sheet = None;
        // Each holds the key of a document.
        sitting.attaching = None;
        sitting.on_screen = None;
        // And this the key of the bundle that was being read.
        sitting.bundle = None;
        sitting.shown = None;
        sitting.unseen = None;
        sitting.viewed.clear();
        sitting.reviewed.clear();
        sitting.unread.clear();
        sitting
    }

    /// Ends what still runs, and leaves no key in memory.
    pub(crate) fn end_leave(&mut self) {
        if let Away::Locked { leave, .. } = std::mem::take(&mut self.away) {
            leave.end();
        }
    }

    /// Closes the record to the exchange: somebody is about to open it, or another one.
    pub(crate) fn end_line(&mut self) {
        if let Away::Locked { line, .. } = &mut self.away {
            *line = None;
        }
    }

    /// Seals a locked desk when nothing runs any more, or when it has run for long enough.
    pub(crate) fn settle_away(&mut self) {
        let Away::Locked { since, leave, .. } = &self.away else {
            return;
        };
        if !leave.is_held() || self.now().at().duration_since(*since) > LEAVE_LASTS {
            self.end_leave();
        }
    }

    /// Does one step of the exchange; while the screen is locked, with the record that was left to
    /// it. Outside such a step a locked desk has no sitting, whatever happens in it.
    pub(crate) fn on_the_line<T>(&mut self, step: impl FnOnce(&mut Self) -> T) -> T {
        let left = match (&self.sitting, &mut self.away) {
            (None, Away::Locked { line, .. }) => line.take(),
            _ => None,
        };
        let Some(left) = left else {
            return step(self);
        };
        self.sitting = Some(*left);
        self.at_lock = AtLock::GoesOn;
        let done = catch_unwind(AssertUnwindSafe(|| step(self)));
        let over = std::mem::take(&mut self.at_lock) == AtLock::Over || done.is_err();
        let back = self.sitting.take();
        if let (Away::Locked { line, .. }, false) = (&mut self.away, over) {
            *line = back.map(Box::new);
        } else {
            drop(back);
            self.settle_away();
        }
        done.unwrap_or_else(|panic| resume_unwind(panic))
    }
}
