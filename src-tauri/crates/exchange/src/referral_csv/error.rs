//! Why a whole file is refused.

/// Why a file cannot be taken row by row. Nothing of it goes in.
///
/// A heading is never repeated: in a file without headings the first line is a patient.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// No byte, or nothing but blanks.
    #[error(
        "The file is empty. Choose a file with a line of headings and one line for each referral."
    )]
    Empty,
    /// Above [`super::MAX_BYTES`].
    #[error("The file is too large, over {} MB. Split it into smaller files.", super::MAX_BYTES / (1024 * 1024))]
    TooLarge,
    /// A spreadsheet's "Unicode text", not UTF-8.
    #[error("The file is saved as UTF-16. Save it again as \"CSV UTF-8\".")]
    Utf16,
    /// Bytes that are not UTF-8.
    #[error(
        "Line {line} holds characters that are not UTF-8. Save the file again as \"CSV UTF-8\"."
    )]
    NotUtf8 {
        /// The line, from 1.
        line: u32,
    },
    /// Control characters: a spreadsheet, a PDF or an archive with the wrong name.
    #[error("This is not a text file. Save the list as \"CSV UTF-8\" and choose that file.")]
    NotText,
    /// No known heading with either delimiter.
    #[error("The first line holds none of the headings that are known. Start from the template.")]
    NoHeadings,
    /// A heading that means nothing here. Left in, its column would be lost without a word.
    #[error(
        "The heading of column {place} is not known. Remove the column or use a heading from the template."
    )]
    UnknownHeading {
        /// The column, from 1.
        place: usize,
    },
    /// Two columns of one meaning.
    #[error("Column {place} is a second column for \"{heading}\". Remove one of the two.")]
    HeadingTwice {
        /// The heading as the template writes it.
        heading: &'static str,
        /// The second column, from 1.
        place: usize,
    },
    /// A column that every file needs.
    #[error("These headings are missing: {headings}. Add them and fill them in.")]
    MissingHeadings {
        /// The headings as the template writes them.
        headings: String,
    },
    /// A quote mark that does not close, or closes in the middle of a cell: no telling where the
    /// rows end.
    #[error(
        "The quote marks from line {line} on do not match. Save the file again from a spreadsheet."
    )]
    Quotes {
        /// The line on which the cell starts, from 1.
        line: u32,
    },
    /// Above [`super::MAX_ROWS`].
    #[error(
        "The file has more than {} referrals. Split it into smaller files.",
        super::MAX_ROWS
    )]
    TooManyRows,
}
