//! Taking envelopes that others wrote, each where it belongs.

use record::envelope::{Envelope, Stream};
use record::id::EnvelopeId;
use record::log::{EventLog, Kept, Tail, Tips};
use record::scope::Scope;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Columns, at, grouped};
use crate::journal::{bytes, insert};
use crate::store::Origin;
use crate::{Store, StoreError};

impl EventLog for Store {
    type Error = StoreError;

    /// One that stands in this device's own present stream was written on a copy of this disk: the
    /// stream is closed, and the device goes on with its next incarnation, in the same transaction.
    fn append(&mut self, envelopes: &[Envelope]) -> Result<Kept, StoreError> {
        self.of_this_service(envelopes)?;
        let own = self.origin;
        let kept = self.together(|connection| {
            let mut kept = Kept::default();
            for envelope in envelopes {
                receive(connection, envelope, own, &mut kept)?;
            }
            kept.forked.sort_unstable();
            kept.forked.dedup();
            Ok(kept)
        })?;
        self.origin = self.origin_now()?;
        Ok(kept)
    }

    fn tips(&self, scope: Scope) -> Result<Vec<Tips>, StoreError> {
        let sql = "SELECT device, incarnation, sequence, head FROM tip
                   WHERE scope = ?1 ORDER BY device, incarnation, sequence, head";
        grouped(self, scope, sql)
    }

    fn ahead(&self, scope: Scope) -> Result<Vec<EnvelopeId>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM ahead WHERE scope = ?1 ORDER BY id")?;
        let rows = statement.query_map([scope.to_string()], |row| row.get(0))?;
        rows.map(|id| Ok(EnvelopeId::from_bytes(id?))).collect()
    }

    fn joined(&self, stream: &Stream, tail: &Tail) -> Result<bool, StoreError> {
        joined(&self.connection, &Columns::of(stream), tail)
    }

    fn beyond(
        &self,
        stream: &Stream,
        have: &[Tail],
        limit: usize,
    ) -> Result<Vec<Envelope>, StoreError> {
        super::beyond::beyond(self, stream, have, limit)
    }

    fn marks(&self, stream: &Stream) -> Result<Vec<Tail>, StoreError> {
        super::beyond::marks(self, stream)
    }

    fn envelopes(&self, ids: &[EnvelopeId]) -> Result<Vec<Envelope>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT bytes FROM envelope WHERE id = ?1")?;
        let mut found = Vec::new();
        for id in ids {
            if let Some(bytes) = statement.query_row([id.as_bytes()], bytes).optional()? {
                found.push(Envelope::from_bytes(&bytes)?);
            }
        }
        Ok(found)
    }
}

/// Whether a header is held and everything before it.
pub(super) fn joined(
    connection: &Connection,
    of: &Columns,
    tail: &Tail,
) -> Result<bool, StoreError> {
    let is_tip = connection
        .prepare_cached(
            "SELECT 1 FROM tip WHERE scope = ?1 AND device = ?2 AND incarnation = ?3
                 AND sequence = ?4 AND head = ?5",
        )?
        .exists(params![
            of.scope,
            of.device,
            of.incarnation,
            tail.sequence,
            tail.header_hash
        ])?;
    if is_tip {
        return Ok(true);
    }
    let there = at(connection, of, tail.sequence)?;
    Ok(there
        .iter()
        .any(|(envelope, joined)| *joined && envelope.header_hash() == tail.header_hash))
}

fn receive(
    connection: &Connection,
    envelope: &Envelope,
    own: Origin,
    kept: &mut Kept,
) -> Result<(), StoreError> {
    let header = envelope.header();
    let of = Columns::of(&header.stream());
    let hash = envelope.header_hash();
    let beside = at(connection, &of, header.sequence)?;
    // By the header and not by the id: whoever holds the device's key can sign one header twice.
    if beside.iter().any(|(held, _)| held.header_hash() == hash) {
        return Ok(());
    }
    if header.stream() == own.stream(header.scope) {
        // The end of the own stream as it was before, so that two copies choose two numbers.
        own.begin_next(connection, &hash)?;
    }
    let place = insert(connection, envelope)?;
    kept.new += 1;
    let before = Tail {
        sequence: header.sequence.saturating_sub(1),
        header_hash: header.previous,
    };
    if header.sequence == 1 || joined(connection, &of, &before)? {
        join(connection, envelope, kept)
    } else {
        wait(connection, &of, envelope, place)
    }
}

/// Keeps in mind that an envelope waits for the one before it.
fn wait(
    connection: &Connection,
    of: &Columns,
    envelope: &Envelope,
    place: i64,
) -> Result<(), StoreError> {
    let header = envelope.header();
    connection
        .prepare_cached(
            "INSERT INTO ahead (place, id, scope, device, incarnation, sequence, previous)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            place,
            envelope.id().as_bytes(),
            of.scope,
            of.device,
            of.incarnation,
            header.sequence,
            header.previous
        ])?;
    Ok(())
}

/// Makes an envelope an end of its stream, and after it those that waited for it.
fn join(connection: &Connection, envelope: &Envelope, kept: &mut Kept) -> Result<(), StoreError> {
    let stream = envelope.header().stream();
    let of = Columns::of(&stream);
    let mut next = vec![envelope.clone()];
    while let Some(envelope) = next.pop() {
        let header = envelope.header();
        if !move_tip(connection, &of, &envelope)? {
            note_fork(connection, &of, header.sequence)?;
            kept.forked.push(stream);
        }
        let hash = envelope.header_hash();
        next.extend(released(connection, &of, header.sequence + 1, &hash)?);
    }
    Ok(())
}

/// Makes an envelope the end of its branch. `false` when it begins a branch beside another.
pub(crate) fn move_tip(
    connection: &Connection,
    of: &Columns,
    envelope: &Envelope,
) -> Result<bool, StoreError> {
    let header = envelope.header();
    let goes_on = if header.sequence == 1 {
        // Itself stands there already.
        let first = at(connection, of, 1)?;
        first.iter().filter(|(_, joined)| *joined).count() == 1
    } else {
        connection
            .prepare_cached(
                "DELETE FROM tip WHERE scope = ?1 AND device = ?2 AND incarnation = ?3
                     AND sequence = ?4 AND head = ?5",
            )?
            .execute(params![
                of.scope,
                of.device,
                of.incarnation,
                header.sequence - 1,
                header.previous
            ])?
            == 1
    };
    connection
        .prepare_cached(
            "INSERT INTO tip (scope, device, incarnation, sequence, head)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            of.scope,
            of.device,
            of.incarnation,
            header.sequence,
            envelope.header_hash()
        ])?;
    Ok(goes_on)
}

fn note_fork(connection: &Connection, of: &Columns, sequence: u64) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO fork (scope, device, incarnation, sequence) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET sequence = min(sequence, excluded.sequence)",
        )?
        .execute(params![of.scope, of.device, of.incarnation, sequence])?;
    Ok(())
}

/// What waited for this header, and waits no more.
fn released(
    connection: &Connection,
    of: &Columns,
    sequence: u64,
    previous: &[u8; 32],
) -> Result<Vec<Envelope>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT envelope.place, envelope.bytes FROM ahead JOIN envelope USING (place)
         WHERE ahead.scope = ?1 AND ahead.device = ?2 AND ahead.incarnation = ?3
             AND ahead.sequence = ?4 AND ahead.previous = ?5",
    )?;
    let rows = statement.query_map(
        params![of.scope, of.device, of.incarnation, sequence, previous],
        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)),
    )?;
    let waiting = rows.collect::<Result<Vec<_>, _>>()?;
    let mut found = Vec::new();
    for (place, bytes) in waiting {
        connection
            .prepare_cached("DELETE FROM ahead WHERE place = ?1")?
            .execute([place])?;
        found.push(Envelope::from_bytes(&bytes)?);
    }
    Ok(found)
}
