//! Entries about no patient: the service's directory, the audit trail.

use record::entry::Entry;
use record::envelope::{self};
use record::fold::{Record, fold};
use record::scope::{Scope, Subject};
use store::{Derived, StoredKey};

use super::super::Desk;
use super::Line;
use crate::refusal::Refusal;

impl Desk {
    /// Writes lines that are about no patient: the service's directory, the audit trail.
    pub(crate) fn write_in(
        &mut self,
        scope: Scope,
        subject: Subject,
        lines: Vec<Line>,
    ) -> Result<(), Refusal> {
        self.write_with(scope, subject, lines, &[])
    }

    pub(super) fn write_with(
        &mut self,
        scope: Scope,
        subject: Subject,
        lines: Vec<Line>,
        keys: &[StoredKey],
    ) -> Result<(), Refusal> {
        let now = self.now();
        let author = self.staff()?;
        // Only a slot has parents; an audit entry does not read the whole trail to be written.
        let record = if lines.iter().any(|line| line.slot.is_some()) {
            fold(self.sitting()?.open_all(subject)?)
        } else {
            Record::default()
        };
        let mut lamport = self.sitting()?.opened.store.lamport()?;
        let entries: Vec<Entry> = lines
            .into_iter()
            .map(|line| {
                lamport += 1;
                line.entry(&record, author, now, lamport)
            })
            .collect();
        let position = self.position(scope)?;
        let key = self.epoch_key(scope)?;
        let nonce = self.random();
        let sitting = self.sitting_mut()?;
        let sealed = envelope::seal(
            position,
            subject,
            &key,
            nonce,
            &entries,
            &sitting.opened.device_signing,
        )?;
        let derived = Derived {
            keys,
            lamport,
            ..Derived::default()
        };
        sitting
            .opened
            .store
            .append(std::slice::from_ref(&sealed), derived)
            .map_err(Refusal::NotSaved)?;
        Ok(())
    }
}
