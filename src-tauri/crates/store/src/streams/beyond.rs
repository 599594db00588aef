//! What another side lacks of a stream, and where to look for the place at which branches part.

use std::collections::{BTreeMap, BTreeSet};

use record::envelope::{Envelope, Stream};
use record::log::Tail;
use rusqlite::params;

use super::branches::Branches;
use super::receiving::joined;
use super::{Columns, at, fork, tails};
use crate::journal::bytes;
use crate::{Store, StoreError};

/// What has joined a stream beyond `have`, ascending, as much as fits.
pub(super) fn beyond(
    store: &Store,
    stream: &Stream,
    have: &[Tail],
    limit: usize,
) -> Result<Vec<Envelope>, StoreError> {
    let of = Columns::of(stream);
    let mut held = Vec::new();
    for tail in have {
        if joined(&store.connection, &of, tail)? {
            held.push(*tail);
        }
    }
    let after = held.iter().map(|tail| tail.sequence).max().unwrap_or(0);
    let mut found = Found::new(limit);
    match fork(&store.connection, &of)? {
        None => straight(store, &of, after, u64::MAX, &mut found)?,
        Some(fork) => {
            // Up to the fork there is one way to any of them.
            let after = after.min(fork - 1);
            straight(store, &of, after, fork, &mut found)?;
            if !found.full {
                let branches = Branches::read(store, &of, fork)?;
                for envelope in branches.beside(&held) {
                    if !found.add(envelope) {
                        break;
                    }
                }
            }
        }
    }
    Ok(found.envelopes)
}

/// Envelopes up to so many bytes, and one in any case.
struct Found {
    envelopes: Vec<Envelope>,
    left: usize,
    full: bool,
}

impl Found {
    fn new(limit: usize) -> Self {
        Self {
            envelopes: Vec::new(),
            left: limit,
            full: false,
        }
    }

    /// `false` when it does not fit any more.
    fn add(&mut self, envelope: Envelope) -> bool {
        let bytes = envelope.to_bytes().len();
        self.full = self.full || bytes > self.left && !self.envelopes.is_empty();
        if !self.full {
            self.left = self.left.saturating_sub(bytes);
            self.envelopes.push(envelope);
        }
        !self.full
    }
}

/// The part of a stream that has no branches: after this number, and before that one.
fn straight(
    store: &Store,
    of: &Columns,
    after: u64,
    before: u64,
    found: &mut Found,
) -> Result<(), StoreError> {
    let mut statement = store.connection.prepare_cached(
        "SELECT bytes FROM envelope
         WHERE scope = ?1 AND device = ?2 AND incarnation = ?3 AND sequence > ?4 AND sequence < ?5
             AND NOT EXISTS (SELECT 1 FROM ahead WHERE ahead.place = envelope.place)
         ORDER BY sequence",
    )?;
    // No number of a stream is as high as the column's highest.
    let before = i64::try_from(before).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![of.scope, of.device, of.incarnation, after, before])?;
    while let Some(row) = rows.next()? {
        if !found.add(Envelope::from_bytes(&bytes(row)?)?) {
            break;
        }
    }
    Ok(())
}

/// Each end of a stream, then 1, 2, 4, 8 ... before it, and the first; descending.
pub(super) fn marks(store: &Store, stream: &Stream) -> Result<Vec<Tail>, StoreError> {
    let of = Columns::of(stream);
    let fork = fork(&store.connection, &of)?;
    let branches = match fork {
        Some(fork) => Some(Branches::read(store, &of, fork)?),
        None => None,
    };
    let mut trunk: BTreeMap<u64, Tail> = BTreeMap::new();
    let mut marks: BTreeSet<Tail> = BTreeSet::new();
    for tip in tails(&store.connection, &of)? {
        for sequence in places(tip.sequence) {
            let branch = branches.as_ref().filter(|it| sequence >= it.fork);
            let mark = match (branch, trunk.get(&sequence)) {
                (Some(branches), _) => branches.on_the_way_to(&tip, sequence),
                (None, Some(known)) => Some(*known),
                (None, None) => first_at(store, &of, sequence)?,
            };
            if branch.is_none()
                && let Some(mark) = mark
            {
                trunk.insert(sequence, mark);
            }
            marks.extend(mark);
        }
    }
    Ok(marks.into_iter().rev().collect())
}

/// The numbers looked at on the way back from this one.
fn places(tip: u64) -> impl Iterator<Item = u64> {
    let steps = (0..u64::BITS).map(|power| 1_u64 << power);
    let back = steps.map_while(move |step| tip.checked_sub(step).filter(|it| *it > 0));
    std::iter::once(tip).chain(back).chain(std::iter::once(1))
}

/// The only envelope that has joined the stream at this number.
fn first_at(store: &Store, of: &Columns, sequence: u64) -> Result<Option<Tail>, StoreError> {
    let there = at(&store.connection, of, sequence)?;
    let joined = there.iter().find(|(_, joined)| *joined);
    Ok(joined.map(|(envelope, _)| Tail {
        sequence,
        header_hash: envelope.header_hash(),
    }))
}
