//! `cargo xtask bench hub`: five hundred devices against one hub server, on SQLite and on
//! PostgreSQL.
//!
//! The hub server is the program that ships, over TLS, its database flushed at every commit; it and
//! the devices share the machine. Envelopes are sealed before anything is timed. Three things are
//! measured: all devices come at once after an outage and send what gathered; each sends one
//! envelope every two seconds, as in a working day that is faster than any; all wait for news and
//! one of each site sends some. At the end every envelope that was acknowledged has to be there, and
//! every stream has to end where its device ended.
//!
//! `--devices 50` measures so many; `--json` prints the figures for a program. PostgreSQL is started
//! by the bench itself, with its own settings as they come.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

mod clinic;
mod day;
mod figures;
#[allow(dead_code)]
#[path = "../../tests/hub/laptop.rs"]
mod laptop;
#[allow(dead_code)]
#[path = "../../tests/hub/postgres.rs"]
mod postgres;
#[allow(dead_code)]
#[path = "../../tests/hub/running.rs"]
mod running;
#[allow(dead_code)]
#[path = "../../tests/hub/service.rs"]
mod service;
#[path = "../../../assessment/benches/rules/table.rs"]
#[allow(dead_code)]
mod table;

use table::Row;

use crate::postgres::Postgres;

/// How many devices, unless `--devices` says otherwise.
const DEVICES: usize = 500;

fn main() {
    let (mut devices, mut as_json) = (DEVICES, false);
    let mut told = std::env::args().skip(1);
    while let Some(option) = told.next() {
        match option.as_str() {
            "--json" => as_json = true,
            // Cargo says it to every bench.
            "--bench" => {}
            "--devices" => {
                let number = told.next().and_then(|number| number.parse().ok());
                devices = number.expect("--devices needs a number, such as 500");
            }
            _ => panic!("'{option}' is not an option here."),
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    rows.extend(clinic::measured("SQLite", None, devices));
    let database = Postgres::start();
    rows.extend(clinic::measured(
        "PostgreSQL",
        Some(&database.address()),
        devices,
    ));
    println!("{}", table::shown(&rows, as_json));
}
