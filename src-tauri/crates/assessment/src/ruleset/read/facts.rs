//! Reading the declarations of facts.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;
use toml::Spanned;

use super::condition::decimal;
use crate::fact::FactId;
use crate::nearest::nearest;
use crate::ruleset::declaration::{Domain, FactDeclaration, Gate};
use crate::ruleset::error::RulesetError;
use crate::ruleset::raw::{RawDomain, RawFact, RawKind};
use crate::ruleset::vocabulary::{Known, Vocabulary};

/// The declarations in the order of their names, as the engine needs them.
pub(super) fn declarations(
    text: &str,
    raw: BTreeMap<Spanned<String>, Spanned<RawFact>>,
    vocabulary: Vocabulary,
) -> Result<Vec<FactDeclaration>, RulesetError> {
    let mut made = Vec::with_capacity(raw.len());
    for (name, fact) in raw {
        made.push(declaration(text, name, fact, vocabulary)?);
    }
    made.sort_by(|a, b| a.id.cmp(&b.id));
    let places: BTreeMap<String, usize> = made
        .iter()
        .enumerate()
        .map(|(at, fact)| (fact.id.to_string(), at))
        .collect();
    for fact in &mut made {
        let gate = vocabulary.known(fact.id.as_str()).and_then(|it| it.gate);
        fact.gate = gate.and_then(|condition| {
            Some(Gate {
                fact: *places.get(&condition.question)?,
                one_of: condition.one_of.clone(),
            })
        });
    }
    Ok(made)
}

fn declaration(
    text: &str,
    name: Spanned<String>,
    fact: Spanned<RawFact>,
    vocabulary: Vocabulary,
) -> Result<FactDeclaration, RulesetError> {
    let fault = |span: &Range<usize>, expected: &str| {
        Err(RulesetError::at(text, span.start, expected, None))
    };
    let known = vocabulary.known(name.get_ref());
    if known.is_none() && vocabulary == Vocabulary::Shipped {
        let near = nearest(name.get_ref(), vocabulary.names());
        let expected = format!(
            "expected a question or a worked-out fact, not `{}`",
            name.get_ref()
        );
        return Err(RulesetError::at(text, name.span().start, expected, near));
    }
    let span = fact.span();
    let fact = fact.into_inner();
    let said = said(text, &fact, &span, known.as_ref())?;
    if let Some(known) = &known {
        if known.domain.kind() != said.kind() {
            let kind = match known.domain {
                Domain::YesNo => "yes-no",
                Domain::Choice(_) => "choice",
                Domain::Number { .. } => "number",
            };
            let expected = format!("expected `{kind}`, the type of `{}`", name.get_ref());
            return fault(&span, &expected);
        }
        if !covers(&said, &known.domain) {
            let expected = format!(
                "expected every value that `{}` can have: {}",
                name.get_ref(),
                known.domain.words()
            );
            return fault(&span, &expected);
        }
    }
    let known = known.unwrap_or(Known {
        domain: Domain::YesNo,
        unit: None,
        sign: false,
        may_not_arise: false,
        gate: None,
    });
    Ok(FactDeclaration {
        id: FactId::new(name.into_inner()),
        domain: said,
        unit: fact.more.unit.or(known.unit),
        fixed: fact.more.fixed,
        sign: known.sign,
        may_not_arise: known.may_not_arise,
        gate: None,
    })
}

/// The domain that a declaration says; what it leaves out is as it is known.
fn said(
    text: &str,
    fact: &RawFact,
    span: &Range<usize>,
    known: Option<&Known>,
) -> Result<Domain, RulesetError> {
    let RawDomain {
        of,
        unit,
        from,
        to,
        whole,
        ..
    } = &fact.more;
    let is_number = matches!(fact.kind, RawKind::Number);
    let for_numbers = unit.is_some() || from.is_some() || to.is_some() || whole.is_some();
    if for_numbers && !is_number {
        let expected = "expected `unit`, `from`, `to` and `whole` only of a number";
        return Err(RulesetError::at(text, span.start, expected, None));
    }
    if of.is_some() && !matches!(fact.kind, RawKind::Choice) {
        let expected = "expected `of` only of a choice";
        return Err(RulesetError::at(text, span.start, expected, None));
    }
    match fact.kind {
        RawKind::YesNo => Ok(Domain::YesNo),
        RawKind::Choice => choice(text, of.as_deref(), span, known),
        RawKind::Number => {
            let (known_from, known_to, known_whole) = match known.map(|it| &it.domain) {
                Some(Domain::Number { from, to, whole }) => (*from, *to, *whole),
                _ => (None, None, false),
            };
            let number = |value: &Spanned<toml::Value>| {
                decimal(value.get_ref()).ok_or_else(|| {
                    RulesetError::at(text, value.span().start, "expected a number", None)
                })
            };
            let from: Option<Decimal> = from.as_ref().map(number).transpose()?.or(known_from);
            let to = to.as_ref().map(number).transpose()?.or(known_to);
            if from.zip(to).is_some_and(|(from, to)| from > to) {
                let expected = "expected `from` not above `to`";
                return Err(RulesetError::at(text, span.start, expected, None));
            }
            let whole = whole.as_ref().map_or(known_whole, |it| *it.get_ref());
            Ok(Domain::Number { from, to, whole })
        }
    }
}

fn choice(
    text: &str,
    of: Option<&[Spanned<String>]>,
    span: &Range<usize>,
    known: Option<&Known>,
) -> Result<Domain, RulesetError> {
    let options = match known.map(|it| &it.domain) {
        Some(Domain::Choice(options)) => Some(options),
        _ => None,
    };
    match (of, options) {
        (None, Some(options)) => Ok(Domain::Choice(options.clone())),
        (None, None) => Err(RulesetError::at(
            text,
            span.start,
            "expected `of` with the choices",
            None,
        )),
        (Some(of), options) => {
            for option in of {
                let strange = |options: &&Vec<String>| !options.contains(option.get_ref());
                if let Some(options) = options.filter(strange) {
                    let near = nearest(option.get_ref(), options.iter().map(String::as_str));
                    let words = Domain::Choice(options.clone()).words();
                    let expected = format!("expected {words}, not `{}`", option.get_ref());
                    return Err(RulesetError::at(text, option.span().start, expected, near));
                }
            }
            Ok(Domain::Choice(
                of.iter().map(|it| it.get_ref().clone()).collect(),
            ))
        }
    }
}

/// Whether a declared domain leaves out nothing that the fact can be.
fn covers(said: &Domain, known: &Domain) -> bool {
    match (said, known) {
        (Domain::Choice(said), Domain::Choice(known)) => known.iter().all(|it| said.contains(it)),
        (
            Domain::Number { from, to, whole },
            Domain::Number {
                from: known_from,
                to: known_to,
                whole: known_whole,
            },
        ) => {
            let low = from.is_none_or(|from| known_from.is_some_and(|known| from <= known));
            // A ceiling on a number that has none by itself is a promise of the ruleset's author.
            let high = match (to, known_to) {
                (Some(to), Some(known)) => to >= known,
                _ => true,
            };
            low && high && (*known_whole || !*whole)
        }
        _ => true,
    }
}
