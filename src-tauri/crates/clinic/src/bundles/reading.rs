//! Reading a bundle: looked at first, and taken in when somebody says so.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use record::body::Action;
use record::bundle::{Claims, Error as Fault, Manifest};
use record::certificate::Fingerprint;
use record::envelope::Envelope;
use record::id::{EnvelopeId, PatientId};
use record::log::EventLog as _;
use sync::bundle::{Bundle, FileKey, front};
use sync::wire::Reason;

use super::laptops::{Laptop, laptops};
use super::writing::{own, uncertified};
use super::{file, heard};
use crate::audit;
use crate::desk::Desk;
use crate::exchanging;
use crate::line;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{InspectedBundle, ReadBundle};
use crate::words;

/// Envelopes that are looked at or taken in at once. A design decision: some hundred kilobytes.
const BATCH: usize = 256;
/// The most patients of whom it is said to the other side that their cases arrived. More at once are
/// a laptop that is given a record, and no news of single cases. A design decision.
const NEWS: usize = 500;
/// How often a bundle is gone through. What a certificate further on proves is taken the next time.
const ROUNDS: usize = 3;

/// Looks at a bundle: from whom, when, and how much of it is new here. Nothing is taken in. All of
/// the file is read, so one that was altered or cut short anywhere is refused here.
pub fn inspect_bundle(desk: &mut Desk, path: String) -> Result<InspectedBundle, Refusal> {
    desk.allow(Act::CarryBundles)?;
    let seen = look(desk, &path_of(&path)?)?;
    let claims = seen.manifest.claims();
    let made = words::staff_moment(claims.made);
    let from = seen.from.clone();
    Ok(InspectedBundle {
        words: format!(
            "From {from}, written {made}. {} new, {} here already{}. Nothing was taken in yet.",
            seen.new,
            seen.here,
            left_out(seen.not_for_here),
        ),
        from,
        made,
        new: seen.new,
        here: seen.here,
        not_for_here: seen.not_for_here,
        six_words: seen.manifest.words().to_string(),
    })
}

/// Takes in what a bundle holds, after all of it was looked at. Reading it again changes nothing.
pub fn read_bundle(desk: &mut Desk, path: String) -> Result<ReadBundle, Refusal> {
    desk.allow(Act::CarryBundles)?;
    let path = path_of(&path)?;
    let seen = look(desk, &path)?;
    let mut taken = Taken::default();
    for _ in 0..ROUNDS {
        let mut round = take_all(desk, &path)?;
        let more = round.new > 0 && round.uncertified > 0;
        taken.new += round.new;
        taken.refused = round.refused;
        taken.patients.append(&mut round.patients);
        if !more {
            break;
        }
    }
    if taken.patients.len() <= NEWS {
        line::arrived(desk, &taken.patients)?;
    }
    heard::keep(desk, seen.manifest.claims(), seen.at_hub)?;
    let count = words::count(taken.new as usize, "new envelope", "new envelopes");
    audit::note(desk, Action::Imported, None, &format!("bundle, {count}"))?;
    said(desk, &seen, &taken)
}

/// What was found in a bundle that is whole.
struct Seen {
    manifest: Manifest,
    /// Who wrote it, in words.
    from: String,
    at_hub: bool,
    new: u32,
    here: u32,
    not_for_here: u32,
}

#[derive(Default)]
struct Taken {
    new: u32,
    refused: u32,
    /// Of those, the ones whose device has no certificate here yet.
    uncertified: u32,
    /// Whose record is another now.
    patients: BTreeSet<PatientId>,
}

fn path_of(text: &str) -> Result<PathBuf, Refusal> {
    let path = PathBuf::from(text.trim());
    if path.is_absolute() && path.is_file() {
        Ok(path)
    } else {
        Err(Refusal::field(
            "path",
            "There is no such file. Put the stick in and choose it again.",
        ))
    }
}

/// Opens a bundle for this laptop, by whoever wrote it.
fn opened(desk: &Desk, path: &Path) -> Result<Bundle<BufReader<File>>, Refusal> {
    let opened = &desk.sitting()?.opened;
    let identity = &opened.identity;
    let front = front(file::open(path)?)?;
    let boxed = front.sealed_to(identity.service, identity.device)?;
    let key = opened
        .open_bundle_key(front.head().bundle, &boxed)
        .ok_or(sync::bundle::Error::Bundle(Fault::Altered))?;
    let enrolled = Fingerprint::of(identity.service, &opened.root_public);
    Ok(front.open(&FileKey::from_bytes(key), &enrolled)?)
}

/// Goes through the whole of it and changes nothing.
fn look(desk: &Desk, path: &Path) -> Result<Seen, Refusal> {
    let bundle = opened(desk, path)?;
    let manifest = bundle.manifest().clone();
    let known = laptops(desk)?;
    let here = known.get(&own(desk)?).ok_or_else(uncertified)?;
    let writer = writer(desk, manifest.claims(), known.get(&manifest.claims().from))?;
    let mut seen = Seen {
        from: writer,
        at_hub: known
            .get(&manifest.claims().from)
            .is_some_and(|laptop| laptop.hub),
        manifest,
        new: 0,
        here: 0,
        not_for_here: 0,
    };
    batches(bundle, |batch| {
        let (for_here, others) = parted(here, batch);
        let all = for_here.len();
        let new = new_here(desk, for_here)?.len();
        seen.here += number(all - new);
        seen.new += number(new);
        seen.not_for_here += others;
        Ok(())
    })?;
    Ok(seen)
}

/// Who wrote it, in words. One that was certified and is no longer is refused: whoever has that
/// laptop now may have written anything in its name.
fn writer(desk: &Desk, claims: &Claims, known: Option<&Laptop>) -> Result<String, Refusal> {
    let own = claims
        .chain
        .last()
        .map(record::certificate::Certificate::id);
    let ended = own.is_some_and(|id| {
        let authorities = desk.sitting().and_then(crate::desk::Sitting::authorities);
        authorities.is_ok_and(|known| known.is_ended(&id))
    });
    match known {
        Some(laptop) => Ok(format!("{} at {}", laptop.name(), laptop.site_names(desk)?)),
        None if ended => Err(Refusal::plain(
            "This bundle comes from a laptop whose certificate was ended, so nothing was read. Ask an administrator what became of that laptop.",
        )),
        None => Ok(format!("laptop {}, which is new here", short(claims))),
    }
}

fn short(claims: &Claims) -> String {
    claims.from.to_string().chars().take(8).collect()
}

fn take_all(desk: &mut Desk, path: &Path) -> Result<Taken, Refusal> {
    let mut taken = Taken::default();
    let bundle = opened(desk, path)?;
    let mut known = laptops(desk)?;
    let here = known.remove(&own(desk)?).ok_or_else(uncertified)?;
    batches(bundle, |batch| {
        let (for_here, others) = parted(&here, batch);
        let new = new_here(desk, for_here)?;
        let came = exchanging::take_in(desk, &new)?;
        let uncertified = came
            .refused
            .iter()
            .filter(|(_, reason)| *reason == Reason::UnknownDevice);
        taken.uncertified += number(uncertified.count());
        taken.refused += number(came.refused.len()) + others;
        taken.new += number(new.len() - came.refused.len());
        taken.patients.extend(came.changed.patients);
        Ok(())
    })?;
    Ok(taken)
}

/// Every envelope of a bundle, some at a time.
fn batches(
    bundle: Bundle<BufReader<File>>,
    mut each: impl FnMut(Vec<Envelope>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut envelopes = bundle.envelopes();
    loop {
        let batch: Vec<Envelope> = envelopes.by_ref().take(BATCH).collect::<Result<_, _>>()?;
        if batch.is_empty() {
            return Ok(());
        }
        each(batch)?;
    }
}

/// Those that this laptop may have, and how many others there are.
fn parted(here: &Laptop, batch: Vec<Envelope>) -> (Vec<Envelope>, u32) {
    let all = batch.len();
    let for_here: Vec<Envelope> = batch
        .into_iter()
        .filter(|envelope| here.admitted.may_read(&envelope.header().stream()))
        .collect();
    let others = number(all - for_here.len());
    (for_here, others)
}

/// Those that are not held yet.
fn new_here(desk: &Desk, envelopes: Vec<Envelope>) -> Result<Vec<Envelope>, Refusal> {
    let ids: Vec<EnvelopeId> = envelopes.iter().map(Envelope::id).collect();
    let held = desk.sitting()?.opened.store.envelopes(&ids)?;
    let held: BTreeSet<EnvelopeId> = held.iter().map(Envelope::id).collect();
    let new = envelopes.into_iter().zip(ids);
    let new = new.filter(|(_, id)| !held.contains(id));
    Ok(new.map(|(envelope, _)| envelope).collect())
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn left_out(others: u32) -> String {
    match others {
        0 => String::new(),
        others => format!(", {others} of sites that this laptop is not for"),
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
