//! Why a document cannot be printed, and where.

use std::fmt;

/// Why a document cannot be printed. It names a place in the document and never repeats its
/// words, which are a patient's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// The words are in a script that would come out wrong or not at all.
    #[error(
        "{place} has words in {script} script, which Felloe cannot print yet. Print it without them and give those words another way."
    )]
    Script {
        /// Where it stands.
        place: Place,
        /// The script's name in English, such as `Bengali`.
        script: &'static str,
    },
    /// No bundled font has the character.
    #[error(
        "{place} has a character that cannot be printed (U+{:04X}). Take it out or write it in words.",
        u32::from(*.character)
    )]
    Character {
        /// Where it stands.
        place: Place,
        /// The character.
        character: char,
    },
    /// A table's rows, head and widths do not have the same number of columns.
    #[error(
        "{place} does not have one cell for each column of its table. The document needs mending before it can be printed."
    )]
    Columns {
        /// The row, or the table itself.
        place: Place,
    },
    /// A figure has no words for those who cannot see it, no size, or lines that end nowhere.
    #[error(
        "{place} is not a complete drawing with a description. The document needs mending before it can be printed."
    )]
    Figure {
        /// The figure.
        place: Place,
    },
    /// The square code would hold more than fits.
    #[error("{place} holds too much for a square code. Use a shorter link.")]
    Qr {
        /// The code.
        place: Place,
    },
    /// The bundled fonts or the PDF could not be put together: a fault of Felloe's own.
    #[error(
        "The page could not be put together ({0}). Report this to the people who look after Felloe."
    )]
    Internal(&'static str),
}

/// Where in a document something stands. Counts are from 1, as a person counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The head, foot or watermark that is on each page.
    Running,
    /// A block.
    Block {
        /// Its number among the document's blocks.
        number: usize,
        /// How many headings come before it, itself included: the section it stands in.
        section: usize,
        /// Which part of the block.
        within: Within,
    },
}

/// Which part of a block. Counts are from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item(usize),
    /// A table as a whole.
    Table,
    /// The head of a table's column.
    Head(usize),
    /// A cell of a table: row, column.
    Cell(usize, usize),
    /// A row of a table as a whole.
    Row(usize),
    /// The title of a callout.
    CalloutTitle,
    /// A paragraph of a callout.
    CalloutBody(usize),
    /// A label and its value.
    KeyValue(usize),
    /// A figure, its labels or its caption.
    Figure,
    /// A square code.
    Qr,
    /// A line to sign on.
    Signature(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Running => f.write_str("The head or foot of the page"),
            Self::Block {
                section: 0, within, ..
            } => write!(f, "{within} before the first heading"),
            Self::Block {
                section, within, ..
            } => write!(f, "{within} under heading {section}"),
        }
    }
}

impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Heading => f.write_str("The heading"),
            Self::Paragraph => f.write_str("A paragraph"),
            Self::Item(item) => write!(f, "Item {item} of a list"),
            Self::Table => f.write_str("A table"),
            Self::Head(column) => write!(f, "The head of column {column} of a table"),
            Self::Cell(row, column) => write!(f, "Row {row}, column {column} of a table"),
            Self::Row(row) => write!(f, "Row {row} of a table"),
            Self::CalloutTitle => f.write_str("The title of a box"),
            Self::CalloutBody(paragraph) => write!(f, "Paragraph {paragraph} of a box"),
            Self::KeyValue(pair) => write!(f, "Line {pair} of a summary"),
            Self::Figure => f.write_str("A figure"),
            Self::Qr => f.write_str("A square code"),
            Self::Signature(line) => write!(f, "Signature line {line}"),
        }
    }
}
