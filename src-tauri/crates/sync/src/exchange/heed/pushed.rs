//! What became of envelopes that were sent.

use std::collections::BTreeSet;

use record::log::Tips;

use crate::wire::{Reason, Refused};

use super::super::check::note;
use super::super::task::{Offered, Task};
use super::super::{Exchange, Known, NotTaken, Step};

impl Exchange {
    pub(super) fn pushed<L: Known>(
        &mut self,
        offered: &[Offered],
        new: u64,
        refused: &[Refused],
        known: &L,
    ) -> Step {
        self.moved |= new > 0;
        let mut step = Step::default();
        let mut strangers = Vec::new();
        for (place, one) in (0_u32..).zip(offered) {
            match refused.iter().find(|it| it.index == place) {
                None => step.acknowledged_ids.push(one.id),
                Some(it) if it.reason == Reason::UnknownDevice && self.may_meet(one, known) => {
                    strangers.push(*one);
                }
                Some(it) => {
                    let not_taken = NotTaken {
                        stream: Some(one.stream),
                        id: Some(one.id),
                        reason: it.reason,
                    };
                    note(&mut self.refused_there, not_taken);
                }
            }
        }
        self.progress.sent += step.acknowledged_ids.len() as u64;
        self.progress.to_send = self.progress.to_send.max(self.progress.sent);
        step.acknowledged = self.go_on(offered, refused.is_empty());
        let nothing_taken = step.acknowledged_ids.is_empty() && strangers.is_empty();
        if nothing_taken && matches!(self.tasks.front(), Some(Task::Offer { .. })) {
            // What follows on the stream would fare no better.
            self.tasks.pop_front();
        }
        self.introduce(&strangers, known);
        step
    }

    /// Moves the task at the front past what was offered. Gives what of its stream the hub server
    /// has for certain now.
    fn go_on(&mut self, offered: &[Offered], all_taken: bool) -> Vec<Tips> {
        match self.tasks.front_mut() {
            Some(Task::Offer { stream, theirs }) => {
                for one in offered {
                    if let Some(before) = &one.before {
                        theirs.remove(before);
                    }
                    theirs.insert(one.place);
                }
                let tips = Tips {
                    stream: *stream,
                    tails: theirs.iter().copied().collect(),
                };
                return if all_taken { vec![tips] } else { Vec::new() };
            }
            Some(Task::OfferIds(ids)) => {
                let gone: BTreeSet<_> = offered.iter().map(|it| it.id).collect();
                ids.retain(|id| !gone.contains(id));
            }
            Some(Task::OfferAhead { theirs, .. }) => {
                theirs.extend(offered.iter().map(|it| it.id));
            }
            _ => {}
        }
        Vec::new()
    }

    fn may_meet<L: Known>(&self, one: &Offered, known: &L) -> bool {
        !self.introduced.contains(&one.device()) && known.chain_of(one.device()).is_some()
    }

    /// Introduces the devices the server does not know, then offers theirs again.
    fn introduce<L: Known>(&mut self, strangers: &[Offered], known: &L) {
        if strangers.is_empty() {
            return;
        }
        let again = strangers.iter().map(|it| it.id).collect();
        self.tasks.push_front(Task::OfferIds(again));
        let devices: BTreeSet<_> = strangers.iter().map(Offered::device).collect();
        for device in devices {
            self.introduced.insert(device);
            if let Some(chain) = known.chain_of(device) {
                self.tasks.push_front(Task::Introduce(chain));
            }
        }
    }
}
