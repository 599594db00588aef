//! `simulate --seeds N [--seed S]`: runs so many seeds from a seed on, and says what happened.
//! Ends with 1 when a law was broken, after the seed and the shortest list of events that break it.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use simulation::{Breach, Counts, Fault, Schedule, model, run, shrink};

/// Seeds in a run that nobody asked otherwise of.
const SEEDS: u64 = 200;

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    match read(&given).and_then(|asked| simulate(asked, &mut io::stdout().lock())) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            let _ = writeln!(io::stderr(), "{fault}");
            ExitCode::from(3)
        }
    }
}

/// What to do.
#[derive(Clone, Copy)]
struct Asked {
    seeds: u64,
    from: u64,
    /// Shows the whole trace of the first seed.
    trace: bool,
}

fn read(given: &[String]) -> Result<Asked, Fault> {
    let mut asked = Asked {
        seeds: SEEDS,
        from: 1,
        trace: false,
    };
    let mut given = given.iter();
    while let Some(option) = given.next() {
        let mut number = || given.next().ok_or("a number is missing");
        match option.as_str() {
            "--seeds" => asked.seeds = number()?.parse()?,
            "--seed" => asked.from = number()?.parse()?,
            "--trace" => asked.trace = true,
            other => return Err(format!("'{other}' is not an option of simulate").into()),
        }
    }
    Ok(asked)
}

fn simulate(asked: Asked, out: &mut dyn Write) -> Result<bool, Fault> {
    let Asked { seeds, from, trace } = asked;
    if trace {
        for line in run(&Schedule::of(from), None).trace {
            writeln!(out, "{line}")?;
        }
    }
    let (counts, failed) = all(from, seeds);
    write!(out, "{counts}")?;
    let explored = model::explore(None)?;
    writeln!(out, "{explored}")?;
    if let Some((seed, breach)) = &failed {
        show(*seed, breach, out)?;
        return Ok(false);
    }
    let kept = counts.acknowledged;
    writeln!(
        out,
        "{seeds} seeds from {from}: 0 of {kept} acknowledged envelopes lost, no law broken"
    )?;
    Ok(explored.broken.is_empty())
}

/// Runs every seed, several at a time, until one breaks a law; of several the lowest.
fn all(from: u64, seeds: u64) -> (Counts, Option<(u64, Breach)>) {
    let next = AtomicU64::new(from);
    let stop = AtomicBool::new(false);
    let sum = Mutex::new((Counts::default(), None::<(u64, Breach)>));
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= from.saturating_add(seeds) {
                        break;
                    }
                    let ran = run(&Schedule::of(seed), None);
                    let mut sum = sum.lock().unwrap_or_else(PoisonError::into_inner);
                    sum.0.take(&ran.counts);
                    let lower = sum.1.as_ref().is_none_or(|(before, _)| seed < *before);
                    if let Some(breach) = ran.breach.filter(|_| lower) {
                        stop.store(true, Ordering::Relaxed);
                        sum.1 = Some((seed, breach));
                    }
                }
            });
        }
    });
    sum.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// The seed, the law, and as few events as break it, with what each led to.
fn show(seed: u64, breach: &Breach, out: &mut dyn Write) -> Result<(), Fault> {
    let schedule = Schedule::of(seed);
    writeln!(out, "seed {seed}: {breach}")?;
    let shortest = shrink(&schedule, breach.law, None);
    let shape = shortest.shape;
    writeln!(
        out,
        "shrunk from {} events to {}, with {} laptops, {} spokes, {} hub servers:",
        schedule.events.len(),
        shortest.events.len(),
        shape.laptops,
        shape.spokes,
        shape.servers
    )?;
    for timed in &shortest.events {
        writeln!(out, "  {timed}")?;
    }
    let ran = run(&shortest, None);
    writeln!(out, "which leave this trace:")?;
    for line in &ran.trace {
        writeln!(out, "  {line}")?;
    }
    let words = ran
        .breach
        .map_or_else(String::new, |breach| breach.to_string());
    writeln!(
        out,
        "{words}\nAgain: cargo xtask simulate --seeds 1 --seed {seed}"
    )?;
    Ok(())
}
