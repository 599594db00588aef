//! felloectl as it is used: the program is run, and what it says and how it ends is looked at.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "felloectl/clock.rs"]
mod clock;
#[path = "felloectl/demo.rs"]
mod demo;
#[path = "felloectl/nhs_number.rs"]
mod nhs_number;
#[path = "felloectl/ome.rs"]
mod ome;
#[path = "felloectl/plan.rs"]
mod plan;
mod program;
#[path = "felloectl/rules.rs"]
mod rules;
#[path = "felloectl/score.rs"]
mod score;

use std::process::{Command, Stdio};

use program::{code, complained, felloectl, said};

#[test]
fn a_command_that_is_not_known_ends_with_2() {
    assert_eq!(code(&felloectl(&["dance"])), 2);
    assert_eq!(code(&felloectl(&[])), 2);
}

#[test]
fn help_ends_with_0_and_names_every_command() {
    let output = felloectl(&["--help"]);
    assert_eq!(code(&output), 0);
    for command in ["score", "ome", "nhs-number", "rules", "plan", "demo"] {
        assert!(said(&output).contains(command));
    }
}

#[test]
fn whoever_stops_reading_the_answer_meets_no_panic() {
    let mut running = Command::new(env!("CARGO_BIN_EXE_felloectl"))
        .args(["ome", "morphine MR 60 mg x2"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(running.stdout.take());
    let output = running.wait_with_output().unwrap();
    assert_eq!(code(&output), 0);
    assert!(!complained(&output).contains("panicked"));
}
