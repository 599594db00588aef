//! A process that is asked over a pipe: a line goes in, a line of JSON comes back.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

/// A running process. It ends when this does.
pub(crate) struct Asked {
    process: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Asked {
    pub(crate) fn start(command: &mut Command) -> Result<Self, String> {
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

    pub(crate) fn ask(&mut self, line: &str) -> Result<Value, String> {
        let mut answer = String::new();
        let asked = writeln!(self.asks, "{line}").and_then(|()| self.asks.flush());
        asked
            .and_then(|()| self.answers.read_line(&mut answer))
            .map_err(|fault| format!("There was no answer to '{line}' ({fault})."))?;
        serde_json::from_str(&answer)
            .map_err(|_| format!("Asked '{line}' it stopped. Its own message is above."))
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        // It ends by itself once nothing can be asked any more; this is for one that does not.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
