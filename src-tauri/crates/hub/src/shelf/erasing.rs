//! Content that two people signed away: gone from the database, while every stream stays joined.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use sync::record::envelope::Envelope;
use sync::record::id::PatientId;
use sync::record::warrant::{Proven, WarrantId};

use super::blobs::drop_blobs_of;
use super::columns::envelope;
use super::{DatabaseShelf, ShelfError};
use crate::database::{Cell, DatabaseError, Link, in_list, steps};

/// Envelopes that are read at once: small enough for the largest.
const AT_ONCE: usize = 64;

/// An erasure that was carried out, for the log. It names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// The warrant that confirmed it.
    pub id: WarrantId,
    /// How many records it names.
    pub records: usize,
    /// How many envelopes had content to drop.
    pub envelopes: usize,
}

impl DatabaseShelf {
    pub(super) fn read_erasures(&self) -> Result<Vec<WarrantId>, ShelfError> {
        let rows = self.link().rows("SELECT id FROM erasure", &[])?;
        let ids = rows
            .iter()
            .map(|row| Ok(WarrantId::from_bytes(row.bytes_of(0)?)));
        ids.collect()
    }

    pub(super) fn drop_content(&mut self, erasure: &Proven) -> Result<(), ShelfError> {
        let dropped = self.link().whole(|link| {
            // Nobody keeps anything meanwhile that was still to be kept when this began.
            link.hold_content(false)?;
            let new = link.run(
                "INSERT INTO erasure (id, bytes) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
                &[
                    Cell::Bytes(erasure.id().as_bytes()),
                    Cell::Bytes(erasure.bytes()),
                ],
            )?;
            let mut dropped = 0;
            for patient in erasure.records() {
                link.run(
                    "INSERT INTO erased (patient) VALUES ($1) ON CONFLICT (patient) DO NOTHING",
                    &[Cell::Bytes(patient.as_bytes())],
                )?;
                dropped += drop_content_of(link, patient)?;
                drop_blobs_of(link, patient)?;
            }
            Ok((new > 0 || dropped > 0).then_some(dropped))
        })?;
        let Some(envelopes) = dropped else {
            return Ok(());
        };
        // It is carried out, and told whatever comes of the rest.
        self.erased.push(Erased {
            id: erasure.id(),
            records: erasure.records().len(),
            envelopes,
        });
        self.log_to_cut.store(true, Ordering::SeqCst);
        self.cut_log()
    }

    /// Cuts the log where it may still hold what was erased; one that somebody reads is cut when this
    /// is called again.
    pub(super) fn cut_log(&mut self) -> Result<(), ShelfError> {
        // What is erased meanwhile says so again.
        if !self.log_to_cut.swap(false, Ordering::SeqCst) {
            return Ok(());
        }
        let cut = self.link().cut_log();
        if !matches!(cut, Ok(true)) {
            self.log_to_cut.store(true, Ordering::SeqCst);
        }
        cut?;
        Ok(())
    }

    /// The erasures that were carried out since this was asked last.
    pub fn take_erased(&mut self) -> Vec<Erased> {
        std::mem::take(&mut self.erased)
    }
}

/// Those of these patients whose content is kept no more. From now to the end of the transaction
/// nobody is added to them.
pub(super) fn erased_among(
    link: &mut Link,
    patients: &BTreeSet<PatientId>,
) -> Result<BTreeSet<PatientId>, DatabaseError> {
    let mut erased = BTreeSet::new();
    if patients.is_empty() {
        return Ok(erased);
    }
    link.hold_content(true)?;
    let patients: Vec<&PatientId> = patients.iter().collect();
    for part in steps(&patients) {
        let sql = format!(
            "SELECT patient FROM erased WHERE patient IN {}",
            in_list(1, part.len())
        );
        let with: Vec<Cell<'_>> = part.iter().map(|id| Cell::Bytes(id.as_bytes())).collect();
        for row in link.rows(&sql, &with)? {
            erased.insert(PatientId::from_bytes(row.bytes_of(0)?));
        }
    }
    Ok(erased)
}

/// Leaves header and signature of every envelope on a patient. Gives how many had content.
fn drop_content_of(link: &mut Link, patient: &PatientId) -> Result<usize, DatabaseError> {
    let sql = format!(
        "SELECT id, bytes FROM envelope WHERE patient = $1 AND id > $2 ORDER BY id LIMIT {AT_ONCE}"
    );
    let mut after = Vec::new();
    let mut dropped = 0;
    loop {
        let with = [Cell::Bytes(patient.as_bytes()), Cell::Bytes(&after)];
        let rows = link.rows(&sql, &with)?;
        let Some(last) = rows.last() else {
            return Ok(dropped);
        };
        after = last.bytes(0)?.to_vec();
        for row in &rows {
            let held = envelope(row.bytes(1)?)?;
            if !held.is_erased() {
                leave_header(link, row.bytes(0)?, &held)?;
                dropped += 1;
            }
        }
    }
}

fn leave_header(link: &mut Link, id: &[u8], held: &Envelope) -> Result<(), DatabaseError> {
    let bytes = held.without_content().to_bytes();
    link.run(
        "UPDATE envelope SET bytes = $1, size = $2 WHERE id = $3",
        &[
            Cell::Bytes(&bytes),
            Cell::count(bytes.len() as u64),
            Cell::Bytes(id),
        ],
    )?;
    Ok(())
}
