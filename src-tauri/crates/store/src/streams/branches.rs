//! The part of a forked stream from where it forks. Forks are rare and short: it is read whole.

use std::collections::{BTreeMap, BTreeSet};

use record::envelope::Envelope;
use record::log::Tail;
use rusqlite::params;

use super::Columns;
use crate::journal::bytes;
use crate::{Store, StoreError};

/// What has joined a stream from the number on at which it forks.
pub(super) struct Branches {
    pub(super) fork: u64,
    all: BTreeMap<Tail, Envelope>,
}

impl Branches {
    pub(super) fn read(store: &Store, of: &Columns, fork: u64) -> Result<Self, StoreError> {
        let mut statement = store.connection.prepare_cached(
            "SELECT bytes FROM envelope
             WHERE scope = ?1 AND device = ?2 AND incarnation = ?3 AND sequence >= ?4
                 AND NOT EXISTS (SELECT 1 FROM ahead WHERE ahead.place = envelope.place)",
        )?;
        let mut rows = statement.query(params![of.scope, of.device, of.incarnation, fork])?;
        let mut all = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let envelope = Envelope::from_bytes(&bytes(row)?)?;
            let tail = Tail {
                sequence: envelope.header().sequence,
                header_hash: envelope.header_hash(),
            };
            all.insert(tail, envelope);
        }
        Ok(Self { fork, all })
    }

    /// All but these and what they follow from, ascending.
    pub(super) fn beside(self, have: &[Tail]) -> impl Iterator<Item = Envelope> + use<> {
        let mut covered = BTreeSet::new();
        for tail in have {
            let mut at = Some(*tail);
            while let Some(tail) = at.filter(|tail| covered.insert(*tail)) {
                at = self.before(&tail);
            }
        }
        let all = self.all.into_iter();
        all.filter(move |(tail, _)| !covered.contains(tail))
            .map(|(_, envelope)| envelope)
    }

    /// The one with this number that `tip` follows from.
    pub(super) fn on_the_way_to(&self, tip: &Tail, sequence: u64) -> Option<Tail> {
        let mut at = *tip;
        while at.sequence > sequence {
            at = self.before(&at)?;
        }
        self.all.contains_key(&at).then_some(at)
    }

    fn before(&self, tail: &Tail) -> Option<Tail> {
        let header = self.all.get(tail)?.header();
        Some(Tail {
            sequence: header.sequence.checked_sub(1)?,
            header_hash: header.previous,
        })
    }
}
