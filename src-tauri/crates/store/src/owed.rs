//! Whose rows are older than their records.
//!
//! Of what comes in great numbers the envelopes are kept first, and each person's row is made once,
//! afterwards. Whose row is owed reaches the disk with the envelopes, so that whatever stands in
//! between, no list is without somebody for longer than until the record is next opened.

use std::collections::BTreeSet;

use record::id::PatientId;

use crate::{Store, StoreError};

impl Store {
    /// From now on these people's rows are owed.
    pub fn owe_rows(&mut self, patients: &BTreeSet<PatientId>) -> Result<(), StoreError> {
        self.each(
            "INSERT OR IGNORE INTO row_owed (patient) VALUES (?1)",
            patients,
        )
    }

    /// These people's rows were made.
    pub fn rows_made(&mut self, patients: &BTreeSet<PatientId>) -> Result<(), StoreError> {
        self.each("DELETE FROM row_owed WHERE patient = ?1", patients)
    }

    /// Some of the people whose rows are owed, at most `limit`, the lowest ids first.
    pub fn rows_owed(&self, limit: u32) -> Result<BTreeSet<PatientId>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT patient FROM row_owed ORDER BY patient LIMIT ?1")?;
        let rows = statement.query_map([limit], |row| row.get(0))?;
        rows.map(|id| Ok(PatientId::from_bytes(id?))).collect()
    }

    /// How many rows are owed.
    pub fn count_owed(&self) -> Result<u64, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT count(*) FROM row_owed")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    fn each(&mut self, sql: &str, patients: &BTreeSet<PatientId>) -> Result<(), StoreError> {
        self.together(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            for patient in patients {
                statement.execute([patient.as_bytes()])?;
            }
            Ok(())
        })
    }
}
