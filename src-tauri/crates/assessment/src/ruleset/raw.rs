//! The shape of a ruleset's file, before it is checked.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::effect::{Disposition, PainType, Strand, Urgency};
use super::file::{ConflictPolicy, Status};
use crate::mark::Mark;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRuleset {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) status: Status,
    pub(super) title: String,
    pub(super) facts: BTreeMap<Spanned<String>, RawKind>,
    #[serde(rename = "rule")]
    pub(super) rules: Vec<Spanned<RawRule>>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawKind {
    YesNo,
    Number,
    Choice,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawRule {
    pub(super) id: Spanned<String>,
    pub(super) warning: Option<Spanned<String>>,
    pub(super) when: Option<RawWhen>,
    #[serde(default)]
    pub(super) default: bool,
    #[serde(rename = "then")]
    pub(super) effects: RawEffects,
    #[serde(default)]
    pub(super) in_conflict: ConflictPolicy,
    pub(super) words: String,
    pub(super) citation: String,
    pub(super) mark: Mark,
    pub(super) owner: String,
    pub(super) review: Spanned<toml::value::Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawEffects {
    pub(super) urgency: Option<Urgency>,
    pub(super) lead: Option<Disposition>,
    #[serde(default)]
    pub(super) also: Vec<Disposition>,
    #[serde(default)]
    pub(super) strands: Vec<Strand>,
    pub(super) pain_type: Option<PainType>,
    #[serde(default)]
    pub(super) medicine_flag: bool,
    #[serde(default)]
    pub(super) prompt: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawWhen {
    pub(super) all: Option<Vec<RawWhen>>,
    pub(super) any: Option<Vec<RawWhen>>,
    pub(super) none: Option<Vec<RawWhen>>,
    pub(super) fact: Option<Spanned<String>>,
    pub(super) is: Option<Spanned<toml::Value>>,
    #[serde(rename = "in")]
    pub(super) one_of: Option<Vec<Spanned<toml::Value>>>,
    pub(super) at_least: Option<Spanned<toml::Value>>,
    pub(super) above: Option<Spanned<toml::Value>>,
    pub(super) at_most: Option<Spanned<toml::Value>>,
    pub(super) below: Option<Spanned<toml::Value>>,
}
