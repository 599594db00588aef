//! What arrived after the screen was drawn. Whoever answers that screen has not seen it, so what
//! they write stands beside it, in conflict where it differs, and never above it.

use std::collections::BTreeSet;
use std::sync::Arc;

use record::fold::Placed;
use record::id::PatientId;

use super::reading::Shown;
use super::{Desk, Sitting};
use crate::case::Case;

/// The record of whoever is on the screen, as the screen has it.
pub(crate) struct Unseen {
    patient: PatientId,
    seen: Arc<Case>,
    /// A view with what arrived has been made and will be on the screen.
    drawn: bool,
}

impl Sitting {
    /// Something arrived on these people. Whoever was on the screen is read anew if it was on them,
    /// or in the service's scope, by which everybody is read.
    pub(crate) fn arrived_on(
        &mut self,
        leads: &BTreeSet<PatientId>,
        shown: Option<Shown>,
        service: bool,
    ) {
        let (shown, other): (Option<Shown>, Option<Shown>) = match shown {
            Some(shown) if leads.contains(&shown.patient) => (Some(shown), None),
            other => (None, other),
        };
        self.shown = other.filter(|_| !service);
        let before = self
            .unseen
            .as_mut()
            .filter(|it| leads.contains(&it.patient));
        match (before, shown) {
            // Twice in a row: the screen still has what it had before the first.
            (Some(unseen), shown) => {
                if let Some(shown) = shown.filter(|it| unseen.drawn && it.patient == unseen.patient)
                {
                    unseen.seen = shown.written;
                }
                unseen.drawn = false;
            }
            (None, Some(shown)) => {
                self.unseen = Some(Unseen {
                    patient: shown.patient,
                    seen: shown.written,
                    drawn: false,
                });
            }
            (None, None) => {}
        }
    }

    /// Whoever is at work wrote this about a person, and so has seen it.
    pub(crate) fn wrote(&mut self, lead: PatientId, written: &[Placed]) {
        if let Some(unseen) = self.unseen.as_mut().filter(|it| it.patient == lead) {
            unseen.seen = Arc::new(unseen.seen.with(written.to_vec()));
        }
    }

    /// A view of this person is being made for the screen.
    pub(crate) fn drawing(&mut self, lead: PatientId) {
        if let Some(unseen) = self.unseen.as_mut().filter(|it| it.patient == lead) {
            unseen.drawn = true;
        }
    }

    /// The case that whoever is at work has seen of this person, where it is not all of it.
    pub(crate) fn seen_of(&self, lead: PatientId) -> Option<&Case> {
        let unseen = self.unseen.as_ref()?;
        (unseen.patient == lead).then_some(&*unseen.seen)
    }
}

impl Desk {
    /// The screen asks for something: what was drawn by what it asked before is seen now. To be
    /// called before each use case that a person asked for.
    pub fn turn(&mut self) {
        if let Some(sitting) = &mut self.sitting {
            sitting.unseen.take_if(|unseen| unseen.drawn);
        }
    }
}
