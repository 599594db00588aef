//! What has arrived and cannot be read or judged in full yet, and how new what is here is.

use jiff::Timestamp;
use record::certificate::CertificateId;
use record::envelope::Envelope;
use record::id::{DeviceId, PatientId};
use record::keys::KeyId;
use record::scope::{Scope, Subject};
use rusqlite::{Connection, OptionalExtension, params};

use crate::journal::bytes;
use crate::wire_text::{read_scope, read_subject};
use crate::{Store, StoreError};

impl Store {
    /// Notes that a kept envelope waits for the key its header names.
    pub fn keep_closed(&mut self, envelope: &Envelope) -> Result<(), StoreError> {
        self.together(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO closed (key, place) SELECT ?1, place FROM envelope WHERE id = ?2
                     ON CONFLICT DO NOTHING",
                )?
                .execute(params![
                    envelope.header().key.as_bytes(),
                    envelope.id().as_bytes()
                ])?;
            Ok(())
        })
    }

    /// How many kept envelopes wait for a key.
    pub fn closed(&self) -> Result<usize, StoreError> {
        let count: i64 = self
            .connection
            .query_row("SELECT count(*) FROM closed", [], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// The envelopes that waited for a key which is here now. They wait no more.
    pub fn released(&mut self) -> Result<Vec<Envelope>, StoreError> {
        let keys = self.together(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT DISTINCT key FROM closed WHERE key IN (SELECT id FROM content_key)",
            )?;
            let rows = statement.query_map([], |row| row.get::<_, [u8; 32]>(0))?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        let mut all = Vec::new();
        for key in keys {
            all.extend(self.released_by(KeyId::from_bytes(key))?);
        }
        Ok(all)
    }

    /// The same of one key.
    pub fn released_by(&mut self, key: KeyId) -> Result<Vec<Envelope>, StoreError> {
        self.together(|connection| {
            let waiting = {
                let mut statement = connection.prepare_cached(
                    "SELECT bytes FROM closed JOIN envelope USING (place) WHERE key = ?1
                     ORDER BY place",
                )?;
                let rows = statement.query_map([key.as_bytes()], bytes)?;
                rows.map(|bytes| Ok(Envelope::from_bytes(&bytes?)?))
                    .collect::<Result<Vec<_>, StoreError>>()?
            };
            connection
                .prepare_cached("DELETE FROM closed WHERE key = ?1")?
                .execute([key.as_bytes()])?;
            Ok(waiting)
        })
    }

    /// The scope that a held key is the epoch key of; none when it is a patient's, or not held.
    pub fn scope_of_key(&self, key: KeyId) -> Result<Option<Scope>, StoreError> {
        let scope: Option<Option<String>> = self
            .connection
            .prepare_cached("SELECT scope FROM content_key WHERE id = ?1")?
            .query_row([key.as_bytes()], |row| row.get(0))
            .optional()?;
        scope.flatten().map(|text| read_scope(&text)).transpose()
    }

    /// Notes that an entry on a patient was signed under a certificate that is not here.
    pub fn keep_unproven(
        &mut self,
        certificate: CertificateId,
        patient: PatientId,
    ) -> Result<(), StoreError> {
        self.together(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO unproven (certificate, patient) VALUES (?1, ?2)
                     ON CONFLICT DO NOTHING",
                )?
                .execute(params![certificate.as_bytes(), patient.as_bytes()])?;
            Ok(())
        })
    }

    /// The patients of whom an entry waited for this certificate. They wait no more.
    pub fn proven_by(&mut self, certificate: CertificateId) -> Result<Vec<PatientId>, StoreError> {
        self.together(|connection| {
            let patients = {
                let mut statement = connection
                    .prepare_cached("SELECT patient FROM unproven WHERE certificate = ?1")?;
                let rows = statement.query_map([certificate.as_bytes()], |row| {
                    Ok(PatientId::from_bytes(row.get(0)?))
                })?;
                rows.collect::<Result<Vec<_>, _>>()?
            };
            connection
                .prepare_cached("DELETE FROM unproven WHERE certificate = ?1")?
                .execute([certificate.as_bytes()])?;
            Ok(patients)
        })
    }

    /// The patients on whom a device has written.
    pub fn patients_of_device(&self, device: DeviceId) -> Result<Vec<PatientId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT subject FROM envelope
             WHERE device = ?1 AND subject LIKE 'patient:%' ORDER BY subject",
        )?;
        let rows = statement.query_map([device.as_bytes()], |row| row.get::<_, String>(0))?;
        let mut patients = Vec::new();
        for subject in rows {
            if let Subject::Patient(patient) = read_subject(&subject?)? {
                patients.push(patient);
            }
        }
        Ok(patients)
    }

    /// The newest time that another device claims in a scope: what is here is as of then.
    pub fn as_of(&self, scope: Scope) -> Result<Option<Timestamp>, StoreError> {
        let newest: Option<i64> = self
            .connection
            .prepare_cached("SELECT max(at) FROM heard WHERE scope = ?1")?
            .query_row([scope.to_string()], |row| row.get(0))?;
        Ok(newest.and_then(|second| Timestamp::from_second(second).ok()))
    }
}

/// A time that a device claims in a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// The scope.
    pub scope: Scope,
    /// The device.
    pub device: DeviceId,
    /// The time.
    pub at: Timestamp,
}

impl Heard {
    pub(crate) fn write(&self, connection: &Connection) -> Result<(), StoreError> {
        connection
            .prepare_cached(
                "INSERT INTO heard (scope, device, at) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
            )?
            .execute(params![
                self.scope.to_string(),
                self.device.as_bytes(),
                self.at.as_second()
            ])?;
        Ok(())
    }
}
