//! One stage of `cargo xtask test`: a command, watched while it runs.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::counts::Counts;
use crate::terminal::{announce, say};

/// How a stage ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    Failed,
    /// Something it needs had failed.
    NotRun,
}

pub(crate) struct Finished {
    pub(crate) stage: &'static str,
    pub(crate) outcome: Outcome,
    pub(crate) took: Duration,
    /// Tests; a stage that is one check counts as one.
    pub(crate) counts: Counts,
}

/// Runs the commands of a stage, all of them whatever fails, with their output on the terminal.
pub(crate) fn run(stage: &'static str, commands: Vec<Command>) -> Finished {
    announce(stage);
    let begun = Instant::now();
    let mut output = String::new();
    let mut succeeded = true;
    for command in commands {
        succeeded &= watch(command, &mut output);
    }
    Finished {
        stage,
        outcome: if succeeded {
            Outcome::Passed
        } else {
            Outcome::Failed
        },
        took: begun.elapsed(),
        counts: settled(Counts::read(&output), succeeded),
    }
}

/// A stage that cannot run because of `needed`.
pub(crate) fn leave_out(stage: &'static str, needed: &str) -> Finished {
    announce(stage);
    say(&format!(
        "Not run: it needs the stage '{needed}', which failed."
    ));
    let counts = Counts {
        passed: 0,
        failed: 1,
    };
    Finished {
        stage,
        outcome: Outcome::NotRun,
        took: Duration::ZERO,
        counts,
    }
}

/// A failed stage never counts as nothing failed: it may not even have compiled.
fn settled(read: Counts, succeeded: bool) -> Counts {
    match (succeeded, read) {
        (true, Counts { passed: 0, .. }) => Counts { passed: 1, ..read },
        (false, Counts { failed: 0, .. }) => Counts { failed: 1, ..read },
        _ => read,
    }
}

/// Runs one command, passing on each line as it comes and keeping it.
fn watch(mut command: Command, output: &mut String) -> bool {
    // Plain words: the summaries are read back, and colours would stand between them.
    command
        .env("NO_COLOR", "1")
        .env("CARGO_TERM_COLOR", "never");
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(fault) => {
            say(&format!(
                "{} does not start: {fault}.",
                command.get_program().to_string_lossy()
            ));
            return false;
        }
    };
    let (sender, lines) = channel();
    forward(child.stdout.take(), sender.clone());
    forward(child.stderr.take(), sender);
    for line in lines {
        say(&line);
        output.push_str(&line);
        output.push('\n');
    }
    child.wait().is_ok_and(|status| status.success())
}

fn forward(stream: Option<impl Read + Send + 'static>, lines: Sender<String>) {
    let Some(stream) = stream else { return };
    thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        let mut line = Vec::new();
        while stream
            .read_until(b'\n', &mut line)
            .is_ok_and(|read| read > 0)
        {
            let text = String::from_utf8_lossy(&line);
            if lines.send(text.trim_end().to_owned()).is_err() {
                return;
            }
            line.clear();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{Counts, settled};

    #[test]
    fn a_check_without_tests_counts_as_one() {
        assert_eq!(
            settled(Counts::default(), true),
            Counts {
                passed: 1,
                failed: 0
            }
        );
        assert_eq!(
            settled(Counts::default(), false),
            Counts {
                passed: 0,
                failed: 1
            }
        );
    }

    #[test]
    fn a_stage_that_fails_after_its_tests_passed_still_counts_a_failure() {
        let read = Counts {
            passed: 7,
            failed: 0,
        };
        assert_eq!(
            settled(read, false),
            Counts {
                passed: 7,
                failed: 1
            }
        );
    }
}
