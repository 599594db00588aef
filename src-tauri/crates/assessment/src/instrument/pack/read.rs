//! Reading a pack's file, whole or not at all.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::fault::{FORMAT, LONGEST_FILE, LONGEST_TEXT, PackError, PackFault};
use super::{Pack, PackItem, pack_digest};
use crate::instrument::form::{Instrument, Item, Wording};
use crate::nearest::nearest;

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
