//! The audit trail's side of every write: what is changed and that it was changed reach the disk in
//! one transaction, so neither can be there without the other.

use record::body::Audit;
use record::entry::{Entry, Happened};
use record::envelope::{self, Envelope};
use record::fold::Record;
use record::scope::{Scope, Subject};
use store::{AuditRow, Derived};

use super::super::Desk;
use super::Line;
use crate::audit;
use crate::refusal::Refusal;

/// One thing to be said in the audit trail.
pub(crate) struct Said {
    pub(crate) body: Audit,
    /// When it happened, where it is written down later.
    pub(crate) happened: Option<Happened>,
}

/// An envelope of the audit trail that has yet to reach the disk.
struct Trail {
    envelope: Envelope,
    rows: Vec<AuditRow>,
    lamport: u64,
}

/// What goes to disk beside another envelope.
pub(super) struct Beside(Option<Trail>);

impl Beside {
    /// The lines of the audit trail.
    pub(super) fn rows(&self) -> &[AuditRow] {
        self.0.as_ref().map_or(&[], |trail| &trail.rows)
    }

    /// The highest counter of both.
    pub(super) fn lamport_or(&self, lamport: u64) -> u64 {
        self.0.as_ref().map_or(lamport, |trail| trail.lamport)
    }

    /// Both envelopes.
    pub(super) fn with(&self, envelope: Envelope) -> Vec<Envelope> {
        let beside = self.0.iter().map(|trail| trail.envelope.clone());
        std::iter::once(envelope).chain(beside).collect()
    }
}

impl Desk {
    /// Writes to the audit trail alone: something was seen or done that wrote nothing else.
    pub(crate) fn write_trail(&mut self, said: Vec<Said>) -> Result<(), Refusal> {
        let lamport = self.sitting()?.opened.store.lamport()?;
        let trail = self.trail(said, lamport)?;
        let derived = Derived {
            audit: &trail.rows,
            lamport: trail.lamport,
            ..Derived::default()
        };
        let store = &mut self.sitting_mut()?.opened.store;
        store
            .append(std::slice::from_ref(&trail.envelope), derived)
            .map_err(Refusal::NotSaved)?;
        Ok(())
    }

    /// What a write says in the audit trail; nothing where it wrote nothing of a person's.
    pub(super) fn trail_of(&mut self, said: Vec<Said>, lamport: u64) -> Result<Beside, Refusal> {
        if said.is_empty() {
            return Ok(Beside(None));
        }
        self.trail(said, lamport).map(|trail| Beside(Some(trail)))
    }

    /// Seals what is to be said, with counters above `lamport`.
    fn trail(&mut self, said: Vec<Said>, mut lamport: u64) -> Result<Trail, Refusal> {
        let now = self.now();
        let author = self.staff()?;
        let nothing = Record::default();
        let entries = said
            .into_iter()
            .map(|said| {
                lamport += 1;
                let line = Line::appended(&said.body)?.that_happened(said.happened);
                Ok(line.entry(&nothing, author, now, lamport))
            })
            .collect::<Result<Vec<Entry>, Refusal>>()?;
        let key = self.epoch_key(Scope::Audit)?;
        let position = self.position(Scope::Audit)?;
        let nonce = self.random();
        let device = &self.sitting()?.opened.device_signing;
        let envelope = envelope::seal(position, Subject::Audit, &key, nonce, &entries, device)?;
        let rows = audit::rows(&envelope.place(entries));
        Ok(Trail {
            envelope,
            rows,
            lamport,
        })
    }
}
