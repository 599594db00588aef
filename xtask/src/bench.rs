//! `cargo xtask bench NAME`: a measurement is the example `bench` of the crate it measures.

use std::fs;

use crate::terminal::announce;
use crate::tool::{call, cargo, root};
use crate::{Outcome, usage};

/// Runs one measurement, built for release. `--peers` and `--json` are passed on to it.
pub(crate) fn bench(options: &[&str]) -> Outcome {
    let Some((&name, flags)) = options.split_first() else {
        return Err(usage(&format!("bench needs a name. {}", choice())));
    };
    if let Some(flag) = flags
        .iter()
        .find(|flag| !["--peers", "--json"].contains(flag))
    {
        return Err(usage(&format!("'{flag}' is not an option of bench.")));
    }
    if !names().iter().any(|known| known == name) {
        return Err(format!(
            "There is no measurement called '{name}'. {}",
            choice()
        ));
    }
    if !flags.contains(&"--json") {
        announce(&format!("Measuring {name}"));
    }
    let mut command = cargo(&[
        "run",
        "--quiet",
        "--release",
        "--package",
        name,
        "--example",
        "bench",
        "--",
    ]);
    command.args(flags);
    call(command, &format!("measure {name}"))
}

/// The crates that have one.
fn names() -> Vec<String> {
    let crates = fs::read_dir(root().join("src-tauri/crates"));
    let mut names: Vec<String> = crates
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter(|folder| folder.path().join("examples/bench.rs").is_file())
        .map(|folder| folder.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn choice() -> String {
    match names().as_slice() {
        [] => "There are none yet.".to_owned(),
        some => format!("There are: {}.", some.join(", ")),
    }
}
