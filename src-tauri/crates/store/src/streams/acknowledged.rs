//! What the hub server has said to have on its disk.

use jiff::Timestamp;
use record::envelope::{Envelope, Stream};
use record::id::EnvelopeId;
use record::log::{EventLog, Tail, Tips};
use record::scope::Scope;
use rusqlite::{OptionalExtension, params};

use super::{Columns, grouped};
use crate::{Store, StoreError};

/// How far one envelope has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// The hub server has not said that it has it.
    Waiting,
    /// The hub server has it on its disk.
    Delivered {
        /// When this device learned of it; none for what others wrote.
        at: Option<Timestamp>,
    },
}

impl Store {
    /// Takes down how far the hub server has these streams on its disk, in place of what was known
    /// of them before: one that was restored from an old backup has less than it had.
    pub fn acknowledge(&mut self, tips: &[Tips], at: Timestamp) -> Result<(), StoreError> {
        let own = self.origin.device();
        self.together(|connection| {
            for Tips { stream, tails } in tips {
                let of = Columns::of(stream);
                connection
                    .prepare_cached(
                        "DELETE FROM acknowledged
                         WHERE scope = ?1 AND device = ?2 AND incarnation = ?3",
                    )?
                    .execute(params![of.scope, of.device, of.incarnation])?;
                for tail in tails {
                    connection
                        .prepare_cached(
                            "INSERT INTO acknowledged (scope, device, incarnation, sequence, head)
                             VALUES (?1, ?2, ?3, ?4, ?5)",
                        )?
                        .execute(params![
                            of.scope,
                            of.device,
                            of.incarnation,
                            tail.sequence,
                            tail.header_hash
                        ])?;
                }
                let furthest = tails.iter().map(|tail| tail.sequence).max();
                if let Some(sequence) = furthest.filter(|_| stream.device == own) {
                    connection
                        .prepare_cached(
                            "INSERT INTO delivered (scope, incarnation, sequence, at)
                             VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                        )?
                        .execute(params![of.scope, of.incarnation, sequence, at.as_second()])?;
                }
            }
            Ok(())
        })
    }

    /// Takes down that the hub server has these on its disk although not what stands before them:
    /// emergencies go first.
    pub fn acknowledge_early(
        &mut self,
        ids: &[EnvelopeId],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.together(|connection| {
            for id in ids {
                connection
                    .prepare_cached(
                        "INSERT INTO delivered_early (id, at) VALUES (?1, ?2)
                         ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![id.as_bytes(), at.as_second()])?;
            }
            Ok(())
        })
    }

    /// How far the hub server has the streams of a scope, as it last said.
    pub fn acknowledged(&self, scope: Scope) -> Result<Vec<Tips>, StoreError> {
        let sql = "SELECT device, incarnation, sequence, head FROM acknowledged
                   WHERE scope = ?1 ORDER BY device, incarnation, sequence, head";
        grouped(self, scope, sql)
    }

    /// Whether the hub server has an envelope that is held here.
    pub fn delivery(&self, envelope: &Envelope) -> Result<Delivery, StoreError> {
        let early = self
            .connection
            .prepare_cached("SELECT at FROM delivered_early WHERE id = ?1")?
            .query_row([envelope.id().as_bytes()], |row| row.get(0))
            .optional()?;
        if let Some(at) = early {
            return Ok(Delivery::Delivered { at: second(at) });
        }
        let stream = envelope.header().stream();
        let have = self.acknowledged_of(&stream)?;
        let furthest = have.iter().map(|tail| tail.sequence).max().unwrap_or(0);
        let sequence = envelope.header().sequence;
        if sequence > furthest || self.is_beyond(&stream, &have, envelope)? {
            return Ok(Delivery::Waiting);
        }
        let at = self
            .connection
            .prepare_cached(
                "SELECT min(at) FROM delivered
                 WHERE scope = ?1 AND incarnation = ?2 AND sequence >= ?3",
            )?
            .query_row(
                params![stream.scope.to_string(), stream.incarnation, sequence],
                |row| row.get::<_, Option<i64>>(0),
            )?;
        let own = stream.device == self.origin.device();
        Ok(Delivery::Delivered {
            at: at.filter(|_| own).and_then(second),
        })
    }

    /// The emergencies that this device wrote and the hub server has not said to have, each after
    /// the envelope that holds its patient's key, oldest first.
    pub fn emergencies_waiting(&self) -> Result<Vec<EnvelopeId>, StoreError> {
        let mut found = Vec::new();
        let own = self.streams()?.into_iter();
        for stream in own.filter(|stream| stream.device == self.origin.device()) {
            if !matches!(stream.scope, Scope::Site(_)) {
                continue;
            }
            let waiting = self.unacknowledged(&stream)?;
            for envelope in waiting.iter().filter(|it| it.header().emergency) {
                found.extend(self.first_of(envelope)?);
                found.push(envelope.id());
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|id| seen.insert(*id));
        Ok(found)
    }

    /// What the hub server has not said to have of a stream, ascending.
    pub fn unacknowledged(&self, stream: &Stream) -> Result<Vec<Envelope>, StoreError> {
        let have = self.acknowledged_of(stream)?;
        let mut waiting = Vec::new();
        for envelope in self.beyond(stream, &have, usize::MAX)? {
            if self.delivery(&envelope)? == Delivery::Waiting {
                waiting.push(envelope);
            }
        }
        Ok(waiting)
    }

    fn acknowledged_of(&self, stream: &Stream) -> Result<Vec<Tail>, StoreError> {
        let of = Columns::of(stream);
        let mut statement = self.connection.prepare_cached(
            "SELECT sequence, head FROM acknowledged
             WHERE scope = ?1 AND device = ?2 AND incarnation = ?3 ORDER BY sequence, head",
        )?;
        let rows =
            statement.query_map(params![of.scope, of.device, of.incarnation], super::tail)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether an envelope is on a branch that the hub server does not have, or waits for another.
    fn is_beyond(
        &self,
        stream: &Stream,
        have: &[Tail],
        envelope: &Envelope,
    ) -> Result<bool, StoreError> {
        let own = Tail {
            sequence: envelope.header().sequence,
            header_hash: envelope.header_hash(),
        };
        if !self.joined(stream, &own)? {
            return Ok(true);
        }
        // Without a fork whatever is up to the furthest that is known here is there.
        let of = Columns::of(stream);
        let mut known = Vec::new();
        for tail in have {
            if self.joined(stream, tail)? {
                known.push(*tail);
            }
        }
        let Some(fork) = super::fork(&self.connection, &of)? else {
            return Ok(known.iter().all(|tail| tail.sequence < own.sequence));
        };
        let branches = super::branches::Branches::read(self, &of, fork)?;
        let reaches = |tail: &Tail| {
            tail.sequence >= own.sequence
                && (own.sequence < fork || branches.on_the_way_to(tail, own.sequence) == Some(own))
        };
        Ok(!known.iter().any(reaches))
    }

    /// The envelopes on the same patient that hold their keys: the first ones of the record, each
    /// of this device.
    fn first_of(&self, envelope: &Envelope) -> Result<Vec<EnvelopeId>, StoreError> {
        let header = envelope.header();
        let all = self.envelopes_of(header.subject)?;
        let own = all.iter().filter(|one| {
            let other = one.header();
            other.device == header.device && other.key != header.key
        });
        Ok(own.map(Envelope::id).collect())
    }
}

fn second(at: i64) -> Option<Timestamp> {
    Timestamp::from_second(at).ok()
}
