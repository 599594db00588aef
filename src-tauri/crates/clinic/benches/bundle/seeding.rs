//! A second laptop joins a clinic, and is given its record on a stick.

use std::fs;
use std::path::Path;
use std::time::Instant;

use clinic::view::{
    ApproveForm, BundleForm, FinishJoiningForm, JoinForm, Joining, Status, WrittenBundle,
};
use clinic::{Desk, bundles, door, enrol};

use crate::Outcome;
use crate::desk::{PASSPHRASE, desk};
use crate::generate::Clinic;
use crate::table::Row;

/// Writes, looks at and reads a bundle with all of a clinic. The clinic is left as it was made: it
/// is copied first.
pub(crate) fn of(clinic: &Clinic) -> Outcome<Vec<Row>> {
    let scratch = clinic.folder.with_extension("bundle");
    let _ = fs::remove_dir_all(&scratch);
    let (first, second, stick) = (
        scratch.join("first"),
        scratch.join("second"),
        scratch.join("stick"),
    );
    copy_all(&clinic.folder, &first)?;
    fs::create_dir_all(&second)?;
    fs::create_dir_all(&stick)?;
    let mut hub = unlocked(&first)?;
    let mut new = desk(&second);
    join(&mut hub, &mut new, &scratch)?;
    let rows = carry(&mut hub, &mut new, &stick, clinic.patients)?;
    drop((hub, new));
    let _ = fs::remove_dir_all(&scratch);
    Ok(rows)
}

fn carry(hub: &mut Desk, new: &mut Desk, stick: &Path, patients: usize) -> Outcome<Vec<Row>> {
    let known = bundles::bundles(hub)?.laptops;
    let form = BundleForm {
        folder: stick.display().to_string(),
        laptops: known.into_iter().map(|laptop| laptop.device).collect(),
        everything: true,
    };
    let (written, writing) = timed(|| Ok(bundles::write_bundle(hub, form)?))?;
    let path = || written.path.clone();
    let (seen, looking) = timed(|| Ok(bundles::inspect_bundle(new, path())?))?;
    let before = peak_memory();
    let (read, reading) = timed(|| Ok(bundles::read_bundle(new, path())?))?;
    if read.refused > 0 || read.new != seen.new {
        return Err(format!("The new laptop did not take all of it: {}", read.words).into());
    }
    Ok(rows(
        &written,
        [writing, looking, reading],
        before,
        patients,
    ))
}

fn rows(written: &WrittenBundle, took: [f64; 3], before: f64, patients: usize) -> Vec<Row> {
    let envelopes = f64::from(written.envelopes);
    let [writing, looking, reading] = took;
    let megabytes = written.bytes as f64 / 1e6;
    let of = |measure: &str, unit: &'static str, figure: f64| {
        Row::alone(format!("{measure}, {patients} patients"), unit, figure)
    };
    vec![
        of("bundle, size", "MB", megabytes),
        of("bundle, envelopes", "", envelopes),
        of("bundle written", "s", writing),
        of("bundle looked at", "s", looking),
        of("bundle read, rows made", "s", reading),
        of("patients seeded", "per second", patients as f64 / reading),
        of("envelopes taken in", "per second", envelopes / reading),
        of("most memory before reading", "MB", before),
        of("most memory after reading", "MB", peak_memory()),
    ]
}

fn timed<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<(T, f64)> {
    let begun = Instant::now();
    let done = work()?;
    Ok((done, begun.elapsed().as_secs_f64()))
}

/// The most memory that this process ever had, as Linux tells it; 0 elsewhere.
fn peak_memory() -> f64 {
    let told = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}

fn unlocked(folder: &Path) -> Outcome<Desk> {
    let mut desk = desk(folder);
    let staff = fs::read_to_string(folder.join("staff"))?;
    door::unlock(&mut desk, staff, PASSPHRASE.to_owned())?;
    Ok(desk)
}

/// A blank laptop asks, whoever set the clinic up answers, and it is in use.
fn join(hub: &mut Desk, new: &mut Desk, scratch: &Path) -> Outcome<()> {
    let asked = enrol::begin_joining(
        new,
        JoinForm {
            name: "Ada Quist".into(),
            passphrase: PASSPHRASE.into(),
            passphrase_again: PASSPHRASE.into(),
            use_keyring: true,
            read_intended_use: true,
        },
    )?;
    let Status::Joining(Joining { text, words, .. }) = asked else {
        return Err("the blank laptop does not wait for an answer".into());
    };
    let sites: Vec<String> = enrol::laptops(hub)?
        .sites
        .into_iter()
        .map(|site| site.value)
        .collect();
    let home = sites.first().cloned().ok_or("the clinic has no site")?;
    let approved = enrol::approve_joining(
        hub,
        ApproveForm {
            request: text,
            words: words.join(" "),
            role: "nurse".into(),
            sites,
            home,
            colleague: String::new(),
            own_passphrase: PASSPHRASE.into(),
            folder: scratch.display().to_string(),
        },
    )?;
    let sheet = enrol::finish_joining(
        new,
        FinishJoiningForm {
            answer: approved.path,
            words: approved.words.join(" "),
            passphrase: PASSPHRASE.into(),
        },
    )?;
    let [first, second] = sheet
        .confirm
        .map(|group| sheet.code[group as usize - 1].clone());
    door::confirm_sheet(new, first, second)?;
    Ok(())
}

fn copy_all(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let copy = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_all(&entry.path(), &copy)?;
        } else {
            fs::copy(entry.path(), &copy)?;
        }
    }
    Ok(())
}
