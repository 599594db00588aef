//! The reading table: a ruleset as the people who answer for it read it and sign it.
//!
//! It says what the program does and leaves nothing out: each rule's condition in the words of
//! the questions, what follows, the reason, the source and how far that was checked. The same
//! ruleset gives the same bytes, so that two copies can be told to be one.

mod facts;
mod follows;
mod markdown;
mod never;
mod open;
mod paper;
mod said;
mod sources;
mod table;

use assessment::ruleset::Ruleset;

use crate::refusal::Refusal;

/// A ruleset made ready to be read on screen and on paper.
pub struct ReadingTable {
    /// As Markdown.
    pub markdown: String,
    /// As PDF: A4, tagged, with page x of y.
    pub pdf: Vec<u8>,
    /// The pages of the PDF; at least 1.
    pub pages: usize,
}

/// No day is printed and none is put into the PDF: the paper is known by the ruleset's version
/// and digest, and the day it is signed on is written by hand.
const UNDATED: i64 = 0;

/// Makes the reading table of a ruleset. Fails when it has a character that cannot be printed.
pub(crate) fn reading_table(rules: &Ruleset) -> Result<ReadingTable, Refusal> {
    let table = table::Table::of(rules);
    let typeset = paper::document(&table).typeset()?;
    Ok(ReadingTable {
        markdown: markdown::written(&table),
        pages: typeset.pages(),
        pdf: typeset.pdf(UNDATED),
    })
}
