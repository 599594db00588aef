//! The device's side: what to ask next, and what to do with the answer.
//!
//! It is given bytes and time and gives bytes. Emergencies go first, ahead of everything; then one
//! digest tells whether there is anything to do; then scope by scope, the service first, what the
//! server lacks is offered and what is lacking here is pulled, until both digests are equal. All
//! that has been answered is on disk at both ends, so it may be cut anywhere, and a new one goes
//! on from there.

mod ask;
mod check;
mod erasures;
mod heed;
mod outcome;
mod task;

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use record::certificate::Certificate;
use record::id::{DeviceId, EnvelopeId};
use record::keys::VerifyingKey;
use record::log::EventLog;
use record::scope::Scope;
use record::warrant::{Proof, Unproven, WarrantId};

use crate::admitted::Admitted;
use crate::pace::Pace;
use crate::wire::Answer;

pub use erasures::Agreed;
use erasures::Telling;
pub use outcome::{Error, NotTaken, Outcome, Progress, Stage, Step};
use task::{Sent, Task};

/// How often the whole is gone through again because something moved meanwhile. Design decision:
/// a clinic that writes all day long still ends; the next exchange goes on.
const MAX_ROUNDS: u32 = 16;

/// What a device knows and its log does not say.
pub trait Known {
    /// The key a device signs its headers with; none while no certificate names it.
    fn device_key(&self, device: DeviceId) -> Option<VerifyingKey>;

    /// Its certificates from the root down, to introduce it to a hub server.
    fn chain_of(&self, device: DeviceId) -> Option<Vec<Certificate>>;

    /// The erasures that two people signed, each with what proves it to a hub server. None where
    /// nothing was ever erased.
    fn erasures(&self) -> Vec<Proof>;
}

/// One exchange of a device with a hub server that it has logged in to.
#[derive(Debug)]
pub struct Exchange {
    own: Admitted,
    pace: Pace,
    tasks: VecDeque<Task>,
    /// The request that is under way: its bytes, what it asked, and since when.
    under_way: Option<(Vec<u8>, Sent, Duration)>,
    round: u32,
    /// Whether this round has moved anything: another may move more.
    moved: bool,
    introduced: BTreeSet<DeviceId>,
    refused_here: Vec<NotTaken>,
    refused_there: Vec<NotTaken>,
    not_served: Vec<Scope>,
    without_content: Vec<EnvelopeId>,
    not_erased: Vec<(WarrantId, Unproven)>,
    telling: Telling,
    forked: BTreeSet<record::envelope::Stream>,
    progress: Progress,
    up_to_date: bool,
}

impl Exchange {
    /// Begins an exchange.
    ///
    /// `urgent` are the emergency envelopes that the hub server is not known to have, each after
    /// the envelope with the key that opens it. `pace` is what the link carried last time.
    pub fn new(own: Admitted, urgent: Vec<EnvelopeId>, pace: Pace) -> Self {
        let mut tasks = VecDeque::from([Task::Compare]);
        if !urgent.is_empty() {
            tasks.push_front(Task::OfferIds(urgent));
        }
        Self {
            own,
            pace,
            tasks,
            under_way: None,
            round: 0,
            moved: false,
            introduced: BTreeSet::new(),
            refused_here: Vec::new(),
            refused_there: Vec::new(),
            not_served: Vec::new(),
            without_content: Vec::new(),
            not_erased: Vec::new(),
            telling: Telling::default(),
            forked: BTreeSet::new(),
            progress: Progress::default(),
            up_to_date: false,
        }
    }

    /// Puts emergencies that were written meanwhile ahead of everything that is left, each after the
    /// envelope with the key that opens it. False while an answer is awaited: say it again then.
    pub fn first(&mut self, urgent: &[EnvelopeId]) -> bool {
        if self.under_way.is_some() {
            return false;
        }
        if !urgent.is_empty() {
            self.tasks.push_front(Task::OfferIds(urgent.to_vec()));
        }
        true
    }

    /// The next message to send, or none when the exchange is over. While an answer is awaited it
    /// is the same message, so it may be sent again. `now` is of a clock that never goes back.
    pub fn next<L: EventLog + Known>(
        &mut self,
        log: &L,
        now: Duration,
    ) -> Result<Option<Vec<u8>>, Error<L::Error>> {
        if let Some((message, _, since)) = &mut self.under_way {
            *since = now;
            self.progress.bytes_up += message.len() as u64;
            return Ok(Some(message.clone()));
        }
        while let Some(task) = self.tasks.front() {
            self.progress.stage = task.stage();
            if let Some((request, sent)) = self.ask(task, log).map_err(Error::Log)? {
                let message = request.to_bytes(self.own.service());
                self.progress.bytes_up += message.len() as u64;
                self.under_way = Some((message.clone(), sent, now));
                return Ok(Some(message));
            }
            self.tasks.pop_front();
        }
        self.progress.stage = Stage::Over;
        Ok(None)
    }

    /// Takes the answer: what it brings is checked and kept before this returns.
    ///
    /// After an error the exchange is over; a new one goes on from what both sides have.
    pub fn take<L: EventLog + Known>(
        &mut self,
        answer: &[u8],
        log: &mut L,
        now: Duration,
    ) -> Result<Step, Error<L::Error>> {
        let (message, sent, since) = self.under_way.take().ok_or(Error::Unexpected)?;
        self.progress.bytes_down += answer.len() as u64;
        let (service, read) = Answer::from_bytes(answer)?;
        if service != self.own.service() {
            return Err(Error::OtherService);
        }
        if sent.is_bulk() {
            let took = now.saturating_sub(since);
            self.pace.learn(message.len() + answer.len(), took);
        }
        self.heed(sent, read, log)
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// What the link has shown that it carries, for the next exchange.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// What it came to; none while it goes on.
    pub fn outcome(&self) -> Option<Outcome> {
        let over = self.tasks.is_empty() && self.under_way.is_none();
        over.then(|| Outcome {
            up_to_date: self.up_to_date,
            refused_here: self.refused_here.clone(),
            refused_there: self.refused_there.clone(),
            not_served: self.not_served.clone(),
            without_content: self.without_content.clone(),
            not_erased: self.not_erased.clone(),
            forked: self.forked.iter().copied().collect(),
            progress: self.progress,
        })
    }
}
