//! How long the whole check of the shipped rules takes, beside z3 on the same questions.

use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use assessment::proof::{Asked, check, questions};
use assessment::ruleset::{Ruleset, Vocabulary};
use assessment::vignette::Vignette;

use crate::generate::{Generated, Shape};
use crate::measure::{Outcome, median, nanoseconds};
use crate::render;
use crate::smt;
use crate::table::Row;

/// More rules over more facts than those that ship.
const SHAPE: Shape = Shape {
    facts: 60,
    rules: 80,
    seed: 7,
};

/// The proof of ours beside z3's, whose time to start is taken off.
pub(crate) fn rows(peers: Option<&Path>) -> Outcome<Vec<Row>> {
    let shipped = Ruleset::shipped();
    if !check(shipped, Vignette::shipped()).passed() {
        return Err("the shipped rules do not pass their own check.".to_owned());
    }
    // Ours also finds a made-up case for every rule; z3 only answers the questions.
    let whole = milliseconds(|| drop(black_box(check(shipped, Vignette::shipped()))));
    let mut rows = vec![row(
        "whole check of the shipped rules",
        shipped,
        whole,
        peers,
    )?];
    let text = render::toml(&Generated::new(SHAPE, 0));
    let made = Ruleset::parse_over(&text, Vocabulary::Own).map_err(|fault| fault.to_string())?;
    let whole = milliseconds(|| drop(black_box(questions(&made))));
    rows.push(row("proof of 80 generated rules", &made, whole, peers)?);
    Ok(rows)
}

fn milliseconds(mut one: impl FnMut()) -> f64 {
    let round = |_| nanoseconds(Duration::from_millis(300), 1, |_| one());
    median((0..5).map(round).collect()) / 1e6
}

fn row(words: &str, rules: &Ruleset, ours: f64, peers: Option<&Path>) -> Outcome<Row> {
    let asked = questions(rules);
    let row = Row::alone(format!("{words}, {} questions", asked.len()), "ms", ours);
    Ok(match peers {
        Some(built) => row.beside("z3, the same questions", z3(built, rules, &asked)?),
        None => row,
    })
}

/// The milliseconds that z3 takes for all the questions, once it has answered as we did.
fn z3(built: &Path, rules: &Ruleset, asked: &[Asked]) -> Outcome<f64> {
    let mut script = smt::declarations(rules);
    for one in asked {
        script += &smt::question(rules, &one.question);
    }
    let (started, _) = run(built, "(exit)\n")?;
    let (taken, answers) = run(built, &script)?;
    let ours = |one: &Asked| match one.possible {
        Some(true) => "sat",
        Some(false) => "unsat",
        None => "given up",
    };
    if answers.lines().ne(asked.iter().map(ours)) {
        return Err("z3 answers otherwise than our proof.".to_owned());
    }
    Ok(taken.saturating_sub(started).as_secs_f64() * 1e3)
}

fn run(built: &Path, script: &str) -> Outcome<(Duration, String)> {
    let fault = |fault| format!("z3 does not answer ({fault}).");
    let begun = Instant::now();
    let mut process = Command::new(built.join("venv/bin/z3"))
        .args(["-in", "-smt2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(fault)?;
    let writing = process.stdin.take().map(|mut input| {
        let script = script.to_owned();
        // It answers while it reads, so both ends have to be kept moving.
        std::thread::spawn(move || input.write_all(script.as_bytes()))
    });
    let output = process.wait_with_output().map_err(fault)?;
    let taken = begun.elapsed();
    if !matches!(writing.map(std::thread::JoinHandle::join), Some(Ok(Ok(())))) {
        return Err("z3 did not take all the questions.".to_owned());
    }
    Ok((taken, String::from_utf8_lossy(&output.stdout).into_owned()))
}
