//! A ruleset as it is used.

use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::declaration::{Claim, Constraint, FactDeclaration};
use super::effect::{Disposition, PainType, Strand, Urgency};
use super::error::RulesetError;
use super::expression::Expression;
use super::vocabulary::Vocabulary;
use crate::engine::Program;
use crate::mark::Mark;
use crate::shipped;

/// Whether a service uses a ruleset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Not adopted by anybody.
    Draft,
    /// Adopted by two named people.
    Adopted,
    /// No longer to be used.
    Withdrawn,
}

/// What a rule does with facts in conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConflictPolicy {
    /// It fires, because firing is the safer reading.
    #[default]
    Fires,
    /// It waits until a clinician has settled the conflict.
    Waits,
}

/// What follows when a rule fires.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Effects {
    /// At least this urgent.
    pub urgency: Option<Urgency>,
    /// The lead disposition, unless an earlier rule gives one.
    pub lead: Option<Disposition>,
    /// Dispositions beside the lead.
    pub also: Vec<Disposition>,
    /// Kinds of care.
    pub strands: Vec<Strand>,
    /// A kind of pain.
    pub pain_type: Option<PainType>,
    /// A medicines flag, named by the rule.
    pub medicine_flag: bool,
    /// A prompt to the clinician, named by the rule.
    pub prompt: bool,
    /// That a second opinion is suggested.
    pub second_opinion: bool,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// A fixed name.
    pub id: String,
    /// The group of warning signs it belongs to.
    pub warning: Option<String>,
    /// What it asks; nothing, for the default.
    pub when: Expression,
    /// Whether it is the default.
    pub default: bool,
    /// What follows.
    pub then: Effects,
    /// What it does with facts in conflict.
    pub in_conflict: ConflictPolicy,
    /// Why, in words a patient could hear.
    pub words: String,
    /// Where it comes from.
    pub citation: String,
    /// The confidence in it.
    pub mark: Mark,
    /// Who answers for it.
    pub owner: String,
    /// When it is looked at again.
    pub review: Date,
}

/// A versioned set of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruleset {
    /// A fixed name.
    pub id: String,
    /// The version.
    pub version: String,
    /// Whether a service uses it.
    pub status: Status,
    /// What it is for.
    pub title: String,
    /// The facts it may ask about.
    pub facts: Vec<FactDeclaration>,
    /// What cannot be.
    pub constraints: Vec<Constraint>,
    /// The rules, first precedence first.
    pub rules: Vec<Arc<Rule>>,
    /// What the proof has to show of the rules.
    pub claims: Vec<Claim>,
    /// The digest of the file's text, which says which content this is.
    pub digest: [u8; 32],
    pub(super) program: Program,
}

const SHIPPED_TEXT: &str = include_str!("../../../../../assets/rulesets/uk-community-pain.toml");

static SHIPPED: LazyLock<Ruleset> =
    LazyLock::new(|| shipped::parsed("uk-community-pain.toml", Ruleset::parse(SHIPPED_TEXT)));

impl Ruleset {
    /// The file of the ruleset that comes with Felloe, to the byte: that is what a service adopts.
    pub fn shipped_text() -> &'static str {
        SHIPPED_TEXT
    }

    /// The ruleset that comes with Felloe. It is a draft until a service adopts it.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads and checks a ruleset.
    pub fn parse(text: &str) -> Result<Self, RulesetError> {
        Self::parse_over(text, Vocabulary::Shipped)
    }

    /// Reads and checks a ruleset over other facts than those of an assessment.
    pub fn parse_over(text: &str, vocabulary: Vocabulary) -> Result<Self, RulesetError> {
        super::read::read(text, vocabulary)
    }

    /// The ruleset compiled.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The rule of this id.
    pub fn rule(&self, id: &str) -> Option<&Arc<Rule>> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}
