use record::envelope::{Envelope, Position, Stream};
use record::id::{DeviceId, PatientId};
use record::log::Tail;
use record::scope::{Scope, Subject};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::wire_text::{read_scope, scope_text, subject_text};
use crate::{AuditRow, DraftRef, Store, StoreError, StoredKey, Summary, erasing};

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
}

impl Store {
    /// Keeps envelopes and what is derived from them in one transaction. They are
    /// on disk when it returns. One that is already there is passed over, so that
    /// a repeated call is harmless. Gives how many were new.
    pub fn append(
        &mut self,
        envelopes: &[Envelope],
        derived: Derived<'_>,
    ) -> Result<usize, StoreError> {
        let service = self.origin.service;
        if envelopes
            .iter()
            .any(|envelope| envelope.header().service != service)
        {
            return Err(StoreError::OtherService);
        }
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
        Ok(match tail(&self.connection, &stream)? {
            Some(tail) => stream.position(tail.sequence + 1, tail.header_hash),
            None => stream.first(),
        })
    }

    /// Every envelope on one subject, in the order they were kept.
    pub fn envelopes_of(&self, subject: Subject) -> Result<Vec<Envelope>, StoreError> {
        let sql = "SELECT bytes FROM envelope WHERE subject = ?1 ORDER BY place";
        self.envelopes(sql, &subject_text(&subject))
    }

    /// Every envelope in one scope, in the order they were kept.
    pub fn envelopes_in(&self, scope: Scope) -> Result<Vec<Envelope>, StoreError> {
        let sql = "SELECT bytes FROM envelope WHERE scope = ?1 ORDER BY place";
        self.envelopes(sql, &scope_text(&scope))
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

impl Store {
    /// The streams there are, in order.
    pub fn streams(&self) -> Result<Vec<Stream>, StoreError> {
        streams(self)
    }

    /// The end of a stream; none when nothing of it is held.
    pub fn tail(&self, stream: &Stream) -> Result<Option<Tail>, StoreError> {
        tail(&self.connection, stream)
    }

    /// Up to `limit` envelopes of a stream in order, from this sequence number on.
    pub fn range(
        &self,
        stream: &Stream,
        from: u64,
        limit: usize,
    ) -> Result<Vec<Envelope>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT bytes FROM envelope
             WHERE scope = ?1 AND device = ?2 AND incarnation = ?3 AND sequence >= ?4
             ORDER BY sequence LIMIT ?5",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX); // a negative one would mean all
        let rows = statement.query_map(
            params![
                scope_text(&stream.scope),
                stream.device.as_bytes(),
                stream.incarnation,
                from,
                limit
            ],
            bytes,
        )?;
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

/// Keeps one envelope after the last of its stream; `false` when it is there already.
fn append_one(connection: &Connection, envelope: &Envelope) -> Result<bool, StoreError> {
    let id = envelope.id();
    let known = connection
        .prepare_cached("SELECT 1 FROM envelope WHERE id = ?1")?
        .exists([id.as_bytes()])?;
    if known {
        return Ok(false);
    }
    let header = envelope.header();
    let tail = tail(connection, &header.stream())?;
    let follows = match tail {
        Some(tail) => header.sequence == tail.sequence + 1 && header.previous == tail.header_hash,
        None => header.position() == header.stream().first(),
    };
    if !follows {
        return Err(StoreError::OutOfPlace);
    }
    insert(connection, envelope)?;
    move_tail(connection, envelope)?;
    Ok(true)
}

fn insert(connection: &Connection, envelope: &Envelope) -> Result<(), StoreError> {
    let header = envelope.header();
    connection
        .prepare_cached(
            "INSERT INTO envelope (id, scope, subject, device, incarnation, sequence, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            envelope.id().as_bytes(),
            scope_text(&header.scope),
            subject_text(&header.subject),
            header.device.as_bytes(),
            header.incarnation,
            header.sequence,
            envelope.to_bytes()
        ])?;
    Ok(())
}

fn move_tail(connection: &Connection, envelope: &Envelope) -> Result<(), StoreError> {
    let header = envelope.header();
    connection
        .prepare_cached(
            "INSERT INTO stream (scope, device, incarnation, sequence, head)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET sequence = excluded.sequence, head = excluded.head",
        )?
        .execute(params![
            scope_text(&header.scope),
            header.device.as_bytes(),
            header.incarnation,
            header.sequence,
            envelope.header_hash()
        ])?;
    Ok(())
}

fn tail(connection: &Connection, stream: &Stream) -> Result<Option<Tail>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT sequence, head FROM stream WHERE scope = ?1 AND device = ?2 AND incarnation = ?3",
    )?;
    let of = params![
        scope_text(&stream.scope),
        stream.device.as_bytes(),
        stream.incarnation
    ];
    let read = |row: &Row<'_>| {
        Ok(Tail {
            sequence: row.get(0)?,
            header_hash: row.get(1)?,
        })
    };
    Ok(statement.query_row(of, read).optional()?)
}

/// The streams there are; those whose rows were removed still count.
pub(crate) fn streams(store: &Store) -> Result<Vec<Stream>, StoreError> {
    let service = store.origin.service;
    let mut statement = store.connection.prepare_cached(
        "SELECT scope, device, incarnation FROM stream
         UNION SELECT scope, device, incarnation FROM envelope ORDER BY 1, 2, 3",
    )?;
    let rows = statement.query_map([], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, [u8; 16]>(1)?,
            row.get(2)?,
        ))
    })?;
    rows.map(|row| {
        let (scope, device, incarnation) = row?;
        let device = DeviceId::from_bytes(device);
        Ok(Stream {
            service,
            scope: read_scope(&scope)?,
            device,
            incarnation,
        })
    })
    .collect()
}

pub(crate) fn bytes(row: &Row<'_>) -> rusqlite::Result<Vec<u8>> {
    row.get(0)
}
