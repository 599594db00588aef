//! The shelf as a journal of envelopes.

use std::collections::{BTreeMap, HashMap, HashSet};

use sync::record::envelope::{Envelope, Stream};
use sync::record::id::EnvelopeId;
use sync::record::log::{EventLog, Kept, Tail, Tips};
use sync::record::scope::Scope;

use super::branches::{covered, lacking, marked, read_branches};
use super::columns::{envelope, stream, tail};
use super::{DatabaseShelf, ShelfError};
use crate::database::{Cell, DatabaseError, Link, Row, in_list, steps};

/// What an envelope of a few entries takes, rather less than more: by this it is worked out how many
/// are looked at to fill an answer. When it is wrong, they are looked at in more rounds.
const TYPICAL_BYTES: usize = 256;
/// The fewest and the most rows of one round.
const LOOKED_AT: (usize, usize) = (64, 16_384);
/// The most branches that a question names. A stream with more was forked on purpose, and costs
/// whoever asks a longer search.
const MOST_BRANCHES: usize = 32;

impl EventLog for DatabaseShelf {
    type Error = ShelfError;

    fn append(&mut self, envelopes: &[Envelope]) -> Result<Kept, ShelfError> {
        self.keep(envelopes)
    }

    fn tips(&self, scope: Scope) -> Result<Vec<Tips>, ShelfError> {
        Ok(self.worked(scope)?.tips.to_vec())
    }

    fn ahead(&self, scope: Scope) -> Result<Vec<EnvelopeId>, ShelfError> {
        Ok(self.worked(scope)?.ahead.to_vec())
    }

    fn joined(&self, stream: &Stream, tail: &Tail) -> Result<bool, ShelfError> {
        let link = &mut self.link();
        let Some(id) = stream_id(link, stream)? else {
            return Ok(false);
        };
        Ok(places(link, id, &[*tail])?.contains_key(tail))
    }

    fn beyond(
        &self,
        stream: &Stream,
        have: &[Tail],
        limit: usize,
    ) -> Result<Vec<Envelope>, ShelfError> {
        let link = &mut self.link();
        let Some(id) = stream_id(link, stream)? else {
            return Ok(Vec::new());
        };
        let branches = read_branches(link, id)?;
        let have = places(link, id, have)?;
        let have: Vec<(i64, u64)> = have
            .iter()
            .map(|(tail, branch)| (*branch, tail.sequence))
            .collect();
        let lacking = lacking(&branches, &covered(&branches, &have));
        let ids = fitting(link, id, &lacking, limit)?;
        Ok(read_envelopes(link, &ids)?)
    }

    fn marks(&self, stream: &Stream) -> Result<Vec<Tail>, ShelfError> {
        let link = &mut self.link();
        let Some(id) = stream_id(link, stream)? else {
            return Ok(Vec::new());
        };
        let marked: HashSet<(i64, u64)> = marked(&read_branches(link, id)?).into_iter().collect();
        let mut numbers: Vec<u64> = marked.iter().map(|(_, sequence)| *sequence).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut marks = Vec::new();
        for row in at_numbers(link, id, &numbers)? {
            let (tail, branch) = (tail(&row, 0)?, row.number(2)?);
            if marked.contains(&(branch, tail.sequence)) {
                marks.push(tail);
            }
        }
        marks.sort_unstable_by(|a, b| b.cmp(a));
        Ok(marks)
    }

    fn envelopes(&self, ids: &[EnvelopeId]) -> Result<Vec<Envelope>, ShelfError> {
        Ok(read_envelopes(&mut self.link(), ids)?)
    }
}

impl DatabaseShelf {
    pub(super) fn read_tips(&self, scope: Scope) -> Result<Vec<Tips>, ShelfError> {
        let rows = self.link().rows(
            "SELECT s.scope, s.device, s.incarnation, b.tip_sequence, b.tip_hash
             FROM stream s JOIN branch b ON b.stream = s.id WHERE s.scope = $1",
            &[Cell::Text(&scope.to_string())],
        )?;
        let mut tips: BTreeMap<Stream, Vec<Tail>> = BTreeMap::new();
        for row in &rows {
            let stream = stream(row, 0, self.about.service)?;
            tips.entry(stream).or_default().push(tail(row, 3)?);
        }
        let sorted = tips.into_iter().map(|(stream, mut tails)| {
            tails.sort_unstable();
            Tips { stream, tails }
        });
        Ok(sorted.collect())
    }

    pub(super) fn read_all_ahead(&self, scope: Scope) -> Result<Vec<EnvelopeId>, ShelfError> {
        let rows = self.link().rows(
            "SELECT e.id FROM envelope e JOIN stream s ON s.id = e.stream
             WHERE e.branch IS NULL AND s.scope = $1 ORDER BY e.id",
            &[Cell::Text(&scope.to_string())],
        )?;
        let ids = rows
            .iter()
            .map(|row| Ok(EnvelopeId::from_bytes(row.bytes_of(0)?)));
        ids.collect()
    }
}

fn stream_id(link: &mut Link, stream: &Stream) -> Result<Option<i64>, DatabaseError> {
    let row = link.row(
        "SELECT id FROM stream WHERE scope = $1 AND device = $2 AND incarnation = $3",
        &[
            Cell::Text(&stream.scope.to_string()),
            Cell::Bytes(stream.device.as_bytes()),
            Cell::Number(stream.incarnation.into()),
        ],
    )?;
    row.map(|row| row.number(0)).transpose()
}

/// Sequence, header hash and branch of what has joined at these numbers.
fn at_numbers(link: &mut Link, stream: i64, numbers: &[u64]) -> Result<Vec<Row>, DatabaseError> {
    let mut rows = Vec::new();
    for part in steps(numbers) {
        let sql = format!(
            "SELECT sequence, header_hash, branch FROM envelope
             WHERE stream = $1 AND branch IS NOT NULL AND sequence IN {}",
            in_list(2, part.len())
        );
        let numbers = part.iter().map(|number| Cell::count(*number));
        let with: Vec<Cell<'_>> = [Cell::Number(stream)].into_iter().chain(numbers).collect();
        rows.extend(link.rows(&sql, &with)?);
    }
    Ok(rows)
}

/// Those of these headers that have joined, each with its branch.
fn places(
    link: &mut Link,
    stream: i64,
    tails: &[Tail],
) -> Result<HashMap<Tail, i64>, DatabaseError> {
    let asked: HashSet<Tail> = tails.iter().copied().collect();
    let mut numbers: Vec<u64> = asked.iter().map(|tail| tail.sequence).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut found = HashMap::new();
    for row in at_numbers(link, stream, &numbers)? {
        let place = tail(&row, 0)?;
        if asked.contains(&place) {
            found.insert(place, row.number(2)?);
        }
    }
    Ok(found)
}

/// The ids of what is lacking, in order, as many as fit in `limit` bytes and at least one.
fn fitting(
    link: &mut Link,
    stream: i64,
    lacking: &[(i64, u64)],
    limit: usize,
) -> Result<Vec<EnvelopeId>, DatabaseError> {
    let Some(first) = lacking.iter().map(|(_, far)| *far).min() else {
        return Ok(Vec::new());
    };
    let at_once = (limit / TYPICAL_BYTES)
        .next_power_of_two()
        .clamp(LOOKED_AT.0, LOOKED_AT.1);
    let sql = lacking_sql(lacking.len(), at_once);
    let branches = lacking.iter().take(MOST_BRANCHES);
    let branches: Vec<Cell<'_>> = branches.map(|(number, _)| Cell::Number(*number)).collect();
    let mut filling = Filling {
        far: lacking.iter().copied().collect(),
        room: limit,
        ids: Vec::new(),
    };
    let mut after = Tail {
        sequence: first,
        header_hash: [0xff; 32],
    };
    loop {
        let mut with = vec![
            Cell::Number(stream),
            Cell::count(after.sequence),
            Cell::Bytes(&after.header_hash),
        ];
        with.extend(&branches);
        let rows = link.rows(&sql, &with)?;
        for row in &rows {
            if !filling.take(row)? {
                return Ok(filling.ids);
            }
        }
        match rows.last() {
            Some(last) if rows.len() == at_once => after = tail(last, 1)?,
            _ => return Ok(filling.ids),
        }
    }
}

/// An answer while it is filled.
struct Filling {
    /// How far each branch is had already.
    far: BTreeMap<i64, u64>,
    /// Bytes that are left.
    room: usize,
    ids: Vec<EnvelopeId>,
}

impl Filling {
    /// Takes the envelope of a row, where it is lacking. `false` when there is no room for it.
    fn take(&mut self, row: &Row) -> Result<bool, DatabaseError> {
        let sequence = row.count(1)?;
        let far = self.far.get(&row.number(3)?);
        if far.is_none_or(|far| sequence <= *far) {
            return Ok(true);
        }
        let size = usize::try_from(row.count(4)?).unwrap_or(usize::MAX);
        if size > self.room && !self.ids.is_empty() {
            return Ok(false);
        }
        self.room = self.room.saturating_sub(size);
        self.ids.push(EnvelopeId::from_bytes(row.bytes_of(0)?));
        Ok(true)
    }
}

/// What has joined after a place, on these branches; on any where they are too many to name.
fn lacking_sql(branches: usize, at_once: usize) -> String {
    let on = if branches <= MOST_BRANCHES {
        format!("AND branch IN {}", in_list(4, branches))
    } else {
        // The same parameters stand in a condition that always holds.
        format!(
            "AND (branch >= 0 OR branch IN {})",
            in_list(4, MOST_BRANCHES)
        )
    };
    format!(
        "SELECT id, sequence, header_hash, branch, size FROM envelope
         WHERE stream = $1 AND branch IS NOT NULL AND (sequence, header_hash) > ($2, $3) {on}
         ORDER BY sequence, header_hash LIMIT {at_once}"
    )
}

fn read_envelopes(link: &mut Link, ids: &[EnvelopeId]) -> Result<Vec<Envelope>, DatabaseError> {
    let mut found: HashMap<EnvelopeId, Envelope> = HashMap::new();
    for part in steps(ids) {
        let sql = format!(
            "SELECT bytes FROM envelope WHERE id IN {}",
            in_list(1, part.len())
        );
        let with: Vec<Cell<'_>> = part.iter().map(|id| Cell::Bytes(id.as_bytes())).collect();
        for row in link.rows(&sql, &with)? {
            let envelope = envelope(row.bytes(0)?)?;
            found.insert(envelope.id(), envelope);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}
