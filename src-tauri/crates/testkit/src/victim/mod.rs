//! A clinic at work, to be ended at any moment.

mod copies;
mod prepared;
mod stand;
mod steps;
mod works;

use std::io::{BufRead, Write};

use clinic::view::Fault as Told;
use clinic::{Desk, Refusal};

use crate::laptop::Clock;
use crate::{Fact, Fault, Laptop, Said};

pub use prepared::{Prepared, confirm, finish, prepare};
pub(crate) use prepared::{first_person, form, given};
pub use stand::stand;
pub use works::Work;

/// What came of a step: what it gave, or nothing where it was refused and given up.
type Done<T> = Result<Option<T>, Fault>;

/// A person at work who says what they do.
pub(crate) struct Victim<'a> {
    desk: Desk,
    clock: Clock,
    laptop: Laptop,
    prepared: Prepared,
    chance: blake3::OutputReader,
    out: &'a mut dyn Write,
    go_on: &'a mut dyn BufRead,
}

/// Does `work` on the laptop in words of `seed`, says every step to `out`, and after a refusal
/// waits for a line of `go_on` before it tries once more.
pub fn work(
    laptop: Laptop,
    work: Work,
    seed: u64,
    out: &mut dyn Write,
    go_on: &mut dyn BufRead,
) -> Result<(), Fault> {
    let (desk, clock) = laptop.desk(seed ^ 0x5EED)?;
    let prepared = Prepared::read(&laptop)?;
    let mut victim = Victim {
        desk,
        clock,
        laptop,
        prepared,
        chance: crate::laptop::chance(seed),
        out,
        go_on,
    };
    work.done_by(&mut victim)?;
    drop(victim.desk);
    Said::Ends.to(victim.out)
}

impl Said {
    fn to(&self, out: &mut dyn Write) -> Result<(), Fault> {
        writeln!(out, "{}", serde_json::to_string(self)?)?;
        Ok(out.flush()?)
    }
}

impl Victim<'_> {
    /// One of `0..below`, by chance.
    fn pick(&mut self, below: u64) -> u64 {
        let mut bytes = [0; 8];
        self.chance.fill(&mut bytes);
        u64::from_le_bytes(bytes) % below.max(1)
    }

    /// Does one step, and does it again once after a refusal.
    fn step<T>(
        &mut self,
        fact: &Fact,
        mut doing: impl FnMut(&mut Desk) -> Result<T, Refusal>,
    ) -> Done<T> {
        for _ in 0..2 {
            Said::Begins(fact.clone()).to(self.out)?;
            match doing(&mut self.desk) {
                Ok(done) => {
                    Said::Saved(fact.clone()).to(self.out)?;
                    return Ok(Some(done));
                }
                Err(refusal) => self.refused(Told::from(refusal))?,
            }
        }
        Ok(None)
    }

    fn refused(&mut self, told: Told) -> Result<(), Fault> {
        let code = serde_json::to_string(&told.code)?;
        Said::Refused {
            code: code.trim_matches('"').to_owned(),
            sentence: told.message,
        }
        .to(self.out)?;
        Said::Waits.to(self.out)?;
        let mut line = String::new();
        if self.go_on.read_line(&mut line)? == 0 {
            return Err("nobody says to go on".into());
        }
        Ok(())
    }
}
