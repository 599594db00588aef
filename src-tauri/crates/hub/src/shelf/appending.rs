//! Keeping envelopes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sync::record::envelope::{Envelope, Stream};
use sync::record::id::{EnvelopeId, PatientId};
use sync::record::log::{Kept, Tail};

use super::branches::{read_ahead, read_branches, write_branches};
use super::columns::{patient_of, tail};
use super::erasing::erased_among;
use super::joining::{Joined, Joining, Link as Place};
use super::{DatabaseShelf, ShelfError};
use crate::database::{Cell, DatabaseError, Link, in_list, rows_list, steps};

/// An envelope that arrives, with what is worked out of it once.
struct Arrival<'a> {
    place: Place,
    envelope: &'a Envelope,
}

/// What is kept of one.
struct New<'a> {
    place: &'a Place,
    patient: Option<&'a PatientId>,
    bytes: Vec<u8>,
    branch: Option<i64>,
}

impl Arrival<'_> {
    /// Its bytes, without its content when two people have signed that away.
    fn bytes(&self, erased: &BTreeSet<PatientId>) -> Vec<u8> {
        match patient_of(self.envelope) {
            Some(patient) if erased.contains(patient) => self.envelope.without_content().to_bytes(),
            _ => self.envelope.to_bytes(),
        }
    }
}

impl DatabaseShelf {
    pub(super) fn keep(&mut self, envelopes: &[Envelope]) -> Result<Kept, ShelfError> {
        let service = self.about.service;
        if envelopes
            .iter()
            .any(|envelope| envelope.header().service != service)
        {
            return Err(ShelfError::OtherService);
        }
        let mut arrivals: BTreeMap<Stream, Vec<Arrival<'_>>> = BTreeMap::new();
        for envelope in envelopes {
            let stream = arrivals.entry(envelope.header().stream()).or_default();
            stream.push(arrival(envelope));
        }
        // Asked before anything is locked: what is offered again costs no write.
        let held = self.held(&arrivals)?;
        for arrivals in arrivals.values_mut() {
            arrivals.retain(|arrival| !held.contains(&arrival.place.id));
        }
        arrivals.retain(|_, arrivals| !arrivals.is_empty());
        if arrivals.is_empty() {
            return Ok(Kept::default());
        }
        let all = arrivals.values().flatten();
        let patients = all.filter_map(|arrival| patient_of(arrival.envelope));
        let patients: BTreeSet<PatientId> = patients.copied().collect();
        // The map is in order of streams, so that two hub servers never wait for each other.
        let kept = self.link().whole(|link| {
            let mut kept = Kept::default();
            let erased = erased_among(link, &patients)?;
            for (stream, arrivals) in &arrivals {
                kept.join(keep_in_stream(link, stream, arrivals, &erased)?);
            }
            Ok(kept)
        })?;
        self.written.streams.extend(arrivals.into_keys());
        self.written.envelopes += kept.new;
        Ok(kept)
    }

    fn held(
        &self,
        arrivals: &BTreeMap<Stream, Vec<Arrival<'_>>>,
    ) -> Result<HashSet<EnvelopeId>, DatabaseError> {
        let ids: Vec<EnvelopeId> = arrivals
            .values()
            .flatten()
            .map(|arrival| arrival.place.id)
            .collect();
        let mut held = HashSet::new();
        for part in steps(&ids) {
            let sql = format!(
                "SELECT id FROM envelope WHERE id IN {}",
                in_list(1, part.len())
            );
            let with: Vec<Cell<'_>> = part.iter().map(|id| Cell::Bytes(id.as_bytes())).collect();
            for row in self.link().rows(&sql, &with)? {
                held.insert(EnvelopeId::from_bytes(row.bytes_of(0)?));
            }
        }
        Ok(held)
    }
}

fn arrival(envelope: &Envelope) -> Arrival<'_> {
    let header = envelope.header();
    Arrival {
        place: Place {
            id: envelope.id(),
            own: Tail::of(envelope),
            previous: (header.sequence > 1).then_some(Tail {
                sequence: header.sequence - 1,
                header_hash: header.previous,
            }),
        },
        envelope,
    }
}

fn keep_in_stream(
    link: &mut Link,
    stream: &Stream,
    arrivals: &[Arrival<'_>],
    erased: &BTreeSet<PatientId>,
) -> Result<Kept, DatabaseError> {
    let id = lock(link, stream)?;
    let known = known_near(link, id, arrivals)?;
    let mut joining = Joining::new(read_branches(link, id)?);
    for (tail, branch) in &known {
        if let Some(branch) = branch {
            joining.know(*tail, *branch);
        }
    }
    for ahead in read_ahead(link, id)? {
        joining.wait(ahead);
    }
    let mut new: Vec<&Arrival<'_>> = Vec::new();
    let mut seen = HashSet::new();
    for arrival in arrivals {
        if !known.contains_key(&arrival.place.own) && seen.insert(arrival.place.own) {
            joining.arrive(arrival.place);
            new.push(arrival);
        }
    }
    let joined = joining.outcome();
    write(link, id, &new, &joined, erased)?;
    Ok(Kept {
        new: new.len(),
        forked: joined.forked.then_some(*stream).into_iter().collect(),
    })
}

/// The stream's number. Whoever else would write to it waits from now on.
fn lock(link: &mut Link, stream: &Stream) -> Result<i64, DatabaseError> {
    let now = link.this_transaction();
    let sql = format!(
        "INSERT INTO stream (scope, device, incarnation, touched) VALUES ($1, $2, $3, {now})
         ON CONFLICT (scope, device, incarnation) DO UPDATE SET touched = excluded.touched
         RETURNING id"
    );
    let with = [
        Cell::Text(&stream.scope.to_string()),
        Cell::Bytes(stream.device.as_bytes()),
        Cell::Number(stream.incarnation.into()),
    ];
    let row = link.row(&sql, &with)?;
    row.ok_or(DatabaseError::Malformed("no stream"))?.number(0)
}

/// The headers that are held where these envelopes stand and just before, each with its branch if
/// it has joined.
fn known_near(
    link: &mut Link,
    stream: i64,
    arrivals: &[Arrival<'_>],
) -> Result<HashMap<Tail, Option<i64>>, DatabaseError> {
    let numbers = arrivals.iter().flat_map(|arrival| {
        let own = arrival.place.own.sequence;
        [own.saturating_sub(1), own]
    });
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut known = HashMap::new();
    for part in steps(&numbers) {
        let sql = format!(
            "SELECT sequence, header_hash, branch FROM envelope
             WHERE stream = $1 AND sequence IN {}",
            in_list(2, part.len())
        );
        let sequences = part.iter().map(|number| Cell::count(*number));
        let with: Vec<Cell<'_>> = [Cell::Number(stream)]
            .into_iter()
            .chain(sequences)
            .collect();
        for row in link.rows(&sql, &with)? {
            known.insert(tail(&row, 0)?, row.maybe_number(2)?);
        }
    }
    Ok(known)
}

fn write(
    link: &mut Link,
    stream: i64,
    new: &[&Arrival<'_>],
    joined: &Joined,
    erased: &BTreeSet<PatientId>,
) -> Result<(), DatabaseError> {
    const COLUMNS: usize = 9;
    let mut placed = joined.placed.clone();
    let rows = new.iter().map(|arrival| New {
        place: &arrival.place,
        patient: patient_of(arrival.envelope),
        bytes: arrival.bytes(erased),
        branch: placed.remove(&arrival.place.id),
    });
    let rows: Vec<New<'_>> = rows.collect();
    for part in steps(&rows) {
        let sql = format!(
            "INSERT INTO envelope
                 (id, stream, sequence, header_hash, previous, branch, size, bytes, patient)
             VALUES {}",
            rows_list(part.len(), COLUMNS)
        );
        let with: Vec<Cell<'_>> = part.iter().flat_map(|new| cells(stream, new)).collect();
        link.run(&sql, &with)?;
    }
    // What is left was kept ahead before, and joins now.
    for (id, branch) in placed {
        let sql = "UPDATE envelope SET branch = $1 WHERE id = $2";
        link.run(sql, &[Cell::Number(branch), Cell::Bytes(id.as_bytes())])?;
    }
    write_branches(link, stream, joined.branches.values())
}

fn cells<'a>(stream: i64, new: &'a New<'_>) -> [Cell<'a>; 9] {
    const NOTHING: [u8; 32] = [0; 32];
    let Place { id, own, previous } = new.place;
    [
        Cell::Bytes(id.as_bytes()),
        Cell::Number(stream),
        Cell::count(own.sequence),
        Cell::Bytes(&own.header_hash),
        Cell::Bytes(
            previous
                .as_ref()
                .map_or(&NOTHING, |previous| &previous.header_hash),
        ),
        Cell::Maybe(new.branch),
        Cell::count(new.bytes.len() as u64),
        Cell::Bytes(&new.bytes),
        Cell::MaybeBytes(new.patient.map(|patient| patient.as_bytes().as_slice())),
    ]
}
