//! What a ruleset says can never be: constraints between facts, and claims about the rules.

use assessment::mark::Mark;
use assessment::ruleset::{PhraseLine, Ruleset};

/// A constraint or a claim.
pub(super) struct NeverRow {
    pub(super) id: String,
    /// What never holds, or never happens together.
    pub(super) never: Vec<PhraseLine>,
    pub(super) words: String,
    /// Where a claim comes from, and how far that was checked.
    pub(super) source: Option<(String, Mark)>,
}

/// Combinations of facts that cannot be.
pub(super) fn constraints(rules: &Ruleset) -> Vec<NeverRow> {
    let rows = rules.constraints.iter().map(|constraint| NeverRow {
        id: constraint.id.clone(),
        never: rules.impossible_in_words(constraint).lines(),
        words: constraint.words.clone(),
        source: None,
    });
    rows.collect()
}

/// Sentences that are proved of the rules.
pub(super) fn claims(rules: &Ruleset) -> Vec<NeverRow> {
    let rows = rules.claims.iter().map(|claim| NeverRow {
        id: claim.id.clone(),
        never: rules.never_in_words(claim).lines(),
        words: claim.words.clone(),
        source: Some((claim.citation.clone(), claim.mark)),
    });
    rows.collect()
}
