//! Referrals from a CSV file: good rows whole, bad rows listed, nothing in between.

mod cell;
mod column;
mod date;
mod error;
mod quotes;
mod referral;
mod row;
mod text;
mod trouble;

use std::collections::BTreeSet;

use jiff::civil::Date;

pub use column::Column;
pub use error::FileError;
pub use referral::{AskedUrgency, Gender, Referral};
pub use trouble::{Place, Trouble};

/// The most data rows one file may hold. Larger files are split by whoever sends them, so that a
/// person can still look through the list of what went wrong.
pub const MAX_ROWS: usize = 5_000;

/// The largest file that is read, in bytes: well above [`MAX_ROWS`] ordinary letters.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;

/// What a file holds. Each data row is in exactly one of `rows` and `bad`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Rows without a trouble, in the order of the file.
    pub rows: Vec<Row>,
    /// Every trouble of every other row, in the order of the file.
    pub bad: Vec<Bad>,
    /// The columns the file has, in its own order.
    pub headings: Vec<Column>,
}

/// One row that can go in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its first line in the file; the headings are line 1.
    pub line: u32,
    /// What it holds.
    pub referral: Referral,
}

/// One trouble of a row that cannot go in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    /// The row's first line in the file; the headings are line 1.
    pub line: u32,
    /// Where in the row; its `Display` is the heading.
    pub field: Place,
    /// What is wrong; its `Display` is a sentence without patient data.
    pub reason: Trouble,
}

impl Report {
    /// How many rows have at least one trouble. A row may have several, a line only one row.
    pub fn bad_rows(&self) -> usize {
        self.bad
            .iter()
            .map(|bad| bad.line)
            .collect::<BTreeSet<_>>()
            .len()
    }
}

/// Reads a file of referrals as of `today`, the date beyond which every date is in the future.
///
/// The text is UTF-8, with or without a byte order mark; cells are parted by commas or semicolons,
/// whichever makes more known headings; lines end in LF or CRLF. A row whose cells are all empty
/// counts for nothing, because spreadsheets leave such rows behind. A cell that looks like a
/// formula is text like any other.
///
/// Dates are `2026-11-24`, `24-Nov-2026` or `24/11/2026`. Slashes are read day first, as every
/// clinic in the United Kingdom writes them; a file from a system that writes the month first must
/// be exported with ISO dates, since no reader can tell 04/03 from 03/04.
///
/// The errors are for files that cannot be taken row by row; see [`FileError`].
pub fn read(bytes: &[u8], today: Date) -> Result<Report, FileError> {
    let text = text::decoded(bytes)?;
    let sheet = column::Sheet::of(&text)?;
    quotes::check(&text, sheet.delimiter)?;
    row::read_all(&text, &sheet, today)
}

/// A file with every heading and no row, to be filled in by a referrer.
pub fn template() -> String {
    let headings: Vec<&str> = Column::ALL.iter().map(|column| column.heading()).collect();
    headings.join(",") + "\r\n"
}
