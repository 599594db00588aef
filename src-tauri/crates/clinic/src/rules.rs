//! Which rules are in force, and what may be said of them.

use assessment::ruleset::Ruleset;
use record::entry::Entry;

use crate::adoption::RulesNow;
use crate::desk::Sitting;
use crate::refusal::Refusal;
use crate::rulebook::{hex, short};
use crate::words;

/// The standing of the rules in this service.
pub(crate) struct Standing {
    /// `Rules uk-community-pain 2026.1 DRAFT`.
    pub(crate) words: String,
    /// Why proposals are off: checklists, scores and OME only.
    pub(crate) off: Option<String>,
    /// Nobody has adopted them.
    pub(crate) draft: bool,
}

/// What works all the same while proposals are off.
const AS_USUAL: &str = "Checklists, scores and the opioid total work as usual.";

/// Only the demo clinic shows what a draft proposes. Anywhere else two people have to adopt a
/// ruleset first, and one withdraws it at once.
pub(crate) fn standing(sitting: &Sitting) -> Result<Standing, Refusal> {
    let known = sitting.in_service()?;
    let demo = sitting.opened.identity.demo;
    Ok(of(&known.rules, &known.in_use.rules, demo))
}

fn of(now: &RulesNow, rules: &Ruleset, demo: bool) -> Standing {
    let draft = !matches!(now, RulesNow::Adopted(_));
    let name = format!("Rules {} {}", rules.id, rules.version);
    Standing {
        words: if draft { format!("{name} DRAFT") } else { name },
        off: off(now, demo).map(|why| format!("Proposals are off: {why}. {AS_USUAL}")),
        draft,
    }
}

fn off(now: &RulesNow, demo: bool) -> Option<String> {
    match now {
        RulesNow::Adopted(_) => None,
        RulesNow::NotAdopted if demo => None,
        RulesNow::NotAdopted => Some("no ruleset has been adopted by this service".into()),
        RulesNow::Withdrawn(withdrawn) => Some(format!(
            "the ruleset {} was withdrawn {}",
            withdrawn.name,
            words::staff_moment(withdrawn.by.claimed)
        )),
        RulesNow::Conflict => Some(
            "two rulesets were adopted by people who did not see each other, and one has to be withdrawn".into(),
        ),
        RulesNow::NotReadable(adopted) => Some(format!(
            "the adopted ruleset {} cannot be read here, so update Felloe",
            adopted.name
        )),
    }
}

/// Which rules something was signed under: as the body says them, and to the digest that the
/// signature covers.
pub(crate) fn signed_under(said: &str, entry: &Entry) -> String {
    match basis(entry) {
        Some(digest) => format!("{said}, digest {}", short(&digest)),
        None => said.to_owned(),
    }
}

/// Why a decision is to be looked at again: the rules it was signed under were withdrawn since.
pub(crate) fn withdrawn_since(sitting: &Sitting, entry: &Entry) -> Result<Option<String>, Refusal> {
    let known = sitting.in_service()?;
    let withdrawn = basis(entry).and_then(|digest| known.withdrawn(&digest).cloned());
    Ok(withdrawn.map(|withdrawn| {
        let when = words::staff_moment(withdrawn.by.claimed);
        let why = withdrawn.reason.trim_end_matches('.');
        format!("The rules it was signed under were withdrawn {when}: {why}. Look at it again.")
    }))
}

/// The digest of the rules that a signature covers.
fn basis(entry: &Entry) -> Option<String> {
    let basis = entry.signed.as_ref().map(|signed| &signed.basis);
    basis
        .and_then(|basis| basis.ruleset)
        .map(|digest| hex(&digest))
}

/// The digest of the rules in use, as a signature names it; none while proposals are off.
pub(crate) fn digest(sitting: &Sitting) -> Result<Option<[u8; 32]>, Refusal> {
    let known = sitting.in_service()?;
    let off = standing(sitting)?.off.is_some();
    Ok((!off).then_some(known.in_use.rules.digest))
}

/// The name of a draft, for what is made outside a service.
pub(crate) fn draft_words() -> String {
    of(&RulesNow::NotAdopted, Ruleset::shipped(), true).words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safety_08_a_live_service_without_an_adopted_ruleset_proposes_nothing_and_says_so() {
        let rules = Ruleset::shipped();
        let live = of(&RulesNow::NotAdopted, rules, false);
        assert!(
            live.off
                .is_some_and(|why| why.starts_with("Proposals are off"))
        );
        let demo = of(&RulesNow::NotAdopted, rules, true);
        assert!(demo.off.is_none() && demo.words.ends_with("DRAFT"));
        for demo in [false, true] {
            assert!(of(&RulesNow::Conflict, rules, demo).off.is_some());
        }
    }
}
