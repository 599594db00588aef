//! Where a rule comes from and who answers for it.

use assessment::mark::Mark;
use assessment::ruleset::Rule;

use crate::words;

/// The source of one rule.
pub(super) struct Source {
    pub(super) citation: String,
    pub(super) mark: Mark,
    pub(super) owner: String,
    /// `31-May-2027`.
    pub(super) review: String,
}

impl Source {
    pub(super) fn of(rule: &Rule) -> Self {
        Self {
            citation: rule.citation.clone(),
            mark: rule.mark,
            owner: rule.owner.clone(),
            review: words::staff_date(rule.review),
        }
    }
}
