//! What is seen of an exchange from outside: the sentences on the nurse's screen, and when.

use std::collections::BTreeSet;
use std::io::Write;
use std::time::{Duration, Instant};

use testkit::Fault;

use crate::tells::Tells;

/// What was seen since the cable was put in.
pub(crate) struct Seen<'a> {
    out: &'a mut dyn Write,
    begun: Instant,
    /// Between two printed sentences that say the same with other numbers.
    every: Duration,
    printed: Option<(Instant, String)>,
    /// What the nurse's screen says now.
    pub(crate) words: String,
    pub(crate) up_to_date: bool,
    /// How many patients it last said to be sent.
    pub(crate) sent: u64,
    /// Cases of which the screen says that the hub server has them.
    pub(crate) at_hub_server: BTreeSet<String>,
    /// Emergencies on the worklist at the hub.
    pub(crate) red: BTreeSet<String>,
}

impl<'a> Seen<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, every: Duration) -> Self {
        Self {
            out,
            begun: Instant::now(),
            every,
            printed: None,
            words: String::new(),
            up_to_date: false,
            sent: 0,
            at_hub_server: BTreeSet::new(),
            red: BTreeSet::new(),
        }
    }

    pub(crate) fn begin(&mut self) {
        self.begun = Instant::now();
        (self.up_to_date, self.sent) = (false, 0);
    }

    pub(crate) fn since(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Writes a line with the time since the cable was put in.
    pub(crate) fn say(&mut self, words: &str) -> Result<(), Fault> {
        let since = self.begun.elapsed();
        let (minutes, seconds) = (since.as_secs() / 60, since.as_secs() % 60);
        let tenths = since.subsec_millis() / 100;
        writeln!(self.out, "{minutes:>4}:{seconds:02}.{tenths}  {words}")?;
        Ok(self.out.flush()?)
    }

    /// Takes what the nurse's laptop tells.
    pub(crate) fn at_spoke(&mut self, told: Tells) -> Result<(), Fault> {
        match told {
            Tells::Chip {
                words, up_to_date, ..
            } => {
                self.up_to_date = up_to_date;
                self.words.clone_from(&words);
                self.sent = sent(&words).unwrap_or(self.sent);
                self.show(&words)
            }
            Tells::AtHubServer { patient } => {
                self.at_hub_server.insert(patient);
                self.say("the hub server has the emergency, so the spoke's screen says")
            }
            _ => Ok(()),
        }
    }

    /// Takes what the laptop at the hub tells.
    pub(crate) fn at_hub(&mut self, told: Tells) -> Result<(), Fault> {
        let Tells::Red { patients } = told else {
            return Ok(());
        };
        let new = patients.difference(&self.red).count();
        self.red = patients;
        if new > 0 {
            self.say("an emergency stands red on the worklist at the hub")?;
        }
        Ok(())
    }

    fn show(&mut self, words: &str) -> Result<(), Fault> {
        let shape: String = words.chars().filter(|it| !it.is_ascii_digit()).collect();
        let stale = |(at, other): &(Instant, String)| *other != shape || at.elapsed() >= self.every;
        if self.printed.as_ref().is_none_or(stale) {
            self.printed = Some((Instant::now(), shape));
            self.say(&format!("   {words}"))?;
        }
        Ok(())
    }
}

/// `12 of 40 patients sent`, `All 40 patients sent`: the number.
fn sent(words: &str) -> Option<u64> {
    let (before, _) = words.split_once(" patients sent")?;
    let number = before
        .strip_prefix("All ")
        .or_else(|| Some(before.split_once(" of ")?.0))?;
    number.parse().ok()
}
