//! A clinic's record is given to a second laptop on a stick.

use std::fs;
use std::path::Path;
use std::time::Instant;

use clinic::view::{BundleForm, WrittenBundle};
use clinic::{Desk, bundles};

use crate::Outcome;
use crate::desk::desk;
use crate::generate::Clinic;
use crate::joining::{copy_all, join, unlocked};
use crate::process::peak_memory;
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
