//! Erasures are told to a hub server before anything else is: it cannot read that two people signed
//! them, and would go on to keep and give out what is to be gone.

use record::warrant::{ErasuresDigest, Proof, WarrantId};

use crate::wire::NotErased;

use super::task::Task;
use super::{Exchange, Known, Step};

/// Which erasures a device and a hub server knew when the hub server last knew all of the device's.
/// While both stay so, nothing has to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreed {
    ours: ErasuresDigest,
    theirs: ErasuresDigest,
}

/// What has been told in this exchange.
#[derive(Debug, Default)]
pub(super) struct Telling {
    before: Option<Agreed>,
    /// What both know now; none until the first comparison was answered.
    now: Option<Agreed>,
}

impl Exchange {
    /// Goes on from what an earlier exchange with the same hub server agreed on. Without it, and
    /// where the two do not know the same erasures, each is named once.
    #[must_use]
    pub fn having_agreed(mut self, before: Option<Agreed>) -> Self {
        self.telling.before = before;
        self
    }

    /// What the two agree on, for the next exchange; none while it goes on, and where the hub server
    /// did not carry an erasure out.
    pub fn agreed(&self) -> Option<Agreed> {
        let over = self.tasks.is_empty() && self.under_way.is_none();
        self.telling
            .now
            .filter(|_| over && self.not_erased.is_empty())
    }

    /// Puts first that the hub server is told of erasures, when it may not know one. Once in an
    /// exchange, so that a server that forgets again and again is not waited for.
    pub(super) fn tell_erasures<L: Known>(&mut self, theirs: ErasuresDigest, known: &L) -> bool {
        if self.telling.now.is_some() {
            return false;
        }
        let mut proofs = known.erasures();
        proofs.retain(|proof| proof.id().is_some());
        let ids: Vec<_> = proofs.iter().filter_map(Proof::id).collect();
        let ours = ErasuresDigest::of(&ids);
        let now = Agreed { ours, theirs };
        self.telling.now = Some(now);
        if proofs.is_empty() || ours == theirs || self.telling.before == Some(now) {
            return false;
        }
        self.tasks.push_front(Task::NameErasures(proofs));
        true
    }

    /// Of those that were named, these are to be shown.
    pub(super) fn unknown(&mut self, named: usize, lacks: &[u32]) -> Step {
        if let Some(Task::NameErasures(proofs)) = self.tasks.front_mut() {
            let first: Vec<Proof> = proofs.drain(..named.min(proofs.len())).collect();
            let lacking = (0_u32..)
                .zip(first)
                .filter(|(place, _)| lacks.contains(place));
            let lacking = lacking.map(|(_, proof)| proof).collect();
            self.tasks.push_front(Task::Erase(lacking));
        }
        Step::default()
    }

    /// What was shown has been carried out, but for these.
    pub(super) fn erased(
        &mut self,
        shown: &[WarrantId],
        theirs: ErasuresDigest,
        refused: &[NotErased],
    ) -> Step {
        if let Some(Task::Erase(proofs)) = self.tasks.front_mut() {
            proofs.drain(..shown.len().min(proofs.len()));
        }
        if let Some(now) = &mut self.telling.now {
            now.theirs = theirs;
        }
        for one in refused {
            let place = usize::try_from(one.index).ok();
            let id = place.and_then(|place| shown.get(place));
            self.not_erased.extend(id.map(|id| (*id, one.reason)));
        }
        Step::default()
    }
}
