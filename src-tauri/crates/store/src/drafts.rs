use std::fmt;

use jiff::Timestamp;
use record::id::{PatientId, StaffId};
use rusqlite::{Connection, Row, params};

use crate::{Store, StoreError};

/// Something typed that is not yet in an envelope.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// Who typed it.
    pub staff: StaffId,
    /// About whom, where that is known yet.
    pub patient: Option<PatientId>,
    /// What it belongs to, for example an assessment's id.
    pub context: String,
    /// Which field it is, slot-like.
    pub name: String,
    /// What was typed, in the caller's form.
    pub body: Vec<u8>,
    /// When.
    pub typed_at: Timestamp,
}

/// A draft that has become part of an envelope. One that was typed over since
/// then is another draft and stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRef {
    /// Who typed it.
    pub staff: StaffId,
    /// What it belongs to.
    pub context: String,
    /// Which field it is.
    pub name: String,
    /// When it was typed.
    pub typed_at: Timestamp,
}

impl Draft {
    /// The reference by which this very draft is cleared.
    pub fn reference(&self) -> DraftRef {
        DraftRef {
            staff: self.staff,
            context: self.context.clone(),
            name: self.name.clone(),
            typed_at: self.typed_at,
        }
    }
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft")
            .field("context", &self.context)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Keeps what was typed, in place of an older draft of the same field by the
    /// same person. On disk when it returns.
    pub fn put_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        let kept = self
            .connection
            .prepare_cached(
                "INSERT INTO draft (staff, context, name, patient, body, typed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT DO UPDATE SET patient = excluded.patient, body = excluded.body,
                     typed_at = excluded.typed_at",
            )?
            .execute(params![
                draft.staff.as_bytes(),
                draft.context,
                draft.name,
                draft.patient.map(|patient| *patient.as_bytes()),
                draft.body,
                draft.typed_at.to_string()
            ]);
        self.told(kept).map(drop)
    }

    /// The drafts of one context, everybody's, by name and then by person.
    pub fn drafts_of(&self, context: &str) -> Result<Vec<Draft>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT staff, context, name, patient, body, typed_at FROM draft
             WHERE context = ?1 ORDER BY name, staff",
        )?;
        let rows = statement.query_map([context], columns)?;
        rows.map(|row| from_columns(row?)).collect()
    }

    /// Every context that still has drafts, with the patient where known: what to
    /// offer after a crash.
    pub fn draft_contexts(&self) -> Result<Vec<(String, Option<PatientId>)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT context, max(patient) FROM draft GROUP BY context ORDER BY context",
        )?;
        let rows = statement.query_map([], |row| {
            let patient: Option<[u8; 16]> = row.get(1)?;
            Ok((row.get(0)?, patient.map(PatientId::from_bytes)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Drops a draft that the person took back.
    pub fn clear_draft(&self, draft: &DraftRef) -> Result<(), StoreError> {
        draft.clear(&self.connection)
    }
}

impl DraftRef {
    pub(crate) fn clear(&self, connection: &Connection) -> Result<(), StoreError> {
        connection
            .prepare_cached(
                "DELETE FROM draft
                 WHERE context = ?1 AND name = ?2 AND staff = ?3 AND typed_at = ?4",
            )?
            .execute(params![
                self.context,
                self.name,
                self.staff.as_bytes(),
                self.typed_at.to_string()
            ])?;
        Ok(())
    }
}

type Columns = ([u8; 16], String, String, Option<[u8; 16]>, Vec<u8>, String);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
    ))
}

fn from_columns(columns: Columns) -> Result<Draft, StoreError> {
    let (staff, context, name, patient, body, typed_at) = columns;
    Ok(Draft {
        staff: StaffId::from_bytes(staff),
        patient: patient.map(PatientId::from_bytes),
        context,
        name,
        body,
        typed_at: typed_at
            .parse()
            .map_err(|_| StoreError::Malformed("draft"))?,
    })
}
