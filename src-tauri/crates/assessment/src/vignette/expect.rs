//! What is expected of a vignette. Only what is named is compared.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::raw::Named;
use crate::fact::{FactId, Known};
use crate::proposal::Refusal;
use crate::ruleset::{Disposition, PainType, Strand, Urgency};

/// The lead that is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedLead {
    /// This one, settled.
    Is(Disposition),
    /// None yet.
    NotSettled,
}

/// What is expected. `None` and empty mean that it is not compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// The settled urgency, or not settled.
    pub urgency: Option<Urgency>,
    /// Every urgency still possible.
    pub possible_urgency: Option<Vec<Urgency>>,
    /// The settled lead, or not settled.
    pub lead: Option<ExpectedLead>,
    /// Every lead still possible.
    pub possible_lead: Option<Vec<Disposition>>,
    /// Every certain disposition beside the lead.
    pub also: Option<Vec<Disposition>>,
    /// Every certain strand.
    pub strands: Option<Vec<Strand>>,
    /// Every certain kind of pain.
    pub pain_type: Option<Vec<PainType>>,
    /// Every certain medicines flag, by rule.
    pub flags: Option<Vec<String>>,
    /// Every medicines flag that is certain or possible, by rule.
    pub possible_flags: Option<Vec<String>>,
    /// Every certain prompt, by rule.
    pub prompts: Option<Vec<String>>,
    /// Every warning sign that is present, by question.
    pub signs: Option<Vec<String>>,
    /// Every warning sign without an answer, by question.
    pub open_signs: Option<Vec<String>>,
    /// Warning signs that stay listed although answered otherwise or too old.
    pub standing: Option<Vec<String>>,
    /// Every question or row in conflict.
    pub conflicts: Option<Vec<String>>,
    /// Whether a second opinion is suggested.
    pub second_opinion: Option<bool>,
    /// Checks that the medicine list must give rise to.
    pub medicine_checks: Vec<String>,
    /// Rules that must fire.
    pub fired: Vec<String>,
    /// Rules that must not fire.
    pub not_fired: Vec<String>,
    /// Why nothing is settled for this person.
    pub refused: Option<Refusal>,
    /// Facts as they must be gathered.
    pub facts: BTreeMap<FactId, Known>,
}

impl Expected {
    /// Whether nothing would be compared.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct RawExpected {
    pub(super) urgency: Option<Urgency>,
    pub(super) possible_urgency: Option<Vec<Urgency>>,
    pub(super) lead: Option<RawLead>,
    pub(super) possible_lead: Option<Vec<Disposition>>,
    pub(super) also: Option<Vec<Disposition>>,
    pub(super) strands: Option<Vec<Strand>>,
    pub(super) pain_type: Option<Vec<PainType>>,
    pub(super) flags: Option<Vec<String>>,
    pub(super) possible_flags: Option<Vec<String>>,
    pub(super) prompts: Option<Vec<String>>,
    pub(super) signs: Option<Vec<String>>,
    pub(super) open_signs: Option<Vec<String>>,
    pub(super) standing: Option<Vec<String>>,
    pub(super) conflicts: Option<Vec<String>>,
    pub(super) second_opinion: Option<bool>,
    pub(super) medicine_checks: Vec<String>,
    pub(super) fired: Vec<String>,
    pub(super) not_fired: Vec<String>,
    pub(super) refused: Option<RawRefusal>,
    pub(super) facts: Named<Spanned<toml::Value>>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(untagged)]
pub(super) enum RawLead {
    Is(Disposition),
    Open(NotSettled),
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum NotSettled {
    NotSettled,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawRefusal {
    UnderEighteen,
    AgeNotKnown,
}

impl RawExpected {
    /// What is expected, once its facts are read.
    pub(super) fn with(self, facts: BTreeMap<FactId, Known>) -> Expected {
        Expected {
            urgency: self.urgency,
            possible_urgency: self.possible_urgency,
            lead: self.lead.map(|lead| match lead {
                RawLead::Is(lead) => ExpectedLead::Is(lead),
                RawLead::Open(NotSettled::NotSettled) => ExpectedLead::NotSettled,
            }),
            possible_lead: self.possible_lead,
            also: self.also,
            strands: self.strands,
            pain_type: self.pain_type,
            flags: self.flags,
            possible_flags: self.possible_flags,
            prompts: self.prompts,
            signs: self.signs,
            open_signs: self.open_signs,
            standing: self.standing,
            conflicts: self.conflicts,
            second_opinion: self.second_opinion,
            medicine_checks: self.medicine_checks,
            fired: self.fired,
            not_fired: self.not_fired,
            refused: self.refused.map(|refused| match refused {
                RawRefusal::UnderEighteen => Refusal::UnderEighteen,
                RawRefusal::AgeNotKnown => Refusal::AgeNotKnown,
            }),
            facts,
        }
    }
}
