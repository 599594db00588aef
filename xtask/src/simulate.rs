//! `cargo xtask simulate`: laptops and hub servers in weeks of bad luck, from seeds.

use std::process::Command;

use crate::setup::set_up;
use crate::system::Purpose;
use crate::terminal::announce;
use crate::tool::{call, cargo, program, target};
use crate::{Outcome, usage};

/// Seeds in the usual run of the tests.
const SEEDS: &str = "200";

/// Runs so many seeds, and says which one breaks a law and by which events.
pub(crate) fn simulate(options: &[&str]) -> Outcome {
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        let fits = match *option {
            "--seeds" | "--seed" => rest.next().is_some_and(|text| text.parse::<u64>().is_ok()),
            "--trace" => true,
            _ => false,
        };
        if !fits {
            return Err(usage("simulate takes --seeds N, --seed N and --trace."));
        }
    }
    set_up(Purpose::Headless)?;
    announce("Simulation");
    call(building(), "build the simulator")?;
    call(running(options), "keep every law")
}

/// The stage of `cargo xtask test`.
pub(crate) fn stage(seeds: Option<&str>) -> Vec<Command> {
    let options = ["--seeds", seeds.unwrap_or(SEEDS), "--seed", "1"];
    vec![building(), running(&options)]
}

fn building() -> Command {
    cargo(&["build", "--quiet", "--package", "simulation"])
}

fn running(options: &[&str]) -> Command {
    let simulator = target().join("debug/simulate");
    program(&simulator.to_string_lossy(), options)
}
