use record::id::PatientId;
use record::keys::{ContentKey, KeyId};
use record::scope::Scope;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use zeroize::Zeroizing;

use crate::holders::Holder;
use crate::key_file::KeyFile;
use crate::recovery::epoch_box;
use crate::wire_text::read_scope;
use crate::{KeysError, Opened, Store, StoreError};

/// Whose key it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyHolder {
    /// A scope; its generations are the epochs.
    Scope(Scope),
    /// A patient.
    Patient(PatientId),
}

/// A key that opens envelopes.
#[derive(Debug, Clone)]
pub struct StoredKey {
    /// Whose it is.
    pub holder: KeyHolder,
    /// Counts from 1.
    pub generation: u32,
    /// The key itself.
    pub key: ContentKey,
}

// Each asks for one column with `=` and never for the other to be NULL: all patients' keys are there
// with no scope, and the database would take that index and read every one of them.
const NEWEST_OF_SCOPE: &str = "SELECT generation, secret FROM content_key
     WHERE scope = ?1 AND reading_only = 0 ORDER BY generation DESC, id LIMIT 1";
const NEWEST_OF_PATIENT: &str = "SELECT generation, secret FROM content_key
     WHERE patient = ?1 AND reading_only = 0 ORDER BY generation DESC, id LIMIT 1";

impl Store {
    /// The key an envelope's header names.
    pub fn content_key(&self, id: KeyId) -> Result<Option<ContentKey>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT secret FROM content_key WHERE id = ?1")?;
        Ok(statement
            .query_row([id.as_bytes()], |row| secret(row, 0))
            .optional()?)
    }

    /// Keeps a patient's key, or a scope's on a device without a recovery sheet of
    /// its own; else see [`Opened::keep_epoch_key`]. Harmless when it is there.
    pub fn put_content_key(&self, key: &StoredKey) -> Result<(), StoreError> {
        self.told(key.write(&self.connection))
    }

    /// Keeps a key that somebody gave whose word does not count: it opens what is sealed under it
    /// and is never written under. Given later by somebody whose word counts, it becomes a key like
    /// any other, of whom they say and of the generation they say, so that what can be read never
    /// depends on what arrived first.
    pub fn put_key_for_reading(&self, key: &StoredKey) -> Result<(), StoreError> {
        self.told(key.write_for_reading(&self.connection))
    }

    /// The key to write under: of those not kept for reading only the highest generation; of concurrent ones the
    /// lowest id, so that all devices choose alike.
    pub fn key_to_write(&self, holder: KeyHolder) -> Result<Option<StoredKey>, StoreError> {
        let columns = holder.columns();
        let (newest, of): (_, &dyn ToSql) = match &columns {
            (Some(scope), _) => (NEWEST_OF_SCOPE, scope),
            (None, patient) => (NEWEST_OF_PATIENT, patient),
        };
        let mut statement = self.connection.prepare_cached(newest)?;
        let read = |row: &Row<'_>| {
            Ok(StoredKey {
                holder,
                generation: row.get(0)?,
                key: secret(row, 1)?,
            })
        };
        Ok(statement.query_row([of], read).optional()?)
    }

    /// A patient's keys as they are passed on with the patient, by generation and id. Those kept
    /// for reading only stay behind: with our signature around them others would write under them.
    pub fn patient_keys(&self, patient: PatientId) -> Result<Vec<StoredKey>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT generation, secret FROM content_key
             WHERE patient = ?1 AND reading_only = 0 ORDER BY generation, id",
        )?;
        let read = |row: &Row<'_>| {
            Ok(StoredKey {
                holder: KeyHolder::Patient(patient),
                generation: row.get(0)?,
                key: secret(row, 1)?,
            })
        };
        let rows = statement.query_map([patient.as_bytes()], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn epoch_keys(&self) -> Result<Vec<StoredKey>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT scope, generation, secret FROM content_key
             WHERE scope IS NOT NULL ORDER BY scope, generation, id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?, secret(row, 2)?))
        })?;
        rows.map(|row| {
            let (scope, generation, key) = row?;
            Ok(StoredKey {
                holder: KeyHolder::Scope(read_scope(&scope)?),
                generation,
                key,
            })
        })
        .collect()
    }
}

impl Opened {
    /// Keeps a scope's epoch key, and seals it to the recovery sheet as well, so
    /// that the sheet alone opens the service on a blank laptop.
    ///
    /// The sheet comes first: a key that seals entries and that no sheet opens
    /// would be lost with the laptop, while one on the sheet that was never used
    /// opens nothing and is left out of the next sheet.
    pub fn keep_epoch_key(
        &self,
        key: &StoredKey,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(), KeysError> {
        self.seal_to_sheet(key, entropy)?;
        Ok(self.store.put_content_key(key)?)
    }

    /// Seals a scope's epoch key to the recovery sheet and keeps it nowhere else: for one that
    /// reaches the database together with the entry that gives it to others.
    pub fn seal_to_sheet(
        &self,
        key: &StoredKey,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(), KeysError> {
        let mut keys = KeyFile::read(&self.place.keys())?.ok_or(StoreError::KeysLost)?;
        self.store
            .expect_holder(Holder::Sheet, keys.recovery.public.as_bytes())?;
        let sealed = epoch_box(&keys.identity, &keys.recovery.public, key, entropy)?;
        keys.recovery.epochs.retain(|epoch| {
            epoch.scope != sealed.scope || epoch.epoch != sealed.epoch || epoch.id != sealed.id
        });
        keys.recovery.epochs.push(sealed);
        Ok(keys.write(&self.place)?)
    }
}

impl StoredKey {
    pub(crate) fn write(&self, connection: &Connection) -> Result<(), StoreError> {
        self.insert(
            connection,
            "INSERT INTO content_key (id, scope, patient, generation, secret)
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE
             SET scope = excluded.scope, patient = excluded.patient,
                 generation = excluded.generation, reading_only = 0 WHERE reading_only = 1",
        )
    }

    fn write_for_reading(&self, connection: &Connection) -> Result<(), StoreError> {
        self.insert(
            connection,
            "INSERT INTO content_key (id, scope, patient, generation, secret, reading_only)
             VALUES (?1, ?2, ?3, ?4, ?5, 1) ON CONFLICT (id) DO NOTHING",
        )
    }

    fn insert(&self, connection: &Connection, statement: &str) -> Result<(), StoreError> {
        let (scope, patient) = self.holder.columns();
        connection.prepare_cached(statement)?.execute(params![
            self.key.id().as_bytes(),
            scope,
            patient,
            self.generation,
            self.key.expose()
        ])?;
        Ok(())
    }
}

impl KeyHolder {
    fn columns(&self) -> (Option<String>, Option<[u8; 16]>) {
        match self {
            Self::Scope(scope) => (Some(scope.to_string()), None),
            Self::Patient(patient) => (None, Some(*patient.as_bytes())),
        }
    }
}

fn secret(row: &Row<'_>, column: usize) -> rusqlite::Result<ContentKey> {
    let bytes = Zeroizing::new(row.get::<_, [u8; 32]>(column)?);
    Ok(ContentKey::from_bytes(*bytes))
}
