//! Warning signs: which are present, which were asked, which stay listed.

use serde::Serialize;

use super::case::Case;
use super::part::{Missing, Part, Reason};
use crate::fact::{Facts, Known};
use crate::question::{Catalogue, Question, QuestionKind};
use crate::ruleset::Truth;

/// A warning sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WarningSign {
    /// The question.
    pub question: String,
    /// Its words.
    pub text: String,
    /// Its group.
    pub group: String,
    /// Whether one of two values in conflict says absent.
    pub in_conflict: bool,
}

/// How many warning signs of a group were asked, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupCount {
    /// The group.
    pub group: String,
    /// Its heading.
    pub title: String,
    /// How many arise for this person.
    pub of: usize,
    /// How many were answered present or absent.
    pub asked: usize,
    /// How many are present.
    pub present: usize,
    /// The count in words, such as "all 6 asked, none present".
    pub words: String,
}

/// A warning sign that was present and is now answered otherwise, or too old to count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandingSign {
    /// The question.
    pub question: String,
    /// Its words.
    pub text: String,
}

/// The warning signs of the catalogue, each with its group.
fn features() -> impl Iterator<Item = (&'static Question, &'static str)> {
    Catalogue::shipped().questions().filter_map(|question| {
        let group = question.group.as_deref()?;
        (question.kind == QuestionKind::Feature).then_some((question, group))
    })
}

/// The part on warning signs: those present, and those that may yet be.
pub(super) fn part(facts: &Facts, case: &Case<'_>) -> Part<WarningSign> {
    let mut made = Part {
        settled: true,
        exact: true,
        possible: Vec::new(),
        certain: Vec::new(),
        in_conflict: false,
        because: Vec::new(),
        against: Vec::new(),
        missing: open(facts),
    };
    for (question, group) in features() {
        let known = facts.known(&question.id);
        let sign = |in_conflict| WarningSign {
            question: question.id.clone(),
            text: question.text.clone(),
            group: group.to_owned(),
            in_conflict,
        };
        if known.is_yes() {
            let in_conflict = matches!(known, Known::Conflict(_));
            made.in_conflict |= in_conflict;
            made.certain.push(sign(in_conflict));
            made.possible.push(sign(in_conflict));
        } else if known.is_open() {
            made.settled = false;
            made.possible.push(sign(false));
        }
    }
    let rules = case.rules();
    made.because = rules
        .filter(|(rule, truth)| rule.warning.is_some() && *truth >= Truth::InConflict)
        .map(|(rule, _)| Reason::of(rule))
        .collect();
    made
}

/// The warning signs without an answer.
pub(super) fn open(facts: &Facts) -> Vec<Missing> {
    let waiting = features().filter_map(|(question, _)| facts.get(&question.id));
    Missing::behind(waiting.filter(|fact| fact.known.is_open()), facts)
}

/// The counts of each group.
pub(super) fn counts(facts: &Facts) -> Vec<GroupCount> {
    Catalogue::shipped()
        .warning_groups()
        .map(|group| {
            let known: Vec<&Known> = features()
                .filter(|(_, id)| *id == group.id)
                .map(|(question, _)| facts.known(&question.id))
                .filter(|known| **known != Known::NotApplicable)
                .collect();
            let present = known.iter().filter(|known| known.is_yes()).count();
            let asked = known.iter().filter(|known| !known.is_open()).count();
            GroupCount {
                group: group.id.clone(),
                title: group.title.clone(),
                of: known.len(),
                asked,
                present,
                words: words(known.len(), asked, present),
            }
        })
        .collect()
}

/// The counts of all groups together.
pub(super) fn counted(groups: &[GroupCount]) -> String {
    let sum = |pick: fn(&GroupCount) -> usize| groups.iter().map(pick).sum();
    words(sum(|it| it.of), sum(|it| it.asked), sum(|it| it.present))
}

fn words(of: usize, asked: usize, present: usize) -> String {
    let asked = match (of, asked) {
        (0, _) => return "does not arise".to_owned(),
        (_, 0) => return "not asked".to_owned(),
        (of, asked) if of == asked => format!("all {of} asked"),
        (of, asked) => format!("{asked} of {of} asked"),
    };
    match present {
        0 => format!("{asked}, none present"),
        present => format!("{asked}, {present} present"),
    }
}

/// The warning signs that stay listed until a decision is signed.
pub(super) fn standing(facts: &Facts) -> Vec<StandingSign> {
    facts
        .standing
        .iter()
        .map(|id| StandingSign {
            question: id.clone(),
            text: Missing::of(id, facts).text,
        })
        .collect()
}
