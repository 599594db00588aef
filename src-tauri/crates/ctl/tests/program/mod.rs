//! felloectl, run as a person or a script runs it.

// Each test program uses a part of it.
#![allow(dead_code)]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Runs it without any input.
pub(crate) fn felloectl(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_felloectl"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Runs it with this on standard input.
pub(crate) fn with_input(arguments: &[&str], input: &str) -> Output {
    let mut running = Command::new(env!("CARGO_BIN_EXE_felloectl"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let written = running.stdin.take().unwrap().write_all(input.as_bytes());
    // A program that refuses its arguments ends without reading.
    if let Err(error) = written {
        assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe);
    }
    running.wait_with_output().unwrap()
}

/// What it answered, as JSON.
pub(crate) fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// How it ended.
pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// What it answered, in words.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it complained of.
pub(crate) fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// One line that begins with a capital and ends with a full stop.
pub(crate) fn is_a_plain_sentence(text: &str) -> bool {
    let text = text.trim_end();
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    capital && text.ends_with('.') && !text.contains('\n') && !text.contains("Error")
}
