//! A case that shows a fault, written as a vignette.

use std::fmt;

use serde::Serialize;

use super::problem::Case;
use super::prover::Prover;
use crate::fact::{FactId, FactValue, Known};
use crate::ruleset::{Disposition, Urgency};

/// A case that shows a fault: what is found in it, and what would have to come of it.
///
/// It displays as a vignette in TOML, which fails when it is run as long as the fault is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counterexample {
    /// A name made from what it shows.
    pub id: String,
    /// What it shows, in one sentence.
    pub words: String,
    /// Why this was expected.
    pub reason: String,
    /// What differs from the case in which nothing is found.
    pub facts: Vec<(FactId, Known)>,
    /// What would have to come of it.
    pub expect: Expectation,
}

/// What would have to come of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Expectation {
    /// The urgency.
    pub urgency: Option<Urgency>,
    /// The lead.
    pub lead: Option<Disposition>,
    /// Rules that would have to fire.
    pub fired: Vec<String>,
    /// Rules that would have to be still.
    pub not_fired: Vec<String>,
}

impl Counterexample {
    pub(super) fn of(prover: &Prover<'_>, id: impl Into<String>, cells: &[u8]) -> Self {
        let program = prover.ruleset.program();
        let told = prover.quiet.differences(prover.ruleset, cells).into_iter();
        Self {
            id: id.into(),
            words: String::new(),
            reason: String::new(),
            facts: told
                .map(|(fact, known)| (program.facts[fact].id.clone(), known))
                .collect(),
            expect: Expectation::default(),
        }
    }

    pub(super) fn of_case(prover: &Prover<'_>, id: impl Into<String>, case: &Case) -> Self {
        Self::of(prover, id, &case.cells)
    }

    /// What it shows and why, in a sentence each.
    #[must_use]
    pub(super) fn that(mut self, words: impl Into<String>, reason: impl Into<String>) -> Self {
        self.words = words.into();
        self.reason = reason.into();
        self
    }

    #[must_use]
    pub(super) fn expecting(mut self, expect: Expectation) -> Self {
        self.expect = expect;
        self
    }
}

impl fmt::Display for Counterexample {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "[[vignette]]")?;
        writeln!(formatter, "id = {}", quoted(&self.id))?;
        writeln!(formatter, "words = {}", quoted(&self.words))?;
        writeln!(formatter, "reason = {}", quoted(&self.reason))?;
        let facts = self.facts.iter();
        let facts: Vec<String> = facts
            .map(|(id, known)| format!("{id} = {}", written(known)))
            .collect();
        if !facts.is_empty() {
            writeln!(formatter, "facts = {{ {} }}", facts.join(", "))?;
        }
        match self.expect.written() {
            expected if expected.is_empty() => write!(formatter, "expect = {{}}"),
            expected => write!(formatter, "expect = {{ {} }}", expected.join(", ")),
        }
    }
}

impl Expectation {
    fn written(&self) -> Vec<String> {
        let urgency = self.urgency.map(|it| format!("urgency = {}", named(&it)));
        let lead = self.lead.map(|it| format!("lead = {}", named(&it)));
        let rules = |what: &str, rules: &[String]| {
            let rules: Vec<String> = rules.iter().map(|it| quoted(it)).collect();
            (!rules.is_empty()).then(|| format!("{what} = [{}]", rules.join(", ")))
        };
        let fired = rules("fired", &self.fired);
        let not_fired = rules("not-fired", &self.not_fired);
        let all = [urgency, lead, fired, not_fired];
        all.into_iter().flatten().collect()
    }
}

/// A name as a ruleset and a vignette write it.
pub(super) fn named(value: &impl Serialize) -> String {
    toml::Value::try_from(value).map_or_else(|_| String::new(), |it| it.to_string())
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// What is known of a fact, as a vignette sets it.
fn written(known: &Known) -> String {
    let value = |value: &FactValue| match value {
        FactValue::Bool(yes) => yes.to_string(),
        FactValue::Number(number) => number.normalize().to_string(),
        FactValue::Choice(choice) => quoted(choice),
    };
    let limit = |name: &str, limit: Option<rust_decimal::Decimal>| {
        limit.map(|it| format!("{name} = {}", it.normalize()))
    };
    match known {
        Known::Open(state) => named(state),
        Known::Is(known) => value(known),
        Known::Conflict(values) => {
            let values: Vec<String> = values.iter().map(value).collect();
            format!("[{}]", values.join(", "))
        }
        Known::Between { lowest, highest } => {
            let limits = [limit("from", *lowest), limit("to", *highest)];
            let limits: Vec<String> = limits.into_iter().flatten().collect();
            format!("{{ {} }}", limits.join(", "))
        }
        Known::NotApplicable => quoted("does-not-arise"),
    }
}
