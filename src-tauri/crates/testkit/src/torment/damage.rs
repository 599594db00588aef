//! Bits that flip and files that are cut short.

use std::fs;
use std::path::Path;

use clinic::view::Status;
use clinic::{Desk, door};
use store::{Backup, RestoreWith, StoreError, UnlockError, restore};

use super::{Befalls, Chamber, Counted, Start, Told, Until, Verdict, each, look};
use crate::victim::{Prepared, Work};
use crate::{Fault, Laptop, PASSPHRASE};

/// Pages in the usual run; the full one takes every one.
const SAMPLED: usize = 16;
const PAGE: usize = 4096;

/// A laptop with a backup on it, and what its victim was told.
struct Kept {
    _folder: tempfile::TempDir,
    laptop: Laptop,
    told: Told,
}

pub(super) fn damage(chamber: &Chamber) -> Result<Vec<Counted>, Fault> {
    let (folder, laptop) = chamber.laptop(false)?;
    let start = Start {
        disk: &chamber.disk,
        work: Work::BackingUp,
        seed: chamber.plan.seed,
    };
    let told = start.run(&laptop, Befalls::Nothing, 0, Until::End)?;
    let kept = Kept {
        _folder: folder,
        laptop,
        told,
    };
    let size = fs::read(kept.laptop.place().database())?.len();
    let pages = size / PAGE;
    let step = if chamber.plan.full {
        1
    } else {
        (pages / SAMPLED).max(1)
    };
    let flips: Vec<usize> = (0..pages)
        .step_by(step)
        .map(|page| {
            let within = chamber.chance("flip", page).below(PAGE as u64);
            page * PAGE + usize::try_from(within).unwrap_or(0)
        })
        .collect();
    let lengths: Vec<usize> = (0..6)
        .map(|number| {
            let length = chamber.chance("length", number).below(size as u64);
            usize::try_from(length).unwrap_or(0)
        })
        .chain([0, 1, 16, PAGE - 1, PAGE, size - PAGE, size - 1])
        .collect();
    Ok(vec![
        each_of(chamber, &kept, "a bit flipped in a page", &flips, flip)?,
        each_of(chamber, &kept, "the file cut short", &lengths, cut_short)?,
    ])
}

fn flip(file: &Path, at: usize) -> Result<(), Fault> {
    let mut bytes = fs::read(file)?;
    *bytes.get_mut(at).ok_or("no such byte")? ^= 1 << (at % 8);
    Ok(fs::write(file, bytes)?)
}

fn cut_short(file: &Path, length: usize) -> Result<(), Fault> {
    let file = fs::OpenOptions::new().write(true).open(file)?;
    Ok(file.set_len(length as u64)?)
}

fn each_of(
    chamber: &Chamber,
    kept: &Kept,
    name: &str,
    places: &[usize],
    harm: fn(&Path, usize) -> Result<(), Fault>,
) -> Result<Counted, Fault> {
    let came = each(places, |_, place| {
        let folder = tempfile::tempdir_in(chamber.room.path())?;
        let laptop = kept.laptop.copy_to(folder.path())?;
        harm(&laptop.place().database(), *place)?;
        let how = format!("{name} at byte {place}");
        let verdict =
            told_and_recovered(&laptop, &kept.told).unwrap_or_else(|fault| Verdict::broken(&fault));
        Ok((how, verdict))
    })?;
    let mut counted = Counted::of(name);
    for (how, verdict) in came {
        counted.take(&how, verdict);
    }
    Ok(counted)
}

/// The damage is told in words, and the backup brings everything back.
fn told_and_recovered(laptop: &Laptop, told: &Told) -> Result<Verdict, Fault> {
    let mut wrong = Vec::new();
    match found(laptop)? {
        None => wrong.push("nobody notices".to_owned()),
        Some(sentence) => {
            if !sentence.contains("damaged") || !sentence.contains("estore") {
                wrong.push(format!("the person reads: {sentence}"));
            }
        }
    }
    bring_back(laptop)?;
    let mut verdict = look(laptop, told)?;
    verdict.wrong.extend(wrong);
    Ok(verdict)
}

/// What a person is told when they open the record and have it checked.
fn found(laptop: &Laptop) -> Result<Option<String>, Fault> {
    let prepared = Prepared::read(laptop)?;
    let (mut desk, clock) = laptop.desk(5)?;
    if let Status::Broken(broken) = door::status(&mut desk)? {
        return Ok(Some(broken.message));
    }
    let opened = super::opened(laptop, &prepared, PASSPHRASE, clock.now().at());
    Ok(match opened {
        Err(UnlockError::Store(error)) => Some(error.to_string()),
        Err(other) => return Err(other.into()),
        Ok(opened) => match opened.store.pages_sound() {
            Ok(true) => None,
            Ok(false) => Some(StoreError::Damaged.to_string()),
            Err(error) => Some(error.to_string()),
        },
    })
}

/// Restores the newest backup in the place of the damaged record.
pub(super) fn bring_back(laptop: &Laptop) -> Result<(), Fault> {
    let prepared = Prepared::read(laptop)?;
    let (_, clock): (Desk, _) = laptop.desk(6)?;
    let newest = newest(laptop)?;
    let mut chance = crate::laptop::chance(99);
    let with = RestoreWith::Passphrase {
        staff: prepared.staff.parse()?,
        passphrase: PASSPHRASE,
    };
    restore(
        &newest,
        &laptop.place(),
        &laptop.keyring(),
        &with,
        true,
        &mut |bytes| chance.fill(bytes),
        clock.now().at(),
    )?;
    Ok(())
}

/// The newest whole backup of a laptop.
pub(crate) fn newest(laptop: &Laptop) -> Result<Backup, Fault> {
    let mut folders: Vec<_> = fs::read_dir(laptop.backups())?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|folder| folder.extension().is_none())
        .collect();
    folders.sort();
    let last = folders.pop().ok_or("there is no backup")?;
    Ok(Backup::read(last)?)
}
