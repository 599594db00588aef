//! The shape of a file of vignettes, before it is checked.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::expect::RawExpected;
use crate::answer::Unanswered;
use crate::fact::Origin;
use crate::medicine::Source;

/// Values by name, each with its place.
pub(super) type Named<T> = BTreeMap<Spanned<String>, T>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    #[serde(default)]
    pub(super) theme: String,
    #[serde(default, rename = "base")]
    pub(super) bases: Vec<RawCase>,
    #[serde(default, rename = "vignette")]
    pub(super) vignettes: Vec<RawCase>,
}

/// A base or a vignette. A base expects nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawCase {
    pub(super) id: Spanned<String>,
    #[serde(default)]
    pub(super) words: String,
    #[serde(default)]
    pub(super) reason: String,
    pub(super) base: Option<Spanned<String>>,
    pub(super) age: Option<Spanned<toml::Value>>,
    pub(super) signs: Option<RawSigns>,
    #[serde(default)]
    pub(super) answers: Named<Spanned<toml::Value>>,
    pub(super) medicines: Option<Vec<Spanned<RawMedicine>>>,
    #[serde(default)]
    pub(super) unanswered: Named<Unanswered>,
    #[serde(default)]
    pub(super) days_ago: Named<u16>,
    #[serde(default)]
    pub(super) from: Named<Origin>,
    #[serde(default)]
    pub(super) conflict: Named<Vec<Spanned<toml::Value>>>,
    #[serde(default)]
    pub(super) lists: Named<Vec<Named<Spanned<toml::Value>>>>,
    #[serde(default)]
    pub(super) once_present: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) facts: Named<Spanned<toml::Value>>,
    pub(super) expect: Option<RawExpected>,
}

/// What a base says of all warning signs at once.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawSigns {
    /// A clinician asked every one, and none is present.
    AllAbsent,
    /// Nobody has asked.
    NotAsked,
}

/// A medicine in the words of a regimen, or with what the words cannot say.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum RawMedicine {
    Words(String),
    Known(RawKnown),
    Unknown(RawUnknown),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawKnown {
    pub(super) take: String,
    /// Other versions of the same row, none of which saw the other.
    #[serde(default)]
    pub(super) or: Vec<String>,
    pub(super) source: Option<Source>,
    #[serde(default)]
    pub(super) days_ago: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawUnknown {
    /// A name that is not in the dictionary.
    pub(super) unknown: String,
    /// Whether somebody said that it is an opioid.
    pub(super) opioid: Option<bool>,
}
