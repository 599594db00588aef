//! What can be wrong with one row.

use std::fmt;

use record::nhs_number::NotAnNhsNumber;

use super::column::Column;

/// Where in a row a trouble is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In one cell.
    Cell(Column),
    /// In the row as a whole.
    WholeRow,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Cell(column) => column.heading(),
            Self::WholeRow => "Whole row",
        })
    }
}

/// One thing wrong with one row. The sentence never repeats what the row holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// A cell that every row needs is empty.
    #[error("This is needed and is empty.")]
    Empty,
    /// Not an NHS number.
    #[error("{0}")]
    NhsNumber(#[from] NotAnNhsNumber),
    /// The number stands on an earlier row of this file.
    #[error("The same NHS number is on line {line}. Keep one row for each person.")]
    SameNhsNumber {
        /// The first line with this number.
        line: u32,
    },
    /// Not one of the three ways of writing a date.
    #[error(
        "This is not a date that can be read. Write it as 2026-01-31, 31-Jan-2026 or 31/01/2026."
    )]
    NotADate,
    /// Such as 31 February, or month first.
    #[error("This date does not exist. With slashes the day comes first: 31/01/2026.")]
    NoSuchDate,
    /// After the day of reading.
    #[error("This date is in the future.")]
    InTheFuture,
    /// Before 1900.
    #[error("This date is before 1900.")]
    Before1900,
    /// Born after the referral was received.
    #[error("The date of birth is after the date received.")]
    BornAfterReceived,
    /// A gender that is not one of the four.
    #[error("Write female, male, other or not known, or leave it empty.")]
    Gender,
    /// An urgency that is not one of the three.
    #[error(
        "Write routine, soon or urgent, or leave it empty. If it is more urgent, phone the referrer."
    )]
    Urgency,
    /// Longer than [`Column::longest`].
    #[error("This is too long: at most {limit} characters are taken.")]
    TooLong {
        /// The most characters.
        limit: usize,
    },
    /// A name over several lines.
    #[error("This holds a line break. Write it on one line.")]
    LineBreak,
    /// Control characters, or marks that turn the direction of writing and so change what is read.
    #[error("This holds a character that cannot be seen. Type it again.")]
    Unseen,
    /// More or fewer cells than headings: every cell may stand under the wrong heading.
    #[error(
        "The row has {cells} cells and there are {headings} headings. Put text that holds a comma or a semicolon in quote marks."
    )]
    Width {
        /// Cells of the row.
        cells: usize,
        /// Headings of the file.
        headings: usize,
    },
}
