//! All or nothing: what a use case writes in several steps.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use record::id::PatientId;

use super::Desk;
use crate::refusal::Refusal;

impl Desk {
    /// Runs `work` so that all it writes is on disk when this returns, or none of it: the program
    /// may be killed or the disk be full between any two of its steps. Inside another whole it is
    /// a part of that one.
    pub(crate) fn whole<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let sitting = self.sitting_mut()?;
        let viewed = sitting.viewed.clone();
        if !sitting.opened.store.begin().map_err(Refusal::NotSaved)? {
            return work(self);
        }
        // A fault of the program must not leave a beginning that swallows what is saved after it.
        match catch_unwind(AssertUnwindSafe(|| work(self))) {
            Ok(Ok(done)) => match self.sitting_mut()?.opened.store.keep() {
                Ok(()) => Ok(done),
                Err(error) => {
                    self.take_back(viewed);
                    Err(Refusal::NotSaved(error))
                }
            },
            Ok(Err(refusal)) => {
                self.take_back(viewed);
                Err(refusal)
            }
            Err(panic) => {
                self.take_back(viewed);
                resume_unwind(panic)
            }
        }
    }

    /// Nothing that was read or noted since the beginning holds any longer.
    fn take_back(&mut self, viewed: BTreeSet<PatientId>) {
        if let Some(sitting) = &mut self.sitting {
            sitting.opened.store.undo();
            sitting.shown = None;
            sitting.packs = None;
            sitting.in_service.take();
            sitting.listed = false;
            sitting.authorities.take();
            sitting.forks.take();
            sitting.known = None;
            sitting.clock.take();
            sitting.viewed = viewed;
        }
    }
}
