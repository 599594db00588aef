//! Timing: every arm in turn, several rounds, and the median of each.

use std::time::{Duration, Instant};

/// What can go wrong in a measurement, in a sentence.
pub(crate) type Outcome<T> = Result<T, String>;

/// Rounds in which every arm is timed once, so that a busy moment of the machine hits all alike.
const ROUNDS: usize = 7;

/// How long an arm runs in one round.
const WINDOW: Duration = Duration::from_millis(250);

/// One thing to time: it runs for about as long as it is told and says the nanoseconds of one.
pub(crate) type Arm<'a> = Box<dyn FnMut(Duration) -> Outcome<f64> + 'a>;

/// The median nanoseconds of each arm. A first, short round warms up and does not count.
pub(crate) fn medians(arms: &mut [Arm<'_>]) -> Outcome<Vec<f64>> {
    let mut rounds: Vec<Vec<f64>> = vec![Vec::new(); arms.len()];
    for arm in arms.iter_mut() {
        arm(WINDOW / 4)?;
    }
    for _ in 0..ROUNDS {
        for (arm, taken) in arms.iter_mut().zip(&mut rounds) {
            taken.push(arm(WINDOW)?);
        }
    }
    Ok(rounds.into_iter().map(median).collect())
}

/// The middle of an odd number of figures.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The nanoseconds of one call of `one`, which is given 0, 1, 2 and so on.
///
/// `batch` calls go between two looks at the clock: many for what takes nanoseconds.
pub(crate) fn nanoseconds(window: Duration, batch: usize, mut one: impl FnMut(usize)) -> f64 {
    let begun = Instant::now();
    let mut done = 0;
    while begun.elapsed() < window {
        for _ in 0..batch {
            one(done);
            done += 1;
        }
    }
    begun.elapsed().as_secs_f64() * 1e9 / done as f64
}
