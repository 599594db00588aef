//! Kills and power cuts in the midst of work.

use std::time::Duration;

use super::{Befalls, Chamber, Counted, Start, Told, Until, Verdict, each, look};
use crate::Fault;
use crate::victim::Work;

/// Works of each kind, each in words of its own.
const VARIANTS: u64 = 2;

/// How often each kind is chosen, of all together.
const SHARES: [(Work, u64); 9] = [
    (Work::Saving, 9),
    (Work::SavingOnAWildClock, 4),
    (Work::Importing, 5),
    (Work::Signing, 3),
    (Work::NewPassphrase, 2),
    (Work::BackingUp, 4),
    (Work::Restoring, 3),
    (Work::ReKeying, 4),
    (Work::SettingUp, 3),
];

/// One victim and its end.
struct Job {
    work: Work,
    seed: u64,
    befalls: Befalls,
    k: u64,
    until: Until,
}

pub(super) fn kills(chamber: &Chamber) -> Result<Vec<Counted>, Fault> {
    let untouched = untouched(chamber)?;
    let mut counts = vec![Counted::of("works that nothing befalls")];
    for (_, verdict) in &untouched {
        counts[0].take("nothing", verdict.clone());
    }
    let jobs: Vec<Job> = (0..chamber.plan.kills)
        .map(|number| job(chamber, number, &untouched))
        .collect();
    let came = each(&jobs, |_, job| suffer(chamber, job))?;
    for (work, _) in SHARES {
        let mut counted = Counted::of(format!("kills while {}", work.name()));
        for (job, (_, verdict)) in jobs.iter().zip(&came) {
            if job.work == work {
                counted.take(&job.words(), verdict.clone());
            }
        }
        counts.push(counted);
    }
    counts.push(liars(chamber, &untouched));
    Ok(counts)
}

/// Every work once without any fault: it has to succeed, and its calls are counted.
type Untouched = Vec<((Work, u64, u64), Verdict)>;

fn untouched(chamber: &Chamber) -> Result<Untouched, Fault> {
    let works: Vec<(Work, u64)> = SHARES
        .into_iter()
        .flat_map(|(work, _)| (0..VARIANTS).map(move |variant| (work, variant)))
        .collect();
    each(&works, |index, (work, _)| {
        let seed = chamber.chance("work", index).below(u64::MAX);
        let job = Job {
            work: *work,
            seed,
            befalls: Befalls::Nothing,
            k: 0,
            until: Until::End,
        };
        let (told, mut verdict) = suffer(chamber, &job)?;
        if !told.ended || !told.refused.is_empty() {
            verdict.wrong.push(format!("not done: {:?}", told.refused));
        }
        Ok(((*work, seed, told.calls), verdict))
    })
}

fn job(chamber: &Chamber, number: usize, untouched: &Untouched) -> Job {
    let mut chance = chamber.chance("kill", number);
    let all: u64 = SHARES.iter().map(|(_, share)| share).sum();
    let mut drawn = chance.below(all);
    let work = SHARES
        .into_iter()
        .find(|(_, share)| {
            let here = drawn < *share;
            drawn = drawn.saturating_sub(*share);
            here
        })
        .map_or(Work::Saving, |(work, _)| work);
    let of: Vec<_> = untouched
        .iter()
        .filter(|((kind, ..), _)| *kind == work)
        .collect();
    let variant = usize::try_from(chance.below(VARIANTS)).unwrap_or(0);
    let (seed, calls) = of
        .get(variant)
        .map_or((0, 1), |((_, seed, calls), _)| (*seed, *calls));
    let (befalls, until) = match chance.below(12) {
        0..=2 => (Befalls::Killed, Until::End),
        3..=4 => (Befalls::Torn, Until::End),
        5 => (Befalls::KilledAfter, Until::End),
        6..=8 => (Befalls::PowerCut(0), Until::End),
        9..=10 => {
            let part = u32::try_from(1 + chance.below(1 << 30)).unwrap_or(1);
            (Befalls::PowerCut(part), Until::End)
        }
        // From outside, at a moment of the wall clock: the one way that does not replay exactly.
        _ => {
            let after = Duration::from_millis(20 + chance.below(800));
            (Befalls::Nothing, Until::Killed(after))
        }
    };
    Job {
        work,
        seed,
        befalls,
        k: 1 + chance.below(calls),
        until,
    }
}

impl Job {
    fn words(&self) -> String {
        match self.until {
            Until::Killed(after) => format!("{} killed after {after:?}", self.work.name()),
            Until::End => format!(
                "{} (seed {}) {:?} at call {}",
                self.work.name(),
                self.seed,
                self.befalls,
                self.k
            ),
        }
    }
}

fn suffer(chamber: &Chamber, job: &Job) -> Result<(Told, Verdict), Fault> {
    let (_folder, laptop) = chamber.laptop(job.work.begins_empty())?;
    let start = Start {
        disk: &chamber.disk,
        work: job.work,
        seed: job.seed,
    };
    let told = start.run(&laptop, job.befalls, job.k, job.until)?;
    let verdict = look(&laptop, &told).unwrap_or_else(|fault| Verdict::broken(&fault));
    Ok((told, verdict))
}

/// The tormentor's own test: on a disk that says it flushed and did not, a power cut has to lose
/// something, and it has to be noticed. Else all the zeros above would prove nothing.
fn liars(chamber: &Chamber, untouched: &Untouched) -> Counted {
    let mut counted = Counted::of("power cuts on a disk that lies");
    let mut noticed = 0;
    for ((work, seed, calls), _) in untouched {
        if *work != Work::Saving {
            continue;
        }
        let job = Job {
            work: *work,
            seed: *seed,
            befalls: Befalls::PowerCutOnALiar,
            k: calls.saturating_sub(2),
            until: Until::End,
        };
        let came = suffer(chamber, &job);
        let lost = came.map_or(1, |(_, verdict)| verdict.lost.len() + verdict.wrong.len());
        counted.runs += 1;
        noticed += usize::from(lost > 0);
    }
    if noticed != counted.runs {
        counted
            .wrong
            .push(format!("only {noticed} of {} were noticed", counted.runs));
    }
    counted
}
