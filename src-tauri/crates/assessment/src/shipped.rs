//! How content that is compiled in becomes typed values.

use std::fmt::Display;

/// Takes the parsed form of a file that is part of the program.
///
/// The file cannot change after the program is built, and a test of each loader parses it,
/// so a failure here can only be met by a developer.
#[expect(
    clippy::panic,
    reason = "compiled-in content that a test has already parsed; there is no caller to tell"
)]
pub(crate) fn parsed<T, E: Display>(file: &str, result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{file}: {error}"),
    }
}
