use std::fmt;

use jiff::Timestamp;
use record::id::{DeviceId, EntryId, PatientId, StaffId};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};

use crate::{Store, StoreError};

/// One line of the audit trail. Derived; can be made again from entries.
#[derive(Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// The entry it is made from.
    pub entry: EntryId,
    /// The entry's counter: the order for display.
    pub lamport: u64,
    /// When it happened, as claimed.
    pub at: Timestamp,
    /// Who wrote it.
    pub staff: StaffId,
    /// On which device.
    pub device: DeviceId,
    /// What was done, as the word on the wire.
    pub action: String,
    /// The patient, where there is one.
    pub patient: Option<PatientId>,
    /// Whose account it concerns, where that is another than the writer's.
    pub account: Option<StaffId>,
    /// What else is worth knowing.
    pub note: String,
    /// Why, as the person said it.
    pub reason: String,
}

impl fmt::Debug for AuditRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuditRow")
            .field("entry", &self.entry)
            .field("action", &self.action)
            .finish_non_exhaustive()
    }
}

/// Which lines of the audit trail. Nothing set: all.
#[derive(Debug, Clone, Copy, Default)]
pub struct AuditFilter<'a> {
    /// Done by this person, or concerning their account.
    pub staff: Option<StaffId>,
    /// About this patient.
    pub patient: Option<PatientId>,
    /// One of these words; empty for any.
    pub actions: &'a [&'a str],
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

const COLUMNS: &str = "entry, lamport, at, staff, device, action, patient, account, note, reason";

impl Store {
    /// The lines that pass, newest first by counter, `limit` after the first `skip`.
    pub fn audit_rows(
        &self,
        filter: &AuditFilter<'_>,
        skip: u32,
        limit: u32,
    ) -> Result<Vec<AuditRow>, StoreError> {
        let (clauses, mut wanted) = filter.clauses();
        wanted.extend([i64::from(limit).into(), i64::from(skip).into()]);
        let sql = format!(
            "SELECT {COLUMNS} FROM audit_row WHERE {clauses}
             ORDER BY lamport DESC, entry DESC LIMIT ? OFFSET ?"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(wanted), row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many lines pass.
    pub fn audit_count(&self, filter: &AuditFilter<'_>) -> Result<u64, StoreError> {
        let (clauses, wanted) = filter.clauses();
        let sql = format!("SELECT count(*) FROM audit_row WHERE {clauses}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row(params_from_iter(wanted), |row| row.get(0))?)
    }
}

impl AuditFilter<'_> {
    /// What is asked of a row, so that the index on what was asked is used.
    fn clauses(&self) -> (String, Vec<Value>) {
        let mut clauses = vec!["1".to_owned()];
        let mut wanted: Vec<Value> = Vec::new();
        if let Some(staff) = self.staff {
            clauses.push("(staff = ? OR account = ?)".into());
            wanted.extend([
                staff.as_bytes().to_vec().into(),
                staff.as_bytes().to_vec().into(),
            ]);
        }
        if let Some(patient) = self.patient {
            clauses.push("patient = ?".into());
            wanted.push(patient.as_bytes().to_vec().into());
        }
        if !self.actions.is_empty() {
            let marks = vec!["?"; self.actions.len()].join(", ");
            clauses.push(format!("action IN ({marks})"));
            wanted.extend(self.actions.iter().map(|word| (*word).to_owned().into()));
        }
        if let Some(from) = self.from {
            clauses.push("at >= ?".into());
            wanted.push(from.as_second().into());
        }
        if let Some(until) = self.until {
            clauses.push("at < ?".into());
            wanted.push(until.as_second().into());
        }
        (clauses.join(" AND "), wanted)
    }
}

impl AuditRow {
    pub(crate) fn write(&self, connection: &Connection) -> Result<(), StoreError> {
        connection
            .prepare_cached(&format!(
                "INSERT INTO audit_row ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT (entry) DO NOTHING"
            ))?
            .execute(params![
                self.entry.to_bytes(),
                self.lamport,
                self.at.as_second(),
                self.staff.as_bytes(),
                self.device.as_bytes(),
                self.action,
                self.patient.as_ref().map(PatientId::as_bytes),
                self.account.as_ref().map(StaffId::as_bytes),
                self.note,
                self.reason,
            ])?;
        Ok(())
    }
}

fn row(row: &Row<'_>) -> rusqlite::Result<AuditRow> {
    let at: i64 = row.get(2)?;
    Ok(AuditRow {
        entry: EntryId::from_bytes(row.get(0)?),
        lamport: row.get(1)?,
        at: Timestamp::from_second(at)
            .map_err(|_| rusqlite::Error::IntegralValueOutOfRange(2, at))?,
        staff: StaffId::from_bytes(row.get(3)?),
        device: DeviceId::from_bytes(row.get(4)?),
        action: row.get(5)?,
        patient: row
            .get::<_, Option<[u8; 16]>>(6)?
            .map(PatientId::from_bytes),
        account: row.get::<_, Option<[u8; 16]>>(7)?.map(StaffId::from_bytes),
        note: row.get(8)?,
        reason: row.get(9)?,
    })
}
