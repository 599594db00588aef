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

/// The proof of ours beside z3's, whose time to start is taken off where it starts once.
pub(crate) fn rows(peers: Option<&Path>) -> Outcome<Vec<Row>> {
    let shipped = Ruleset::shipped();
    if !check(shipped, Vignette::shipped()).passed() {
        return Err("the shipped rules do not pass their own check.".to_owned());
    }
    // The whole check also gathers and tries every made-up case, which z3 is not asked to do.
    let whole = milliseconds(|| drop(black_box(check(shipped, Vignette::shipped()))));
    let whole = Row::alone("whole check of the shipped rules and cases", "ms", whole);
    let text = render::toml(&Generated::new(SHAPE, 0));
    let made = Ruleset::parse_over(&text, Vocabulary::Own).map_err(|fault| fault.to_string())?;
    let mut rows = vec![whole];
    rows.extend(beside_z3("proof of the shipped rules", shipped, peers)?);
    rows.extend(beside_z3("proof of 80 generated rules", &made, peers)?);
    Ok(rows)
}

fn milliseconds(mut one: impl FnMut()) -> f64 {
    let round = |_| nanoseconds(Duration::from_millis(300), 1, |_| one());
    median((0..5).map(round).collect()) / 1e6
}

/// Our answers to all questions; beside them z3 that is told the rules once, and z3 that is asked
/// each question afresh, as whoever runs it on a file does.
fn beside_z3(words: &str, rules: &Ruleset, peers: Option<&Path>) -> Outcome<Vec<Row>> {
    let asked = questions(rules);
    let ours = milliseconds(|| drop(black_box(questions(rules))));
    let row = || Row::alone(format!("{words}, {} questions", asked.len()), "ms", ours);
    let Some(built) = peers else {
        return Ok(vec![row()]);
    };
    let (once, afresh) = (z3(built, rules, &asked)?, z3_afresh(built, rules, &asked)?);
    Ok(vec![
        row().beside("z3, told the rules once", once),
        row().beside("z3, told them for each question", afresh),
    ])
}

/// The milliseconds that z3 takes for all the questions in one run.
fn z3(built: &Path, rules: &Ruleset, asked: &[Asked]) -> Outcome<f64> {
    let mut script = smt::declarations(rules);
    for one in asked {
        script += &smt::question(rules, &one.question);
    }
    let (started, _) = run(built, "(exit)\n")?;
    let (taken, answers) = run(built, &script)?;
    agreed(answers.lines(), asked)?;
    Ok(taken.saturating_sub(started).as_secs_f64() * 1e3)
}

/// The milliseconds that z3 takes when it begins anew for each question.
fn z3_afresh(built: &Path, rules: &Ruleset, asked: &[Asked]) -> Outcome<f64> {
    let declarations = smt::declarations(rules);
    let (mut taken, mut answers) = (Duration::ZERO, String::new());
    for one in asked {
        let script = format!("{declarations}{}", smt::question(rules, &one.question));
        let (spent, answer) = run(built, &script)?;
        taken += spent;
        answers += &answer;
    }
    agreed(answers.lines(), asked)?;
    Ok(taken.as_secs_f64() * 1e3)
}

/// Nothing is told before z3 has answered as we did.
fn agreed<'a>(answers: impl Iterator<Item = &'a str>, asked: &[Asked]) -> Outcome<()> {
    let ours = |one: &Asked| match one.possible {
        Some(true) => "sat",
        Some(false) => "unsat",
        None => "given up",
    };
    if answers.eq(asked.iter().map(ours)) {
        Ok(())
    } else {
        Err("z3 answers otherwise than our proof.".to_owned())
    }
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
