//! felloectl: the use cases of a clinic without a window.
//!
//! Exit codes: 0 fine, 1 the answer is no, 2 bad usage or input, 3 the environment. With `--json`
//! the answer is one JSON value on standard output; words for people go to standard error.

mod arguments;
mod bundle;
mod demo;
mod record;
mod render;
mod tools;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// What a command ends with.
pub(crate) struct Outcome {
    /// The answer, for `--json`.
    json: serde_json::Value,
    /// The same in words.
    words: String,
    /// 0 or 1.
    code: u8,
}

/// Why a command has no answer.
pub(crate) struct Trouble {
    words: String,
    /// 2 or 3.
    code: u8,
}

impl Outcome {
    /// An answer that is yes when `fine`.
    fn new(json: impl serde::Serialize, words: impl Into<String>, fine: bool) -> Self {
        Self {
            json: serde_json::to_value(json).unwrap_or_default(),
            words: words.into(),
            code: u8::from(!fine),
        }
    }
}

impl Trouble {
    fn input(words: &dyn std::fmt::Display) -> Self {
        Self {
            words: words.to_string(),
            code: 2,
        }
    }

    fn environment(words: &dyn std::fmt::Display) -> Self {
        Self {
            words: words.to_string(),
            code: 3,
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "a command line answers on its own streams"
)]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let answered = match &arguments.command {
        Command::Score {
            instrument,
            answers,
        } => tools::score(instrument, answers),
        Command::Ome { regimen } => tools::ome(regimen),
        Command::Clock { events, on } => tools::clock(events, *on),
        Command::NhsNumber { number } => Ok(tools::nhs_number(number)),
        Command::Rules { rules } => tools::rules(rules),
        Command::Plan { plan } => demo::plan(plan),
        Command::Backup { at, to } => record::backup(at, to),
        Command::Restore {
            backup,
            at,
            sheet,
            no_keyring,
            move_aside,
        } => record::restore(
            backup,
            at,
            &record::How {
                sheet: *sheet,
                keyring: !no_keyring,
                move_aside: *move_aside,
            },
        ),
        Command::Verify { at } => record::verify(at),
        Command::Rebuild { at } => record::rebuild(at),
        Command::Sync { at } => record::sync(at),
        Command::Bundle { bundle } => bundle::bundle(bundle),
        Command::Demo { out } => demo::demo(out, &mut |line| eprintln!("{line}")),
    };
    let (said, code) = match answered {
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
