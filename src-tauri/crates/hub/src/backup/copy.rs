//! All rows of one database into another.

use sync::record::envelope::Envelope;

use crate::database::{Cell, DatabaseError, Link, Row, rows_list, steps};
use crate::shelf::hash_of;

/// Rows that are read at once: small enough for the largest envelopes.
const AT_ONCE: usize = 64;
/// The same of pieces of attachments, of up to 2 MiB each.
const PIECES_AT_ONCE: usize = 16;

/// A table: its columns, the first of which are what its rows are told apart by.
struct Table {
    name: &'static str,
    key: usize,
    columns: &'static [&'static str],
}

const ENVELOPES: Table = Table {
    name: "envelope",
    key: 1,
    columns: &[
        "id",
        "stream",
        "sequence",
        "header_hash",
        "previous",
        "branch",
        "size",
        "bytes",
        "patient",
    ],
};

const BLOB_PIECES: Table = Table {
    name: "blob_piece",
    key: 2,
    columns: &["blob", "ends", "bytes"],
};

/// What is copied, each after what it refers to. Logins are not: laptops log in again.
const TABLES: [Table; 11] = [
    Table {
        name: "about",
        key: 1,
        columns: &["name", "value"],
    },
    Table {
        name: "stream",
        key: 1,
        columns: &["id", "scope", "device", "incarnation", "touched"],
    },
    Table {
        name: "branch",
        key: 2,
        columns: &[
            "stream",
            "number",
            "from_branch",
            "from_sequence",
            "tip_sequence",
            "tip_hash",
        ],
    },
    ENVELOPES,
    Table {
        name: "erasure",
        key: 1,
        columns: &["id", "bytes"],
    },
    Table {
        name: "erased",
        key: 1,
        columns: &["patient"],
    },
    Table {
        name: "certificate",
        key: 1,
        columns: &["place", "id", "issuer", "device", "bytes"],
    },
    Table {
        name: "blocked",
        key: 1,
        columns: &["device", "since"],
    },
    Table {
        name: "deposit",
        key: 1,
        columns: &["device", "lookup", "kept", "bytes"],
    },
    Table {
        name: "blob",
        key: 1,
        columns: &[
            "place", "site", "id", "patient", "device", "size", "held", "whole", "touched",
        ],
    },
    BLOB_PIECES,
];

/// Where PostgreSQL counts on from.
const COUNTERS: [(&str, &str); 3] = [
    ("stream", "id"),
    ("certificate", "place"),
    ("blob", "place"),
];

/// Whether nothing was ever kept.
pub(super) fn is_empty(link: &mut Link) -> Result<bool, DatabaseError> {
    for table in ["stream", "certificate", "blocked", "erasure", "deposit"] {
        if link
            .row(&format!("SELECT 1 FROM {table} LIMIT 1"), &[])?
            .is_some()
        {
            return Ok(false);
        }
    }
    let sql = "SELECT name FROM about WHERE name <> 'tables'";
    Ok(link.row(sql, &[])?.is_none())
}

/// Copies every row, and reads every envelope on the way.
pub(super) fn copy(from: &mut Link, to: &mut Link) -> Result<(), DatabaseError> {
    to.run("DELETE FROM about", &[])?;
    for table in &TABLES {
        table.copy(from, to)?;
    }
    if to.is_shared() {
        for (table, column) in COUNTERS {
            to.batch(&format!(
                "SELECT setval(pg_get_serial_sequence('{table}', '{column}'),
                     (SELECT coalesce(max({column}), 0) + 1 FROM {table}), false)"
            ))?;
        }
        // Numbers of transactions of another database say nothing in this one.
        to.run("UPDATE stream SET touched = 0", &[])?;
    }
    Ok(())
}

impl Table {
    fn copy(&self, from: &mut Link, to: &mut Link) -> Result<(), DatabaseError> {
        let mut rows = from.rows(&self.select(false), &[])?;
        while let Some(last) = rows.last() {
            let next: Vec<Cell<'_>> = (0..self.key).map(|at| last.cell(at)).collect();
            let next = from.rows(&self.select(true), &next)?;
            for part in steps(&rows) {
                self.insert(to, part)?;
            }
            rows = next;
        }
        Ok(())
    }

    /// The next rows by their key, from the first or after one.
    fn select(&self, after: bool) -> String {
        let Self { name, columns, .. } = self;
        let key = columns[..self.key].join(", ");
        let after = if after {
            format!("WHERE ({key}) > {}", crate::database::in_list(1, self.key))
        } else {
            String::new()
        };
        let columns = columns.join(", ");
        let at_once = if *name == BLOB_PIECES.name {
            PIECES_AT_ONCE
        } else {
            AT_ONCE
        };
        format!("SELECT {columns} FROM {name} {after} ORDER BY {key} LIMIT {at_once}")
    }

    fn insert(&self, to: &mut Link, rows: &[Row]) -> Result<(), DatabaseError> {
        if self.name == ENVELOPES.name {
            rows.iter().try_for_each(is_whole)?;
        }
        let columns = self.columns.len();
        let sql = format!(
            "INSERT INTO {} ({}) VALUES {}",
            self.name,
            self.columns.join(", "),
            rows_list(rows.len(), columns)
        );
        let cells: Vec<Cell<'_>> = rows
            .iter()
            .flat_map(|row| (0..columns).map(|at| row.cell(at)))
            .collect();
        to.run(&sql, &cells)?;
        Ok(())
    }
}

/// Reads every envelope and every attachment of a database that was closed, and that nothing else in
/// it is damaged. Gives how many envelopes there are.
pub(super) fn whole(link: &mut Link) -> Result<u64, DatabaseError> {
    let row = link.row("PRAGMA integrity_check", &[])?;
    if row.ok_or(DatabaseError::Malformed("no pages"))?.text(0)? != "ok" {
        return Err(DatabaseError::Malformed("a page"));
    }
    let mut count = 0;
    let mut rows = link.rows(&ENVELOPES.select(false), &[])?;
    while let Some(last) = rows.last() {
        let next = link.rows(&ENVELOPES.select(true), &[last.cell(0)])?;
        rows.iter().try_for_each(is_whole)?;
        count += rows.len() as u64;
        rows = next;
    }
    for row in link.rows("SELECT place, id FROM blob WHERE whole = 1", &[])? {
        if hash_of(link, row.number(0)?)?.as_bytes() != row.bytes(1)? {
            return Err(DatabaseError::Malformed("an attachment"));
        }
    }
    Ok(count)
}

/// That an envelope's bytes are the ones that its row says.
fn is_whole(row: &Row) -> Result<(), DatabaseError> {
    let envelope = Envelope::from_bytes(row.bytes(7)?);
    match envelope {
        Ok(envelope) if envelope.id().as_bytes() == row.bytes(0)? => Ok(()),
        _ => Err(DatabaseError::Malformed("an envelope")),
    }
}
