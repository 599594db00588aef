//! Ending victims in every way there is, and counting what they lost.

mod damage;
mod disk;
mod kills;
mod readable;
mod second;
mod short;
mod told;
mod verdict;

use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::victim::{Prepared, prepare};
use crate::{Fault, Laptop};

pub(crate) use damage::newest;
pub use disk::{Befalls, Disk};
pub(crate) use readable::SECRETS;
pub use told::{Start, Told, Until};
pub use verdict::{Verdict, look};

/// What to do and how long.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Victims to be killed.
    pub kills: usize,
    /// The same seed torments the same victims in the same way.
    pub seed: u64,
    /// Every call and every page, where the usual run takes a sample.
    pub full: bool,
}

/// How a phase ended.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// What was done, such as "kills while saving".
    pub phase: String,
    /// How many victims, files or moments.
    pub runs: usize,
    /// Entries that were acknowledged and looked for.
    pub acknowledged: usize,
    /// Acknowledged and not there.
    pub lost: Vec<String>,
    /// Whatever else is not as it has to be.
    pub wrong: Vec<String>,
}

/// What is done in one go.
type Phase = fn(&Chamber) -> Result<Vec<Counted>, Fault>;

/// Everything a phase needs.
pub struct Chamber {
    plan: Plan,
    disk: Disk,
    room: tempfile::TempDir,
    prepared: Laptop,
    fresh: Laptop,
}

/// Runs every phase, says how each ended, and gives whether nothing was lost and nothing wrong.
pub fn torture(plan: Plan, out: &mut dyn Write) -> Result<bool, Fault> {
    let chamber = Chamber::new(plan)?;
    let mut all = Vec::new();
    let phases: [Phase; 5] = [
        kills::kills,
        short::short,
        damage::damage,
        second::second,
        readable::readable,
    ];
    for phase in phases {
        for counted in phase(&chamber)? {
            counted.say(out)?;
            all.push(counted);
        }
    }
    let acknowledged: usize = all.iter().map(|counted| counted.acknowledged).sum();
    let lost: usize = all.iter().map(|counted| counted.lost.len()).sum();
    let wrong: usize = all.iter().map(|counted| counted.wrong.len()).sum();
    if wrong > 0 {
        writeln!(out, "{wrong} other things were not as they have to be")?;
    }
    writeln!(out, "{lost} acknowledged entries lost of {acknowledged}")?;
    Ok(lost == 0 && wrong == 0)
}

impl Counted {
    fn of(phase: impl Into<String>) -> Self {
        Self {
            phase: phase.into(),
            ..Self::default()
        }
    }

    /// Takes in one look. `how` says how to come to it again.
    fn take(&mut self, how: &str, verdict: Verdict) {
        self.runs += 1;
        self.acknowledged += verdict.acknowledged;
        let at = |words: String| format!("{how}: {words}");
        self.lost.extend(verdict.lost.into_iter().map(at));
        self.wrong.extend(verdict.wrong.into_iter().map(at));
    }

    fn say(&self, out: &mut dyn Write) -> Result<(), Fault> {
        let Self {
            phase,
            runs,
            acknowledged,
            lost,
            wrong,
        } = self;
        writeln!(
            out,
            "{phase:<34}{runs:>6} times {acknowledged:>7} acknowledged {:>4} lost {:>4} wrong",
            lost.len(),
            wrong.len()
        )?;
        for words in lost
            .iter()
            .map(|words| format!("  LOST {words}"))
            .chain(wrong.iter().map(|words| format!("  WRONG {words}")))
        {
            writeln!(out, "{words}")?;
        }
        Ok(())
    }
}

impl Chamber {
    fn new(plan: Plan) -> Result<Self, Fault> {
        let room = tempfile::tempdir()?;
        let disk = Disk::compile(room.path())?;
        let make = |name: &str| -> Result<Laptop, Fault> {
            let folder = room.path().join(name);
            std::fs::create_dir(&folder)?;
            Laptop::at(&folder)
        };
        let fresh = make("fresh")?;
        let prepared = make("prepared")?;
        prepare(&prepared, plan.seed)?;
        Ok(Self {
            plan,
            disk,
            room,
            prepared,
            fresh,
        })
    }

    /// A laptop of its own for one run, gone when the run is over.
    fn laptop(&self, empty: bool) -> Result<(tempfile::TempDir, Laptop), Fault> {
        let folder = tempfile::tempdir_in(self.room.path())?;
        let from = if empty { &self.fresh } else { &self.prepared };
        let laptop = from.copy_to(folder.path())?;
        Ok((folder, laptop))
    }

    /// Numbers that follow from the run's seed and what they are for.
    fn chance(&self, what: &str, number: usize) -> Chance {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.plan.seed.to_le_bytes());
        hasher.update(what.as_bytes());
        hasher.update(&number.to_le_bytes());
        Chance(hasher.finalize_xof())
    }
}

/// Numbers by chance.
struct Chance(blake3::OutputReader);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes) % limit.max(1)
    }
}

/// Opens a record once nobody holds it. A program that is just being started by another thread
/// holds, for a moment, whatever this one has open.
pub(crate) fn once_free<T>(
    mut open: impl FnMut() -> Result<T, store::UnlockError>,
) -> Result<T, store::UnlockError> {
    for _ in 0..100 {
        match open() {
            Err(store::UnlockError::Store(store::StoreError::AlreadyOpen)) => {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            came => return came,
        }
    }
    open()
}

/// The record of whoever set the laptop up, opened below the desk.
fn opened(
    laptop: &Laptop,
    prepared: &Prepared,
    passphrase: &str,
    now: jiff::Timestamp,
) -> Result<store::Opened, store::UnlockError> {
    let staff = prepared
        .staff
        .parse()
        .map_err(|_| store::UnlockError::UnknownStaff)?;
    once_free(|| store::unlock(&laptop.place(), &laptop.keyring(), staff, passphrase, now))
}

/// Does every job, several at a time, and gives what came of them in their order.
fn each<J: Sync, T: Send>(
    jobs: &[J],
    does: impl Fn(usize, &J) -> Result<T, Fault> + Sync,
) -> Result<Vec<T>, Fault> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(job) = jobs.get(index) else { break };
                    let came = does(index, job);
                    if let Ok(mut done) = done.lock() {
                        done.push((index, came));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().map_err(|_| "a job broke down")?;
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, came)| came).collect()
}
