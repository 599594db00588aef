//! The programs the commands call, and where.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;

/// The project's root folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// Where things are built.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The folder of the screens.
pub(crate) fn ui() -> PathBuf {
    root().join("ui")
}

/// The cargo that runs this command, at the project's root.
///
/// What this run of cargo told us about *this* package is taken away: build scripts that
/// watch such variables would otherwise run again each time.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    forget_this_package(&mut command);
    command
}

/// npm in the folder of the screens.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    npm_in(&ui(), arguments)
}

/// npm in a folder.
pub(crate) fn npm_in(folder: &Path, arguments: &[&str]) -> Command {
    let name = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = Command::new(name);
    command.args(arguments).current_dir(folder);
    command
}

/// The folder of the reader that shares no code with the program.
pub(crate) fn reader() -> PathBuf {
    root().join("tests/reader")
}

/// Where that reader's own Python is, with its packages.
pub(crate) fn reader_python() -> PathBuf {
    let name = if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    };
    target().join("reader/python").join(name)
}

/// That Python, at the project's root; it leaves nothing behind in the sources.
pub(crate) fn python(arguments: &[&str]) -> Command {
    let mut command = program(&reader_python().to_string_lossy(), &["-B"]);
    command.args(arguments);
    command
}

/// Any other program, at the project's root.
pub(crate) fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root());
    forget_this_package(&mut command);
    command
}

/// Runs a command with its output on the terminal. `what` finishes "could not ...".
pub(crate) fn call(mut command: Command, what: &str) -> Outcome {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!(
            "Could not {what}: {}.",
            ended(&command, status.code())
        )),
        Err(fault) => Err(format!(
            "Could not {what}: {} does not start ({fault}).",
            name(&command)
        )),
    }
}

/// Whether a program runs at all and is content; its output is not shown.
pub(crate) fn succeeds(mut command: Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn forget_this_package(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let told = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        });
        if told {
            command.env_remove(name);
        }
    }
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn ended(command: &Command, code: Option<i32>) -> String {
    match code {
        Some(code) => format!("{} ended with code {code}", name(command)),
        None => format!("{} was stopped", name(command)),
    }
}
