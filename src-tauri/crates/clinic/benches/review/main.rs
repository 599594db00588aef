//! `cargo xtask bench review`: how long a consultant waits for the next case after signing one.
//!
//! The clinic is the demo's, made anew under the target folder, so on a real disk. Every case that
//! waits there is signed in one session as the window does it; each answer brings the next case with
//! its proposal worked out. Then all are taken back, which is timed too, and it begins again. The
//! desk keeps one patient in memory, so every next case is read from the disk and folded.
#![allow(missing_docs, clippy::print_stdout)]
#![allow(
    dead_code,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

#[path = "../../../assessment/benches/rules/table.rs"]
mod table;
#[path = "../store/told.rs"]
mod told;

use std::fs;
use std::process::ExitCode;
use std::time::Instant;

use clinic::view::{DecisionForm, ReviewCase, ReviewForm, ReviewSession, Status};
use clinic::{Desk, decide, demo, desk_here, door, review};

use table::Row;
use told::{Told, kept_under};

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// How often the whole queue is signed.
const ROUNDS: usize = 10;

/// Whoever signs.
const SIGNER: &str = "Consultant";

fn main() -> ExitCode {
    told::main(&[60], measured)
}

/// Times in milliseconds, and how long the records were.
#[derive(Default)]
struct Found {
    next: Vec<f64>,
    back: Vec<f64>,
    entries: Vec<f64>,
}

fn measured(_: &Told) -> Outcome<Vec<Row>> {
    let folder = kept_under().join("review");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let mut desk = desk_here(folder.join("record"), "bench", None);
    demo::make(&mut desk, &mut |_| ())?;
    unlock(&mut desk)?;
    let mut found = Found::default();
    for _ in 0..ROUNDS {
        sign_all(&mut desk, &mut found)?;
    }
    drop(desk);
    fs::remove_dir_all(&folder)?;
    let entries = middle(&mut found.entries);
    let said = |measure: &str| format!("{measure}, records of {entries:.0} entries");
    Ok(vec![
        Row::alone(
            said("signed and the next case drawn, median"),
            "ms",
            middle(&mut found.next),
        ),
        Row::alone(
            said("signed and the next case drawn, slowest"),
            "ms",
            found.next.last().copied().unwrap_or_default(),
        ),
        Row::alone(
            said("a decision taken back and its case drawn, median"),
            "ms",
            middle(&mut found.back),
        ),
        Row::alone("times a case was signed", "", count(&found.next)),
    ])
}

fn count(times: &[f64]) -> f64 {
    times.len() as f64
}

fn unlock(desk: &mut Desk) -> Outcome<()> {
    let Status::Locked(outside) = door::status(desk)? else {
        return Err("the demo clinic has no door".into());
    };
    let mut staff = outside.staff.into_iter();
    let signer = staff.find(|tile| tile.role == SIGNER);
    let signer = signer.ok_or("nobody in the demo clinic signs")?;
    door::unlock(desk, signer.id, demo::passphrase())?;
    Ok(())
}

/// Signs every case of a session, then takes all of it back.
fn sign_all(desk: &mut Desk, found: &mut Found) -> Outcome<()> {
    let form = ReviewForm {
        most: 20,
        ..ReviewForm::default()
    };
    let session = review::begin_review(desk, form)?;
    let first = session.queue.first().ok_or("no case waits to be signed")?;
    let mut case = Some(review::review_case(desk, first.assessment.clone())?);
    while let Some(now) = case {
        let now = shown(desk, now)?;
        found.entries.push(entries(&now));
        let form = own_choice(&now);
        let from = Instant::now();
        let step = review::sign_reviewed(desk, now.assessment, String::new(), form)?;
        if step.next.is_some() {
            found.next.push(from.elapsed().as_secs_f64() * 1000.0);
        }
        case = step.next;
    }
    take_all_back(desk, &session, found)
}

fn take_all_back(desk: &mut Desk, session: &ReviewSession, found: &mut Found) -> Outcome<()> {
    for row in &session.queue {
        let from = Instant::now();
        review::take_back(desk, row.assessment.clone())?;
        found.back.push(from.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(())
}

/// The case with its proposal, chosen for first where that was hidden.
fn shown(desk: &mut Desk, case: ReviewCase) -> Outcome<ReviewCase> {
    if !case.result.triage.hidden {
        return Ok(case);
    }
    decide::choose_first(desk, case.assessment.clone(), own_choice(&case))?;
    Ok(review::review_case(desk, case.assessment)?)
}

fn own_choice(case: &ReviewCase) -> DecisionForm {
    DecisionForm {
        lead: "D05".into(),
        urgency: "soon".into(),
        reason: "clinical-judgement".into(),
        reason_text: "Seen together with the physiotherapist.".into(),
        basis_digest: case.result.basis_digest.clone(),
        passphrase: demo::passphrase(),
        ..DecisionForm::default()
    }
}

/// "47 entries, the last ..." as a number.
fn entries(case: &ReviewCase) -> f64 {
    let said = case.result.basis.split(' ').next();
    said.and_then(|said| said.parse().ok()).unwrap_or_default()
}

/// The middle one. They are in order afterwards.
fn middle(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
