//! A hub server, a hub and a spoke as programs of their own, and what happens to the cable.
//!
//! `cable day` is a day's assessments over a thin link. `cable kills` ends hub server, spoke and
//! PostgreSQL in the midst of pushes. `cable desk` and `cable link` are what they start.

mod asking;
mod clinic_of_two;
mod day;
mod desk;
mod fleet;
mod kills;
mod lane;
mod link;
#[path = "../../../../hub/tests/hub/postgres.rs"]
#[allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "the hub server's tests start it the same way, and end when it cannot be started"
)]
mod postgres;
mod program;
mod seen;
mod tells;
mod written;

use std::io::{self, Write as _};
use std::process::ExitCode;

use testkit::Fault;

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let done = match given.as_slice() {
        ["desk", folder, staff, seed] => desk::at_work(folder, staff, seed).map(|()| true),
        ["link", at, to, seed, faster] => link::lies(at, to, seed, faster).map(|()| true),
        ["day", options @ ..] => {
            day::Plan::read(options).and_then(|plan| day::day(&plan, &mut io::stdout().lock()))
        }
        ["kills", options @ ..] => kills::Plan::read(options)
            .and_then(|plan| kills::kills(&plan, &mut io::stdout().lock())),
        _ => Err("cable takes day or kills, each with its options".into()),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            let _ = writeln!(io::stderr(), "{fault}");
            ExitCode::from(3)
        }
    }
}

/// Reads `--name NUMBER` pairs, each into its place, and gives the words that are no pair.
fn read(options: &[&str], into: &mut [(&str, &mut u64)]) -> Result<Vec<String>, Fault> {
    let mut rest = Vec::new();
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match into.iter_mut().find(|(name, _)| name == option) {
            Some((name, place)) => {
                let number = options.next().and_then(|text| text.parse().ok());
                **place = number.ok_or_else(|| format!("{name} needs a number"))?;
            }
            None => rest.push((*option).to_owned()),
        }
    }
    Ok(rest)
}
