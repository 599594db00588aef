//! A laptop: whose it is, what is on its disk, and what somebody writes at it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use record::id::EnvelopeId;
use sync::admitted::Admitted;
use sync::pace::Pace;

use crate::journal::Journal;
use crate::service::Papers;
use crate::talk::Talk;

/// One laptop. A copied disk makes another one with the same papers.
pub(crate) struct Laptop {
    /// Whose papers: the number it was enrolled under.
    pub(crate) identity: u8,
    pub(crate) papers: Rc<Papers>,
    pub(crate) admitted: Admitted,
    pub(crate) stored: Stored,
    /// The last backup of the whole disk.
    pub(crate) backup: Option<Stored>,
    pub(crate) state: State,
    pub(crate) revoked: bool,
    /// Minutes until it is started again when it stops.
    pub(crate) down_for: u16,
    /// Until when no line leads anywhere, in milliseconds.
    pub(crate) cut_until: u64,
    pub(crate) wrong_by_years: i8,
    /// How many versions newer than ours the newest is that its program speaks.
    pub(crate) newer: u8,
    pub(crate) talk: Option<Talk>,
    pub(crate) pace: Pace,
}

/// Everything that is on a laptop's disk.
#[derive(Clone)]
pub(crate) struct Stored {
    pub(crate) journal: Journal,
    /// What each hub server said that it holds.
    pub(crate) told: BTreeMap<usize, BTreeSet<EnvelopeId>>,
}

/// Whether it can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Runs,
    /// Until it is started again.
    Stopped,
    Lost,
}

impl Laptop {
    /// What a hub server said that it holds.
    pub(crate) fn told(&self, server: usize) -> BTreeSet<EnvelopeId> {
        self.stored.told.get(&server).cloned().unwrap_or_default()
    }

    /// A hub server says what it holds.
    pub(crate) fn hears_of(&mut self, server: usize, held: &BTreeSet<EnvelopeId>) {
        self.stored.told.entry(server).or_default().extend(held);
    }

    /// What a hub server has to be told first.
    pub(crate) fn urgent(&self, server: usize) -> Vec<EnvelopeId> {
        self.stored.journal.urgent(&self.told(server))
    }

    /// Another laptop with the same disk.
    pub(crate) fn copied(&self) -> Self {
        let mut stored = self.stored.clone();
        stored.journal.disk.light(None);
        Self {
            identity: self.identity,
            papers: Rc::clone(&self.papers),
            admitted: self.admitted.clone(),
            stored,
            backup: self.backup.clone(),
            talk: None,
            pace: Pace::default(),
            ..*self
        }
    }

    /// Keeps a copy of the whole disk.
    pub(crate) fn back_up(&mut self) -> bool {
        if self.state == State::Runs {
            let mut stored = self.stored.clone();
            stored.journal.disk.light(None);
            self.backup = Some(stored);
        }
        self.state == State::Runs
    }

    /// Puts the disk back as it was, as a tool does that knows nothing of Felloe. Felloe's own
    /// restore begins another life and so never forks.
    pub(crate) fn put_back(&mut self) -> bool {
        let Some(backup) = self.backup.clone().filter(|_| self.state == State::Runs) else {
            return false;
        };
        (self.stored, self.talk) = (backup, None);
        true
    }
}
