//! From an answer to what is kept, and to what is to be done next.

mod plan;

use std::collections::BTreeSet;

use record::id::EnvelopeId;
use record::log::{EventLog, ScopeDigest, Tips};
use record::scope::Scope;

use crate::view;
use crate::wire::{Answer, Failure, Reason, Refused};

use super::check::note;
use super::task::{Offered, Sent, Task};
use super::{Error, Exchange, Known, MAX_ROUNDS, NotTaken, Step};

impl Exchange {
    pub(super) fn heed<L: EventLog + Known>(
        &mut self,
        sent: Sent,
        answer: Answer,
        log: &mut L,
    ) -> Result<Step, Error<L::Error>> {
        match (sent, answer) {
            (Sent::Compare(_), Answer::Same { time }) => {
                self.end(true);
                let step = self.all_acknowledged(&self.own.scopes(), log)?;
                Ok(Step {
                    server_time: Some(time),
                    ..step
                })
            }
            (Sent::Compare(mine), Answer::Differ { scopes, time }) => {
                let step = self.begin_round(&mine, &scopes, log)?;
                Ok(Step {
                    server_time: Some(time),
                    ..step
                })
            }
            (
                Sent::Tips { scope, mine },
                Answer::Tips {
                    streams,
                    lacks,
                    ahead,
                },
            ) => self.plan(scope, &mine, streams, &lacks, ahead, log),
            (Sent::Push(offered), Answer::Kept { new, refused }) => {
                Ok(self.pushed(&offered, new, &refused, log))
            }
            (Sent::Pull(stream), Answer::Range { envelopes, more }) => {
                let of_it = |it: &record::envelope::Envelope| it.header().stream() == stream;
                let (step, _) = self.receive(&envelopes, Some(stream), of_it, log)?;
                // A range that brings nothing new would come again for ever.
                if !more || step.kept.new == 0 {
                    self.tasks.pop_front();
                }
                Ok(step)
            }
            (Sent::Fetch(asked), Answer::Range { envelopes, more }) => {
                self.fetched(&asked, &envelopes, more, log)
            }
            (Sent::Introduce, Answer::Introduced) => {
                self.moved = true;
                self.tasks.pop_front();
                Ok(Step::default())
            }
            // The server cannot be told who that is; what is offered next will be refused and noted.
            (Sent::Introduce, Answer::Failed(Failure::Certificates)) => {
                self.tasks.pop_front();
                Ok(Step::default())
            }
            (Sent::Tips { scope, .. }, Answer::Failed(Failure::NotEntitled)) => {
                self.not_served.push(scope);
                self.tasks.pop_front();
                Ok(Step::default())
            }
            (_, Answer::Failed(failure)) => Err(failure.into()),
            _ => Err(Error::Unexpected),
        }
    }

    /// Ends the exchange. It is up to date only if nothing was refused on the way.
    fn end(&mut self, same: bool) {
        self.tasks.clear();
        self.up_to_date = same
            && self.refused_here.is_empty()
            && self.refused_there.is_empty()
            && self.not_served.is_empty();
    }

    fn begin_round<L: EventLog>(
        &mut self,
        mine: &[(Scope, ScopeDigest)],
        theirs: &[(Scope, ScopeDigest)],
        log: &L,
    ) -> Result<Step, Error<L::Error>> {
        let of = |scope| theirs.iter().find(|(other, _)| *other == scope);
        let mut same = Vec::new();
        let mut differ = Vec::new();
        self.not_served.clear();
        for (scope, digest) in mine {
            match of(*scope) {
                None => self.not_served.push(*scope),
                Some((_, other)) if other == digest => same.push(*scope),
                Some(_) => differ.push(*scope),
            }
        }
        let step = self.all_acknowledged(&same, log)?;
        let stuck = self.round > 0 && !self.moved;
        if differ.is_empty() || stuck || self.round == MAX_ROUNDS {
            self.end(differ.is_empty());
            return Ok(step);
        }
        self.round += 1;
        self.moved = false;
        // What was refused may be taken now; what is still refused is noted again.
        self.refused_here.clear();
        self.refused_there.clear();
        self.tasks = differ.into_iter().map(Task::Tips).collect();
        self.tasks.push_back(Task::Compare);
        Ok(step)
    }

    /// Where the digests are equal the hub server has all that is held here.
    fn all_acknowledged<L: EventLog>(
        &self,
        scopes: &[Scope],
        log: &L,
    ) -> Result<Step, Error<L::Error>> {
        let mut step = Step::default();
        for scope in scopes {
            let tips = view::tips(log, &self.own, *scope).map_err(Error::Log)?;
            step.acknowledged.extend(tips);
            let ahead = view::ahead(log, &self.own, *scope).map_err(Error::Log)?;
            step.acknowledged_ids.extend(ahead);
        }
        Ok(step)
    }

    fn pushed<L: Known>(
        &mut self,
        offered: &[Offered],
        new: u64,
        refused: &[Refused],
        known: &L,
    ) -> Step {
        self.moved |= new > 0;
        let reason_of = |place: usize| {
            let mut refused = refused.iter();
            let found = refused.find(|it| usize::try_from(it.index) == Ok(place))?;
            Some(found.reason)
        };
        let mut step = Step::default();
        let mut strangers = Vec::new();
        for (place, one) in offered.iter().enumerate() {
            match reason_of(place) {
                None => step.acknowledged_ids.push(one.id),
                Some(Reason::UnknownDevice) if self.may_introduce(one, known) => {
                    strangers.push(*one);
                }
                Some(reason) => note(
                    &mut self.refused_there,
                    NotTaken {
                        stream: Some(one.stream),
                        id: Some(one.id),
                        reason,
                    },
                ),
            }
        }
        self.progress.sent += step.acknowledged_ids.len() as u64;
        self.progress.to_send = self.progress.to_send.max(self.progress.sent);
        step.acknowledged = self.go_on(offered, refused.is_empty());
        let nothing_taken = refused.len() >= offered.len() && strangers.is_empty();
        if nothing_taken && matches!(self.tasks.front(), Some(Task::Offer { .. })) {
            // What follows would fare no better.
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
                if all_taken { vec![tips] } else { Vec::new() }
            }
            Some(Task::OfferIds(ids)) => {
                let gone: BTreeSet<_> = offered.iter().map(|it| it.id).collect();
                ids.retain(|id| !gone.contains(id));
                Vec::new()
            }
            Some(Task::OfferAhead { theirs, .. }) => {
                theirs.extend(offered.iter().map(|it| it.id));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn may_introduce<L: Known>(&self, one: &Offered, known: &L) -> bool {
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

    fn fetched<L: EventLog + Known>(
        &mut self,
        asked: &BTreeSet<EnvelopeId>,
        envelopes: &[Vec<u8>],
        more: bool,
        log: &mut L,
    ) -> Result<Step, Error<L::Error>> {
        let was_asked = |it: &record::envelope::Envelope| asked.contains(&it.id());
        let (mut step, proven) = self.receive(envelopes, None, was_asked, log)?;
        if let Some(Task::Fetch(ids)) = self.tasks.front_mut() {
            if more && !proven.is_empty() {
                ids.retain(|id| !proven.contains(id));
            } else {
                // What did not come is not there any more, or is not to be had.
                ids.retain(|id| !asked.contains(id));
            }
        }
        // It waits on that server's disk, and may wait for ever.
        step.acknowledged_ids = proven;
        Ok(step)
    }
}
