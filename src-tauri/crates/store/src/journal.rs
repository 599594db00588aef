//! The journal of this device's own writing, and what is derived from it.

use record::envelope::{Envelope, Position};
use record::id::{EnvelopeId, PatientId};
use record::scope::{Scope, Subject};
use rusqlite::{Connection, Row, params};

use crate::streams::{Columns, move_tip, tails};
use crate::wire_text::subject_text;
use crate::{AuditRow, DraftRef, Heard, Store, StoreError, StoredKey, Summary, erasing};

/// What goes to disk together with envelopes, or not at all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Derived<'a> {
    /// Rows that replace the ones of the same patients.
    pub summaries: &'a [Summary],
    /// Drafts that are now in the envelopes.
    pub cleared: &'a [DraftRef],
    /// Keys the envelopes are sealed under, where they are new.
    pub keys: &'a [StoredKey],
    /// Lines of the audit trail that are in the envelopes.
    pub audit: &'a [AuditRow],
    /// The highest Lamport counter in the envelopes; 0 for none.
    pub lamport: u64,
    /// Patients who are shown under another one from now on: their rows go.
    pub joined: &'a [PatientId],
    /// Patients whose content two people signed away: see [`Store::erase`].
    pub erased: &'a [PatientId],
    /// Times that other devices claim.
    pub heard: &'a [Heard],
}

impl Store {
    /// Keeps what was written here and what is derived from it in one transaction. Both are on
    /// disk when it returns. Each envelope follows the last of its stream, or all are refused; what
    /// others wrote comes through [`EventLog`](record::log::EventLog). One that is already there is
    /// passed over, so that a repeated call is harmless. Gives how many were new.
    pub fn append(
        &mut self,
        envelopes: &[Envelope],
        derived: Derived<'_>,
    ) -> Result<usize, StoreError> {
        self.of_this_service(envelopes)?;
        let new = self.together(|connection| {
            let mut new = 0;
            for envelope in envelopes {
                new += usize::from(append_one(connection, envelope)?);
            }
            derived.write(connection)?;
            Ok(new)
        })?;
        // Inside a larger whole the log is cut when that is done, at the next erasure or at closing.
        if !derived.erased.is_empty() && self.connection.is_autocommit() {
            erasing::cut_log(&self.connection)?;
        }
        Ok(new)
    }

    /// The place of this device's next envelope in `scope`.
    pub fn position(&self, scope: Scope) -> Result<Position, StoreError> {
        let stream = self.origin.stream(scope);
        Ok(match self.tails(&stream)?.last() {
            Some(tail) => stream.position(tail.sequence + 1, tail.header_hash),
            None => stream.first(),
        })
    }

    pub(crate) fn of_this_service(&self, envelopes: &[Envelope]) -> Result<(), StoreError> {
        let service = self.origin.service;
        let mut services = envelopes.iter().map(|envelope| envelope.header().service);
        if services.all(|its| its == service) {
            Ok(())
        } else {
            Err(StoreError::OtherService)
        }
    }

    /// Every envelope on one subject, in the order they were kept.
    pub fn envelopes_of(&self, subject: Subject) -> Result<Vec<Envelope>, StoreError> {
        let sql = "SELECT bytes FROM envelope WHERE subject = ?1 ORDER BY place";
        self.envelopes(sql, &subject_text(&subject))
    }

    /// Every envelope in one scope, in the order they were kept.
    pub fn envelopes_in(&self, scope: Scope) -> Result<Vec<Envelope>, StoreError> {
        let sql = "SELECT bytes FROM envelope WHERE scope = ?1 ORDER BY place";
        self.envelopes(sql, &scope.to_string())
    }

    /// Whether an envelope is here, in its place or waiting for it.
    pub fn holds(&self, id: EnvelopeId) -> Result<bool, StoreError> {
        holds(&self.connection, id)
    }

    /// The highest Lamport counter seen on this device.
    pub fn lamport(&self) -> Result<u64, StoreError> {
        Ok(self
            .connection
            .query_row("SELECT lamport FROM counter WHERE id = 1", [], |row| {
                row.get(0)
            })?)
    }

    fn envelopes(&self, sql: &str, of: &str) -> Result<Vec<Envelope>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([of], bytes)?;
        rows.map(|bytes| Ok(Envelope::from_bytes(&bytes?)?))
            .collect()
    }
}

impl Derived<'_> {
    pub(crate) fn write(&self, connection: &Connection) -> Result<(), StoreError> {
        for key in self.keys {
            key.write(connection)?;
        }
        for summary in self.summaries {
            summary.write(connection)?;
        }
        for row in self.audit {
            row.write(connection)?;
        }
        for draft in self.cleared {
            draft.clear(connection)?;
        }
        for heard in self.heard {
            heard.write(connection)?;
        }
        for patient in self.joined {
            connection.execute(
                "DELETE FROM summary WHERE patient = ?1",
                [patient.as_bytes()],
            )?;
        }
        for patient in self.erased {
            erasing::erase(connection, *patient)?;
        }
        connection.execute(
            "UPDATE counter SET lamport = max(lamport, ?1) WHERE id = 1",
            [self.lamport],
        )?;
        Ok(())
    }
}

fn holds(connection: &Connection, id: EnvelopeId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM envelope WHERE id = ?1")?
        .exists([id.as_bytes()])?)
}

/// Keeps one envelope after the last of its stream; `false` when it is there already.
fn append_one(connection: &Connection, envelope: &Envelope) -> Result<bool, StoreError> {
    let id = envelope.id();
    if holds(connection, id)? {
        return Ok(false);
    }
    let header = envelope.header();
    let of = Columns::of(&header.stream());
    let follows = match tails(connection, &of)?.as_slice() {
        [] => header.position() == header.stream().first(),
        [tail] => header.sequence == tail.sequence + 1 && header.previous == tail.header_hash,
        // Nobody goes on with a stream that was forked.
        _ => false,
    };
    if !follows {
        return Err(StoreError::OutOfPlace);
    }
    insert(connection, envelope)?;
    move_tip(connection, &of, envelope)?;
    Ok(true)
}

/// Gives the place of the envelope's row.
pub(crate) fn insert(connection: &Connection, envelope: &Envelope) -> Result<i64, StoreError> {
    let header = envelope.header();
    connection
        .prepare_cached(
            "INSERT INTO envelope (id, scope, subject, device, incarnation, sequence, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            envelope.id().as_bytes(),
            header.scope.to_string(),
            subject_text(&header.subject),
            header.device.as_bytes(),
            header.incarnation,
            header.sequence,
            envelope.to_bytes()
        ])?;
    Ok(connection.last_insert_rowid())
}

pub(crate) fn bytes(row: &Row<'_>) -> rusqlite::Result<Vec<u8>> {
    row.get(0)
}
