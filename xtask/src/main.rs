//! The project's own commands, as `cargo xtask COMMAND`. They do their own set-up.
//!
//! Nothing but the standard library is used, so that a fresh checkout has its commands
//! within seconds. What a command does to the machine it says first.

mod bench;
mod cable;
mod counts;
mod hunt;
mod peers;
mod run;
mod screens;
mod setup;
mod simulate;
mod stage;
mod suite;
mod system;
mod terminal;
mod tool;
mod torture;

use std::process::ExitCode;

use terminal::say;

const USAGE: &str = "\
cargo xtask run                           set up, build, and open Felloe on a demo clinic
cargo xtask run --headless [--out DIR]    the same clinic's day without a window
cargo xtask test [--full] [--only STAGE]  every check and test
cargo xtask screens                       take the pictures in docs/screens again
cargo xtask bench NAME [--peers] [--json] run one measurement
cargo xtask torture [--kills N] [--seed N] [--full]
                                          end the program in every way, and count what it lost
cargo xtask simulate [--seeds N] [--seed N] [--trace]
                                          weeks of bad luck for laptops and hub servers, from seeds
cargo xtask thin-link [--assessments N] [--faster N] [--seed N] [--loopback]
                                          a clinic day over 32 kbit/s, with loss, delay and cuts
cargo xtask kills [--kills N] [--seed N]  end hub server, spoke and PostgreSQL in mid-push
cargo xtask fuzz NAME [SECONDS]           give a reader random bytes for a minute, or so long
cargo xtask mutants [FILE]                change the code and see whether a test notices";

/// Why a command stopped, in a sentence for the person who gave it.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let outcome = match given.split_first() {
        Some((&"run", options)) => run::run(options),
        Some((&"test", options)) => suite::test(options),
        Some((&"screens", [])) => screens::take(),
        Some((&"bench", options)) => bench::bench(options),
        Some((&"torture", options)) => torture::torture(options),
        Some((&"simulate", options)) => simulate::simulate(options),
        Some((&"thin-link", options)) => cable::thin_link(options),
        Some((&"kills", options)) => cable::kills(options),
        Some((&"fuzz", options)) => hunt::fuzz(options),
        Some((&"mutants", options)) => hunt::mutants(options),
        Some((&"help" | &"--help" | &"-h", _)) | None => {
            say(USAGE);
            Ok(())
        }
        _ => Err(usage("There is no such command.")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            say(&sentence);
            ExitCode::FAILURE
        }
    }
}

/// `sentence`, then what can be asked for.
fn usage(sentence: &str) -> String {
    format!("{sentence}\n\n{USAGE}")
}
