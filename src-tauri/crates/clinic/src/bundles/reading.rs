//! Reading a bundle in steps, between which the desk is free for whoever is at work.
//!
//! First the envelopes are taken in, some in each step, with their keys and their lines of the audit
//! trail: all of a step or nothing. Then the rows of everybody whom they touch are made, each
//! person's once; a record whose envelopes were written over a year would otherwise be read again
//! for every step that has one of them. Last, the other side is told whose case arrived. Whose row is
//! owed and of whom is to be told is on disk with the envelopes, so when it is broken off, by a stick
//! that is taken out or a lock, the lists are whole once the record is opened again, and reading the
//! bundle again goes on from what is here.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use record::body::Action;
use record::bundle::Claims;
use record::envelope::Envelope;
use record::id::PatientId;
use record::log::EventLog as _;
use sync::bundle::Envelopes;
use sync::wire::Reason;

use super::heard;
use super::laptops::{Laptop, laptops};
use super::looking::{Seen, batch, look, new_here, number, opened, parted, path_of};
use super::writing::{own, uncertified};
use crate::audit;
use crate::desk::Desk;
use crate::exchanging;
use crate::line;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{BundleReading, ReadBundle};
use crate::words;

/// The most patients of whom it is said to the other side that their cases arrived. More at once are
/// a laptop that is given a record, and no news of single cases. A design decision.
const NEWS: usize = 500;
/// How often a bundle is gone through. What a certificate further on proves is taken the next time.
const ROUNDS: usize = 3;

/// Begins to take in what a bundle holds, after all of it was looked at. [`read_bundle_on`] goes on
/// until something came of it. Reading a bundle again changes nothing.
pub fn begin_reading_bundle(desk: &mut Desk, path: String) -> Result<BundleReading, Refusal> {
    desk.allow(Act::CarryBundles)?;
    let path = path_of(&path)?;
    let seen = look(desk, &path)?;
    let here = laptops(desk)?.remove(&own(desk)?).ok_or_else(uncertified)?;
    let envelopes = opened(desk, &path)?.envelopes();
    audit::note(desk, Action::Imported, None, "bundle, begun")?;
    let reading = Reading {
        path,
        seen,
        here,
        stage: Stage::Envelopes(Box::new(envelopes)),
        round: 1,
        this_round: Taken::default(),
        taken: Taken::default(),
        patients: BTreeSet::new(),
    };
    let told = reading.told();
    desk.sitting_mut()?.bundle = Some(Box::new(reading));
    Ok(told)
}

/// Takes the next step of the bundle that is being read. After a refusal it is read no further:
/// what was taken in stays, and it can be read again.
pub fn read_bundle_on(desk: &mut Desk) -> Result<BundleReading, Refusal> {
    desk.allow(Act::CarryBundles)?;
    let reading = desk.sitting_mut()?.bundle.take();
    let mut reading = reading.ok_or_else(|| {
        Refusal::plain("No bundle is being read any more. Look at it again, and read it: it goes on from what is here.")
    })?;
    let came = reading.step(desk)?;
    let told = BundleReading {
        came,
        ..reading.told()
    };
    if told.came.is_none() {
        desk.sitting_mut()?.bundle = Some(reading);
    }
    Ok(told)
}

/// The same without a pause, for where nobody waits for the desk.
pub fn read_bundle(desk: &mut Desk, path: String) -> Result<ReadBundle, Refusal> {
    begin_reading_bundle(desk, path)?;
    loop {
        if let Some(read) = read_bundle_on(desk)?.came {
            return Ok(read);
        }
    }
}

/// A bundle that is being read.
pub(crate) struct Reading {
    path: PathBuf,
    seen: Seen,
    /// What this laptop may have.
    here: Laptop,
    stage: Stage,
    /// How often it was gone through, with this time.
    round: usize,
    this_round: Taken,
    taken: Taken,
    /// Whose record is another now.
    patients: BTreeSet<PatientId>,
}

enum Stage {
    /// What is still to come of the envelopes.
    Envelopes(Box<Envelopes<BufReader<File>>>),
    /// How many rows were owed, and how many still are.
    Rows { all: u64, left: u64 },
}

#[derive(Default)]
struct Taken {
    new: u32,
    refused: u32,
    /// Of those, the ones whose device has no certificate here yet.
    uncertified: u32,
}

impl Reading {
    /// One step. Gives what came of all of it after the last.
    fn step(&mut self, desk: &mut Desk) -> Result<Option<ReadBundle>, Refusal> {
        match &mut self.stage {
            Stage::Envelopes(envelopes) => {
                let batch = batch(envelopes)?;
                if batch.is_empty() {
                    self.end_round(desk)?;
                } else {
                    self.take(desk, batch)?;
                }
                Ok(None)
            }
            Stage::Rows { left, .. } if *left > 0 => {
                *left = desk.make_owed_rows()?;
                Ok(None)
            }
            Stage::Rows { .. } => {
                if line::give_unseen(desk)? {
                    return Ok(None);
                }
                self.finish(desk).map(Some)
            }
        }
    }

    fn take(&mut self, desk: &mut Desk, batch: Vec<Envelope>) -> Result<(), Refusal> {
        let (for_here, others) = parted(&self.here, batch);
        let new = new_here(desk, for_here)?;
        let came = desk.whole(|desk| {
            let came = exchanging::take_in_part(desk, &new)?;
            self.remember(desk, &came.changed.patients)?;
            Ok(came)
        })?;
        let taken = &mut self.this_round;
        let uncertified = came
            .refused
            .iter()
            .filter(|(_, reason)| *reason == Reason::UnknownDevice);
        taken.uncertified += number(uncertified.count());
        taken.refused += number(came.refused.len()) + others;
        taken.new += number(new.len() - came.refused.len());
        Ok(())
    }

    /// Remembers on disk of whom the other side is to be told, unless this is more than news.
    fn remember(&mut self, desk: &Desk, patients: &BTreeSet<PatientId>) -> Result<(), Refusal> {
        self.patients.extend(patients);
        if self.patients.len() <= NEWS {
            line::arrived_unseen(desk, patients)
        } else {
            line::no_news(desk, &self.patients)
        }
    }

    /// All of it was gone through: once more, where that would bring more, or on to the rows.
    fn end_round(&mut self, desk: &Desk) -> Result<(), Refusal> {
        let round = std::mem::take(&mut self.this_round);
        let more = round.new > 0 && round.uncertified > 0 && self.round < ROUNDS;
        self.taken.new += round.new;
        self.taken.refused = round.refused;
        self.stage = if more {
            self.round += 1;
            Stage::Envelopes(Box::new(opened(desk, &self.path)?.envelopes()))
        } else {
            let all = desk.sitting()?.opened.store.count_owed()?;
            Stage::Rows { all, left: all }
        };
        Ok(())
    }

    fn finish(&self, desk: &mut Desk) -> Result<ReadBundle, Refusal> {
        heard::keep(desk, self.seen.manifest.claims(), self.seen.at_hub)?;
        let count = words::count(self.taken.new as usize, "new envelope", "new envelopes");
        audit::note(desk, Action::Imported, None, &format!("bundle, {count}"))?;
        said(desk, &self.seen, &self.taken)
    }

    /// How far it is.
    fn told(&self) -> BundleReading {
        let (done, all, words) = match &self.stage {
            Stage::Envelopes(_) => {
                let all = self.seen.new;
                let done = (self.taken.new + self.this_round.new).min(all);
                let words = format!("{done} of {all} new envelopes are here. Leave the stick in.");
                (done, all, words)
            }
            Stage::Rows { all, left } => {
                let people = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
                let (done, all) = (people(all.saturating_sub(*left)), people(*all));
                let words =
                    format!("All of it is here. {done} of {all} people stand in the lists.");
                (done, all, words)
            }
        };
        BundleReading {
            done,
            all,
            words,
            came: None,
        }
    }
}

fn said(desk: &Desk, seen: &Seen, taken: &Taken) -> Result<ReadBundle, Refusal> {
    let from = seen.from.clone();
    let here = (seen.here + seen.new).saturating_sub(taken.new + taken.refused);
    let refused = match taken.refused {
        0 => String::new(),
        some => format!(
            " {some} were left out: their laptop has no certificate here, or they are of sites that this laptop is not for."
        ),
    };
    let waiting = waiting(desk, seen.manifest.claims())?;
    Ok(ReadBundle {
        words: format!(
            "Read from {from}: {} new, {here} here already.{refused}{waiting} Eject the stick, then take it out.",
            taken.new
        ),
        from,
        new: taken.new,
        here,
        refused: taken.refused,
    })
}

/// What goes on from something that is not here, which an earlier bundle or the hub server has.
fn waiting(desk: &Desk, claims: &Claims) -> Result<&'static str, Refusal> {
    let store = &desk.sitting()?.opened.store;
    for range in &claims.ranges {
        for tail in &range.after {
            if !store.joined(&range.stream, tail)? {
                return Ok(
                    " Something that was written before it is missing here: read the earlier bundle as well, or ask for one with everything.",
                );
            }
        }
    }
    Ok("")
}
