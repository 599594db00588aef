//! Asking questions of a ruleset, one after the other, and counting what it cost.

use super::problem::{Case, Problem};
use super::question::{Asked, Question};
use super::quiet::Quiet;
use crate::engine::{Budget, Found};
use crate::ruleset::Ruleset;

/// The steps of search for one question. The hardest of the shipped ruleset takes some hundreds.
const STEPS: u32 = 100_000;

/// A ruleset about which questions are asked.
pub(super) struct Prover<'r> {
    pub(super) ruleset: &'r Ruleset,
    pub(super) quiet: Quiet,
    pub(super) searches: u32,
    pub(super) steps: u32,
    asked: Option<Vec<Asked>>,
}

/// The answer to a question.
pub(super) enum Answer {
    /// There is no such assessment, and this is proved.
    Never,
    /// There is one: the smallest that was found.
    Possible(Case),
    /// The search was given up.
    NotShown,
}

impl<'r> Prover<'r> {
    pub(super) fn new(ruleset: &'r Ruleset) -> Self {
        Self {
            ruleset,
            quiet: Quiet::of(ruleset),
            searches: 0,
            steps: 0,
            asked: None,
        }
    }

    /// One that keeps the questions.
    pub(super) fn recording(ruleset: &'r Ruleset) -> Self {
        Self {
            asked: Some(Vec::new()),
            ..Self::new(ruleset)
        }
    }

    pub(super) fn asked(self) -> Vec<Asked> {
        self.asked.unwrap_or_default()
    }

    /// Whether there is such an assessment; none when the search was given up.
    pub(super) fn is_possible(&mut self, question: &Question) -> Option<bool> {
        let problem = Problem::of(self.ruleset, question)?;
        match self.search(&problem, question) {
            Found::Witness(_) => Some(true),
            Found::Impossible => Some(false),
            Found::OutOfBudget => None,
        }
    }

    /// The smallest assessment of this kind that can be found, or that there is none.
    pub(super) fn ask(&mut self, question: &Question) -> Answer {
        let Some(problem) = Problem::of(self.ruleset, question) else {
            return Answer::NotShown;
        };
        match self.search(&problem, question) {
            Found::Witness(witness) => Answer::Possible(problem.shrink(&witness, &self.quiet)),
            Found::Impossible => Answer::Never,
            Found::OutOfBudget => Answer::NotShown,
        }
    }

    fn search(&mut self, problem: &Problem<'_>, question: &Question) -> Found {
        let mut budget = Budget::steps(STEPS);
        let found = problem.solve(&mut budget);
        self.searches += 1;
        self.steps += STEPS - budget.left();
        if let Some(asked) = &mut self.asked {
            asked.push(Asked {
                question: question.clone(),
                possible: match found {
                    Found::Witness(_) => Some(true),
                    Found::Impossible => Some(false),
                    Found::OutOfBudget => None,
                },
            });
        }
        found
    }
}
