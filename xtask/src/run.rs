//! `cargo xtask run`: the demo clinic, in a window or without one.

use std::env;
use std::path::{Path, PathBuf};

use crate::setup::{build_screens, set_up};
use crate::system::Purpose;
use crate::terminal::{announce, say};
use crate::tool::{call, cargo};
use crate::{Outcome, usage};

/// Where the day without a window goes unless `--out` says otherwise.
const OUT: &str = "demo-clinic";

/// Reads `options` and opens the demo clinic.
pub(crate) fn run(options: &[&str]) -> Outcome {
    match options {
        [] => in_a_window(),
        ["--headless"] => without_a_window(Path::new(OUT)),
        ["--headless", "--out", folder] => without_a_window(Path::new(folder)),
        _ => Err(usage("run takes --headless, and with it --out DIR.")),
    }
}

fn in_a_window() -> Outcome {
    if !has_display() {
        return Err("There is no display here, so no window can open. \
            The same clinic's day runs without one: cargo xtask run --headless"
            .to_owned());
    }
    set_up(Purpose::Window)?;
    build_screens()?;
    announce("Felloe");
    say("Building, then opening the demo clinic. The first build takes some minutes.");
    call(
        cargo(&["run", "--package", "felloe", "--", "--demo"]),
        "run Felloe",
    )
}

fn without_a_window(folder: &Path) -> Outcome {
    let folder = absolute(folder)?;
    let shown = folder.to_string_lossy();
    set_up(Purpose::Headless)?;
    announce("A day in the demo clinic");
    say("Building felloectl. The first build takes some minutes.");
    call(
        cargo(&["run", "--package", "ctl", "--", "demo", "--out", &shown]),
        "run the demo clinic's day",
    )
}

/// Relative to where the person stands, not to the project's root.
fn absolute(folder: &Path) -> Result<PathBuf, String> {
    std::path::absolute(folder)
        .map_err(|fault| format!("'{}' is no folder's name: {fault}.", folder.display()))
}

fn has_display() -> bool {
    let named = |variable| env::var_os(variable).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}
