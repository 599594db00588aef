//! Why a pack is refused, and where.

/// The one format there is.
pub(super) const FORMAT: &str = "felloe-instrument-pack-1";
/// The longest file, in bytes: hundreds of times the longest questionnaire.
pub(super) const LONGEST_FILE: usize = 262_144;
/// The longest single text, in characters.
pub(super) const LONGEST_TEXT: usize = 2_000;

/// Where a pack cannot be used, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Line {line}, column {column}: {fault}")]
pub struct PackError {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// Why.
    pub fault: PackFault,
}

/// Why a pack cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackFault {
    /// Not TOML, or a name too many or too few.
    #[error("{0}. Compare the file with the description of instrument packs.")]
    Shape(String),
    /// Larger than any questionnaire.
    #[error("the file is larger than any questionnaire. Choose the pack's own file.")]
    TooLarge,
    /// Of another format.
    #[error("the format must be \"{FORMAT}\". Ask for a pack in that format.")]
    Format,
    /// An instrument that Felloe does not score.
    #[error("Felloe scores no instrument of this name{}", .nearest.as_ref().map_or(". Correct it.".to_owned(), |near| format!("; did you mean \"{near}\"?")))]
    UnknownInstrument {
        /// The nearest name that takes a pack.
        nearest: Option<String>,
    },
    /// An instrument whose wording is here already.
    #[error("{0} needs no pack: its wording comes with Felloe")]
    NotLicensed(String),
    /// A text that must say something is empty.
    #[error("\"{0}\" is empty. Write what it asks for.")]
    Empty(&'static str),
    /// A text is too long or holds signs that cannot be shown.
    #[error(
        "\"{0}\" is longer than {LONGEST_TEXT} characters or holds signs that cannot be shown. Correct it."
    )]
    Unreadable(&'static str),
    /// Not a date.
    #[error("\"valid-until\" must be a date such as \"2027-03-31\"")]
    Date,
    /// Another number of items than the form has.
    #[error(
        "{name} has {wanted} items and the pack words {given}. Word each of them once, in order."
    )]
    ItemCount {
        /// The instrument.
        name: String,
        /// How many it has.
        wanted: usize,
        /// How many the pack has.
        given: usize,
    },
    /// Another number of answers than the item permits.
    #[error(
        "item {item} permits {wanted} answers and the pack words {given}. Word each once, in order, or none."
    )]
    OptionCount {
        /// The item, from 1 in the order of the pack.
        item: usize,
        /// How many it permits.
        wanted: usize,
        /// How many the pack has.
        given: usize,
    },
    /// The digest is not that of the file.
    #[error(
        "the digest does not fit the rest of the file, which gives {0}. Ask for the file again; write this digest only if you made the file."
    )]
    Digest(String),
}
