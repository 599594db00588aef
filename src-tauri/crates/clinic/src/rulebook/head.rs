//! Which rules a view is about. It stands on every one.

use assessment::ruleset::{Ruleset, Status};

use crate::view::RulesetHead;
use crate::words;

/// How many digits of the digest are shown: enough to tell two files apart by eye.
const DIGITS: usize = 8;

pub(super) fn head(ruleset: &Ruleset) -> RulesetHead {
    let whole = hex(&ruleset.digest);
    RulesetHead {
        name: format!("{} {}", ruleset.id, ruleset.version),
        title: ruleset.title.clone(),
        status: match ruleset.status {
            Status::Draft => "DRAFT",
            Status::Adopted => "Adopted",
            Status::Withdrawn => "Withdrawn",
        }
        .into(),
        draft: ruleset.status != Status::Adopted,
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
