//! The shape of a ruleset's file, before it is checked.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
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
    pub(super) facts: BTreeMap<Spanned<String>, Spanned<RawFact>>,
    #[serde(default, rename = "constraint")]
    pub(super) constraints: Vec<RawConstraint>,
    #[serde(rename = "rule")]
    pub(super) rules: Vec<RawRule>,
    #[serde(default, rename = "claim")]
    pub(super) claims: Vec<RawClaim>,
}

/// A fact: only its type, or a table with more.
pub(super) struct RawFact {
    pub(super) kind: RawKind,
    pub(super) more: RawDomain,
}

/// What a table says of a fact beside its type.
#[derive(Default)]
pub(super) struct RawDomain {
    pub(super) of: Option<Vec<Spanned<String>>>,
    pub(super) unit: Option<String>,
    pub(super) from: Option<Spanned<toml::Value>>,
    pub(super) to: Option<Spanned<toml::Value>>,
    pub(super) whole: Option<Spanned<bool>>,
    pub(super) fixed: bool,
}

/// The same with its type; flattening would lose the places.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTable {
    #[serde(rename = "type")]
    kind: RawKind,
    of: Option<Vec<Spanned<String>>>,
    unit: Option<String>,
    from: Option<Spanned<toml::Value>>,
    to: Option<Spanned<toml::Value>>,
    whole: Option<Spanned<bool>>,
    #[serde(default)]
    fixed: bool,
}

impl<'de> Deserialize<'de> for RawFact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = RawFact;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a type, or a table with a type")
            }

            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<RawFact, E> {
                Ok(RawFact {
                    kind: RawKind::deserialize(StrDeserializer::new(word))?,
                    more: RawDomain::default(),
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawFact, A::Error> {
                let table = RawTable::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawFact {
                    kind: table.kind,
                    more: RawDomain {
                        of: table.of,
                        unit: table.unit,
                        from: table.from,
                        to: table.to,
                        whole: table.whole,
                        fixed: table.fixed,
                    },
                })
            }
        }

        deserializer.deserialize_any(Either)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawConstraint {
    pub(super) id: Spanned<String>,
    pub(super) never: Option<RawWhen>,
    pub(super) not_less: Option<[Spanned<String>; 2]>,
    pub(super) words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClaim {
    pub(super) id: Spanned<String>,
    pub(super) never: RawWhen,
    pub(super) words: String,
    pub(super) citation: String,
    pub(super) mark: Mark,
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
    pub(super) urgency: Option<Spanned<Urgency>>,
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
    #[serde(default)]
    pub(super) second_opinion: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawWhen {
    pub(super) all: Option<Spanned<Vec<RawWhen>>>,
    pub(super) any: Option<Spanned<Vec<RawWhen>>>,
    pub(super) none: Option<Spanned<Vec<RawWhen>>>,
    pub(super) fact: Option<Spanned<String>>,
    pub(super) is: Option<Spanned<toml::Value>>,
    #[serde(rename = "in")]
    pub(super) one_of: Option<Vec<Spanned<toml::Value>>>,
    pub(super) at_least: Option<Spanned<toml::Value>>,
    pub(super) above: Option<Spanned<toml::Value>>,
    pub(super) at_most: Option<Spanned<toml::Value>>,
    pub(super) below: Option<Spanned<toml::Value>>,
    pub(super) arises: Option<bool>,
    pub(super) fires: Option<Spanned<String>>,
    pub(super) lead: Option<Spanned<Disposition>>,
    pub(super) disposition: Option<Spanned<Disposition>>,
    pub(super) urgency: Option<Spanned<Urgency>>,
    pub(super) less_urgent_than: Option<Spanned<Urgency>>,
}
