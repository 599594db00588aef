//! What is killed, and what is left of it afterwards.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use record::envelope::Envelope;
use record::id::EnvelopeId;
use record::log::EventLog;
use store::Delivery;
use testkit::Fault;
use testkit::cable::Hosts;

use crate::asking::Asking;
use crate::clinic_of_two::{Clinic, Desk, Link, PATIENCE, Side};
use crate::postgres::Postgres;
use crate::tells::{Does, Order, Tells};
use crate::written::{due, own};

/// Patients of one round, at most: each round begins with a number of its own.
const PATIENTS: u64 = 1000;
/// Times faster than the thin link: slow enough that a push takes a while, fast enough for a
/// hundred of them.
const FASTER: u32 = 16;
/// How long a hub server or a database that was ended may take to be there again.
const BACK_WITHIN: Duration = Duration::from_secs(60);

/// What can be killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Victim {
    HubServer,
    Spoke,
    Postgres,
}

impl Victim {
    pub(crate) const ALL: [Self; 3] = [Self::HubServer, Self::Spoke, Self::Postgres];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::HubServer => "hub server",
            Self::Spoke => "spoke",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A spoke that writes and pushes, over a thin link, to a hub server over PostgreSQL.
pub(crate) struct Fleet {
    clinic: Clinic,
    postgres: Postgres,
    asking: Asking,
    _link: Link,
    /// Everybody who was told to be saved at the spoke.
    saved: BTreeSet<String>,
    /// What the spoke was ever told to be at the hub server.
    pub(crate) acknowledged: BTreeSet<EnvelopeId>,
}

/// What was found after a kill.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    /// Acknowledged, and not given by the hub server.
    pub(crate) lost: usize,
    /// People who were saved and are not in the lists of the spoke.
    pub(crate) gone: usize,
    /// Written and not acknowledged yet.
    pub(crate) waiting: usize,
}

impl Fleet {
    pub(crate) fn gather(seed: u64) -> Result<Self, Fault> {
        let postgres = Postgres::start();
        let store = postgres.address();
        let mut clinic = Clinic::open(Hosts::loopback(), Some(&store), seed)?;
        clinic.server.start()?;
        let mut link = clinic.link(FASTER)?;
        link.order(Order::Thin)?;
        let mut asking = Asking::at(&mut clinic)?;
        while !asking.exchange()? {}
        Ok(Self {
            clinic,
            postgres,
            asking,
            _link: link,
            saved: BTreeSet::new(),
            acknowledged: BTreeSet::new(),
        })
    }

    /// Lets the spoke work until it sends, and a while longer; then kills. Gives whether the screen
    /// said until the end that it sends.
    pub(crate) fn kill(
        &mut self,
        round: u64,
        victim: Victim,
        after: Duration,
    ) -> Result<bool, Fault> {
        let mut spoke = self.clinic.desk(Side::Spoke)?;
        let first = 1 + round * PATIENTS;
        spoke.say(&Does::Work { first })?;
        let (mut sends, before) = (false, self.saved.len());
        // Until somebody new was saved, what is sent may be the rest of the round before.
        while !(sends && self.saved.len() > before) {
            self.note(
                spoke.hear(PATIENCE)?.ok_or("the spoke says nothing")?,
                &mut sends,
            );
        }
        let until = Instant::now() + after;
        while let Some(told) = spoke.hear(until.saturating_duration_since(Instant::now()))? {
            self.note(told, &mut sends);
        }
        match victim {
            Victim::Spoke => {
                let told = spoke.kill()?;
                let mut ignored = false;
                for it in told {
                    self.note(it, &mut ignored);
                }
                return Ok(sends);
            }
            Victim::HubServer => self.clinic.server.kill(),
            Victim::Postgres => self.postgres.kill(),
        }
        self.end(spoke)?;
        Ok(sends)
    }

    fn note(&mut self, told: Tells, sends: &mut bool) {
        match told {
            Tells::Saved { patient } => {
                self.saved.insert(patient);
            }
            Tells::Chip { sending, .. } => *sends = sending,
            _ => {}
        }
    }

    fn end(&mut self, mut spoke: Desk) -> Result<(), Fault> {
        spoke.say(&Does::End)?;
        let mut ignored = false;
        for told in spoke.ended()? {
            self.note(told, &mut ignored);
        }
        Ok(())
    }

    /// Everything that was killed is started again. The hub server finds a database again by itself.
    pub(crate) fn restart(&mut self, victim: Victim) -> Result<(), Fault> {
        match victim {
            Victim::HubServer => self.clinic.server.start(),
            Victim::Spoke => Ok(()),
            Victim::Postgres => {
                self.postgres.go_on();
                let deadline = Instant::now() + BACK_WITHIN;
                while let Err(fault) = self.asking.held(&[]) {
                    if Instant::now() > deadline {
                        return Err(fault);
                    }
                    std::thread::sleep(Duration::from_millis(50));
                }
                Ok(())
            }
        }
    }

    /// Holds what the spoke was told against what the hub server gives.
    pub(crate) fn look(&mut self) -> Result<Found, Fault> {
        let record = self.clinic.record(Side::Spoke)?;
        let written = own(&record)?;
        let mut waiting = 0;
        for envelope in &written {
            if record.store.delivery(envelope)? == Delivery::Waiting {
                waiting += 1;
            } else {
                self.acknowledged.insert(envelope.id());
            }
        }
        let mut gone = 0;
        for patient in &self.saved {
            gone += usize::from(record.store.summary(patient.parse()?)?.is_none());
        }
        drop(record);
        let ids: Vec<_> = self.acknowledged.iter().copied().collect();
        let held = self.asking.held(&ids)?;
        let same =
            |one: &&Envelope| held.get(&one.id()).map(Envelope::to_bytes) == Some(one.to_bytes());
        let here = written
            .iter()
            .filter(|it| self.acknowledged.contains(&it.id()));
        let there = here.filter(same).count();
        Ok(Found {
            lost: self.acknowledged.len() - there,
            gone,
            waiting,
        })
    }

    /// Nothing is killed any more: all that was written has to reach the hub server and the laptop
    /// at the hub. Gives how much was written, and how much is not there.
    pub(crate) fn heal(&mut self) -> Result<(usize, usize), Fault> {
        let mut spoke = self.clinic.desk(Side::Spoke)?;
        spoke.say(&Does::TryNow)?;
        // A hundred kills leave several megabytes, which the thin link carries in its own time.
        spoke.until_up_to_date(PATIENCE * 10)?;
        self.end(spoke)?;
        let Found { lost, gone, .. } = self.look()?;
        while !self.asking.exchange()? {}
        let written = due(&self.clinic.record(Side::Spoke)?)?;
        clinic::door::seal(&mut self.asking.desk)?;
        let hub = self.clinic.record(Side::Hub)?;
        let ids: Vec<_> = written.iter().map(Envelope::id).collect();
        let there = EventLog::envelopes(&hub.store, &ids)?;
        Ok((written.len(), lost + gone + (written.len() - there.len())))
    }
}
