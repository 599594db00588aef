//! What a bench was told, and the frame that all benches of this crate stand in.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::Outcome;
use crate::table::{self, Row};

/// The least clinic that is worth measuring.
const LEAST: usize = 100;

/// The options of a bench.
pub(crate) struct Told {
    /// How many patients the clinics have.
    pub(crate) patients: Vec<usize>,
    /// How many entries are moved, where that is said.
    pub(crate) entries: Option<usize>,
    /// Where the peers were built, if they are to be measured too.
    pub(crate) peers: Option<PathBuf>,
    /// Whether searching alone is measured, each way of it by itself.
    pub(crate) searches: bool,
    /// Whether a program reads the figures: then nothing else is printed.
    pub(crate) as_json: bool,
}

/// Reads the options, measures, and prints the figures. Without `--patients` the clinics have
/// `usual` many.
pub(crate) fn main(usual: &[usize], measure: impl FnOnce(&Told) -> Outcome<Vec<Row>>) -> ExitCode {
    let found = read(usual, std::env::args().skip(1))
        .and_then(|told| Ok(table::shown(&measure(&told)?, told.as_json)));
    end(found)
}

/// Prints what came of it.
pub(crate) fn end(found: Outcome<String>) -> ExitCode {
    match found {
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

fn read(usual: &[usize], mut options: impl Iterator<Item = String>) -> Outcome<Told> {
    let mut told = Told {
        patients: usual.to_vec(),
        entries: None,
        peers: None,
        searches: false,
        as_json: false,
    };
    while let Some(option) = options.next() {
        let mut named = || options.next().ok_or(format!("{option} needs a value"));
        match option.as_str() {
            "--json" => told.as_json = true,
            // Cargo says it to every bench.
            "--bench" => {}
            "--patients" => told.patients = sizes(&named()?)?,
            "--entries" => told.entries = Some(named()?.parse().map_err(|_| NO_NUMBER)?),
            "--searches" => told.searches = true,
            "--peers" => told.peers = Some(named()?.into()),
            _ => return Err(format!("'{option}' is not an option here.").into()),
        }
    }
    Ok(told)
}

const NO_NUMBER: &str = "numbers are written such as 1000,10000";

fn sizes(text: &str) -> Outcome<Vec<usize>> {
    let sizes: Result<Vec<usize>, _> = text.split(',').map(str::parse).collect();
    let sizes = sizes.map_err(|_| NO_NUMBER)?;
    Ok(sizes.into_iter().map(|size| size.max(LEAST)).collect())
}

/// Where made clinics are kept from one run to the next, for all benches.
pub(crate) fn kept_under() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../target");
    target.unwrap_or_else(beside).join("bench-store")
}
