//! The blobs of attachments, in pieces.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sync::record::blob::{BlobHash, BlobId, gather};
use sync::record::id::{DeviceId, PatientId, SiteId};
use sync::shelf::{BlobShelf, Put, Quota};
use sync::wire::{BlobName, NotKept};

use super::erasing::erased_among;
use super::{DatabaseShelf, ShelfError};
use crate::database::{Cell, DatabaseError, Link};

impl BlobShelf for DatabaseShelf {
    fn blob_held(&self, blob: &BlobName, device: DeviceId) -> Result<u64, ShelfError> {
        Ok(held(&mut self.link(), blob, device)?.bytes)
    }

    fn put_blob(
        &mut self,
        blob: &BlobName,
        device: DeviceId,
        at: u64,
        piece: &[u8],
        now: Timestamp,
    ) -> Result<Put, ShelfError> {
        let quota = self.quota;
        Ok(self.link().whole(|link| {
            let there = held(link, blob, device)?;
            if there.whole || there.bytes != at || at >= blob.size {
                return Ok(Put::Held(there.bytes));
            }
            if !erased_among(link, &BTreeSet::from([blob.patient]))?.is_empty() {
                return Ok(Put::Not(NotKept::Erased));
            }
            if let Some(full) = no_room(link, quota, device, piece.len() as u64)? {
                return Ok(Put::Not(full));
            }
            let ends = at + piece.len() as u64;
            let Some(place) = go_on(link, blob, device, at, ends, now)? else {
                // Another hub server over the same database has taken a piece meanwhile.
                return Ok(Put::Held(held(link, blob, device)?.bytes));
            };
            link.run(
                "INSERT INTO blob_piece (blob, ends, bytes) VALUES ($1, $2, $3)",
                &[Cell::Number(place), Cell::count(ends), Cell::Bytes(piece)],
            )?;
            if ends < blob.size {
                return Ok(Put::Held(ends));
            }
            finish(link, blob, place)
        })?)
    }

    fn blob_piece(
        &self,
        site: SiteId,
        id: &BlobId,
        at: u64,
        limit: usize,
    ) -> Result<Option<(u64, Vec<u8>)>, ShelfError> {
        let link = &mut self.link();
        let Some((place, length)) = whole(link, site, id)? else {
            return Ok(None);
        };
        let given = gather(at, limit, |from| piece_after(link, place, from))?;
        Ok(Some((length, given)))
    }

    fn take_blob_over(
        &mut self,
        blob: &BlobName,
        device: DeviceId,
        sites: &[SiteId],
        now: Timestamp,
    ) -> Result<bool, ShelfError> {
        let quota = self.quota;
        Ok(self.link().whole(|link| {
            let mut found = None;
            for site in sites {
                let whole = whole(link, *site, &blob.id)?;
                found = found.or(whole.filter(|(_, size)| *size == blob.size));
            }
            let Some((from, _)) = found else {
                return Ok(false);
            };
            let erased = erased_among(link, &BTreeSet::from([blob.patient]))?;
            if !erased.is_empty() || no_room(link, quota, device, blob.size)?.is_some() {
                return Ok(false);
            }
            forget_part(link, blob, device)?;
            let Some(place) = go_on(link, blob, device, 0, blob.size, now)? else {
                return Ok(false);
            };
            link.run(
                "INSERT INTO blob_piece (blob, ends, bytes)
                 SELECT $1, ends, bytes FROM blob_piece WHERE blob = $2",
                &[Cell::Number(place), Cell::Number(from)],
            )?;
            Ok(matches!(finish(link, blob, place)?, Put::Held(_)))
        })?)
    }
}

/// How much of a blob is there for a device.
struct There {
    bytes: u64,
    whole: bool,
}

fn held(link: &mut Link, blob: &BlobName, device: DeviceId) -> Result<There, DatabaseError> {
    // What is whole is everybody's, and comes before what this device has brought of it.
    let row = link.row(
        "SELECT held, whole FROM blob
         WHERE site = $1 AND patient = $2 AND id = $3 AND (device = $4 OR whole = 1)
         ORDER BY whole DESC LIMIT 1",
        &named(blob, &device),
    )?;
    let Some(row) = row else {
        return Ok(There {
            bytes: 0,
            whole: false,
        });
    };
    Ok(There {
        bytes: row.count(0)?,
        whole: row.number(1)? == 1,
    })
}

/// What a row is told apart by.
fn named<'a>(blob: &'a BlobName, device: &'a DeviceId) -> [Cell<'a>; 4] {
    let [site, patient, id] = place_of(blob);
    [site, patient, id, Cell::Bytes(device.as_bytes())]
}

fn place_of(blob: &BlobName) -> [Cell<'_>; 3] {
    [
        Cell::Bytes(blob.site.as_bytes()),
        Cell::Bytes(blob.patient.as_bytes()),
        Cell::Bytes(blob.id.as_bytes()),
    ]
}

/// The row and the size of a blob that is whole, on whichever patient: its bytes are the same.
fn whole(link: &mut Link, site: SiteId, id: &BlobId) -> Result<Option<(i64, u64)>, DatabaseError> {
    let row = link.row(
        "SELECT place, held FROM blob WHERE site = $1 AND id = $2 AND whole = 1
         ORDER BY place LIMIT 1",
        &[Cell::Bytes(site.as_bytes()), Cell::Bytes(id.as_bytes())],
    )?;
    row.map(|row| Ok((row.number(0)?, row.count(1)?)))
        .transpose()
}

fn no_room(
    link: &mut Link,
    quota: Quota,
    device: DeviceId,
    more: u64,
) -> Result<Option<NotKept>, DatabaseError> {
    let sum = "SELECT CAST(coalesce(sum(held), 0) AS BIGINT) FROM blob";
    let mut held = |sql: &str, with: &[Cell<'_>]| {
        let row = link.row(sql, with)?;
        row.map_or(Ok(0), |row| row.count(0))
    };
    let own = format!("{sum} WHERE device = $1");
    if held(&own, &[Cell::Bytes(device.as_bytes())])?.saturating_add(more) > quota.of_a_device {
        return Ok(Some(NotKept::FullForDevice));
    }
    let full = held(sum, &[])?.saturating_add(more) > quota.of_the_service;
    Ok(full.then_some(NotKept::FullForService))
}

/// Takes down that a device goes on with a blob from `at`; none when somebody else just did.
fn go_on(
    link: &mut Link,
    blob: &BlobName,
    device: DeviceId,
    at: u64,
    ends: u64,
    now: Timestamp,
) -> Result<Option<i64>, DatabaseError> {
    let [site, patient, id, whose] = named(blob, &device);
    let touched = Cell::Number(now.as_millisecond());
    link.run(
        "INSERT INTO blob (site, patient, id, device, size, held, whole, touched)
         VALUES ($1, $2, $3, $4, $5, 0, 0, $6) ON CONFLICT (site, patient, id, device) DO NOTHING",
        &[site, patient, id, whose, Cell::count(blob.size), touched],
    )?;
    let (at, ends) = (Cell::count(at), Cell::count(ends));
    let taken = link.run(
        "UPDATE blob SET held = $1, touched = $2
         WHERE site = $3 AND patient = $4 AND id = $5 AND device = $6 AND held = $7 AND whole = 0",
        &[ends, touched, site, patient, id, whose, at],
    )?;
    if taken == 0 {
        return Ok(None);
    }
    let row = link.row(
        "SELECT place FROM blob WHERE site = $1 AND patient = $2 AND id = $3 AND device = $4",
        &[site, patient, id, whose],
    )?;
    row.map(|row| row.number(0)).transpose()
}

/// Checks a blob of which all has come.
fn finish(link: &mut Link, blob: &BlobName, place: i64) -> Result<Put, DatabaseError> {
    if hash_of(link, place)? != blob.id {
        drop_where(link, "place = $1", &[Cell::Number(place)])?;
        return Ok(Put::Not(NotKept::Altered));
    }
    let here = Cell::Number(place);
    link.run("UPDATE blob SET whole = 1 WHERE place = $1", &[here])?;
    let others = "site = $1 AND patient = $2 AND id = $3 AND whole = 0";
    drop_where(link, others, &place_of(blob))?;
    Ok(Put::Held(blob.size))
}

/// The id of the blob that stands in a row, by its bytes.
pub(crate) fn hash_of(link: &mut Link, place: i64) -> Result<BlobId, DatabaseError> {
    BlobHash::of_pieces(|from| piece_after(link, place, from))
}

/// The piece that holds the byte at `from`, and where it ends.
fn piece_after(
    link: &mut Link,
    place: i64,
    from: u64,
) -> Result<Option<(u64, Vec<u8>)>, DatabaseError> {
    let row = link.row(
        "SELECT ends, bytes FROM blob_piece WHERE blob = $1 AND ends > $2 ORDER BY ends LIMIT 1",
        &[Cell::Number(place), Cell::count(from)],
    )?;
    row.map(|row| Ok((row.count(0)?, row.bytes(1)?.to_vec())))
        .transpose()
}

fn forget_part(link: &mut Link, blob: &BlobName, device: DeviceId) -> Result<(), DatabaseError> {
    let condition = "site = $1 AND patient = $2 AND id = $3 AND device = $4 AND whole = 0";
    drop_where(link, condition, &named(blob, &device))
}

/// Forgets what is not whole and has not grown since `before`, in milliseconds since 1970.
pub(super) fn forget_unfinished(link: &mut Link, before: i64) -> Result<(), DatabaseError> {
    drop_where(link, "whole = 0 AND touched < $1", &[Cell::Number(before)])
}

/// Drops the blobs of a patient whose content was signed away.
pub(super) fn drop_blobs_of(link: &mut Link, patient: &PatientId) -> Result<(), DatabaseError> {
    drop_where(link, "patient = $1", &[Cell::Bytes(patient.as_bytes())])
}

fn drop_where(link: &mut Link, condition: &str, with: &[Cell<'_>]) -> Result<(), DatabaseError> {
    link.run(
        &format!("DELETE FROM blob_piece WHERE blob IN (SELECT place FROM blob WHERE {condition})"),
        with,
    )?;
    link.run(&format!("DELETE FROM blob WHERE {condition}"), with)?;
    Ok(())
}
