//! The elements a document is made of.

use super::{Drawing, Text};

/// One element of a document.
#[derive(Clone, PartialEq)]
pub enum Block {
    /// A heading. It never stands last on a page.
    Heading {
        /// 1 to 3, where 1 is the document's own heading. Others are taken as the nearest.
        level: u8,
        /// The words.
        text: String,
    },
    /// A paragraph. One that ends in a colon stays with what follows.
    Paragraph(Text),
    /// A list.
    List {
        /// What stands before each item.
        kind: ListKind,
        /// The items. An empty list prints nothing.
        items: Vec<Text>,
    },
    /// A table. Its head is repeated on each page; its rows are not cut.
    Table {
        /// What stands over each column.
        head: Vec<String>,
        /// The rows, each with as many cells as the head.
        rows: Vec<Vec<Text>>,
        /// Each column's share of the width, in any unit; they are taken in proportion.
        widths: Vec<f32>,
    },
    /// A box that stands out from the text. It is not cut unless longer than a page.
    Callout {
        /// How it stands out.
        tone: Tone,
        /// Its title.
        title: String,
        /// Its paragraphs.
        body: Vec<Text>,
    },
    /// Labels with their values, as in a summary.
    KeyValues(Vec<(String, Text)>),
    /// A drawing. It is made smaller to fit the column, never larger than the text is.
    Figure {
        /// What it shows, for those who cannot see it. Must not be empty.
        alt: String,
        /// The shapes.
        drawing: Drawing,
        /// Words under the drawing; empty for none.
        caption: Text,
    },
    /// A square code for a telephone to read.
    Qr {
        /// What it holds, at most about 1,000 bytes.
        data: String,
        /// What it does, for those who cannot see it. Must not be empty.
        alt: String,
    },
    /// A thin line across the page.
    Rule,
    /// What follows begins on a new page.
    PageBreak,
    /// A line to write on over each label, two beside each other. They stay together, and with
    /// what is before them.
    SignatureLines(Vec<String>),
    /// Empty height, as a multiple of a line of text. It vanishes at the top of a page.
    Space(f32),
}

/// What stands before each item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// A round mark.
    Bullets,
    /// 1, 2, 3.
    Numbers,
    /// An empty box to tick on paper.
    Checkboxes,
}

/// How a callout stands out. Each can be told apart in black and white.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A pale box with a bar.
    Plain,
    /// A tinted box with a strong bar.
    Important,
    /// A framed box with its title in white on a dark band.
    Emergency,
}

/// Shows what kind of block it is and none of its words, which are a patient's.
impl std::fmt::Debug for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Heading { level, .. } => write!(f, "Heading({level})"),
            Self::Paragraph(_) => f.write_str("Paragraph"),
            Self::List { kind, items } => write!(f, "List({kind:?}, {})", items.len()),
            Self::Table { rows, .. } => write!(f, "Table({} rows)", rows.len()),
            Self::Callout { tone, .. } => write!(f, "Callout({tone:?})"),
            Self::KeyValues(pairs) => write!(f, "KeyValues({})", pairs.len()),
            Self::Figure { .. } => f.write_str("Figure"),
            Self::Qr { .. } => f.write_str("Qr"),
            Self::Rule => f.write_str("Rule"),
            Self::PageBreak => f.write_str("PageBreak"),
            Self::SignatureLines(labels) => write!(f, "SignatureLines({})", labels.len()),
            Self::Space(lines) => write!(f, "Space({lines})"),
        }
    }
}
