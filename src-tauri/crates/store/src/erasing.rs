//! Content that two people signed away: gone from this file, while the journal stays whole.

use std::io::ErrorKind;

use record::cbor::{self, Value};
use record::envelope::Envelope;
use record::id::PatientId;
use record::scope::Subject;
use rusqlite::{Connection, params};

use crate::wire_text::subject_text;
use crate::{Derived, Opened, Store, StoreError, blobs};

impl Store {
    /// Drops the content of every envelope on these patients, their keys, drafts, summaries and
    /// documents, in one transaction. Headers and signatures stay, so that the chain still holds. Harmless when
    /// it was done before, and done again after an older backup was restored.
    pub fn erase(&mut self, patients: &[PatientId]) -> Result<(), StoreError> {
        let derived = Derived {
            erased: patients,
            ..Derived::default()
        };
        self.append(&[], derived).map(|_| ())
    }

    /// Those of `patients` of whom this file still holds content, a key, a draft or a summary.
    pub fn still_held(&self, patients: &[PatientId]) -> Result<Vec<PatientId>, StoreError> {
        let mut held = Vec::new();
        for patient in patients {
            if holds(&self.connection, *patient)? {
                held.push(*patient);
            }
        }
        Ok(held)
    }
}

impl Opened {
    /// Keeps envelopes that prove erasures in a file beside the database, as they were written.
    /// Whoever restores a backup from before an erasure has them all the same, and the content
    /// goes again at the next unlock. They are sealed, and tell no more than those in the journal.
    pub fn keep_erasures(&self, envelopes: &[Envelope]) -> Result<(), StoreError> {
        let all = envelopes.iter().map(|one| Value::Bytes(one.to_bytes()));
        let bytes = cbor::encode(&Value::Array(all.collect())).map_err(|_| UNREADABLE)?;
        let path = self.place.erasures();
        if std::fs::read(&path).is_ok_and(|there| there == bytes) {
            return Ok(());
        }
        self.place.write(&path, &bytes)
    }

    /// The envelopes that are kept beside the database; none where there are none.
    pub fn kept_erasures(&self) -> Result<Vec<Envelope>, StoreError> {
        let bytes = match std::fs::read(self.place.erasures()) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        let Ok(Value::Array(all)) = cbor::decode(&bytes) else {
            return Err(UNREADABLE);
        };
        all.iter()
            .map(|one| Envelope::from_bytes(one.as_bytes().ok_or(UNREADABLE)?).map_err(Into::into))
            .collect()
    }
}

const UNREADABLE: StoreError = StoreError::Malformed("list of erasures");

/// Whether anything of a patient is left but headers.
fn holds(connection: &Connection, patient: PatientId) -> Result<bool, StoreError> {
    let derived: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM content_key WHERE patient = ?1)
                 OR EXISTS (SELECT 1 FROM draft WHERE patient = ?1)
                 OR EXISTS (SELECT 1 FROM summary WHERE patient = ?1)
                 OR EXISTS (SELECT 1 FROM blob_there WHERE patient = ?1)",
        )?
        .query_row([patient.as_bytes()], |row| row.get(0))?;
    let content = of(connection, patient)?;
    Ok(derived || content.iter().any(|(_, envelope)| !envelope.is_erased()))
}

/// Everything of a patient but the headers, inside a transaction. Freed pages are overwritten as they
/// are freed, and the index of words deletes for good (`secure-delete`).
pub(crate) fn erase(connection: &Connection, patient: PatientId) -> Result<(), StoreError> {
    for (place, envelope) in of(connection, patient)? {
        if !envelope.is_erased() {
            connection
                .prepare_cached("UPDATE envelope SET bytes = ?1 WHERE place = ?2")?
                .execute(params![envelope.without_content().to_bytes(), place])?;
        }
    }
    blobs::erase(connection, patient)?;
    for table in ["content_key", "draft", "summary", "unproven"] {
        connection.execute(
            &format!("DELETE FROM {table} WHERE patient = ?1"),
            [patient.as_bytes()],
        )?;
    }
    Ok(())
}

/// Moves what was overwritten out of the log and cuts the log off, so that no older page is left
/// beside the file either.
pub(crate) fn cut_log(connection: &Connection) -> Result<(), StoreError> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

fn of(connection: &Connection, patient: PatientId) -> Result<Vec<(i64, Envelope)>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT place, bytes FROM envelope WHERE subject = ?1")?;
    let rows = statement.query_map([subject_text(&Subject::Patient(patient))], |row| {
        Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?))
    })?;
    rows.map(|row| {
        let (place, bytes) = row?;
        Ok((place, Envelope::from_bytes(&bytes)?))
    })
    .collect()
}
