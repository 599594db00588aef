//! `cargo xtask bench NAME`: a measurement is a bench of the crate whose work it measures.

use std::fs;
use std::path::{Path, PathBuf};

use crate::terminal::announce;
use crate::tool::{call, cargo, root};
use crate::{Outcome, peers, usage};

/// How much is measured.
const SIZES: [&str; 3] = ["--patients", "--devices", "--entries"];

/// Measurements that start a program of another crate, and that crate.
const STARTED: [(&str, &str); 1] = [("sync", "hub")];

/// A measurement, and the crate that has it.
struct Measurement {
    name: String,
    package: String,
}

/// Runs one measurement, built for release. `--peers` builds what it is compared with first.
pub(crate) fn bench(options: &[&str]) -> Outcome {
    let Some((&name, flags)) = options.split_first() else {
        return Err(usage(&format!("bench needs a name. {}", choice())));
    };
    let (flags, sizes) = sizes(flags)?;
    if let Some(flag) = flags
        .iter()
        .find(|flag| !["--peers", "--json"].contains(flag))
    {
        return Err(usage(&format!("'{flag}' is not an option of bench.")));
    }
    let Some(found) = measurements().into_iter().find(|it| it.name == name) else {
        return Err(format!(
            "There is no measurement called '{name}'. {}",
            choice()
        ));
    };
    // What a program reads stands alone.
    let told = |words: &str| {
        if !flags.contains(&"--json") {
            announce(&format!("{words} {name}"));
        }
    };
    if let Some((_, package)) = STARTED.iter().find(|(it, _)| *it == name) {
        told("Building what is started by");
        let build = ["build", "--quiet", "--release", "--package", package];
        call(cargo(&build), "build what it starts")?;
    }
    let mut command = cargo(&["bench", "--quiet", "--package"]);
    command.args([&found.package, "--bench", name, "--"]);
    if flags.contains(&"--peers") {
        told("Building the peers of");
        command.arg("--peers").arg(peers::built(name)?);
    }
    if flags.contains(&"--json") {
        command.arg("--json");
    }
    command.args(sizes);
    told("Measuring");
    call(command, &format!("measure {name}"))
}

/// The flags that stand alone, and those that a size follows, each with it.
fn sizes<'a>(flags: &[&'a str]) -> Result<(Vec<&'a str>, Vec<&'a str>), String> {
    let (mut alone, mut sizes) = (Vec::new(), Vec::new());
    let mut flags = flags.iter();
    while let Some(&flag) = flags.next() {
        if SIZES.contains(&flag) {
            let size = flags.next();
            let size = size.ok_or_else(|| usage(&format!("{flag} needs numbers such as 500.")))?;
            sizes.extend([flag, size]);
        } else {
            alone.push(flag);
        }
    }
    Ok((alone, sizes))
}

/// Every file or folder among the benches of a crate.
fn measurements() -> Vec<Measurement> {
    let mut found = Vec::new();
    for folder in entries(&root().join("src-tauri/crates")) {
        let package = last(&folder);
        for bench in entries(&folder.join("benches")) {
            let name = bench
                .file_stem()
                .map(Path::new)
                .map(last)
                .unwrap_or_default();
            let package = package.clone();
            found.push(Measurement { name, package });
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect()
}

fn last(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn choice() -> String {
    let names: Vec<String> = measurements().into_iter().map(|it| it.name).collect();
    match names.as_slice() {
        [] => "There are none yet.".to_owned(),
        some => format!("There are: {}.", some.join(", ")),
    }
}
