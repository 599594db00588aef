//! The questions that a proof asks.

use serde::Serialize;

use crate::ruleset::Expression;

/// "Is there an assessment, allowed by the constraints, in which all of this is so?"
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Of each of these groups of rules, at least one fires. Rules are named by their place.
    pub some: Vec<Vec<usize>>,
    /// None of these rules fires.
    pub none: Vec<usize>,
    /// These conditions hold.
    pub facts: Vec<Expression>,
    /// There is another assessment beside it, in which this is so.
    pub beside: Option<Beside>,
}

/// What is so in another assessment, which differs from the first in some facts only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Beside {
    /// The facts in which it may differ, by their place. The constraints hold of both.
    ///
    /// The first may be anything. The others follow it: each is the same in both, unless what it
    /// is beside the first assessment is ruled out there by a constraint with shared facts and
    /// those before it in this list.
    pub differs: Vec<usize>,
    /// At least one of these rules fires in it.
    pub some: Vec<usize>,
    /// These conditions hold in it.
    pub facts: Vec<Expression>,
}

/// A question that was asked, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// Whether there is such an assessment; none when the search was given up.
    pub possible: Option<bool>,
}

impl Question {
    /// That this rule fires.
    pub fn fires(rule: usize) -> Self {
        Self {
            some: vec![vec![rule]],
            ..Self::default()
        }
    }

    /// And that none of these rules does.
    #[must_use]
    pub fn without(mut self, none: impl IntoIterator<Item = usize>) -> Self {
        self.none.extend(none);
        self
    }
}
