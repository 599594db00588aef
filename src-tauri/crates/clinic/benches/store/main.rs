//! `cargo xtask bench store`: what a clinic of a thousand, ten thousand or a hundred thousand
//! patients waits for, side by side with the same tables in plain SQLite.
//!
//! The clinics are made once through the real append path, sealed and signed, with a mean of twenty
//! entries a patient, and kept under the target folder. `--patients 1000,10000` measures these
//! sizes only; `--json` prints the figures for a program.
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
mod measures;
mod people;
mod plain;
mod saving;
#[path = "../../../assessment/benches/rules/table.rs"]
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use table::Row;

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// How many patients a clinic has, unless `--patients` says otherwise.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() -> ExitCode {
    let told = std::env::args().skip(1).collect::<Vec<_>>();
    match run(&told) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("Not measured: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(told: &[String]) -> Outcome<String> {
    let (mut sizes, mut as_json) = (SIZES.to_vec(), false);
    let mut told = told.iter();
    while let Some(option) = told.next() {
        match option.as_str() {
            // The measurement of one clinic's saves, in a process of its own.
            "--saves" => return saving::in_this_process(told.next().ok_or("no folder")?.as_ref()),
            "--json" => as_json = true,
            // Cargo says it to every bench.
            "--bench" => {}
            "--patients" => sizes = read_sizes(told.next().ok_or("--patients needs numbers")?)?,
            _ => return Err(format!("'{option}' is not an option here.").into()),
        }
    }
    let mut rows = Vec::new();
    for size in &sizes {
        let clinic = generate::clinic(&kept_under(), *size)?;
        let mut found = measures::of(&clinic)?;
        found.extend(saving::of(&clinic)?);
        if !as_json && sizes.len() > 1 {
            // The next one may take minutes.
            eprintln!("{}\n", table::text(&found));
        }
        rows.extend(found);
    }
    rows.extend(growth(&rows, &sizes));
    Ok(if as_json {
        table::json(&rows)
    } else {
        table::text(&rows)
    })
}

fn read_sizes(text: &str) -> Outcome<Vec<usize>> {
    let sizes: Result<Vec<usize>, _> = text.split(',').map(str::parse).collect();
    let sizes = sizes.map_err(|_| "--patients takes numbers such as 1000,10000")?;
    Ok(sizes.into_iter().map(|size| size.max(100)).collect())
}

/// Where made clinics are kept from one run to the next.
fn kept_under() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../target");
    target.unwrap_or_else(beside).join("bench-store")
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
