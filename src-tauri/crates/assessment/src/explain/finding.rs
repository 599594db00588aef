//! Facts and their values in words.

use serde::Serialize;

use super::case::Case;
use crate::engine::{Cell, Span};
use crate::fact::{FactId, FactValue, Known};
use crate::ruleset::FactWords;

/// A fact of a case in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Finding {
    /// The fact. One that is asked has its question's id.
    pub fact: FactId,
    /// What it is called, with what is known of it: `age is 47 years`.
    pub words: String,
    /// Whether people said different things; the words then say which reading counts.
    pub in_conflict: bool,
}

impl Case<'_> {
    /// What a fact of the ruleset is called.
    pub(super) fn called(&self, fact: usize) -> Option<FactWords> {
        self.ruleset.facts.get(fact).map(FactWords::of)
    }

    /// What is known of a fact that is among the reasons for something.
    ///
    /// `cells` is what the rule needs: of values in conflict, it says which one counts.
    pub(super) fn finding(&self, fact: usize, cells: u64) -> Option<Finding> {
        let called = self.called(fact)?;
        let in_conflict = self.state.is_conflict(fact);
        let mut words = called.said(&self.value(fact, &called));
        if in_conflict {
            let reading = self.state.possible(fact) & cells;
            words = format!("{words}; read as {}", self.cells(fact, reading, &called));
        }
        Some(Finding {
            fact: called.id,
            words,
            in_conflict,
        })
    }

    /// What is known of a fact, in words.
    pub(super) fn value(&self, fact: usize, called: &FactWords) -> String {
        match self.facts.known(called.id.as_str()) {
            Known::Open(state) => state.words().to_owned(),
            Known::Is(value) => called.value(value),
            Known::NotApplicable => "does not arise".to_owned(),
            Known::Between { .. } => self.cells(fact, self.state.possible(fact), called),
            Known::Conflict(values) => {
                let values: Vec<String> = values.iter().map(|it| called.value(it)).collect();
                format!("{}, by different answers", values.join(" and "))
            }
        }
    }

    /// Some cells of a fact in words: `present`, `"Low" or "Moderate"`, `more than 120 mg a day`.
    pub(super) fn cells(&self, fact: usize, bits: u64, called: &FactWords) -> String {
        let all = &self.program().facts[fact].cells;
        let chosen = all.iter().enumerate();
        let chosen = chosen.filter(|(at, _)| bits & 1 << at != 0);
        let mut words: Vec<String> = Vec::new();
        let mut run: Option<(usize, Span)> = None;
        for (at, cell) in chosen {
            match (cell, &mut run) {
                (Cell::Number(span), Some((last, joined))) if *last + 1 == at => {
                    *last = at;
                    joined.to = span.to;
                    joined.with_to = span.with_to;
                }
                (Cell::Number(span), _) => {
                    words.extend(run.take().map(|(_, span)| numbers(&span, called)));
                    run = Some((at, *span));
                }
                (Cell::No, _) => words.push(called.value(&FactValue::Bool(false))),
                (Cell::Yes, _) => words.push(called.value(&FactValue::Bool(true))),
                (Cell::Choice(value), _) => {
                    words.push(called.value(&FactValue::Choice(value.clone())));
                }
                (Cell::DoesNotArise, _) => words.push("does not arise".to_owned()),
            }
        }
        words.extend(run.map(|(_, span)| numbers(&span, called)));
        words.join(" or ")
    }
}

/// Numbers with their unit. An end that is the end of the domain is not worth saying.
fn numbers(span: &Span, called: &FactWords) -> String {
    let amount = |number| called.amount(number);
    let (least, most) = called.ends();
    let from = span
        .from
        .filter(|from| Some(*from) != least || !span.with_from);
    let to = span.to.filter(|to| Some(*to) != most || !span.with_to);
    if let (Some(one), Some(other)) = (span.from, span.to)
        && one == other
    {
        return amount(one);
    }
    let one = rust_decimal::Decimal::ONE;
    match (from, to) {
        // Whole numbers have a nearest one, which reads better than "more than 9".
        (Some(from), None) if span.whole && !span.with_from => {
            format!("{} or more", amount(from.floor() + one))
        }
        (None, Some(to)) if span.whole && !span.with_to => {
            format!("{} or less", amount(to.ceil() - one))
        }
        (Some(from), None) if span.with_from => format!("{} or more", amount(from)),
        (Some(from), None) => format!("more than {}", amount(from)),
        (None, Some(to)) if span.with_to => format!("{} or less", amount(to)),
        (None, Some(to)) => format!("less than {}", amount(to)),
        (Some(_), Some(_)) => match called.unit.as_deref() {
            Some(unit) => format!("{span} {unit}"),
            None => span.to_string(),
        },
        (None, None) => "any number".to_owned(),
    }
}
