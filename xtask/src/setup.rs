//! What every command needs first: system packages, cargo-nextest, npm and Python packages, built
//! screens.

use std::fs;

use crate::Outcome;
use crate::system::{self, Purpose};
use crate::terminal::{announce, say};
use crate::tool::{call, cargo, npm, program, python, reader, succeeds, target, ui};

/// The release the tests' configuration was written for; later ones are taken as they are.
const NEXTEST: &str = "cargo-nextest@0.9.143";

/// Makes the machine ready. Says what it does; does nothing twice.
pub(crate) fn set_up(purpose: Purpose) -> Outcome {
    announce("Set-up");
    system::prepare(purpose)?;
    if purpose == Purpose::Tests {
        nextest()?;
        python_packages()?;
    }
    if purpose == Purpose::Headless {
        return Ok(());
    }
    npm_packages()
}

/// Builds the screens into `ui/dist`, which the window's program takes in when it is compiled.
pub(crate) fn build_screens() -> Outcome {
    announce("Screens");
    call(npm(&["run", "build"]), "build the screens")
}

fn nextest() -> Outcome {
    if succeeds(cargo(&["nextest", "--version"])) {
        say("cargo-nextest: there.");
        return Ok(());
    }
    say("cargo-nextest: will be installed with cargo. This takes some minutes, once.");
    // Without self-update, which would be half of what is compiled.
    let features = ["--no-default-features", "--features", "default-no-update"];
    let install = [&["install", "--locked", NEXTEST], &features[..]].concat();
    call(cargo(&install), "install cargo-nextest")
}

/// Makes a Python of its own for the other reader when what it needs is not what is there.
fn python_packages() -> Outcome {
    let listed = reader().join("requirements.txt");
    let needed = fs::read(&listed)
        .map_err(|fault| format!("Could not read {}: {fault}.", listed.display()))?;
    let folder = target().join("reader/python");
    let mark = folder.join("installed-requirements.txt");
    if fs::read(&mark).is_ok_and(|installed| installed == needed) {
        say("Python packages: all there.");
        return Ok(());
    }
    say(
        "Python packages: pip installs those of tests/reader/requirements.txt beside what is built.",
    );
    let name = if cfg!(windows) { "python" } else { "python3" };
    let made = folder.to_string_lossy();
    call(
        program(name, &["-m", "venv", "--clear", &made]),
        "make a Python for the tests; Python 3.11 or later is needed",
    )?;
    let quietly = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    let mut pip = python(&quietly);
    pip.arg("--requirement").arg(&listed);
    call(pip, "install the Python packages")?;
    fs::write(&mark, needed)
        .map_err(|fault| format!("Could not write {}: {fault}.", mark.display()))
}

/// Runs `npm ci` when the lock file is not the one that was installed last.
fn npm_packages() -> Outcome {
    let lock = fs::read(ui().join("package-lock.json"))
        .map_err(|fault| format!("Could not read ui/package-lock.json: {fault}."))?;
    let mark = ui().join("node_modules/.installed-lock.json");
    if fs::read(&mark).is_ok_and(|installed| installed == lock) {
        say("npm packages: all there.");
        return Ok(());
    }
    say("npm packages: npm ci installs those of ui/package-lock.json into ui/node_modules.");
    call(
        npm(&["ci", "--no-audit", "--no-fund"]),
        "install the npm packages; Node 20 or later is needed",
    )?;
    fs::write(&mark, lock).map_err(|fault| format!("Could not write {}: {fault}.", mark.display()))
}
