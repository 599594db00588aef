//! Which facts a ruleset may declare.

use rust_decimal::Decimal;

use super::declaration::Domain;
use crate::fact::{DERIVED, FactKind, derived};
use crate::question::{Catalogue, Condition, Question, QuestionKind};

/// Which facts a ruleset may declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vocabulary {
    /// The questions of the catalogue and the facts that are worked out from them.
    Shipped,
    /// Whatever the file declares, for measuring and trying the engine itself.
    Own,
}

/// What is known of a fact outside the ruleset.
pub(super) struct Known {
    pub(super) domain: Domain,
    pub(super) unit: Option<String>,
    pub(super) sign: bool,
    pub(super) may_not_arise: bool,
    pub(super) gate: Option<&'static Condition>,
}

impl Vocabulary {
    /// What is known of a fact of this name; none when there is no such fact.
    pub(super) fn known(self, id: &str) -> Option<Known> {
        if self == Self::Own {
            return None;
        }
        worked_out(id).or_else(|| Catalogue::shipped().question(id).and_then(asked))
    }

    /// Every name it knows.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        let asked = Catalogue::shipped()
            .questions()
            .map(|question| question.id.as_str());
        let all = asked.chain(DERIVED.iter().map(|fact| fact.id));
        all.filter(move |_| self == Self::Shipped)
    }
}

fn worked_out(id: &str) -> Option<Known> {
    let fact = derived(id)?;
    let domain = match fact.kind {
        FactKind::YesNo => Domain::YesNo,
        FactKind::Choice => Domain::Choice(fact.options.iter().map(|&it| it.to_owned()).collect()),
        FactKind::Number => Domain::Number {
            from: Some(Decimal::ZERO),
            to: fact.to.map(Decimal::from),
            whole: fact.whole,
        },
    };
    Some(Known {
        domain,
        unit: None,
        sign: false,
        may_not_arise: fact.may_not_arise,
        gate: None,
    })
}

fn asked(question: &'static Question) -> Option<Known> {
    let whole = |from: i64, to: i64| Domain::Number {
        from: Some(from.into()),
        to: Some(to.into()),
        whole: true,
    };
    let mut unit = None;
    let domain = match &question.kind {
        QuestionKind::Feature | QuestionKind::YesNo => Domain::YesNo,
        QuestionKind::Choice { options } => {
            Domain::Choice(options.iter().map(|it| it.value.clone()).collect())
        }
        QuestionKind::Rating { .. } => whole(0, 10),
        QuestionKind::Number {
            min,
            max,
            unit: shown,
            ..
        } => {
            unit = Some(shown.clone()).filter(|it| !it.is_empty());
            whole(*min, *max)
        }
        QuestionKind::InstrumentItem { options, .. } => {
            let values = || options.iter().filter_map(|it| it.value.parse::<i64>().ok());
            whole(values().min()?, values().max()?)
        }
        _ => return None,
    };
    Some(Known {
        domain,
        unit,
        sign: question.kind == QuestionKind::Feature,
        may_not_arise: question.show_when.is_some(),
        gate: question.show_when.as_ref(),
    })
}
