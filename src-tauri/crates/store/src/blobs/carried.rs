//! What is to be fetched from the hub server and what is to be sent.

use jiff::{SignedDuration, Timestamp};
use record::blob::BlobId;
use record::id::PatientId;
use record::scope::Scope;
use rusqlite::{OptionalExtension, Row, params};

use super::{BlobOn, BlobState};
use crate::wire_text::read_scope;
use crate::{Store, StoreError};

/// How long after the hub server said that it has not what somebody asked for it is asked again.
/// A design decision.
const ASK_AGAIN: SignedDuration = SignedDuration::from_mins(10);
/// How long after the hub server refused a blob it is offered again. A design decision.
const OFFER_AGAIN: SignedDuration = SignedDuration::from_hours(24);
/// After how long the hub server is asked once more about what it had: it may have been put back
/// from a backup. A design decision; the question is a hundred bytes.
const MAKE_SURE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A blob that a person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The blob, and where it may be fetched.
    pub on: BlobOn,
    /// What is here of it, from its start.
    pub held: u64,
}

/// A blob that the hub server is to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToSend {
    /// The blob, and where it belongs.
    pub on: BlobOn,
    /// What the hub server has of it; none when it is to be asked first.
    pub there: Option<u64>,
}

impl Store {
    /// What a person asked for and is not here, oldest first.
    pub fn next_wanted(&self, now: Timestamp) -> Result<Option<Wanted>, StoreError> {
        let before = now.as_second() - ASK_AGAIN.as_secs();
        let row = self
            .connection
            .prepare_cached(
                "SELECT b.id, b.size, t.patient, t.scope, b.held FROM blob AS b
                 JOIN blob_there AS t ON t.blob = b.place
                 WHERE b.wanted = 1 AND b.held < b.size
                   AND (b.missed IS NULL OR b.missed < ?1 OR b.missed > ?2)
                 ORDER BY b.opened, b.place, t.held DESC LIMIT 1",
            )?
            .query_row([before, now.as_second()], |row| {
                Ok((named(row)?, row.get(4)?))
            })
            .optional()?;
        row.map(|(named, held)| {
            let on = named.read()?;
            Ok(Wanted { on, held })
        })
        .transpose()
    }

    /// What the hub server is to have and has not, as far as is known, oldest first. What it has is
    /// asked about once a week.
    pub fn next_to_send(&self, now: Timestamp) -> Result<Option<ToSend>, StoreError> {
        let ago = |time: SignedDuration| now.as_second() - time.as_secs();
        let row = self
            .connection
            .prepare_cached(
                // What is held here is sent. What is not may still be taken over into another
                // scope by asking; once it was asked, nothing more can be done.
                "SELECT b.id, b.size, t.patient, t.scope,
                     CASE WHEN t.said IS NULL OR t.said < ?1 OR t.said > ?3 OR t.refused IS NOT NULL
                          THEN NULL ELSE t.held END
                 FROM blob AS b JOIN blob_there AS t ON t.blob = b.place
                 WHERE b.id IS NOT NULL
                   AND (t.said IS NULL OR t.said < ?1 OR t.said > ?3
                     OR (t.held < b.size AND b.held = b.size AND t.refused IS NULL)
                     OR (t.refused IS NOT NULL AND t.said < ?2))
                 ORDER BY b.place, t.patient, t.scope LIMIT 1",
            )?
            .query_row([ago(MAKE_SURE), ago(OFFER_AGAIN), now.as_second()], |row| {
                Ok((named(row)?, row.get(4)?))
            })
            .optional()?;
        row.map(|(named, there)| {
            let on = named.read()?;
            Ok(ToSend { on, there })
        })
        .transpose()
    }

    /// The hub server has so much of a blob.
    pub fn blob_there(&mut self, on: &BlobOn, held: u64, now: Timestamp) -> Result<(), StoreError> {
        self.said(on, Some(held), None, now)
    }

    /// The hub server takes no more of a blob; `why` is a number of the protocol.
    pub fn blob_refused(
        &mut self,
        on: &BlobOn,
        why: u32,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.said(on, None, Some(why), now)
    }

    fn said(
        &mut self,
        on: &BlobOn,
        held: Option<u64>,
        refused: Option<u32>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.together(|connection| {
            connection
                .prepare_cached(
                    "UPDATE blob_there SET held = coalesce(?4, held), refused = ?5, said = ?6
                     WHERE blob = (SELECT place FROM blob WHERE id = ?1)
                       AND patient = ?2 AND scope = ?3",
                )?
                .execute(params![
                    on.id.as_bytes(),
                    on.patient.as_bytes(),
                    on.scope.to_string(),
                    held,
                    refused,
                    now.as_second()
                ])?;
            Ok(())
        })
    }

    /// Another hub server is spoken to from now on: what the one before had says nothing of it.
    pub fn forget_blobs_there(&mut self) -> Result<(), StoreError> {
        self.together(|connection| {
            connection.execute(
                "UPDATE blob_there SET held = 0, said = NULL, refused = NULL",
                [],
            )?;
            Ok(())
        })
    }

    /// The hub server has not what a person asked for.
    pub fn blob_missed(&mut self, id: &BlobId, now: Timestamp) -> Result<(), StoreError> {
        self.together(|connection| {
            connection
                .prepare_cached("UPDATE blob SET missed = ?2 WHERE id = ?1")?
                .execute(params![id.as_bytes(), now.as_second()])?;
            Ok(())
        })
    }

    /// Every blob on a patient's record that is known here, with how it stands.
    pub fn blobs_of(&self, patient: PatientId) -> Result<Vec<(BlobId, BlobState)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT b.id FROM blob AS b JOIN blob_there AS t ON t.blob = b.place
             WHERE t.patient = ?1 AND b.id IS NOT NULL ORDER BY b.place",
        )?;
        let ids = statement.query_map([patient.as_bytes()], |row| row.get::<_, [u8; 32]>(0))?;
        let mut found = Vec::new();
        for id in ids {
            let id = BlobId::from_bytes(id?);
            found.extend(self.blob(&id)?.map(|state| (id, state)));
        }
        Ok(found)
    }
}

/// The four columns that name a blob and where it belongs.
struct Named {
    id: [u8; 32],
    size: u64,
    patient: [u8; 16],
    scope: String,
}

fn named(row: &Row<'_>) -> rusqlite::Result<Named> {
    Ok(Named {
        id: row.get(0)?,
        size: row.get(1)?,
        patient: row.get(2)?,
        scope: row.get(3)?,
    })
}

impl Named {
    fn read(&self) -> Result<BlobOn, StoreError> {
        let scope: Scope = read_scope(&self.scope)?;
        Ok(BlobOn {
            id: BlobId::from_bytes(self.id),
            size: self.size,
            patient: PatientId::from_bytes(self.patient),
            scope,
        })
    }
}
