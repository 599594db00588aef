//! Which rules a view is about. It stands on every one.

use std::sync::Arc;

use assessment::ruleset::Ruleset;

use crate::adoption::RulesNow;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::view::RulesetHead;
use crate::words;

/// How many digits of the digest are shown: enough to tell two files apart by eye.
const DIGITS: usize = 8;

/// The rules this service reads its cases with, and how they stand.
pub(super) fn in_use(desk: &Desk) -> Result<(Arc<Ruleset>, RulesetHead), Refusal> {
    let known = desk.sitting()?.in_service()?;
    let rules = Arc::clone(&known.in_use.rules);
    let mut head = head(&rules);
    match &known.rules {
        RulesNow::Adopted(_) => {
            head.status = "Adopted".into();
            head.draft = false;
        }
        RulesNow::Withdrawn(withdrawn) if withdrawn.digest == head.digest_whole => {
            head.status = "Withdrawn".into();
        }
        _ => {}
    }
    Ok((rules, head))
}

/// Rules that nobody has adopted, whatever their file says of itself.
pub(super) fn head(ruleset: &Ruleset) -> RulesetHead {
    let whole = hex(&ruleset.digest);
    RulesetHead {
        name: format!("{} {}", ruleset.id, ruleset.version),
        title: ruleset.title.clone(),
        status: "DRAFT".into(),
        draft: true,
        digest: short(&whole),
        holds: format!(
            "{} over {}",
            words::count(ruleset.rules.len(), "rule", "rules"),
            words::count(ruleset.facts.len(), "fact", "facts")
        ),
        digest_whole: whole,
    }
}

/// The first digits of a digest, as a person compares them: `3fa9 12bc`.
pub(crate) fn short(whole: &str) -> String {
    let digits: Vec<char> = whole.chars().take(DIGITS).collect();
    let fours = digits.chunks(4).map(|four| four.iter().collect::<String>());
    fours.collect::<Vec<_>>().join(" ")
}

pub(crate) fn hex(digest: &[u8]) -> String {
    digest
        .iter()
        .fold(String::new(), |all, byte| all + &format!("{byte:02x}"))
}
