//! Whether cancer is known of, wherever in the assessment it was said.

use super::gather::{Fact, Facts};
use super::known::Known;
use crate::answer::Unanswered;

/// Cancer now, in the past or thought likely, or pain that comes from it.
///
/// Asked in three places, for three purposes. One that says yes is enough, because a warning
/// sign of the spine then means something else; "no" needs all three.
pub(super) fn cancer_known(facts: &Facts) -> Fact {
    let now = facts.known("cancer-now");
    let said = facts.known("cancer-history").is_yes() || facts.known("pain-cancer").is_yes();
    if said || now.is_choice("past") || now.is_choice("active") {
        return Fact::yes_no(true);
    }
    let no = [
        ("cancer-history", facts.known("cancer-history").is_no()),
        ("cancer-now", now.is_choice("none")),
        ("pain-cancer", facts.known("pain-cancer").is_no()),
    ];
    let ask: Vec<String> = no
        .iter()
        .filter(|(_, no)| !no)
        .map(|(id, _)| (*id).to_owned())
        .collect();
    if ask.is_empty() {
        return Fact::yes_no(false);
    }
    Fact {
        known: Known::Open(Unanswered::NotAsked),
        ask,
    }
}
