//! A disk that is full, fails or can only be read, from some moment on or for one call.

use super::{Befalls, Chamber, Counted, Start, Until, Verdict, each, look};
use crate::Fault;
use crate::victim::Work;

/// Moments of each work in the usual run; the full one takes every one.
const SAMPLED: u64 = 4;

/// What may befall a disk that goes on existing, what it is called, and what the sentence a person
/// reads has to say.
const WAYS: [(Befalls, &str, &[&str]); 4] = [
    (Befalls::Full, "disk full", &["full", "Free some space"]),
    (Befalls::Failing, "disk failing", &["disk", "again"]),
    (Befalls::FailsOnce, "disk failing once", &["disk", "again"]),
    (
        Befalls::ReadOnly,
        "disk read-only",
        &["can only be read", "again"],
    ),
];

const WORKS: [Work; 6] = [
    Work::Saving,
    Work::Importing,
    Work::Signing,
    Work::SettingUp,
    Work::BackingUp,
    Work::ReKeying,
];

/// After each refusal the disk is mended, and the same desk has to go on without a restart.
pub(super) fn short(chamber: &Chamber) -> Result<Vec<Counted>, Fault> {
    let lengths = each(&WORKS, |index, work| {
        let (_folder, laptop) = chamber.laptop(work.begins_empty())?;
        let seed = chamber.chance("short", index).below(u64::MAX);
        let start = Start {
            disk: &chamber.disk,
            work: *work,
            seed,
        };
        let told = start.run(&laptop, Befalls::Nothing, 0, Until::End)?;
        Ok((*work, seed, told.calls))
    })?;
    WAYS.into_iter()
        .map(|(befalls, name, says)| {
            let mut counted = Counted::of(name);
            let moments = moments(chamber, befalls, &lengths);
            let came = each(&moments, |_, (work, seed, k)| {
                let (_folder, laptop) = chamber.laptop(work.begins_empty())?;
                let start = Start {
                    disk: &chamber.disk,
                    work: *work,
                    seed: *seed,
                };
                let how = format!("{} (seed {seed}), {name} at call {k}", work.name());
                let told = match start.run(&laptop, befalls, *k, Until::End) {
                    Ok(told) => told,
                    Err(fault) => return Ok((how, Verdict::broken(&fault))),
                };
                let mut verdict =
                    look(&laptop, &told).unwrap_or_else(|fault| Verdict::broken(&fault));
                if !told.ended {
                    verdict.wrong.push("the program did not go on".into());
                }
                let again = "already set up";
                for (_, sentence) in &told.refused {
                    let told_well = says.iter().all(|part| sentence.contains(part));
                    if !told_well && !sentence.contains(again) {
                        verdict.wrong.push(format!("the person reads: {sentence}"));
                    }
                }
                Ok((how, verdict))
            })?;
            for (how, verdict) in came {
                counted.take(&how, verdict);
            }
            Ok(counted)
        })
        .collect()
}

fn moments(
    chamber: &Chamber,
    befalls: Befalls,
    lengths: &[(Work, u64, u64)],
) -> Vec<(Work, u64, u64)> {
    let mut all = Vec::new();
    for (work, seed, calls) in lengths {
        // A full disk is what happens most: it is tried at every call in the full run.
        let each = chamber.plan.full && befalls == Befalls::Full;
        let step = if each { 1 } else { (calls / SAMPLED).max(1) };
        let first = 1 + chamber
            .chance("moment", usize::try_from(*calls).unwrap_or(0))
            .below(step);
        let mut k = if each { 1 } else { first };
        while k <= *calls {
            all.push((*work, *seed, k));
            k += step;
        }
    }
    all
}
