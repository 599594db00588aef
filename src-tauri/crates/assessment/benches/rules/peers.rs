//! The other engines, each in a process of its own that is asked over a pipe.
//!
//! An engine times itself, so nothing of the pipe is in its figure.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs, process};

use serde_json::Value;

use crate::asked::Asked;
use crate::generate::Generated;
use crate::measure::Outcome;
use crate::render;

/// A running engine, or several in one process.
pub(crate) struct Peer(Asked);

impl Peer {
    /// cel and regorus. `built` is where the commands built the peers.
    pub(crate) fn rust(built: &Path, rules: &Folder) -> Outcome<Self> {
        let program = format!("release/rules-peers{}", env::consts::EXE_SUFFIX);
        Asked::start(Command::new(built.join(program)).arg(&rules.0)).map(Self)
    }

    /// json-rules-engine and zen.
    pub(crate) fn node(rules: &Folder) -> Outcome<Self> {
        let mut command = Command::new("node");
        Asked::start(command.arg(here().join("engines.js")).arg(&rules.0)).map(Self)
    }

    /// The rules that fire for each case, each case's in order.
    pub(crate) fn fired(&mut self, engine: &str) -> Outcome<Vec<Vec<usize>>> {
        let answer = self.0.ask(&format!("fired {engine}"))?;
        let mut fired: Vec<Vec<usize>> = serde_json::from_value(answer)
            .map_err(|_| format!("{engine} answered with something else than rules."))?;
        for places in &mut fired {
            places.sort_unstable();
        }
        Ok(fired)
    }

    /// The nanoseconds of one evaluation.
    pub(crate) fn nanoseconds(&mut self, engine: &str, window: Duration) -> Outcome<f64> {
        let answer = self
            .0
            .ask(&format!("time {engine} {}", window.as_millis()))?;
        let figure = answer.as_f64();
        figure.ok_or_else(|| format!("{engine} answered with something else than a time."))
    }
}

/// The folder with the sources of the peers.
pub(crate) fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/peers/rules")
}

/// A folder with the rules in every language and the cases, gone when dropped.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn write(of: &Generated) -> Outcome<Self> {
        let folder = Self(env::temp_dir().join(format!("rules-peers-{}", process::id())));
        let cases: Vec<Value> = of.cases.iter().map(|case| render::case(of, case)).collect();
        let files = [
            ("cases.json", Value::from(cases).to_string()),
            ("cel.json", render::cel(of).to_string()),
            ("rules.rego", render::rego(of)),
            ("json-rules.json", render::json_rules(of).to_string()),
            ("zen.json", render::zen(of).to_string()),
        ];
        let written = fs::create_dir_all(&folder.0).and_then(|()| {
            files
                .iter()
                .try_for_each(|(name, text)| fs::write(folder.0.join(name), text))
        });
        written.map_err(|fault| format!("The rules cannot be written for the peers ({fault})."))?;
        Ok(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
