//! Bundles: written for other laptops, looked at, and read.

use std::path::Path;

use clinic::bundles::{bundles, inspect_bundle, read_bundle, write_bundle};
use clinic::view::{BundleForm, BundleLaptop};
use clinic::{Desk, Refusal};

use crate::arguments::{AtRecord, Bundle};
use crate::record::{absolute, opened};
use crate::{Outcome, Trouble};

/// Does what is asked with a bundle.
pub(crate) fn bundle(asked: &Bundle) -> Result<Outcome, Trouble> {
    match asked {
        Bundle::Write {
            at,
            to,
            laptops,
            everything,
        } => write(at, to, laptops, *everything),
        Bundle::Inspect { file, at } => {
            let path = text(file)?;
            let seen = opened(at, |desk| inspect_bundle(desk, path))?;
            let words = format!("{}\nSix words: {}", seen.words, seen.six_words);
            Ok(Outcome::new(seen, words, true))
        }
        Bundle::Read { file, at } => {
            let path = text(file)?;
            let read = opened(at, |desk| read_bundle(desk, path))?;
            let (words, fine) = (read.words.clone(), read.refused == 0);
            Ok(Outcome::new(read, words, fine))
        }
    }
}

fn write(
    at: &AtRecord,
    to: &Path,
    laptops: &[String],
    everything: bool,
) -> Result<Outcome, Trouble> {
    let folder = text(to)?;
    let written = opened(at, |desk| {
        let form = BundleForm {
            folder,
            laptops: named(desk, laptops)?,
            everything,
        };
        write_bundle(desk, form)
    })?;
    let words = format!(
        "{}\n{}\nSix words: {}",
        written.path, written.words, written.six_words
    );
    Ok(Outcome::new(written, words, true))
}

/// The laptops that are named, each by the beginning of its id; those of the hub site when none is.
fn named(desk: &mut Desk, wanted: &[String]) -> Result<Vec<String>, Refusal> {
    let known = bundles(desk)?.laptops;
    if wanted.is_empty() {
        let hub = known.iter().filter(|laptop| laptop.hub);
        return Ok(hub.map(|laptop| laptop.device.clone()).collect());
    }
    wanted.iter().map(|wanted| one(&known, wanted)).collect()
}

fn one(known: &[BundleLaptop], wanted: &str) -> Result<String, Refusal> {
    let wanted = wanted.to_lowercase();
    let mut found = known
        .iter()
        .filter(|laptop| !wanted.is_empty() && laptop.device.starts_with(&wanted));
    match (found.next(), found.next()) {
        (Some(laptop), None) => Ok(laptop.device.clone()),
        _ => Err(Refusal::NotFound("One laptop of that id")),
    }
}

fn text(path: &Path) -> Result<String, Trouble> {
    Ok(absolute(path)?.display().to_string())
}
