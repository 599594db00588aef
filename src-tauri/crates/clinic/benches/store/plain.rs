//! The peer: the same tables and the same bytes in plain SQLite, by statements written out.
//!
//! It is the same library without a key, with the same pragmas, so that what differs is Felloe's.

use std::path::{Path, PathBuf};

use record::envelope::Envelope;
use record::scope::Subject;
use rusqlite::{Connection, OptionalExtension, params};
use store::{List, Opened};

use crate::Outcome;
use crate::generate::Clinic;
use crate::people::Query;

pub(crate) const NAME: &str = "plain SQLite";

const SCHEMA: [&str; 3] = [
    include_str!("../../../store/src/schema/0001.sql"),
    include_str!("../../../store/src/schema/0002.sql"),
    include_str!("../../../store/src/schema/0013.sql"),
];

const AUDIT: &str = include_str!("../../../store/src/schema/0010.sql");

/// As `store` sets its own file up, but for what only an encrypted one has.
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON; PRAGMA cache_size = -65536; PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON;";

pub(crate) struct Plain {
    pub(crate) connection: Connection,
}

pub(crate) fn path(folder: &Path) -> PathBuf {
    folder.join("plain.db")
}

pub(crate) fn open(path: &Path) -> Outcome<Plain> {
    let connection = Connection::open(path)?;
    connection.execute_batch(PRAGMAS)?;
    let patients: Result<i64, _> =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0));
    patients?;
    Ok(Plain { connection })
}

/// Copies a clinic into plain tables, once.
pub(crate) fn copy(clinic: &Clinic, opened: &Opened) -> Outcome<Plain> {
    let path = path(&clinic.folder);
    // The name says of which tables the copy is, so that an older one is not measured.
    let whole = clinic.folder.join("plain-whole-13");
    if whole.exists() {
        return open(&path);
    }
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
    }
    let plain = open(&path)?;
    for sql in SCHEMA.into_iter().chain([AUDIT]) {
        plain.connection.execute_batch(sql)?;
    }
    plain.connection.execute_batch("BEGIN")?;
    let mut last = Vec::new();
    for number in 0..clinic.patients {
        let patient = Clinic::patient(number);
        for envelope in opened.store.envelopes_of(Subject::Patient(patient))? {
            plain.keep(&envelope)?;
            last = vec![envelope];
        }
        plain.summary(opened, patient)?;
    }
    plain.connection.execute_batch("COMMIT")?;
    if let Some(envelope) = last.first() {
        plain.move_tail(envelope)?;
    }
    // What both copies are measured for is a file at rest.
    plain
        .connection
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    std::fs::write(whole, "")?;
    Ok(plain)
}

impl Plain {
    fn keep(&self, envelope: &Envelope) -> Outcome<()> {
        let header = envelope.header();
        let known = self
            .connection
            .prepare_cached("SELECT 1 FROM envelope WHERE id = ?1")?
            .exists([envelope.id().as_bytes()])?;
        if known {
            return Ok(());
        }
        self.connection
            .prepare_cached(
                "INSERT INTO envelope (id, scope, subject, device, incarnation, sequence, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                envelope.id().as_bytes(),
                header.scope.to_string(),
                subject(header.subject),
                header.device.as_bytes(),
                header.incarnation,
                header.sequence,
                envelope.to_bytes()
            ])?;
        Ok(())
    }

    fn move_tail(&self, envelope: &Envelope) -> Outcome<()> {
        let header = envelope.header();
        self.connection
            .prepare_cached(
                "INSERT INTO stream (scope, device, incarnation, sequence, head)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET sequence = excluded.sequence, head = excluded.head",
            )?
            .execute(params![
                header.scope.to_string(),
                header.device.as_bytes(),
                header.incarnation,
                header.sequence,
                envelope.header_hash()
            ])?;
        Ok(())
    }

    /// One patient's row of the lists, by way of the other file: what it holds is the same.
    fn summary(&self, opened: &Opened, patient: record::id::PatientId) -> Outcome<()> {
        let Some(row) = opened.store.summary(patient)? else {
            return Ok(());
        };
        let (known, stands) = (&row.known_by, &row.standing);
        let keys = known.numbers.iter().flat_map(|number| {
            (0..=number.len().saturating_sub(3)).map(move |from| format!("n{}", &number[from..]))
        });
        let items = known.items.iter().map(|item| format!("i{item}"));
        let keys: Vec<String> = keys.chain(items).collect();
        self.connection
            .prepare_cached(
                "INSERT INTO summary (patient, family, words, keys, like_family, like_given,
                     like_place, born, list, priority, due, rests_until, breach, red, written, json)
                 VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)",
            )?
            .execute(params![
                patient.as_bytes(),
                known.family,
                known.words,
                serde_json::to_string(&keys)?,
                known.likeness.family,
                known.likeness.given,
                known.likeness.place,
                known.likeness.born,
                stands.list,
                stands.priority,
                stands.due,
                stands.rests_until,
                stands.breach,
                stands.red,
                stands.written,
                row.json
            ])?;
        Ok(())
    }

    /// Everything there is on a patient.
    pub(crate) fn record(&self, patient: record::id::PatientId) -> Outcome<usize> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT bytes FROM envelope WHERE subject = ?1 ORDER BY place")?;
        let of = subject(Subject::Patient(patient));
        let rows = statement.query_map([of], |row| row.get::<_, Vec<u8>>(0))?;
        let mut read = 0;
        for bytes in rows {
            read += bytes?.len();
        }
        Ok(read)
    }

    /// The statements of a search: who fits, up to a bound, and the rows that are shown.
    pub(crate) fn search(&self, query: &Query, shown: usize) -> Outcome<usize> {
        let places: Vec<i64> = if let Some(digits) = &query.digits {
            let mut statement = self.connection.prepare_cached(
                "SELECT DISTINCT place FROM found_by WHERE key >= ?1 AND key < ?2 LIMIT 201",
            )?;
            let keys = [format!("n{digits}"), format!("n{digits}:")];
            statement
                .query_map(keys, |row| row.get(0))?
                .collect::<Result<_, _>>()?
        } else {
            let begins = query.words.iter().map(|word| format!("\"{word}\"*"));
            let whole = query.whole.iter().map(|word| format!("\"{word}\""));
            let phrase: Vec<String> = begins.chain(whole).collect();
            let mut statement = self.connection.prepare_cached(
                "SELECT rowid FROM summary_words WHERE summary_words MATCH ?1 LIMIT 201",
            )?;
            statement
                .query_map([phrase.join(" AND ")], |row| row.get(0))?
                .collect::<Result<_, _>>()?
        };
        let mut row = self.connection.prepare_cached(
            "SELECT patient, family, words, keys, like_family, like_given, like_place, born, json
             FROM summary WHERE place = ?1",
        )?;
        let mut read = 0;
        for place in places.iter().take(shown) {
            let json: String = row.query_row([place], |row| row.get(8))?;
            read += json.len();
        }
        Ok(read)
    }

    /// The worklist's first rows.
    pub(crate) fn worklist(&self) -> Outcome<usize> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT json FROM summary ORDER BY priority, due, patient LIMIT 200")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut read = 0;
        for json in rows {
            read += json?.len();
        }
        Ok(read)
    }

    /// The statements of a durable save, in the order of the other side.
    pub(crate) fn save(&self, envelopes: &[Made], patient: &[u8; 16], turn: u64) -> Outcome<()> {
        let within = &self.connection;
        within.execute_batch("BEGIN IMMEDIATE")?;
        for made in envelopes {
            within
                .prepare_cached("SELECT 1 FROM envelope WHERE id = ?1")?
                .exists([made.id])?;
            within
                .prepare_cached(
                    "SELECT sequence, head FROM stream
                     WHERE scope = ?1 AND device = ?2 AND incarnation = ?3",
                )?
                .query_row(params![made.scope, [1_u8; 16], 1], |row| {
                    row.get::<_, i64>(0)
                })
                .optional()?;
            within
                .prepare_cached(
                    "INSERT INTO envelope (id, scope, subject, device, incarnation, sequence, bytes)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    made.id, made.scope, made.subject, [1_u8; 16], 1, turn, made.bytes
                ])?;
            within
                .prepare_cached(
                    "INSERT INTO stream (scope, device, incarnation, sequence, head)
                     VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT DO UPDATE SET sequence = excluded.sequence, head = excluded.head",
                )?
                .execute(params![made.scope, [1_u8; 16], 1, turn, made.id])?;
        }
        let (place, _family): (i64, String) = within
            .prepare_cached(
                "SELECT place, family, words, keys, like_family, like_given, like_place, born
                 FROM summary WHERE patient = ?1",
            )?
            .query_row([patient], |row| Ok((row.get(0)?, row.get(1)?)))?;
        within
            .prepare_cached(
                "UPDATE summary SET list = list, priority = priority, due = due,
                     rests_until = rests_until, breach = breach, red = red, written = ?2,
                     json = json WHERE place = ?1",
            )?
            .execute(params![place, format!("2026-11-24T10:20:00.{turn:03}Z")])?;
        within
            .prepare_cached(
                "INSERT OR IGNORE INTO audit_row (entry, lamport, at, staff, device, action,
                     patient, account, note, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, 'changed', ?6, NULL, '1 answer', '')",
            )?
            .execute(params![
                &[&envelopes[0].id[..], &[0, 0]].concat(),
                turn,
                1_795_515_600_000_i64,
                [2_u8; 16],
                [1_u8; 16],
                patient
            ])?;
        within.execute(
            "UPDATE counter SET lamport = max(lamport, ?1) WHERE id = 1",
            [turn],
        )?;
        within.execute_batch("COMMIT")?;
        Ok(())
    }
}

/// An envelope's worth of bytes for the peer, made beforehand: making it is ours alone.
pub(crate) struct Made {
    pub(crate) id: [u8; 32],
    pub(crate) scope: String,
    pub(crate) subject: String,
    pub(crate) bytes: Vec<u8>,
}

pub(crate) fn subject(subject: Subject) -> String {
    match subject {
        Subject::Patient(patient) => format!("patient:{patient}"),
        Subject::Site(site) => format!("site:{site}"),
        Subject::Service => "service".to_owned(),
        Subject::Audit => "audit".to_owned(),
    }
}

/// How many there are, to be sure that both hold the same.
pub(crate) fn same_number(plain: &Plain, opened: &Opened) -> Outcome<()> {
    let count: u64 = plain
        .connection
        .query_row("SELECT count(*) FROM summary", [], |row| row.get(0))?;
    if count == opened.store.count_of(List::All)? {
        Ok(())
    } else {
        Err("the two files do not hold the same patients".into())
    }
}
