//! What a measurement is compared with: programs of others, built apart from the project.

use std::path::{Path, PathBuf};

use crate::tool::{call, cargo, npm_in, program, root, target};

/// Builds the peers of a measurement, each in its language, and says where: `release` has their
/// program, `venv` Python's packages. Those of Node stay beside their sources, where Node looks for
/// them.
pub(crate) fn built(measurement: &str) -> Result<PathBuf, String> {
    let sources = root().join("tests/peers").join(measurement);
    if !sources.is_dir() {
        return Err(format!("{measurement} is compared with nothing."));
    }
    let built = target().join("peers");
    let has = |file: &str| sources.join(file).is_file();
    if has("Cargo.toml") {
        rust(&sources, &built)?;
    }
    if has("package.json") && !sources.join("node_modules").is_dir() {
        call(
            npm_in(&sources, &["ci", "--silent"]),
            "install the peers' packages for Node",
        )?;
    }
    if has("requirements.txt") {
        python(&sources, &built.join("venv"))?;
    }
    Ok(built)
}

fn rust(sources: &Path, built: &Path) -> Result<(), String> {
    let mut command = cargo(&[
        "build",
        "--quiet",
        "--release",
        "--locked",
        "--manifest-path",
    ]);
    command
        .arg(sources.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(built);
    call(command, "build the peers")
}

fn python(sources: &Path, environment: &Path) -> Result<(), String> {
    if environment.is_dir() {
        return Ok(());
    }
    let name = if cfg!(windows) { "python" } else { "python3" };
    let mut command = program(name, &["-m", "venv"]);
    command.arg(environment);
    call(command, "make a place for the peers' packages for Python")?;
    let tools = if cfg!(windows) { "Scripts" } else { "bin" };
    let pip = environment.join(tools).join("pip");
    let mut command = program(
        &pip.to_string_lossy(),
        &["install", "--quiet", "--requirement"],
    );
    command.arg(sources.join("requirements.txt"));
    call(command, "install the peers' packages for Python")
}
