//! That every rule and claim says where it comes from and who answers for it.

use jiff::civil::Date;
use serde::Serialize;

use super::obligation::{Kind, Obligation};
use crate::ruleset::Ruleset;

/// A rule whose review is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overdue {
    /// The rule.
    pub rule: String,
    /// Who answers for it.
    pub owner: String,
    /// When it was to be looked at again.
    pub review: Date,
}

/// The rules that were to be looked at again before a day.
pub fn overdue(ruleset: &Ruleset, on: Date) -> Vec<Overdue> {
    let late = ruleset.rules.iter().filter(|rule| rule.review < on);
    late.map(|rule| Overdue {
        rule: rule.id.clone(),
        owner: rule.owner.clone(),
        review: rule.review,
    })
    .collect()
}

/// Words, citation and owner are there.
pub(super) fn obligation(ruleset: &Ruleset) -> Obligation {
    let words = "Every rule and claim has its words and a citation, and every rule an owner.";
    let mut made = Obligation::new(Kind::Sources, words);
    made.of = ruleset.rules.len() + ruleset.claims.len();
    let mut blank = |id: &str, what: &str, text: &str| {
        if text.trim().is_empty() {
            made.fail(id, format!("It has no {what}."), None);
        }
    };
    for rule in &ruleset.rules {
        blank(&rule.id, "words", &rule.words);
        blank(&rule.id, "citation", &rule.citation);
        blank(&rule.id, "owner", &rule.owner);
    }
    for claim in &ruleset.claims {
        blank(&claim.id, "words", &claim.words);
        blank(&claim.id, "citation", &claim.citation);
    }
    for constraint in &ruleset.constraints {
        blank(&constraint.id, "words", &constraint.words);
    }
    made
}
