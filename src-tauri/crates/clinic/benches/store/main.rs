//! `cargo xtask bench store`: what a clinic of a thousand, ten thousand or a hundred thousand
//! patients waits for, side by side with the same tables in plain SQLite.
//!
//! The clinics are made once through the real append path, sealed and signed, with a mean of twenty
//! entries a patient, and kept under the target folder. `--patients 1000,10000` measures these
//! sizes only; `--searches` measures searching only, way by way; `--json` prints the figures for a
//! program.
//!
//! Opening and searching are the use cases of the desk, as the window calls them, beside the bare
//! statements of the peer. A durable save runs the same statements on both sides; sealing and
//! signing are ours alone. It is also measured with every fsync made slower, since on a machine with
//! a fast disk the processor would decide.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

mod desk;
mod generate;
mod letters;
mod measures;
mod people;
mod plain;
mod process;
mod saving;
mod searching;
#[path = "../../../assessment/benches/rules/table.rs"]
mod table;
mod told;

use std::process::ExitCode;

use table::Row;
use told::{Told, kept_under};

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// How many patients a clinic has, unless `--patients` says otherwise.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() -> ExitCode {
    let mut options = std::env::args().skip(1);
    // The measurement of one clinic's saves, in a process of its own.
    if let (Some("--saves"), Some(folder)) = (options.next().as_deref(), options.next()) {
        return told::end(saving::in_this_process(folder.as_ref()));
    }
    told::main(&SIZES, measured)
}

fn measured(told: &Told) -> Outcome<Vec<Row>> {
    let sizes = &told.patients;
    let mut rows = Vec::new();
    for size in sizes {
        let clinic = generate::clinic(&kept_under(), *size)?;
        let found = if told.searches {
            searching::of(&clinic)?
        } else {
            let mut found = measures::of(&clinic)?;
            found.extend(saving::of(&clinic)?);
            found
        };
        if !told.as_json && sizes.len() > 1 {
            // The next one may take minutes.
            eprintln!("{}\n", table::text(&found));
        }
        rows.extend(found);
    }
    rows.extend(growth(&rows, sizes));
    Ok(rows)
}

/// How much longer the largest clinic takes than the smallest, for what must not grow.
fn growth(rows: &[Row], sizes: &[usize]) -> Vec<Row> {
    let (Some(least), Some(most)) = (sizes.iter().min(), sizes.iter().max()) else {
        return Vec::new();
    };
    let of = |measure: &str, size: usize| {
        let wanted = format!("{measure}, {size} patients");
        rows.iter()
            .find(|row| row.measure == wanted)
            .map(|row| row.ours)
    };
    let mut found = Vec::new();
    for measure in [measures::OPENING, measures::SEARCH_P99, measures::WORKLIST] {
        if let (Some(small), Some(large)) = (of(measure, *least), of(measure, *most)) {
            let words = format!("{measure}: {most} over {least} patients");
            found.push(Row::alone(words, "times", large / small));
        }
    }
    found
}
