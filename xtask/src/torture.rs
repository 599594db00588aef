//! `cargo xtask torture`: kills, power cuts, full and failing disks, flipped bits.

use std::process::Command;

use crate::setup::set_up;
use crate::system::Purpose;
use crate::terminal::announce;
use crate::tool::{call, cargo, program, target};
use crate::{Outcome, usage};

/// Kills in a run that nobody asked otherwise of.
const KILLS: &str = "60";

/// Ends the program in every way there is and counts what it lost. The same seed ends the same
/// works at the same calls.
pub(crate) fn torture(options: &[&str]) -> Outcome {
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        let fits = match *option {
            "--kills" | "--seed" => rest.next().is_some_and(|text| text.parse::<u64>().is_ok()),
            "--full" => true,
            _ => false,
        };
        if !fits {
            return Err(usage("torture takes --kills N, --seed N and --full."));
        }
    }
    if !cfg!(target_os = "linux") {
        return Err(
            "The disk that fails is a library put before the system's own, which needs Linux."
                .to_owned(),
        );
    }
    set_up(Purpose::Headless)?;
    announce("Torture");
    call(building(), "build the tormentor")?;
    call(running(options), "say that nothing was lost")
}

/// The stage of `cargo xtask test`.
pub(crate) fn stage(kills: Option<&str>, full: bool) -> Vec<Command> {
    let mut options = vec!["--kills", kills.unwrap_or(KILLS), "--seed", "1"];
    if full {
        options.push("--full");
    }
    vec![building(), running(&options)]
}

/// With what the whole workspace asks of its libraries, so that nothing is compiled twice.
fn building() -> Command {
    cargo(&["build", "--quiet", "--workspace", "--bin", "torture"])
}

fn running(options: &[&str]) -> Command {
    let tormentor = target().join("debug/torture");
    program(&tormentor.to_string_lossy(), options)
}
