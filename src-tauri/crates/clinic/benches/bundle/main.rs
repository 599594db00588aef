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
#[path = "../store/people.rs"]
mod people;
mod seeding;
#[path = "../../../assessment/benches/rules/table.rs"]
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// How many patients the clinic has, unless `--patients` says otherwise.
const SIZES: [usize; 1] = [10_000];

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
            "--json" => as_json = true,
            // Cargo says it to every bench.
            "--bench" => {}
            "--patients" => sizes = read_sizes(told.next().ok_or("--patients needs numbers")?)?,
            _ => return Err(format!("'{option}' is not an option here.").into()),
        }
    }
    let mut rows = Vec::new();
    for size in sizes {
        let clinic = generate::clinic(&kept_under(), size)?;
        rows.extend(seeding::of(&clinic)?);
    }
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
