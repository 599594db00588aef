//! From where a scope differs to what is to be sent and what is to be taken.

use std::collections::BTreeSet;

use record::envelope::{Envelope, Stream};
use record::id::EnvelopeId;
use record::log::{EventLog, Tail, Tips};
use record::scope::Scope;

use super::super::task::Task;
use super::super::{Error, Exchange, Step};

/// What is to be done about the streams of one scope.
#[derive(Default)]
struct Plan {
    /// What only this side has.
    offers: Vec<Task>,
    pulls: Vec<Task>,
    /// What this side may have of streams that are pulled first.
    later: Vec<Task>,
    acknowledged: Vec<Tips>,
}

impl Exchange {
    /// What only this side has is sent first; then what waits on the server is taken, then the
    /// streams. Where both have what the other lacks, the stream has forked: it is taken first, so
    /// that it is plain where the branches part, and then this side's branch is sent.
    pub(super) fn plan<L: EventLog>(
        &mut self,
        scope: Scope,
        mine: &[Tips],
        theirs: &[Tips],
        lacks: &[u32],
        ahead: &[EnvelopeId],
        log: &L,
    ) -> Result<Step, Error<L::Error>> {
        let strange = |one: &Tips| one.stream.scope != scope || !self.own.may_read(&one.stream);
        if theirs.iter().any(strange) {
            return Err(Error::Unexpected);
        }
        let mut plan = Plan::default();
        for one in theirs {
            plan.add(one, log).map_err(Error::Log)?;
        }
        let lacking = named(mine, lacks);
        plan.offers.extend(unheard_of(&lacking, theirs));
        let missing = missing(ahead, log).map_err(Error::Log)?;
        self.expect(mine, theirs, &lacking, missing.len());
        let Plan {
            offers,
            pulls,
            later,
            acknowledged,
        } = plan;
        let ahead_here = Task::OfferAhead {
            scope,
            theirs: ahead.iter().copied().collect(),
        };
        self.tasks.pop_front();
        let mut tasks = [offers, vec![Task::Fetch(missing)], pulls, later].concat();
        tasks.push(ahead_here);
        tasks.extend(self.tasks.drain(..));
        self.tasks = tasks.into();
        Ok(Step {
            acknowledged,
            ..Step::default()
        })
    }

    /// Reckons what is to be moved from how far each stream is numbered on either side.
    fn expect(&mut self, mine: &[Tips], theirs: &[Tips], lacking: &[&Tips], ahead: usize) {
        for one in theirs {
            let own = last_of(mine.iter().find(|it| it.stream == one.stream));
            self.progress.to_receive += last_of(Some(one)).saturating_sub(own);
        }
        for one in lacking {
            let other = last_of(theirs.iter().find(|it| it.stream == one.stream));
            self.progress.to_send += last_of(Some(one)).saturating_sub(other);
        }
        self.progress.to_receive += ahead as u64;
    }
}

impl Plan {
    /// Adds what is to be done about one stream of the server's.
    fn add<L: EventLog>(&mut self, theirs: &Tips, log: &L) -> Result<(), L::Error> {
        let stream = theirs.stream;
        let mut held: Vec<Tail> = Vec::new();
        for tail in &theirs.tails {
            if log.joined(&stream, tail)? {
                held.push(*tail);
            }
        }
        let offer = Task::Offer {
            stream,
            theirs: theirs.tails.iter().copied().collect(),
        };
        if held.len() == theirs.tails.len() {
            self.offers.push(offer);
        } else {
            self.pulls.push(Task::Pull(stream));
            self.later.push(offer);
        }
        if !held.is_empty() {
            self.acknowledged.push(Tips {
                stream,
                tails: held,
            });
        }
        Ok(())
    }
}

/// The ones at these places.
fn named<'a>(mine: &'a [Tips], places: &[u32]) -> Vec<&'a Tips> {
    let at = |place: &u32| mine.get(usize::try_from(*place).ok()?);
    places.iter().filter_map(at).collect()
}

/// What is to be sent of streams that the server holds nothing of.
fn unheard_of(lacking: &[&Tips], theirs: &[Tips]) -> Vec<Task> {
    let begun: BTreeSet<Stream> = theirs.iter().map(|one| one.stream).collect();
    let unheard = lacking.iter().filter(|one| !begun.contains(&one.stream));
    let offer = |one: &&Tips| Task::Offer {
        stream: one.stream,
        theirs: BTreeSet::new(),
    };
    unheard.map(offer).collect()
}

/// What the server keeps ahead and is not held here.
fn missing<L: EventLog>(ahead: &[EnvelopeId], log: &L) -> Result<Vec<EnvelopeId>, L::Error> {
    let held = log.envelopes(ahead)?;
    let held: BTreeSet<_> = held.iter().map(Envelope::id).collect();
    let missing = ahead.iter().filter(|id| !held.contains(id));
    Ok(missing.copied().collect())
}

fn last_of(tips: Option<&Tips>) -> u64 {
    let tails = tips.iter().flat_map(|one| &one.tails);
    tails.map(|tail| tail.sequence).max().unwrap_or(0)
}
