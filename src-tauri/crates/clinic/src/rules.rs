//! Which rules are in force, and what may be said of them.

use assessment::ruleset::Ruleset;
use record::entry::Entry;

use crate::rulebook::{hex, short};

/// The standing of the rules in this service.
pub(crate) struct Standing {
    /// `Rules uk-community-pain 2026.1 DRAFT`.
    pub(crate) words: String,
    /// A live service without an adopted ruleset: checklists, scores and OME only.
    pub(crate) off: bool,
}

/// Said wherever proposals would stand while they are off.
pub(crate) const OFF: &str = "Proposals are off: no ruleset has been adopted by this service. Checklists, scores and the opioid total work as usual.";

/// The shipped ruleset is a draft. Only the demo clinic shows what it proposes; adoption by two
/// people is what turns it on in a live service, and is not part of this version.
pub(crate) fn standing(demo: bool) -> Standing {
    let rules = Ruleset::shipped();
    Standing {
        words: format!("Rules {} {} DRAFT", rules.id, rules.version),
        off: !demo,
    }
}

/// Which rules something was signed under: as the body says them, and to the digest that the
/// signature covers.
pub(crate) fn signed_under(words: &str, entry: &Entry) -> String {
    let basis = entry.signed.as_ref().map(|signed| &signed.basis);
    match basis.and_then(|basis| basis.ruleset) {
        Some(digest) => format!("{words}, digest {}", short(&hex(&digest))),
        None => words.to_owned(),
    }
}

/// The digest of the rules, as a signature names it.
pub(crate) fn digest() -> [u8; 32] {
    Ruleset::shipped().digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safety_08_a_live_service_without_an_adopted_ruleset_proposes_nothing_and_says_so() {
        assert!(standing(false).off);
        assert!(!standing(true).off);
        assert!(standing(true).words.ends_with("DRAFT"));
    }
}
