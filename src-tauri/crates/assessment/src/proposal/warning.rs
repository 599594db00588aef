//! Warning signs: which are present, which were asked, which stay listed.

use std::sync::LazyLock;

use serde::Serialize;

use super::case::Case;
use super::part::{Missing, Part, Reason};
use crate::fact::{Facts, Known};
use crate::question::{Catalogue, Group, Question, QuestionKind};
use crate::ruleset::{Rule, Truth};

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
    pub group: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// How many arise for this person.
    pub of: usize,
    /// How many were answered present or absent.
    pub asked: usize,
    /// How many are present.
    pub present: usize,
}

impl GroupCount {
    /// The count in words, such as "all 6 asked, none present".
    pub fn words(&self) -> String {
        words(self.of, self.asked, self.present)
    }
}

/// A warning sign that was present and is now answered otherwise, or too old to count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandingSign {
    /// The question.
    pub question: String,
    /// Its words.
    pub text: String,
}

/// The warning signs of the catalogue, each with the place of its group.
static FEATURES: LazyLock<Vec<(&Question, usize)>> = LazyLock::new(|| {
    let catalogue = Catalogue::shipped();
    let place = |id: &str| catalogue.warning_groups().position(|group| group.id == id);
    let features = catalogue
        .questions()
        .filter(|it| it.kind == QuestionKind::Feature);
    features
        .filter_map(|question| Some((question, place(question.group.as_deref()?)?)))
        .collect()
});

/// The warning signs of one case, looked up once.
pub(super) struct Signs<'a> {
    facts: &'a Facts,
    all: Vec<(&'static Question, usize, &'a Known)>,
}

impl<'a> Signs<'a> {
    pub(super) fn of(facts: &'a Facts) -> Self {
        let known = |(question, group): &(&'static Question, usize)| {
            (*question, *group, facts.known(&question.id))
        };
        Self {
            facts,
            all: FEATURES.iter().map(known).collect(),
        }
    }

    /// The part on warning signs: those present, and those that may yet be.
    pub(super) fn part(&self, case: &Case<'_>, open: &[Missing]) -> Part<WarningSign> {
        let mut made = Part {
            settled: true,
            exact: true,
            possible: Vec::new(),
            certain: Vec::new(),
            in_conflict: false,
            because: Vec::new(),
            against: Vec::new(),
            missing: open.to_vec(),
        };
        for (question, _, known) in &self.all {
            let sign = |in_conflict| WarningSign {
                question: question.id.clone(),
                text: question.text.clone(),
                group: question.group.clone().unwrap_or_default(),
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
            .filter(|(rule, truth)| is_found(rule, *truth))
            .map(|(rule, _)| Reason::of(rule))
            .collect();
        made
    }

    /// The warning signs without an answer.
    pub(super) fn open(&self) -> Vec<Missing> {
        let open = self.all.iter().filter(|(_, _, known)| known.is_open());
        let waiting = open.filter_map(|(question, _, _)| self.facts.get(&question.id));
        Missing::behind(waiting, self.facts)
    }

    /// The counts of each group.
    pub(super) fn counts(&self) -> Vec<GroupCount> {
        let none = |group: &'static Group| GroupCount {
            group: &group.id,
            title: &group.title,
            of: 0,
            asked: 0,
            present: 0,
        };
        let groups = Catalogue::shipped().warning_groups();
        let mut counts: Vec<GroupCount> = groups.map(none).collect();
        for (_, group, known) in &self.all {
            if let (Some(count), false) = (counts.get_mut(*group), **known == Known::NotApplicable)
            {
                count.of += 1;
                count.asked += usize::from(!known.is_open());
                count.present += usize::from(known.is_yes());
            }
        }
        counts
    }
}

/// Whether a rule speaks of a warning sign and holds, or holds for one of two values in conflict.
pub(super) fn is_found(rule: &Rule, truth: Truth) -> bool {
    rule.warning.is_some() && truth >= Truth::InConflict
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
