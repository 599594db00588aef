//! `cargo xtask fuzz` and `cargo xtask mutants`: looking for what the tests do not know yet.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::terminal::announce;
use crate::tool::{call, cargo, program, root, succeeds, target};
use crate::{Outcome, usage};

/// The code whose every change a test has to notice.
const MUTATED: &[&str] = &[
    "instrument/change.rs",
    "instrument/figures.rs",
    "instrument/group.rs",
    "instrument/outcome.rs",
    "instrument/points.rs",
    "instrument/score.rs",
    "medicine/ome.rs",
    "medicine/table.rs",
    "engine/*.rs",
    "proposal/*.rs",
    "proposal/next/*.rs",
];

/// The one test that takes minutes. It measures how many questions are asked and says nothing that
/// the others do not.
const MEASURING: &str = "the_urgency_is_certain_after";

const ASSESSMENT: &str = "src-tauri/crates/assessment";

/// Gives a reader random bytes for some seconds, led by what its code has not done yet.
pub(crate) fn fuzz(options: &[&str]) -> Outcome {
    let (target, seconds) = match options {
        [target] => (*target, "60"),
        [target, seconds] if seconds.parse::<u32>().is_ok() => (*target, *seconds),
        _ => return Err(usage("fuzz needs a name, and perhaps seconds.")),
    };
    let folder =
        folder_of(target).ok_or_else(|| format!("There is no fuzz target called '{target}'."))?;
    installed("cargo-fuzz")?;
    announce(&format!("Fuzzing {target} for {seconds} s"));
    let mut command = cargo(&["fuzz", "run", "--fuzz-dir"]);
    // The crate has no unsafe code, so there is nothing for a sanitizer to find, and without
    // one the usual toolchain will do.
    command
        .arg(&folder)
        .args(["--sanitizer", "none", target, "--"]);
    command.arg(format!("-max_total_time={seconds}"));
    let words = folder.join(format!("{target}.dict"));
    if words.is_file() {
        command.arg(format!("-dict={}", words.display()));
    }
    call(command, &format!("fuzz {target}"))
}

/// The fuzz workspace that has this target: each crate that is fuzzed has one of its own.
fn folder_of(target: &str) -> Option<PathBuf> {
    let crates = fs::read_dir(root().join("src-tauri/crates")).ok()?;
    let folders = crates.filter_map(|entry| Some(entry.ok()?.path().join("fuzz")));
    let file = Path::new("targets").join(target).with_extension("rs");
    folders
        .into_iter()
        .find(|folder| folder.join(&file).is_file())
}

/// Changes the code in small ways, one at a time, and lists the changes that no test notices.
pub(crate) fn mutants(options: &[&str]) -> Outcome {
    let files = mutated(options)?;
    installed("cargo-mutants")?;
    announce("Changing the code to see whether a test notices");
    let mut command = within_memory(&cargo(&["mutants"]));
    command.args(["--package", "assessment", "--test-tool", "nextest"]);
    // A time of its own for each machine: five times what the tests take with nothing changed.
    let folder = target().join("mutants");
    command.arg("--output").arg(&folder);
    // It builds in copies of its own, which stay with what is built: what a change leaves behind
    // must never be taken for the program.
    let copies = folder.join("copies");
    fs::create_dir_all(&copies).map_err(|fault| format!("Could not make a folder: {fault}."))?;
    command
        .env_remove("CARGO_TARGET_DIR")
        .env("TMPDIR", fs::canonicalize(&copies).unwrap_or(copies));
    for file in files {
        command
            .arg("--file")
            .arg(format!("{ASSESSMENT}/src/{file}"));
    }
    let tests = format!("not test({MEASURING})");
    command.args(["--", "--fail-fast", "-E", &tests]);
    call(
        command,
        "finish, or some changes were not noticed; they are listed above",
    )
}

/// The files to change, under `src` of the crate.
fn mutated<'a>(options: &'a [&'a str]) -> Result<&'a [&'a str], String> {
    let file = match options {
        [] => return Ok(MUTATED),
        [file] => file,
        _ => return Err(usage("mutants takes one file at most.")),
    };
    if file.contains('*') || root().join(ASSESSMENT).join("src").join(file).is_file() {
        return Ok(options);
    }
    Err(format!("There is no file '{file}' in {ASSESSMENT}/src."))
}

/// The same command with no more than 16 GiB of memory, where the system can hold it to that: a
/// change can make a list endless.
fn within_memory(command: &Command) -> Command {
    if !cfg!(unix) {
        let mut same = program(&command.get_program().to_string_lossy(), &[]);
        same.args(command.get_args());
        return same;
    }
    let mut held = program(
        "sh",
        &["-c", "ulimit -v 16777216 2>/dev/null; exec \"$@\"", "sh"],
    );
    held.arg(command.get_program()).args(command.get_args());
    held
}

/// Installs a program of cargo's unless it is there.
fn installed(name: &str) -> Outcome {
    let command = name.trim_start_matches("cargo-");
    if succeeds(cargo(&[command, "--version"])) {
        return Ok(());
    }
    announce(&format!("Installing {name}"));
    call(
        cargo(&["install", "--locked", name]),
        &format!("install {name}"),
    )
}
