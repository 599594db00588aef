//! felloe-hub: the hub server, for whoever looks after it.
//!
//! Exit codes: 0 fine, 1 the answer is no, 2 bad usage or input, 3 the environment. With `--json`
//! the answer is one JSON value on standard output; words for people go to standard error.

mod arguments;
mod looking_after;
mod outcome;
mod serve;
mod status;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};
use outcome::{Outcome, Trouble};

#[expect(
    clippy::print_stderr,
    reason = "a command line answers on its own streams"
)]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let (said, code) = match answer(&arguments) {
        Ok(outcome) if arguments.json => (format!("{:#}", outcome.json), outcome.code),
        Ok(outcome) => (outcome.words, outcome.code),
        Err(trouble) => {
            eprintln!("{}", trouble.words);
            let json = serde_json::json!({ "error": trouble.words });
            let said = arguments.json.then(|| format!("{json:#}"));
            (said.unwrap_or_default(), trouble.code)
        }
    };
    // Whoever reads may stop reading, as `head` does: that is not a fault of the answer.
    if !said.is_empty() {
        let _ = writeln!(std::io::stdout(), "{said}");
    }
    ExitCode::from(code)
}

fn answer(arguments: &Arguments) -> Result<Outcome, Trouble> {
    let place = looking_after::Place::of(arguments);
    match &arguments.command {
        Command::Init { service, name } => place.init(service, name),
        Command::Serve { listen, metrics } => serve::serve(&place, *listen, *metrics),
        Command::Admit(admit) => place.admit(admit),
        Command::Block { device } => place.block(*device),
        Command::Status => place.status(),
        Command::Backup { to } => place.backup(to),
        Command::Restore { from } => place.restore(from),
        Command::Rotate => place.rotate(),
    }
}
