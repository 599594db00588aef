//! From an answer to what is kept, and to what is to be done next.

mod plan;
mod pushed;
mod round;

use std::collections::BTreeSet;

use record::envelope::{Envelope, Stream};
use record::id::EnvelopeId;
use record::log::EventLog;

use crate::wire::{Answer, Failure};

use super::task::{Sent, Task};
use super::{Error, Exchange, Known, Step};

impl Exchange {
    pub(super) fn heed<L: EventLog + Known>(
        &mut self,
        sent: Sent,
        answer: Answer,
        log: &mut L,
    ) -> Result<Step, Error<L::Error>> {
        match (sent, answer) {
            (sent, Answer::Failed(failure)) => self.failed(&sent, failure),
            (Sent::Compare(mine), Answer::Same { time, erasures }) => {
                self.compared(&mine, None, (time, erasures), log)
            }
            (
                Sent::Compare(mine),
                Answer::Differ {
                    scopes,
                    time,
                    erasures,
                },
            ) => self.compared(&mine, Some(&scopes), (time, erasures), log),
            (
                Sent::Tips { scope, mine },
                Answer::Tips {
                    streams,
                    lacks,
                    ahead,
                },
            ) => self.plan(scope, &mine, &streams, &lacks, &ahead, log),
            (Sent::Push(offered), Answer::Kept { new, refused }) => {
                Ok(self.pushed(&offered, new, &refused, log))
            }
            (Sent::Pull(stream), Answer::Range { envelopes, more }) => {
                self.pulled(stream, &envelopes, more, log)
            }
            (Sent::Fetch(asked), Answer::Range { envelopes, more }) => {
                self.fetched(&asked, &envelopes, more, log)
            }
            (Sent::Introduce, Answer::Introduced) => {
                self.moved = true;
                Ok(self.done())
            }
            (Sent::NameErasures(named), Answer::Unknown { lacks }) => {
                Ok(self.unknown(named, &lacks))
            }
            (Sent::Erase(shown), Answer::Erased { erasures, refused }) => {
                Ok(self.erased(&shown, erasures, &refused))
            }
            _ => Err(Error::Unexpected),
        }
    }

    /// The task at the front has come to its end.
    fn done(&mut self) -> Step {
        self.tasks.pop_front();
        Step::default()
    }

    fn failed<E: std::error::Error>(
        &mut self,
        sent: &Sent,
        failure: Failure,
    ) -> Result<Step, Error<E>> {
        match (sent, failure) {
            // The server cannot be told who that is: what is offered again will be refused and
            // named.
            (Sent::Introduce, Failure::Certificates) => Ok(self.done()),
            (Sent::Tips { scope, .. }, Failure::NotEntitled) => {
                self.not_served.push(*scope);
                Ok(self.done())
            }
            _ => Err(failure.into()),
        }
    }

    fn pulled<L: EventLog + Known>(
        &mut self,
        stream: Stream,
        envelopes: &[Vec<u8>],
        more: bool,
        log: &mut L,
    ) -> Result<Step, Error<L::Error>> {
        let of_it = |it: &Envelope| it.header().stream() == stream;
        let (step, _) = self.receive(envelopes, Some(stream), of_it, log)?;
        // A range that brings nothing new would come again for ever.
        if !more || step.kept.new == 0 {
            self.tasks.pop_front();
        }
        Ok(step)
    }

    fn fetched<L: EventLog + Known>(
        &mut self,
        asked: &BTreeSet<EnvelopeId>,
        envelopes: &[Vec<u8>],
        more: bool,
        log: &mut L,
    ) -> Result<Step, Error<L::Error>> {
        let was_asked = |it: &Envelope| asked.contains(&it.id());
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
