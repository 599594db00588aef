//! Facts about where the pain is.

use super::gather::{Fact, Facts};
use super::input::Inputs;
use super::known::Known;
use super::medicines::current_rows;
use super::row::text;
use crate::answer::Unanswered;
use crate::question::Catalogue;

/// The list of places, and its answer for the low back.
const PLACES: &str = "region";
const LOW_BACK: &str = "low-back";

/// Whether there is pain in the low back: marked on the body map, or said in another answer.
///
/// "No" needs both: places marked of which none is the low back, and no answer that says so.
pub(super) fn low_back_pain(facts: &Facts, inputs: &Inputs) -> Fact {
    let rows = current_rows(inputs, Catalogue::shipped(), PLACES, facts.on);
    let marked = rows
        .iter()
        .flat_map(|(_, versions)| versions)
        .any(|version| text(&version.fields, "region").as_deref() == Some(LOW_BACK));
    let others = ["inflam-back-pain", "facet-pattern"];
    if marked || others.iter().any(|id| facts.known(id).is_yes()) {
        return Fact::yes_no(true);
    }
    let mut ask = Vec::new();
    if rows.is_empty() {
        ask.push(PLACES.to_owned());
    }
    let open = others.iter().filter(|id| !facts.known(id).is_no());
    ask.extend(open.map(|&id| id.to_owned()));
    if ask.is_empty() {
        return Fact::yes_no(false);
    }
    Fact {
        known: Known::Open(Unanswered::NotAsked),
        ask,
    }
}
