use std::fmt;

use record::id::PatientId;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use crate::{Store, StoreError};

/// Shorter parts than this have no trigram to look up.
const TRIGRAM: usize = 3;

/// What the lists show of one patient. Derived; can be made again from entries.
#[derive(Clone, PartialEq, Eq)]
pub struct Summary {
    /// The patient.
    pub patient: PatientId,
    /// The words and numbers they are found by, folded by the caller: lower case,
    /// no accents, numbers both with and without their spaces.
    pub search: String,
    /// Place in the worklist: priority (lower comes first), then due, as text
    /// that sorts.
    pub sort: (u8, String),
    /// The rest, in the caller's form.
    pub json: String,
}

impl fmt::Debug for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Summary")
            .field("patient", &self.patient)
            .finish_non_exhaustive()
    }
}

/// Which summaries, in the worklist's order.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter<'a> {
    /// A top-level field of the JSON and the text it must have.
    pub field: Option<(&'a str, &'a str)>,
    /// How many to pass over.
    pub skip: u32,
    /// How many at most; `None` for all.
    pub limit: Option<u32>,
}

impl Store {
    /// The summaries that pass `filter`, by priority, then due, then patient.
    pub fn summaries(&self, filter: &Filter<'_>) -> Result<Vec<Summary>, StoreError> {
        let (path, text) = match filter.field {
            Some((field, text)) => (Some(format!("$.\"{field}\"")), Some(text)),
            None => (None, None),
        };
        let mut statement = self.connection.prepare_cached(
            "SELECT patient, search, priority, due, json FROM summary
             WHERE ?1 IS NULL OR json_extract(json, ?1) = ?2
             ORDER BY priority, due, patient LIMIT ?3 OFFSET ?4",
        )?;
        let limit = filter.limit.map_or(-1, i64::from);
        let rows = statement.query_map(params![path, text, limit, filter.skip], summary)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One patient's summary.
    pub fn summary(&self, patient: PatientId) -> Result<Option<Summary>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT patient, search, priority, due, json FROM summary WHERE patient = ?1",
        )?;
        Ok(statement
            .query_row([patient.as_bytes()], summary)
            .optional()?)
    }

    /// How many patients there are.
    pub fn count(&self) -> Result<u64, StoreError> {
        Ok(self
            .connection
            .query_row("SELECT count(*) FROM summary", [], |row| row.get(0))?)
    }

    /// The patients whose names or numbers contain every part of `text`, in any
    /// order, in the worklist's order. `text` is folded as [`Summary::search`] is.
    /// No text finds nobody.
    pub fn search(&self, text: &str, limit: u32) -> Result<Vec<Summary>, StoreError> {
        let parts: Vec<&str> = text.split_whitespace().collect();
        if parts.is_empty() {
            return Ok(Vec::new());
        }
        let (long, short): (Vec<&str>, Vec<&str>) = parts
            .into_iter()
            .partition(|part| part.chars().count() >= TRIGRAM);
        let mut wanted = Vec::new();
        let mut clauses = Vec::new();
        if !long.is_empty() {
            let phrases: Vec<String> = long.iter().map(|part| phrase(part)).collect();
            clauses.push(
                "place IN (SELECT rowid FROM summary_search WHERE summary_search MATCH ?)"
                    .to_owned(),
            );
            wanted.push(Value::from(phrases.join(" AND ")));
        }
        for part in short {
            clauses.push("instr(search, ?) > 0".to_owned());
            wanted.push(Value::from(part.to_owned()));
        }
        wanted.push(Value::from(i64::from(limit)));
        self.found(&clauses.join(" AND "), wanted)
    }

    fn found(&self, clauses: &str, wanted: Vec<Value>) -> Result<Vec<Summary>, StoreError> {
        let sql = format!(
            "SELECT patient, search, priority, due, json FROM summary
             WHERE {clauses} ORDER BY priority, due, patient LIMIT ?"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(wanted), summary)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Summary {
    pub(crate) fn write(&self, connection: &Connection) -> Result<(), StoreError> {
        connection
            .prepare_cached(
                "INSERT INTO summary (patient, search, priority, due, json)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (patient) DO UPDATE SET search = excluded.search,
                     priority = excluded.priority, due = excluded.due, json = excluded.json",
            )?
            .execute(params![
                self.patient.as_bytes(),
                self.search,
                self.sort.0,
                self.sort.1,
                self.json
            ])?;
        Ok(())
    }
}

/// A part as a phrase of the search index, whatever characters are in it.
fn phrase(part: &str) -> String {
    format!("\"{}\"", part.replace('"', "\"\""))
}

fn summary(row: &Row<'_>) -> rusqlite::Result<Summary> {
    Ok(Summary {
        patient: PatientId::from_bytes(row.get(0)?),
        search: row.get(1)?,
        sort: (row.get(2)?, row.get(3)?),
        json: row.get(4)?,
    })
}
