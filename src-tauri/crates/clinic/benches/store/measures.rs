//! What people wait for, measured from outside.

use std::time::{Duration, Instant};

use clinic::{Desk, backups, door, patient, worklist};
use record::fold::fold;
use record::scope::Subject;

use crate::Outcome;
use crate::desk::{PASSPHRASE, desk};
use crate::generate::{Clinic, LONG};
use crate::people::queries;
use crate::plain::{self, NAME, Plain};
use crate::searching::{SEARCHES, SHOWN, in_the_store, in_the_window, shares};
use crate::table::Row;

pub(crate) const OPENING: &str = "open a record of 200 entries, median";
pub(crate) const SEARCH_P99: &str = "search, p99";
pub(crate) const WORKLIST: &str = "worklist, first 200 rows, median";

pub(crate) fn of(clinic: &Clinic) -> Outcome<Vec<Row>> {
    let named = |measure: &str| format!("{measure}, {} patients", clinic.patients);
    let mut rows = Vec::new();
    let mut desk = desk(&clinic.folder);
    let staff = std::fs::read_to_string(clinic.folder.join("staff"))?;
    door::unlock(&mut desk, staff.clone(), PASSPHRASE.into())?;
    let mut unlocks = Vec::new();
    for _ in 0..5 {
        door::lock(&mut desk)?;
        unlocks.push(timed(|| {
            Ok(door::unlock(&mut desk, staff.clone(), PASSPHRASE.into())?)
        })?);
    }
    rows.extend(waits(&mut desk, clinic)?);
    let rebuilt = timed(|| Ok(backups::rebuild(&mut desk)?))?;
    let words = named("rebuild: every list made from the journal, and compared");
    rows.push(Row::alone(words, "s", rebuilt.as_secs_f64()));
    drop(desk);
    let opened = clinic.unlock()?;
    let plain = plain::copy(clinic, &opened)?;
    plain::same_number(&plain, &opened)?;
    rows.extend(beside(clinic, &opened, &plain)?);
    drop(plain);
    let (open_plain, _) = percentiles(5, |_| plain::open(&plain::path(&clinic.folder)).map(drop))?;
    rows.push(
        Row::alone(
            named("unlock, its passphrase stretched by argon2id over 64 MiB three times, median"),
            "ms",
            millis(median(&mut unlocks)),
        )
        .beside(
            "plain SQLite, opened without a passphrase",
            millis(open_plain),
        ),
    );
    rows.push(sizes(clinic, &opened)?);
    Ok(rows)
}

/// The use cases of the desk, as the window calls them.
fn waits(desk: &mut Desk, clinic: &Clinic) -> Outcome<Vec<Row>> {
    let named = |measure: &str| format!("{measure}, {} patients", clinic.patients);
    let long: Vec<String> = clinic.long_records().map(|id| id.to_string()).collect();
    // The first look at a patient in a sitting is an audit entry, on disk: the second is measured.
    for id in &long {
        patient::open_patient(desk, id.clone())?;
    }
    let (screen, _) = percentiles(5 * long.len(), |turn| {
        patient::open_patient(desk, long[turn % long.len()].clone())?;
        Ok(())
    })?;
    let asked = queries(clinic.patients, SEARCHES);
    for query in asked.iter().take(50) {
        worklist::search(desk, query.typed.clone())?;
    }
    let (half, most) = percentiles(asked.len(), |turn| in_the_window(desk, &asked[turn]))?;
    let (list, _) = percentiles(20, |_| {
        worklist::worklist(desk, "all".into(), String::new(), 0)?;
        Ok(())
    })?;
    Ok(vec![
        Row::alone(
            named("the whole screen of such a record, median"),
            "ms",
            millis(screen),
        ),
        Row::alone(
            named("search as the window calls it, p50"),
            "ms",
            millis(half),
        ),
        Row::alone(
            named("search as the window calls it, p99"),
            "ms",
            millis(most),
        ),
        Row::alone(named(WORKLIST), "ms", millis(list)),
    ])
}

/// The store's own work, beside the same statements on plain tables.
fn beside(clinic: &Clinic, opened: &store::Opened, plain: &Plain) -> Outcome<Vec<Row>> {
    let named = |measure: &str| format!("{measure}, {} patients", clinic.patients);
    let long: Vec<_> = clinic.long_records().collect();
    let open = |turn: usize| -> Outcome<()> {
        let subject = Subject::Patient(long[turn % long.len()]);
        let mut placed = Vec::new();
        for envelope in opened.store.envelopes_of(subject)? {
            let key = opened
                .store
                .content_key(envelope.header().key)?
                .ok_or("no key")?;
            placed.extend(envelope.place(envelope.open(&key)?));
        }
        let record = fold(placed);
        if record.timeline().len() < LONG {
            return Err("a long record is too short".into());
        }
        Ok(())
    };
    let (ours, _) = percentiles(5 * long.len(), open)?;
    let (theirs, _) = percentiles(5 * long.len(), |turn| {
        plain.record(long[turn % long.len()]).map(drop)
    })?;
    let asked = queries(clinic.patients, SEARCHES);
    let search = |turn: usize| in_the_store(opened, &asked[turn]);
    percentiles(200, search)?;
    let (half, most) = percentiles(asked.len(), search)?;
    percentiles(200, |turn| plain.search(&asked[turn], SHOWN).map(drop))?;
    let (their_half, their_most) = percentiles(asked.len(), |turn| {
        plain.search(&asked[turn], SHOWN).map(drop)
    })?;
    let (list, _) = percentiles(20, |_| plain.worklist().map(drop))?;
    Ok(vec![
        Row::alone(named(OPENING), "ms", millis(ours))
            .beside("plain SQLite, bytes read", millis(theirs)),
        Row::alone(named("search, p50"), "ms", millis(half)).beside(NAME, millis(their_half)),
        Row::alone(named(SEARCH_P99), "ms", millis(most)).beside(NAME, millis(their_most)),
        Row::alone(
            named("plain SQLite's first 200 rows of a list"),
            "ms",
            millis(list),
        ),
    ])
}

fn sizes(clinic: &Clinic, opened: &store::Opened) -> Outcome<Row> {
    let file = |path: &std::path::Path| -> Outcome<f64> {
        Ok(std::fs::metadata(path)?.len() as f64 / clinic.patients as f64 / 1024.0)
    };
    let ours = crate::desk::place(&clinic.folder).0.database();
    let _ = opened;
    let words = format!("file size for each patient, {} patients", clinic.patients);
    Ok(Row::alone(words, "KiB", file(&ours)?).beside(NAME, file(&plain::path(&clinic.folder))?))
}

pub(crate) fn timed<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<Duration> {
    let begun = Instant::now();
    std::hint::black_box(work()?);
    Ok(begun.elapsed())
}

/// The median and the 99th percentile of so many runs.
pub(crate) fn percentiles(
    times: usize,
    mut work: impl FnMut(usize) -> Outcome<()>,
) -> Outcome<(Duration, Duration)> {
    let mut taken = Vec::with_capacity(times);
    for turn in 0..times {
        taken.push(timed(|| work(turn))?);
    }
    Ok(shares(taken))
}

fn median(taken: &mut [Duration]) -> Duration {
    taken.sort();
    taken[taken.len() / 2]
}

pub(crate) fn millis(taken: Duration) -> f64 {
    taken.as_secs_f64() * 1000.0
}
