//! Hub server, spoke and PostgreSQL are ended by SIGKILL in the midst of pushes, and nothing that
//! was acknowledged is lost.

use std::io::Write;
use std::time::{Duration, Instant};

use testkit::Fault;

use crate::fleet::{Fleet, Found, Victim};
use crate::lane::Chance;

/// The longest that anything goes on after a push was seen to begin, in milliseconds: some pushes are
/// answered by then, and another is under way.
const LONGEST: u64 = 3000;

/// What to do and how long.
pub(crate) struct Plan {
    kills: u64,
    seed: u64,
}

impl Plan {
    pub(crate) fn read(options: &[&str]) -> Result<Self, Fault> {
        let (mut kills, mut seed) = (6, 1);
        let mut numbers = [("--kills", &mut kills), ("--seed", &mut seed)];
        match crate::read(options, &mut numbers)?.first() {
            None => Ok(Self { kills, seed }),
            Some(other) => Err(format!("'{other}' is not an option of kills").into()),
        }
    }
}

/// Kills by turns, in an order from the seed. Gives whether nothing was lost, and something was
/// killed where it might have been.
pub(crate) fn kills(plan: &Plan, out: &mut dyn Write) -> Result<bool, Fault> {
    let Plan { kills, seed } = *plan;
    writeln!(
        out,
        "A spoke that writes and pushes over a thin link to a hub server over PostgreSQL, on \
         loopback: {kills} kills with seed {seed}."
    )?;
    out.flush()?;
    let begun = Instant::now();
    let mut fleet = Fleet::gather(seed)?;
    let mut chance = Chance::of(seed, "kills", 0);
    let (mut lost, mut gone, mut in_the_midst) = (0, 0, 0_u64);
    for number in 0..kills {
        let victim = whom(number, seed);
        let after = Duration::from_millis(chance.below(LONGEST));
        let midst = fleet.kill(number, victim, after)?;
        fleet.restart(victim)?;
        let found = fleet.look()?;
        lost += found.lost;
        gone += found.gone;
        in_the_midst += u64::from(midst);
        tell(out, (number, victim, after, midst), &found, &fleet)?;
    }
    let (written, missing) = fleet.heal()?;
    writeln!(
        out,
        "{in_the_midst} of {kills} in the midst of a push; {:.0} s. Afterwards {missing} of the \
         {written} envelopes that were written are missing anywhere.",
        begun.elapsed().as_secs_f32()
    )?;
    if gone > 0 {
        writeln!(out, "{gone} people who were saved are gone from the spoke")?;
    }
    let acknowledged = fleet.acknowledged.len();
    writeln!(out, "{lost} acknowledged envelopes lost of {acknowledged}")?;
    let proves_something = kills == 0 || (acknowledged > 0 && in_the_midst > 0);
    Ok(lost == 0 && gone == 0 && missing == 0 && proves_something)
}

/// Each of three in turn is another; which begins follows from the seed.
fn whom(number: u64, seed: u64) -> Victim {
    let mut three = Victim::ALL.to_vec();
    let mut chance = Chance::of(seed, "whom", number / 3);
    let mut last = Victim::Spoke;
    for _ in 0..=number % 3 {
        let at = chance.below(three.len() as u64);
        last = three.swap_remove(usize::try_from(at).unwrap_or(0));
    }
    last
}

fn tell(
    out: &mut dyn Write,
    (number, victim, after, midst): (u64, Victim, Duration, bool),
    found: &Found,
    fleet: &Fleet,
) -> Result<(), Fault> {
    writeln!(
        out,
        "{:>4}  {:<11} killed {:>4} ms after a push began{}; {} envelopes acknowledged, {} lost; \
         {} wait",
        number + 1,
        victim.name(),
        after.as_millis(),
        if midst { "" } else { " and ended" },
        fleet.acknowledged.len(),
        found.lost,
        found.waiting
    )?;
    Ok(out.flush()?)
}
