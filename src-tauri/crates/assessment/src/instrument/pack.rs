//! The wording of an instrument, brought by a service that holds a licence for it.
//!
//! The format is described in `docs/instrument-packs.md`. A pack is read whole or not at all: each
//! refusal names the place and the reason, and never repeats the wording.

use std::ops::Range;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::form::{Instrument, Item, Wording};
use crate::nearest::nearest;

/// The one format there is.
const FORMAT: &str = "felloe-instrument-pack-1";
/// The longest file, in bytes: hundreds of times the longest questionnaire.
const LONGEST_FILE: usize = 262_144;
/// The longest single text, in characters.
const LONGEST_TEXT: usize = 2_000;

/// The wording of one instrument in one language, and the licence it is held under.
#[derive(Clone, PartialEq, Eq)]
pub struct Pack {
    /// The instrument it words.
    pub instrument: String,
    /// The version of the form, as its holder names it.
    pub version: String,
    /// The language, such as `en-GB`.
    pub language: String,
    /// Who gives the licence.
    pub licence_holder: String,
    /// What the licence is filed under.
    pub licence_reference: String,
    /// The organisation that holds the licence.
    pub held_by: String,
    /// The last day the wording may be used.
    pub valid_until: Date,
    /// The line that must stand on every copy.
    pub attribution: String,
    /// The words before the items; may be empty.
    pub stem: String,
    /// One for each item on the form, in order.
    pub items: Vec<PackItem>,
    /// The file's digest; see [`pack_digest`].
    pub digest: String,
}

/// The words of one item.
#[derive(Clone, PartialEq, Eq)]
pub struct PackItem {
    /// The item.
    pub text: String,
    /// Its answers in the order of their values; empty when they stay numbers.
    pub options: Vec<String>,
}

/// Which pack, and nothing of the wording: that is not ours to put in a log.
impl std::fmt::Debug for Pack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pack({} {})", self.instrument, self.digest)
    }
}

/// The number of the item's answers only.
impl std::fmt::Debug for PackItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PackItem({} options)", self.options.len())
    }
}

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Raw {
    format: Spanned<String>,
    instrument: Spanned<String>,
    version: Spanned<String>,
    language: Spanned<String>,
    licence_holder: Spanned<String>,
    licence_reference: Spanned<String>,
    held_by: Spanned<String>,
    valid_until: Spanned<String>,
    attribution: Spanned<String>,
    #[serde(default)]
    stem: Option<Spanned<String>>,
    digest: Spanned<String>,
    #[serde(default, rename = "item")]
    items: Vec<Spanned<RawItem>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    text: Spanned<String>,
    #[serde(default)]
    options: Vec<Spanned<String>>,
}

/// The digest of a pack's file: BLAKE3 over its text without the first line that gives the digest,
/// lines ended by a single line feed, in hexadecimal. It shows damage, not who made the file.
pub fn pack_digest(text: &str) -> String {
    let gives_it = |line: &str| {
        line.trim_start()
            .strip_prefix("digest")
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let mut hasher = blake3::Hasher::new();
    let mut left_out = false;
    for line in text.lines() {
        if !left_out && gives_it(line) {
            left_out = true;
            continue;
        }
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    }
    hasher.finalize().to_hex().to_string()
}

impl Pack {
    /// Reads a pack for one of `instruments`.
    pub fn read(text: &str, instruments: &[Instrument]) -> Result<Self, PackError> {
        let at = |span: Range<usize>, fault| place(text, span.start, fault);
        if text.len() > LONGEST_FILE {
            return Err(at(0..0, PackFault::TooLarge));
        }
        let raw: Raw = toml::from_str(text).map_err(|error| {
            // Only the message: the rest of it quotes the file.
            let said = error.message().trim_end_matches('.').to_owned();
            at(error.span().unwrap_or(0..0), PackFault::Shape(said))
        })?;
        if raw.format.get_ref() != FORMAT {
            return Err(at(raw.format.span(), PackFault::Format));
        }
        let form = licensed(&raw.instrument, instruments)
            .map_err(|fault| at(raw.instrument.span(), fault))?;
        let said = |spanned: &Spanned<String>, name| {
            checked(spanned.get_ref(), name).map_err(|fault| at(spanned.span(), fault))
        };
        let valid_until = raw.valid_until.get_ref().parse();
        let pack = Self {
            instrument: form.id.clone(),
            version: said(&raw.version, "version")?,
            language: said(&raw.language, "language")?,
            licence_holder: said(&raw.licence_holder, "licence-holder")?,
            licence_reference: said(&raw.licence_reference, "licence-reference")?,
            held_by: said(&raw.held_by, "held-by")?,
            valid_until: valid_until.map_err(|_| at(raw.valid_until.span(), PackFault::Date))?,
            attribution: said(&raw.attribution, "attribution")?,
            stem: match &raw.stem {
                Some(stem) => said(stem, "stem")?,
                None => String::new(),
            },
            items: items(&raw.items, form).map_err(|(span, fault)| at(span, fault))?,
            digest: pack_digest(text),
        };
        if *raw.digest.get_ref() != pack.digest {
            return Err(at(raw.digest.span(), PackFault::Digest(pack.digest)));
        }
        Ok(pack)
    }

    /// Whether its wording may be used on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        day <= self.valid_until
    }

    /// The words for an item of the form, by the item's position among all items.
    pub fn item(&self, form: &Instrument, position: usize) -> Option<&PackItem> {
        let nth = form.items_on_form().position(|(at, _)| at == position)?;
        self.items.get(nth)
    }
}

fn licensed<'a>(
    id: &Spanned<String>,
    instruments: &'a [Instrument],
) -> Result<&'a Instrument, PackFault> {
    let takes = |form: &&Instrument| form.wording == Wording::Licensed;
    match instruments.iter().find(|form| form.id == *id.get_ref()) {
        Some(form) if takes(&form) => Ok(form),
        Some(form) => Err(PackFault::NotLicensed(form.name.clone())),
        None => {
            let known = instruments.iter().filter(takes);
            let near = nearest(id.get_ref(), known.map(|form| form.id.as_str()));
            Err(PackFault::UnknownInstrument {
                nearest: near.map(str::to_owned),
            })
        }
    }
}

type At = (Range<usize>, PackFault);

fn items(raw: &[Spanned<RawItem>], form: &Instrument) -> Result<Vec<PackItem>, At> {
    let wanted = form.items_on_form().count();
    if raw.len() != wanted {
        let last = raw.last().map_or(0..0, Spanned::span);
        let fault = PackFault::ItemCount {
            name: form.name.clone(),
            wanted,
            given: raw.len(),
        };
        return Err((last, fault));
    }
    raw.iter()
        .zip(form.items_on_form())
        .enumerate()
        .map(|(nth, (raw, (_, item)))| one_item(nth + 1, raw, form, item))
        .collect()
}

fn one_item(
    number: usize,
    raw: &Spanned<RawItem>,
    form: &Instrument,
    item: &Item,
) -> Result<PackItem, At> {
    let said = |spanned: &Spanned<String>, name| {
        checked(spanned.get_ref(), name).map_err(|fault| (spanned.span(), fault))
    };
    let options = &raw.get_ref().options;
    let wanted = form.options_of(item).len();
    if !options.is_empty() && options.len() != wanted {
        let fault = PackFault::OptionCount {
            item: number,
            wanted,
            given: options.len(),
        };
        return Err((raw.span(), fault));
    }
    Ok(PackItem {
        text: said(&raw.get_ref().text, "text")?,
        options: options
            .iter()
            .map(|option| said(option, "options"))
            .collect::<Result<_, _>>()?,
    })
}

fn checked(text: &str, name: &'static str) -> Result<String, PackFault> {
    let text = text.trim();
    if text.is_empty() {
        Err(PackFault::Empty(name))
    } else if text.chars().count() > LONGEST_TEXT || text.chars().any(is_unshowable) {
        Err(PackFault::Unreadable(name))
    } else {
        Ok(text.to_owned())
    }
}

/// Control signs, and those that turn the direction of writing and so can hide what is said.
fn is_unshowable(sign: char) -> bool {
    (sign.is_control() && sign != '\n')
        || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn place(text: &str, byte: usize, fault: PackFault) -> PackError {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    PackError {
        line: before.matches('\n').count() + 1,
        column: line.chars().count() + 1,
        fault,
    }
}
