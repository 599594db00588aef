//! `cargo xtask bench bundle`: a new laptop is given a whole clinic on a stick, without a network.
//!
//! The clinic is the one of `cargo xtask bench store`, made once and kept under the target folder.
//! A second laptop joins it as a person does it, a bundle with everything is written for it, looked
//! at, and read. `--patients 1000,10000` says how large the clinics are; 10,000 unless it is said.
//! The stick is a folder of this computer's disk: a real one is slower, and the figure of bytes says
//! by how much.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr)]
#![allow(
    dead_code,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss
)]

#[path = "../store/desk.rs"]
mod desk;
#[path = "../store/generate.rs"]
mod generate;
mod joining;
#[path = "../store/letters.rs"]
mod letters;
#[path = "../store/people.rs"]
mod people;
#[path = "../store/process.rs"]
mod process;
mod seeding;
#[path = "../../../assessment/benches/rules/table.rs"]
mod table;
#[path = "../store/told.rs"]
mod told;

use std::process::ExitCode;

use table::Row;
use told::{Told, kept_under};

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// How many patients the clinic has, unless `--patients` says otherwise.
const SIZES: [usize; 1] = [10_000];

fn main() -> ExitCode {
    told::main(&SIZES, measured)
}

fn measured(told: &Told) -> Outcome<Vec<Row>> {
    let mut rows = Vec::new();
    for size in &told.patients {
        let clinic = generate::clinic(&kept_under(), *size)?;
        rows.extend(seeding::of(&clinic)?);
    }
    Ok(rows)
}
