use std::collections::HashMap;
use std::time::Duration;

use postgres::types::{ToSql, Type};
use postgres::{Client, NoTls, Statement};

use super::DatabaseError;
use super::encryption::{Way, to_the_root_in};
use super::row::{Cell, Row, Value};

/// Statements that are kept prepared on each connection, before all are forgotten: more than
/// there are.
const PREPARED: usize = 256;
const CONNECTING: Duration = Duration::from_secs(10);
/// A commit waits until it is on disk, and on the disk of the standby where PostgreSQL is told to
/// have one. Nothing waits for ever.
const SETTINGS: &str = "
    SET synchronous_commit = on;
    SET statement_timeout = '60s';
    SET lock_timeout = '15s';
    SET idle_in_transaction_session_timeout = '60s';
    SET client_min_messages = warning;";

pub(crate) struct Postgres {
    client: Client,
    prepared: HashMap<String, Statement>,
    /// Between the begin and the end of a transaction.
    within: bool,
}

impl Postgres {
    pub(super) fn open(address: &str) -> Result<Self, DatabaseError> {
        let way = Way::read(address);
        let Way { mut config, root } =
            way.map_err(|error| DatabaseError::Unreachable(Box::new(error)))?;
        config.application_name("felloe-hub");
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECTING);
        }
        let mut client = match root {
            Some(root) => config.connect(to_the_root_in(&root)?)?,
            None => config.connect(NoTls)?,
        };
        client.batch_execute(SETTINGS)?;
        Ok(Self {
            client,
            prepared: HashMap::new(),
            within: false,
        })
    }

    /// Whether the database is there and durable.
    pub(super) fn check(&mut self) -> Result<(), DatabaseError> {
        let on = |setting: &str| format!("SELECT current_setting('{setting}')");
        for setting in ["fsync", "full_page_writes"] {
            let rows = self.rows(&on(setting), &[])?;
            if rows.first().map(|row| row.text(0)).transpose()? != Some("on") {
                return Err(DatabaseError::NotDurable);
            }
        }
        Ok(())
    }

    /// Whether it is of no more use: gone, or left in the midst of a transaction.
    pub(super) fn is_broken(&self) -> bool {
        self.within || self.client.is_closed()
    }

    pub(super) fn run(&mut self, sql: &str, with: &[Cell<'_>]) -> Result<u64, DatabaseError> {
        let statement = self.prepared(sql)?;
        Ok(self.client.execute(&statement, &parameters(with))?)
    }

    pub(super) fn rows(&mut self, sql: &str, with: &[Cell<'_>]) -> Result<Vec<Row>, DatabaseError> {
        let statement = self.prepared(sql)?;
        let rows = self.client.query(&statement, &parameters(with))?;
        rows.iter().map(row).collect()
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), DatabaseError> {
        self.within |= sql.starts_with("BEGIN");
        self.client.batch_execute(sql)?;
        self.within &= sql != "COMMIT" && sql != "ROLLBACK";
        Ok(())
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, DatabaseError> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        if self.prepared.len() >= PREPARED {
            self.prepared.clear();
        }
        let statement = self.client.prepare(sql)?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

fn parameters<'a>(with: &'a [Cell<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    with.iter()
        .map(|cell| match cell {
            Cell::Number(number) => number as &(dyn ToSql + Sync),
            Cell::Maybe(number) => number,
            Cell::Bytes(bytes) => bytes,
            Cell::MaybeBytes(bytes) => bytes,
            Cell::Text(text) => text,
            Cell::Nothing => &Untyped,
        })
        .collect()
}

/// Nothing, in a column of any type.
#[derive(Debug)]
struct Untyped;

impl ToSql for Untyped {
    fn to_sql(
        &self,
        _: &Type,
        _: &mut postgres::types::private::BytesMut,
    ) -> Result<postgres::types::IsNull, Box<dyn std::error::Error + Sync + Send>> {
        Ok(postgres::types::IsNull::Yes)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    postgres::types::to_sql_checked!();
}

fn row(row: &postgres::Row) -> Result<Row, DatabaseError> {
    let values = row.columns().iter().enumerate().map(|(at, column)| {
        let value = match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(at)?.map(Value::Number),
            Type::INT4 => row
                .try_get::<_, Option<i32>>(at)?
                .map(|number| Value::Number(number.into())),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.map(Value::Bytes),
            Type::TEXT => row.try_get::<_, Option<String>>(at)?.map(Value::Text),
            _ => return Err(DatabaseError::Malformed("a column of another type")),
        };
        Ok(value.unwrap_or(Value::Nothing))
    });
    values.collect::<Result<_, _>>().map(Row)
}
