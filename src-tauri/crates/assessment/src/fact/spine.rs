//! The criteria of an inflamed spine.

use super::derive::highest;
use super::gather::{Fact, Facts};
use super::known::Known;
use crate::answer::Unanswered;

/// The eight criteria that are asked; the ninth, onset before 35, comes from the age at onset.
const SPINE_CRITERIA: [&str; 8] = [
    "spine-wakes",
    "spine-buttock",
    "spine-movement",
    "spine-nsaid",
    "spine-family",
    "spine-arthritis",
    "spine-enthesitis",
    "spine-psoriasis",
];

/// How many of the nine criteria of an inflamed spine hold (NG65).
pub(super) fn spine_criteria(facts: &Facts) -> Fact {
    if facts.known("inflam-back-pain").is_no() {
        return Fact::settled(Known::NotApplicable);
    }
    let (mut lowest, mut highest_count, mut ask) = (0_i64, 0_i64, Vec::new());
    for id in SPINE_CRITERIA {
        let known = facts.known(id);
        lowest += i64::from(known.is_yes());
        highest_count += i64::from(!known.is_no());
        if known.is_open() {
            ask.push(id.to_owned());
        }
    }
    // Onset before 35 is a criterion by itself (NG65, mark M).
    match highest(facts.known("spine-onset-age")) {
        Some(age) if age < 35 => {
            lowest += 1;
            highest_count += 1;
        }
        Some(_) => {}
        None => {
            highest_count += 1;
            ask.push("spine-onset-age".to_owned());
        }
    }
    if facts.known("inflam-back-pain").is_open() {
        // It may yet not arise, so no count between limits can be promised.
        ask.insert(0, "inflam-back-pain".to_owned());
        return Fact {
            known: Known::Open(Unanswered::NotAsked),
            ask,
        };
    }
    Fact {
        known: Known::between(lowest.into(), highest_count.into()),
        ask,
    }
}
