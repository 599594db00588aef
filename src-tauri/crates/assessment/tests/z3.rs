//! The verdicts of the proof against those of z3, a solver that shares no code with ours.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/made_up.rs"]
mod made_up;
#[path = "support/smt.rs"]
mod smt;

use std::io::Write;
use std::process::{Command, Stdio};

use assessment::proof::{Asked, questions};
use assessment::ruleset::Ruleset;
use made_up::{read, text};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

/// What z3 answers to a script, line by line.
fn z3(script: &str) -> Vec<String> {
    let started = Command::new("z3")
        .args(["-in", "-smt2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = started
        .unwrap_or_else(|error| panic!("z3 cannot be started ({error}). Run `cargo xtask setup`."));
    let mut input = child.stdin.take().unwrap();
    let script = script.to_owned();
    // z3 answers while it reads, so both ends have to be kept moving.
    let writing = std::thread::spawn(move || input.write_all(script.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().map(str::to_owned).collect()
}

/// Asks z3 the questions of some rulesets, and holds its answers against ours.
fn agree<'r>(rulesets: impl IntoIterator<Item = &'r Ruleset>) {
    let mut script = String::new();
    let mut asked: Vec<(&Ruleset, Asked)> = Vec::new();
    for ruleset in rulesets {
        script += "(reset)\n";
        script += &smt::declarations(ruleset);
        for one in questions(ruleset) {
            script += &smt::question(ruleset, &one.question);
            asked.push((ruleset, one));
        }
    }
    let answers = z3(&script);
    assert_eq!(answers.len(), asked.len(), "{}", answers.join("\n"));
    for ((ruleset, one), answer) in asked.iter().zip(&answers) {
        let ours = match one.possible {
            Some(true) => "sat",
            Some(false) => "unsat",
            None => panic!("given up: {:?}", one.question),
        };
        let question = smt::question(ruleset, &one.question);
        assert_eq!(ours, answer, "{}\n{question}", ruleset.id);
    }
}

/// A sixteenth of the usual number of cases: each is four rulesets and some dozens of questions.
fn fewer() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: (usual.cases / 16).max(1),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..usual
    }
}

proptest! {
    #![proptest_config(fewer())]

    #[test]
    fn z3_gives_the_same_verdicts_on_made_up_rulesets(texts in prop::collection::vec(text(), 4)) {
        let rulesets: Vec<Ruleset> = texts.iter().map(|text| read(text)).collect();
        agree(&rulesets);
    }
}

#[test]
fn z3_gives_the_same_verdicts_on_the_shipped_ruleset() {
    agree([Ruleset::shipped()]);
}
