//! What is derived from the journal, as a whole: to make it again, and to hold two against each
//! other.

use record::id::PatientId;
use record::keys::VerifyingKey;
use record::scope::Subject;
use rusqlite::types::ValueRef;

use crate::wire_text::read_subject;
use crate::{Derived, Identity, Store, StoreError};

/// Every derived table with its columns, apart from row numbers, which depend on the order of
/// writing. The tables of the search index follow from these by triggers.
const DERIVED: &[(&str, &str)] = &[
    (
        "summary",
        "patient, family, words, keys, like_family, like_given, like_place, born, list, \
         priority, due, rests_until, breach, red, written, json",
    ),
    ("tally", "list, patients"),
    (
        "audit_row",
        "entry, lamport, at, staff, device, action, patient, account, note, reason",
    ),
    (
        "content_key",
        "id, scope, patient, generation, secret, reading_only",
    ),
    ("counter", "id, lamport"),
];

/// One derived table in short: equal digests are equal rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableDigest {
    /// Its name.
    pub table: &'static str,
    /// How many rows it has.
    pub rows: u64,
    /// BLAKE3 of all of them, sorted.
    pub digest: [u8; 32],
}

impl Store {
    /// Every patient there is an envelope on, in the order of ids.
    pub fn patients(&self) -> Result<Vec<PatientId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT subject FROM envelope WHERE subject LIKE 'patient:%' ORDER BY subject",
        )?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut patients = Vec::new();
        for subject in rows {
            match read_subject(&subject?)? {
                Subject::Patient(patient) => patients.push(patient),
                _ => return Err(StoreError::Malformed("subject")),
            }
        }
        Ok(patients)
    }

    /// The version of the tables.
    pub fn tables(&self) -> Result<i64, StoreError> {
        Ok(self
            .connection
            .query_row("PRAGMA user_version", [], |row| row.get(0))?)
    }

    /// Which installation this database is of.
    pub fn identity(&self) -> Result<Identity, StoreError> {
        Ok(self.installation()?.identity)
    }

    /// The root this database trusts.
    pub fn root(&self) -> Result<VerifyingKey, StoreError> {
        Ok(self.installation()?.root)
    }

    /// Takes every derived row away that is made from entries. Only within [`Store::begin`] and
    /// [`Store::keep`], so that nobody sees the tables empty. Keys stay: the scopes' are nowhere
    /// else, and the patients' are written again as they are found.
    pub fn clear_derived(&mut self) -> Result<(), StoreError> {
        self.together(|connection| {
            connection.execute("DELETE FROM summary", [])?;
            connection.execute("DELETE FROM audit_row", [])?;
            // Every row is made again.
            connection.execute("DELETE FROM row_owed", [])?;
            Ok(())
        })
    }

    /// Writes derived rows without envelopes: those were written long ago.
    pub fn keep_derived(&mut self, derived: Derived<'_>) -> Result<(), StoreError> {
        self.together(|connection| derived.write(connection))
    }

    /// Every derived table in short.
    pub fn derived_tables(&self) -> Result<Vec<TableDigest>, StoreError> {
        DERIVED
            .iter()
            .map(|(table, columns)| self.table_digest(table, columns))
            .collect()
    }

    fn table_digest(&self, table: &'static str, columns: &str) -> Result<TableDigest, StoreError> {
        let mut statement = self
            .connection
            .prepare(&format!("SELECT {columns} FROM {table} ORDER BY {columns}"))?;
        let width = statement.column_count();
        let (mut hasher, mut count) = (blake3::Hasher::new(), 0);
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            count += 1;
            for column in 0..width {
                hash_value(&mut hasher, row.get_ref(column)?);
            }
        }
        Ok(TableDigest {
            table,
            rows: count,
            digest: hasher.finalize().into(),
        })
    }
}

/// Type, length and bytes, so that no two rows read alike.
fn hash_value(hasher: &mut blake3::Hasher, value: ValueRef<'_>) {
    let (tag, bytes): (u8, Vec<u8>) = match value {
        ValueRef::Null => (0, Vec::new()),
        ValueRef::Integer(number) => (1, number.to_be_bytes().to_vec()),
        ValueRef::Real(number) => (2, number.to_be_bytes().to_vec()),
        ValueRef::Text(text) => (3, text.to_vec()),
        ValueRef::Blob(blob) => (4, blob.to_vec()),
    };
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    hasher
        .update(&[tag])
        .update(&length.to_be_bytes())
        .update(&bytes);
}
