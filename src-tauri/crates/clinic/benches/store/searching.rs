//! What each usual way of looking for somebody takes, way by way: `--searches`.

use std::time::Duration;

use clinic::{Desk, door, worklist};
use store::{Asked, Opened, Way};

use crate::Outcome;
use crate::desk::{PASSPHRASE, desk};
use crate::generate::Clinic;
use crate::measures::{millis, timed};
use crate::people::{Query, WAYS, queries};
use crate::table::Row;

/// Searches that are measured.
pub(crate) const SEARCHES: usize = 2_000;

/// Searches before anything is measured: the window has been in use for a while.
const BEFORE: usize = 200;

/// Rows that a search shows.
pub(crate) const SHOWN: usize = 40;

/// One figure for each way, as the window calls it and as the store's own work.
pub(crate) fn of(clinic: &Clinic) -> Outcome<Vec<Row>> {
    let mut desk = unlocked(clinic)?;
    let asked = queries(clinic.patients, SEARCHES);
    let window = each(&asked, |query| in_the_window(&mut desk, query))?;
    drop(desk);
    let opened = clinic.unlock()?;
    let own = each(&asked, |query| in_the_store(&opened, query))?;
    let mut rows = Vec::new();
    for (which, taken) in [("search as the window calls it", window), ("search", own)] {
        for (way, name) in WAYS.iter().enumerate() {
            let of_way = taken.iter().skip(way).step_by(WAYS.len());
            let (half, most) = shares(of_way.copied().collect());
            for (share, took) in [("p50", half), ("p99", most)] {
                let words = format!("{which} by {name}, {share}, {} patients", clinic.patients);
                rows.push(Row::alone(words, "ms", millis(took)));
            }
        }
    }
    Ok(rows)
}

/// The median and the 99th percentile.
pub(crate) fn shares(mut taken: Vec<Duration>) -> (Duration, Duration) {
    taken.sort();
    let at = |share: usize| taken[((taken.len() - 1) * share).div_ceil(100)];
    (at(50), at(99))
}

fn unlocked(clinic: &Clinic) -> Outcome<Desk> {
    let mut desk = desk(&clinic.folder);
    let staff = std::fs::read_to_string(clinic.folder.join("staff"))?;
    door::unlock(&mut desk, staff, PASSPHRASE.into())?;
    Ok(desk)
}

fn each(asked: &[Query], mut search: impl FnMut(&Query) -> Outcome<()>) -> Outcome<Vec<Duration>> {
    for query in asked.iter().take(BEFORE) {
        search(query)?;
    }
    asked.iter().map(|query| timed(|| search(query))).collect()
}

/// The use case. No search is timed that does not find the person it was made for.
pub(crate) fn in_the_window(desk: &mut Desk, query: &Query) -> Outcome<()> {
    found(worklist::search(desk, query.typed.clone())?.hits.len())
}

/// The same without the desk.
pub(crate) fn in_the_store(opened: &Opened, query: &Query) -> Outcome<()> {
    let way = Way::new(
        query.words.clone(),
        query.whole.clone(),
        query.digits.clone(),
    );
    let people = opened.store.search(&Asked { ways: vec![way] }, SHOWN)?;
    found(people.rows.len())
}

fn found(people: usize) -> Outcome<()> {
    if people == 0 {
        return Err("a search for somebody who is here found nobody".into());
    }
    Ok(())
}
