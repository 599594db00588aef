//! The victim's life as it told it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::disk::{Befalls, Disk};
use crate::victim::Work;
use crate::{Fact, Fault, Laptop, Said};

/// What a victim said until it ended or was ended.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// What it was told is saved, in order.
    pub saved: Vec<Fact>,
    /// What it had begun and was not told of: there wholly, or not at all.
    pub begun: Vec<Fact>,
    /// Refusals: the code and the sentence.
    pub refused: Vec<(String, String)>,
    /// Whether it came to its end.
    pub ended: bool,
    /// Calls that changed something, where it came to its end.
    pub calls: u64,
}

/// When a victim is ended, apart from what its disk does.
#[derive(Debug, Clone, Copy)]
pub enum Until {
    /// Its own end, or its disk's.
    End,
    /// After so long, by a signal from outside.
    Killed(Duration),
}

/// How to start a victim.
#[derive(Debug, Clone)]
pub struct Start<'a> {
    /// The disk it works on.
    pub disk: &'a Disk,
    /// What it does.
    pub work: Work,
    /// In words of this seed.
    pub seed: u64,
}

impl Start<'_> {
    /// Runs a victim on `laptop`, to which `what` happens at call `k`.
    pub fn run(&self, laptop: &Laptop, what: Befalls, k: u64, until: Until) -> Result<Told, Fault> {
        let lasts = laptop.folder().join("fails-while-this-is-here");
        let count = laptop.folder().join("calls");
        fs::write(&lasts, "")?;
        let mut program = Command::new(std::env::current_exe()?);
        program
            .arg("victim")
            .arg(laptop.folder())
            .args([self.work.name(), &self.seed.to_string()])
            // What SQLite keeps outside of its folder would be looked for there.
            .env("TMPDIR", laptop.disk())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        self.disk
            .put_under(&mut program, &laptop.disk(), what, k, &lasts, &count);
        let mut child = program.spawn()?;
        let mut go_on = child.stdin.take().ok_or("the victim has no input")?;
        let lines = child.stdout.take().ok_or("the victim has no output")?;
        if let Until::Killed(after) = until {
            std::thread::sleep(after);
            child.kill()?;
        }
        let mut told = Told::default();
        for line in BufReader::new(lines).lines() {
            // A line cut short by a kill was never said.
            let Ok(said) = serde_json::from_str::<Said>(&line?) else {
                break;
            };
            if told.hear(said) {
                let _ = fs::remove_file(&lasts);
                writeln!(go_on, "go on")?;
            }
        }
        let end = child.wait_with_output()?;
        told.calls = counted(&count);
        let died = !end.status.success() && end.status.code().is_some();
        if died {
            let words = String::from_utf8_lossy(&end.stderr).into_owned();
            return Err(format!("the victim broke down: {words}").into());
        }
        Ok(told)
    }
}

fn counted(file: &Path) -> u64 {
    fs::read_to_string(file)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0)
}

impl Told {
    /// Takes in one line. Whether the victim waits for an answer.
    fn hear(&mut self, said: Said) -> bool {
        match said {
            Said::Begins(fact) => self.begun.push(fact),
            Said::Saved(fact) => {
                self.begun.retain(|begun| *begun != fact);
                self.saved.push(fact);
            }
            Said::Refused { code, sentence } => self.refused.push((code, sentence)),
            Said::Waits => return true,
            Said::Ends => self.ended = true,
            Said::Stands(_) => {}
        }
        false
    }

    /// What was acknowledged and can be looked for.
    pub fn acknowledged(&self) -> usize {
        self.saved
            .iter()
            .map(|fact| match fact {
                Fact::Step(_) => 0,
                Fact::Referrals(people) => people.len(),
                _ => 1,
            })
            .sum()
    }

    /// The answers that may stand: for each question the last one saved, and any begun since.
    pub fn answers(&self) -> BTreeMap<(String, String), (Option<String>, Vec<String>)> {
        let mut all: BTreeMap<_, (Option<String>, Vec<String>)> = BTreeMap::new();
        for (fact, saved) in self
            .saved
            .iter()
            .map(|fact| (fact, true))
            .chain(self.begun.iter().map(|fact| (fact, false)))
        {
            if let Fact::Answer {
                assessment,
                question,
                answer,
            } = fact
            {
                let kept = all
                    .entry((assessment.clone(), question.clone()))
                    .or_default();
                if saved {
                    kept.0 = Some(answer.clone());
                } else {
                    kept.1.push(answer.clone());
                }
            }
        }
        all
    }
}
