//! Whether both sides hold the same, and another round when they do not.

use jiff::Timestamp;
use record::log::{EventLog, ScopeDigest};
use record::scope::Scope;
use record::warrant::ErasuresDigest;

use crate::view;

use super::super::task::Task;
use super::super::{Error, Exchange, Known, MAX_ROUNDS, Step};

impl Exchange {
    /// Whether both hold the same: yes where `theirs` is none. Erasures that the server may not know
    /// go before anything that follows from it, and then it is asked anew.
    pub(super) fn compared<L: EventLog + Known>(
        &mut self,
        mine: &[(Scope, ScopeDigest)],
        theirs: Option<&[(Scope, ScopeDigest)]>,
        (time, erasures): (Timestamp, ErasuresDigest),
        log: &L,
    ) -> Result<Step, Error<L::Error>> {
        if self.tell_erasures(erasures, log) {
            return Ok(Step {
                server_time: Some(time),
                ..Step::default()
            });
        }
        match theirs {
            None => self.same(mine, time, log),
            Some(theirs) => self.differ(mine, theirs, time, log),
        }
    }

    /// Both held the same when this device asked. What was written here since is still to be sent.
    fn same<L: EventLog>(
        &mut self,
        mine: &[(Scope, ScopeDigest)],
        time: Timestamp,
        log: &L,
    ) -> Result<Step, Error<L::Error>> {
        self.not_served.clear();
        let (step, as_asked) = self.acknowledged(mine, log)?;
        self.settle(as_asked);
        Ok(Step {
            server_time: Some(time),
            ..step
        })
    }

    fn differ<L: EventLog>(
        &mut self,
        mine: &[(Scope, ScopeDigest)],
        theirs: &[(Scope, ScopeDigest)],
        time: Timestamp,
        log: &L,
    ) -> Result<Step, Error<L::Error>> {
        let of = |scope| theirs.iter().find(|(other, _)| *other == scope);
        let (mut same, mut differ) = (Vec::new(), Vec::new());
        self.not_served.clear();
        for (scope, digest) in mine {
            match of(*scope) {
                None => self.not_served.push(*scope),
                Some((_, other)) if other == digest => same.push((*scope, *digest)),
                Some(_) => differ.push(*scope),
            }
        }
        let (step, as_asked) = self.acknowledged(&same, log)?;
        if differ.is_empty() {
            self.settle(as_asked);
        } else {
            self.go_round(&differ);
        }
        Ok(Step {
            server_time: Some(time),
            ..step
        })
    }

    /// Nothing differed. What was written here meanwhile is to be compared too.
    fn settle(&mut self, as_asked: bool) {
        if as_asked || self.round == MAX_ROUNDS {
            self.end(as_asked);
        } else {
            // The comparison stays at the front, and is made anew.
            self.round += 1;
            self.moved = true;
        }
    }

    /// Goes through the scopes that differ, unless there is no use in it.
    fn go_round(&mut self, differ: &[Scope]) {
        let stuck = self.round > 0 && !self.moved;
        if stuck || self.round == MAX_ROUNDS {
            self.end(false);
            return;
        }
        self.round += 1;
        self.moved = false;
        // What was refused may be taken now; what is still refused is noted again.
        self.refused_here.clear();
        self.refused_there.clear();
        self.tasks = differ.iter().copied().map(Task::Tips).collect();
        self.tasks.push_back(Task::Compare);
    }

    /// Ends the exchange. It is up to date only if nothing was refused on the way.
    fn end(&mut self, same: bool) {
        self.tasks.clear();
        self.up_to_date = same
            && self.refused_here.is_empty()
            && self.refused_there.is_empty()
            && self.not_served.is_empty()
            && self.not_erased.is_empty();
    }

    /// Where the digests are equal the hub server has all that was held here when they were sent.
    /// A scope in which something was written since is passed over, since nobody can tell the new
    /// from the old by its ends alone. Also gives whether there was none.
    fn acknowledged<L: EventLog>(
        &self,
        compared: &[(Scope, ScopeDigest)],
        log: &L,
    ) -> Result<(Step, bool), Error<L::Error>> {
        let mut step = Step::default();
        let mut as_asked = true;
        for (scope, digest) in compared {
            let tips = view::tips(log, &self.own, *scope).map_err(Error::Log)?;
            let ahead = view::ahead(log, &self.own, *scope).map_err(Error::Log)?;
            if ScopeDigest::of(self.own.service(), *scope, &tips, &ahead) == *digest {
                step.acknowledged.extend(tips);
                step.acknowledged_ids.extend(ahead);
            } else {
                as_asked = false;
            }
        }
        Ok((step, as_asked))
    }
}
