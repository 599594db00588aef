//! The other engines, each in a process of its own that is asked over a pipe.
//!
//! An engine times itself, so nothing of the pipe is in its figure.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;
use std::{env, fs, process};

use serde_json::Value;

use crate::generate::Generated;
use crate::measure::Outcome;
use crate::render;

/// A running engine, or several in one process.
pub(crate) struct Peer {
    process: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    /// cel and regorus. `built` is where the commands built the peers.
    pub(crate) fn rust(built: &Path, rules: &Folder) -> Outcome<Self> {
        let program = format!("release/rules-peers{}", env::consts::EXE_SUFFIX);
        Self::start(Command::new(built.join(program)).arg(&rules.0))
    }

    /// json-rules-engine and zen.
    pub(crate) fn node(rules: &Folder) -> Outcome<Self> {
        Self::start(
            Command::new("node")
                .arg(here().join("engines.js"))
                .arg(&rules.0),
        )
    }

    fn start(command: &mut Command) -> Outcome<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let fault = |fault| format!("{name} does not start ({fault}).");
        let mut process = piped.spawn().map_err(fault)?;
        match (process.stdin.take(), process.stdout.take()) {
            (Some(asks), Some(answers)) => Ok(Self {
                process,
                asks,
                answers: BufReader::new(answers),
            }),
            _ => Err(format!("{name} cannot be asked anything.")),
        }
    }

    fn ask(&mut self, line: &str) -> Outcome<Value> {
        let mut answer = String::new();
        let asked = writeln!(self.asks, "{line}").and_then(|()| self.asks.flush());
        asked
            .and_then(|()| self.answers.read_line(&mut answer))
            .map_err(|fault| format!("A peer did not answer '{line}' ({fault})."))?;
        serde_json::from_str(&answer)
            .map_err(|_| format!("A peer stopped when asked '{line}'. Its own message is above."))
    }

    /// The rules that fire for each case, each case's in order.
    pub(crate) fn fired(&mut self, engine: &str) -> Outcome<Vec<Vec<usize>>> {
        let answer = self.ask(&format!("fired {engine}"))?;
        let mut fired: Vec<Vec<usize>> = serde_json::from_value(answer)
            .map_err(|_| format!("{engine} answered with something else than rules."))?;
        for places in &mut fired {
            places.sort_unstable();
        }
        Ok(fired)
    }

    /// The nanoseconds of one evaluation.
    pub(crate) fn nanoseconds(&mut self, engine: &str, window: Duration) -> Outcome<f64> {
        let answer = self.ask(&format!("time {engine} {}", window.as_millis()))?;
        let figure = answer.as_f64();
        figure.ok_or_else(|| format!("{engine} answered with something else than a time."))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It ends by itself once nothing can be asked any more; this is for one that does not.
        let _ = self.process.kill();
        let _ = self.process.wait();
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
