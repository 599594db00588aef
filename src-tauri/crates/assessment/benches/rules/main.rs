//! `cargo xtask bench rules`: how fast the rules are, and how few questions they need.
//!
//! Every arm evaluates the same generated rules, and nothing is timed before all agree with a
//! plain reference on every case. `--peers FOLDER` takes other engines in, built in that folder;
//! `--json` prints the figures for a program; `--by-hand` writes the function that stands for
//! code written by hand, which is kept beside this file.
#![allow(missing_docs, clippy::print_stdout, clippy::indexing_slicing)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

mod arms;
mod asked;
#[rustfmt::skip]
#[allow(clippy::pedantic)]
mod by_hand;
mod evaluation;
mod generate;
mod measure;
mod peers;
mod proof;
mod questions;
mod render;
mod shipped;
#[path = "../../tests/support/smt.rs"]
mod smt;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use measure::Outcome;

fn main() -> ExitCode {
    let told = std::env::args().skip(1).collect::<Vec<_>>();
    match run(&told) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            println!("Not measured: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(told: &[String]) -> Outcome<String> {
    let (mut built, mut as_json) = (None, false);
    let mut told = told.iter();
    while let Some(option) = told.next() {
        match option.as_str() {
            "--by-hand" => return Ok(by_hand_source()),
            "--json" => as_json = true,
            // Cargo says it to every bench.
            "--bench" => {}
            "--peers" => built = told.next().map(PathBuf::from),
            _ => return Err(format!("'{option}' is not an option here.")),
        }
    }
    if include_str!("by_hand.rs").trim_end() != by_hand_source() {
        return Err("by_hand.rs is not what --by-hand writes. Write it anew.".to_owned());
    }
    let mut rows = evaluation::rows(built.as_deref())?;
    rows.extend(proof::rows(built.as_deref())?);
    rows.extend(shipped::rows()?);
    rows.extend(questions::rows()?);
    Ok(table::shown(&rows, as_json))
}

fn by_hand_source() -> String {
    render::rust(&evaluation::generated()).trim_end().to_owned()
}
