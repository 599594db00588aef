//! What a command prints. The one place that does.

/// One line for the person at the terminal.
#[expect(clippy::print_stdout, reason = "commands speak on standard output")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// The start of a part that takes a while.
pub(crate) fn announce(part: &str) {
    say(&format!("\n== {part}"));
}
