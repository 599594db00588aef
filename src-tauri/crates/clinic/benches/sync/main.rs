//! `cargo xtask bench sync`: what a clinic's record costs on its way, side by side with PouchDB.
//!
//! A real laptop with a clinic in its record sends it to a real hub server, and a second laptop
//! fetches it: the use case that the window and the command line call, TLS and all, with every
//! commit flushed, and what arrives is opened, folded and put into the lists. The hub server and
//! each laptop are processes of their own. Both sides' bytes are counted by one proxy in front of
//! their servers, so HTTP is in them, and TLS in ours, which the peer does without.
//!
//! `--peers FOLDER` measures PouchDB too: its own leveldb to `pouchdb-server` on leveldb, with the
//! same clinical content as JSON and at the best of several batch sizes, once with a document for
//! each entry, so that what two people wrote apart stays apart as it does here, and once with a
//! document for each form that was saved. `--entries 500` moves so many; `--patients 1000,10000`
//! says for which sizes of the record the cost of a small exchange is measured; `--json` prints the
//! figures for a program.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr)]
#![allow(
    dead_code,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

#[path = "../../../assessment/benches/rules/asked.rs"]
mod asked;
mod cost;
#[path = "../store/desk.rs"]
mod desk;
mod documents;
#[path = "../store/generate.rs"]
mod generate;
#[path = "../bundle/joining.rs"]
mod joining;
mod laptop;
#[path = "../store/letters.rs"]
mod letters;
mod ours;
#[path = "../store/people.rs"]
mod people;
mod pouch;
#[path = "../store/process.rs"]
mod process;
mod proxy;
mod server;
mod standing;
#[path = "../../../assessment/benches/rules/table.rs"]
mod table;
#[path = "../store/told.rs"]
mod told;

use std::process::ExitCode;

use cost::{rows_beside, rows_of_size};
use generate::EVEN;
use table::Row;
use told::{Told, kept_under};

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// How many entries are moved, unless `--entries` says otherwise.
const ENTRIES: usize = 10_000;

/// How many patients there are in the records whose exchanges are to cost the same.
const SIZES: [usize; 2] = [1_000, 10_000];

fn main() -> ExitCode {
    let mut options = std::env::args().skip(1);
    // A laptop, in a process of its own.
    if let (Some("--laptop"), Some(folder)) = (options.next().as_deref(), options.next()) {
        return told::end(laptop::in_this_process(folder.as_ref()));
    }
    told::main(&SIZES, measured)
}

fn measured(told: &Told) -> Outcome<Vec<Row>> {
    let entries = told.entries.unwrap_or(ENTRIES);
    let clinic = generate::even_clinic(&kept_under(), entries.div_ceil(EVEN).max(1))?;
    let mut rows = Vec::new();
    let mut found = |some: Vec<Row>| {
        if !told.as_json {
            // The next ones may take minutes.
            eprintln!("{}\n", table::text(&some));
        }
        rows.extend(some);
    };
    let ours = ours::moved(&clinic)?;
    if told.peers.is_some() {
        for documents in documents::both(&clinic)? {
            let theirs = pouch::moved(&documents, &clinic.folder)?;
            found(rows_beside(&ours, &theirs, &documents));
        }
    } else {
        found(ours.rows());
    }
    for size in &told.patients {
        let clinic = generate::even_clinic(&kept_under(), *size)?;
        found(rows_of_size(&ours::kept(&clinic)?, *size));
    }
    Ok(rows)
}
