//! Looking at a bundle before anything of it is taken in.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use record::bundle::{Claims, Error as Fault, Manifest};
use record::certificate::Fingerprint;
use record::envelope::Envelope;
use sync::bundle::{Bundle, Envelopes, FileKey, front};

use super::file;
use super::laptops::{Laptop, laptops};
use super::writing::{own, uncertified};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::InspectedBundle;
use crate::words;

/// Envelopes that are looked at or taken in at once. A design decision: some hundred kilobytes.
const BATCH: usize = 256;

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

/// What was found in a bundle that is whole.
pub(super) struct Seen {
    pub(super) manifest: Manifest,
    /// Who wrote it, in words.
    pub(super) from: String,
    pub(super) at_hub: bool,
    pub(super) new: u32,
    pub(super) here: u32,
    not_for_here: u32,
}

pub(super) fn path_of(text: &str) -> Result<PathBuf, Refusal> {
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
pub(super) fn opened(desk: &Desk, path: &Path) -> Result<Bundle<BufReader<File>>, Refusal> {
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
pub(super) fn look(desk: &Desk, path: &Path) -> Result<Seen, Refusal> {
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
    let mut envelopes = bundle.envelopes();
    loop {
        let batch = batch(&mut envelopes)?;
        if batch.is_empty() {
            return Ok(seen);
        }
        let (for_here, others) = parted(here, batch);
        let all = for_here.len();
        let new = new_here(desk, for_here)?.len();
        seen.here += number(all - new);
        seen.new += number(new);
        seen.not_for_here += others;
    }
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

/// The next envelopes of a bundle; none at its end.
pub(super) fn batch(from: &mut Envelopes<BufReader<File>>) -> Result<Vec<Envelope>, Refusal> {
    Ok(from.by_ref().take(BATCH).collect::<Result<_, _>>()?)
}

/// Those that this laptop may have, and how many others there are.
pub(super) fn parted(here: &Laptop, batch: Vec<Envelope>) -> (Vec<Envelope>, u32) {
    let all = batch.len();
    let for_here: Vec<Envelope> = batch
        .into_iter()
        .filter(|envelope| here.admitted.may_read(&envelope.header().stream()))
        .collect();
    let others = number(all - for_here.len());
    (for_here, others)
}

/// Those that are not held yet.
pub(super) fn new_here(desk: &Desk, envelopes: Vec<Envelope>) -> Result<Vec<Envelope>, Refusal> {
    let store = &desk.sitting()?.opened.store;
    let mut new = Vec::new();
    for envelope in envelopes {
        if !store.holds(envelope.id())? {
            new.push(envelope);
        }
    }
    Ok(new)
}

pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn left_out(others: u32) -> String {
    match others {
        0 => String::new(),
        others => format!(", {others} of sites that this laptop is not for"),
    }
}
