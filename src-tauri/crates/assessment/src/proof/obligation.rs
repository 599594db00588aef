//! What must hold, whether it does, and where it does not.

use std::collections::BTreeMap;

use serde::Serialize;

use super::counterexample::Counterexample;
use super::prover::Prover;
use crate::mark::Mark;

/// What an obligation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The constraints leave an assessment possible.
    Possible,
    /// Every assessment has an urgency.
    Urgency,
    /// Every assessment has a lead.
    Lead,
    /// No rule is dead.
    NotDead,
    /// No rule is shadowed.
    NotShadowed,
    /// Every rule has an effect.
    Effect,
    /// No two rules contradict each other in urgency.
    NoContradiction,
    /// Warning signs are monotone.
    Monotone,
    /// What was not asked never settles routine.
    NotAsked,
    /// Every warning sign is used.
    SignsUsed,
    /// A claim of the ruleset.
    Claim,
    /// Words, citations and owners are there.
    Sources,
    /// Every rule is exercised by a vignette.
    Exercised,
    /// Every lead is reached by a vignette.
    LeadsReached,
}

/// Whether an obligation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It holds for every assessment.
    Proved,
    /// It does not, and a counterexample shows it.
    Failed,
    /// The search was given up before it was known.
    NotShown,
}

/// One sentence that must hold of a ruleset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Obligation {
    /// What it is about.
    pub kind: Kind,
    /// The sentence.
    pub words: String,
    /// Of how many rules, signs, facts or leads it was asked.
    pub of: usize,
    /// Where it does not hold.
    pub failures: Vec<Failure>,
    /// What the search was given up on, by name.
    pub not_shown: Vec<String>,
    /// What else is worth knowing, in sentences.
    pub remarks: Vec<String>,
    /// How many questions were asked.
    pub searches: u32,
    /// How many steps the searches took.
    pub steps: u32,
}

/// One place where an obligation does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The rule, question, lead or claim.
    pub about: String,
    /// What is wrong, in words.
    pub words: String,
    /// The smallest case that shows it, where a case can.
    pub counterexample: Option<Counterexample>,
}

/// How many rules and claims carry a confidence mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MarkCount {
    /// The mark.
    pub mark: Mark,
    /// How many.
    pub count: usize,
}

/// What was checked of a ruleset, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// How many rules it has.
    pub rules: usize,
    /// How many facts they are about.
    pub facts: usize,
    /// Each obligation.
    pub obligations: Vec<Obligation>,
    /// The confidence marks of rules and claims.
    pub marks: Vec<MarkCount>,
    /// How many questions were asked in all.
    pub searches: u32,
    /// How many steps the searches took in all.
    pub steps: u32,
}

impl Obligation {
    pub(super) fn new(kind: Kind, words: impl Into<String>) -> Self {
        Self {
            kind,
            words: words.into(),
            of: 0,
            failures: Vec::new(),
            not_shown: Vec::new(),
            remarks: Vec::new(),
            searches: 0,
            steps: 0,
        }
    }

    /// Adds what a prover has spent since it had asked so many questions in so many steps.
    pub(super) fn since(mut self, prover: &Prover<'_>, (searches, steps): (u32, u32)) -> Self {
        self.searches = prover.searches - searches;
        self.steps = prover.steps - steps;
        self
    }

    pub(super) fn fail(
        &mut self,
        about: impl Into<String>,
        words: impl Into<String>,
        counterexample: Option<Counterexample>,
    ) {
        self.failures.push(Failure {
            about: about.into(),
            words: words.into(),
            counterexample,
        });
    }

    /// Whether it holds.
    pub fn verdict(&self) -> Verdict {
        if !self.failures.is_empty() {
            Verdict::Failed
        } else if self.not_shown.is_empty() {
            Verdict::Proved
        } else {
            Verdict::NotShown
        }
    }
}

impl Report {
    pub(super) fn of(prover: &Prover<'_>, obligations: Vec<Obligation>) -> Self {
        let ruleset = prover.ruleset;
        let mut marks: BTreeMap<Mark, usize> = BTreeMap::new();
        let of_rules = ruleset.rules.iter().map(|rule| rule.mark);
        for mark in of_rules.chain(ruleset.claims.iter().map(|claim| claim.mark)) {
            *marks.entry(mark).or_default() += 1;
        }
        let marks = marks.into_iter();
        Self {
            ruleset: ruleset.id.clone(),
            version: ruleset.version.clone(),
            rules: ruleset.rules.len(),
            facts: ruleset.facts.len(),
            obligations,
            marks: marks
                .map(|(mark, count)| MarkCount { mark, count })
                .collect(),
            searches: prover.searches,
            steps: prover.steps,
        }
    }

    /// Whether every obligation is proved.
    pub fn passed(&self) -> bool {
        let mut verdicts = self.obligations.iter().map(Obligation::verdict);
        verdicts.all(|verdict| verdict == Verdict::Proved)
    }

    /// Every failure, in the order of the obligations.
    pub fn failures(&self) -> impl Iterator<Item = &Failure> {
        self.obligations.iter().flat_map(|it| &it.failures)
    }
}
