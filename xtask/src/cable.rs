//! `cargo xtask thin-link` and `cargo xtask kills`: hub server, hub and spoke as programs of their
//! own, with a thin link between them or somebody who ends them.

use std::process::Command;

use crate::setup::set_up;
use crate::system::Purpose;
use crate::terminal::announce;
use crate::tool::{call, cargo, program, target};
use crate::{Outcome, usage};

/// Three assessments over a link that is eight times faster: what every change can wait for.
const HURRIED: &[&str] = &["day", "--assessments", "3", "--faster", "8"];
/// The clinic day, in real time.
const DAY: &[&str] = &["day", "--assessments", "40"];
/// Two of each kind, and a hundred altogether.
const KILLS: &[&str] = &["kills", "--kills", "6"];
const MANY_KILLS: &[&str] = &["kills", "--kills", "100"];

/// A day's assessments over a thin link, in real time unless it is asked for otherwise.
pub(crate) fn thin_link(options: &[&str]) -> Outcome {
    let numbers = ["--assessments", "--seed", "--faster"];
    if !fit(options, &numbers, &["--loopback"]) {
        return Err(usage(
            "thin-link takes --assessments N, --seed N, --faster N and --loopback.",
        ));
    }
    run("A clinic day over a thin link", "day", options)
}

/// Ends hub server, spoke and PostgreSQL in the midst of pushes.
pub(crate) fn kills(options: &[&str]) -> Outcome {
    if !fit(options, &["--kills", "--seed"], &[]) {
        return Err(usage("kills takes --kills N and --seed N."));
    }
    run("Kills in the midst of pushes", "kills", options)
}

/// The stage of `cargo xtask test`.
pub(crate) fn stage(full: bool) -> Vec<Command> {
    let (day, kills) = if full {
        (DAY, MANY_KILLS)
    } else {
        (HURRIED, KILLS)
    };
    vec![building(), running(day), running(kills)]
}

fn run(title: &str, what: &str, options: &[&str]) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err("Hosts of their own and the tests' PostgreSQL need Linux.".to_owned());
    }
    set_up(Purpose::Tests)?;
    announce(title);
    call(building(), "build the programs")?;
    let mut all = vec![what];
    all.extend(options);
    call(running(&all), "say that nothing was lost")
}

fn fit(options: &[&str], numbers: &[&str], flags: &[&str]) -> bool {
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        let number = || {
            rest.clone()
                .next()
                .is_some_and(|it| it.parse::<u64>().is_ok())
        };
        if numbers.contains(option) && number() {
            rest.next();
        } else if !flags.contains(option) {
            return false;
        }
    }
    true
}

/// With what the whole workspace asks of its libraries, so that nothing is compiled twice.
fn building() -> Command {
    cargo(&[
        "build",
        "--quiet",
        "--workspace",
        "--bin",
        "cable",
        "--bin",
        "felloe-hub",
    ])
}

fn running(options: &[&str]) -> Command {
    let cable = target().join("debug/cable");
    program(&cable.to_string_lossy(), options)
}
