//! From where a scope differs to what is to be sent and what is to be taken.

use std::collections::BTreeSet;

use record::envelope::Stream;
use record::id::EnvelopeId;
use record::log::{EventLog, Tail, Tips};
use record::scope::Scope;

use super::super::task::Task;
use super::super::{Error, Exchange, Step};

impl Exchange {
    /// What only this side has is sent first; then what waits on the server is taken, then the
    /// streams. Where both have what the other lacks, the stream has forked: it is taken first, so
    /// that it is plain where the branches part, and then this side's branch is sent.
    pub(super) fn plan<L: EventLog>(
        &mut self,
        scope: Scope,
        mine: &[Tips],
        theirs: Vec<Tips>,
        lacks: &[u32],
        ahead: Vec<EnvelopeId>,
        log: &L,
    ) -> Result<Step, Error<L::Error>> {
        let strange = |one: &Tips| one.stream.scope != scope || !self.own.may_read(&one.stream);
        if theirs.iter().any(strange) {
            return Err(Error::Unexpected);
        }
        let mut step = Step::default();
        let (mut first, mut pulls, mut last) = (Vec::new(), Vec::new(), Vec::new());
        for one in &theirs {
            let held = self.held_of(one, log).map_err(Error::Log)?;
            let offer = Task::Offer {
                stream: one.stream,
                theirs: one.tails.iter().copied().collect(),
            };
            if held.len() == one.tails.len() {
                first.push(offer);
            } else {
                pulls.push(Task::Pull(one.stream));
                last.push(offer);
            }
            if !held.is_empty() {
                step.acknowledged.push(Tips {
                    stream: one.stream,
                    tails: held,
                });
            }
        }
        first.extend(self.unheard_of(mine, &theirs, lacks));
        self.expect(mine, &theirs, lacks);
        let held = log.envelopes(&ahead).map_err(Error::Log)?;
        let held: BTreeSet<_> = held.iter().map(record::envelope::Envelope::id).collect();
        let missing: Vec<_> = ahead
            .iter()
            .copied()
            .filter(|id| !held.contains(id))
            .collect();
        self.progress.to_receive += missing.len() as u64;
        self.tasks.pop_front();
        let ahead_there = Task::Fetch(missing);
        let ahead_here = Task::OfferAhead {
            scope,
            theirs: ahead.into_iter().collect(),
        };
        let tasks = first
            .into_iter()
            .chain([ahead_there])
            .chain(pulls)
            .chain(last)
            .chain([ahead_here]);
        for task in tasks.collect::<Vec<_>>().into_iter().rev() {
            self.tasks.push_front(task);
        }
        Ok(step)
    }

    /// Which of the server's tails have joined here.
    fn held_of<L: EventLog>(&self, theirs: &Tips, log: &L) -> Result<Vec<Tail>, L::Error> {
        let mut held = Vec::new();
        for tail in &theirs.tails {
            if log.joined(&theirs.stream, tail)? {
                held.push(*tail);
            }
        }
        Ok(held)
    }

    /// Streams that the server holds nothing of.
    fn unheard_of<'a>(
        &self,
        mine: &'a [Tips],
        theirs: &'a [Tips],
        lacks: &'a [u32],
    ) -> impl Iterator<Item = Task> + use<'a> {
        let begun: BTreeSet<Stream> = theirs.iter().map(|one| one.stream).collect();
        let named = lacks
            .iter()
            .filter_map(|place| mine.get(usize::try_from(*place).ok()?));
        named
            .filter(move |one| !begun.contains(&one.stream))
            .map(|one| Task::Offer {
                stream: one.stream,
                theirs: BTreeSet::new(),
            })
    }

    /// Reckons what is to be moved from how far each stream is numbered on either side.
    fn expect(&mut self, mine: &[Tips], theirs: &[Tips], lacks: &[u32]) {
        let numbered = |tips: Option<&Tips>| {
            let last = tips.and_then(|one| one.tails.iter().map(|tail| tail.sequence).max());
            last.unwrap_or(0)
        };
        for one in theirs {
            let own = numbered(mine.iter().find(|it| it.stream == one.stream));
            self.progress.to_receive += numbered(Some(one)).saturating_sub(own);
        }
        for one in lacks
            .iter()
            .filter_map(|place| mine.get(usize::try_from(*place).ok()?))
        {
            let other = numbered(theirs.iter().find(|it| it.stream == one.stream));
            self.progress.to_send += numbered(Some(one)).saturating_sub(other);
        }
    }
}
