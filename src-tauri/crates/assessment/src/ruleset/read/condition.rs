//! Reading conditions.

use rust_decimal::Decimal;
use toml::Spanned;

use super::Reader;
use crate::fact::FactValue;
use crate::nearest::nearest;
use crate::ruleset::declaration::Domain;
use crate::ruleset::error::RulesetError;
use crate::ruleset::expression::{Atom, Expression, Test};
use crate::ruleset::raw::RawWhen;

/// A number as TOML writes it; a text keeps decimals that TOML would round.
pub(super) fn decimal(value: &toml::Value) -> Option<Decimal> {
    match value {
        toml::Value::Integer(number) => Some(Decimal::from(*number)),
        toml::Value::Float(number) => number.to_string().parse().ok(),
        toml::Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

impl Reader<'_> {
    /// A condition over facts; `owner` is where a fault without a place of its own is shown.
    pub(super) fn condition(
        &self,
        raw: RawWhen,
        owner: &Spanned<String>,
    ) -> Result<Expression, RulesetError> {
        if let Some(place) = outcome_place(&raw) {
            let expected = "expected a fact; what comes of the rules may only stand in a claim";
            return Err(self.at(&place, expected));
        }
        self.check_alone(&raw, owner)?;
        let parts = |parts: Spanned<Vec<RawWhen>>| -> Result<Vec<Expression>, RulesetError> {
            if parts.get_ref().is_empty() {
                return Err(self.at(&parts.span(), "expected at least one test in the list"));
            }
            let read = |part| self.condition(part, owner);
            parts.into_inner().into_iter().map(read).collect()
        };
        match raw {
            RawWhen { all: Some(all), .. } => Ok(Expression::All(parts(all)?)),
            RawWhen { any: Some(any), .. } => Ok(Expression::Any(parts(any)?)),
            RawWhen {
                none: Some(none), ..
            } => Ok(Expression::None(parts(none)?)),
            raw => self.atom(&raw, owner).map(Expression::Is),
        }
    }

    /// A part is one list of parts or the test of one fact; anything beside it would be lost.
    pub(super) fn check_alone(
        &self,
        raw: &RawWhen,
        owner: &Spanned<String>,
    ) -> Result<(), RulesetError> {
        let lists: Vec<_> = [&raw.all, &raw.any, &raw.none]
            .into_iter()
            .flatten()
            .map(Spanned::span)
            .collect();
        match (lists.as_slice(), &raw.fact, is_tested(raw)) {
            ([_], None, false) | ([], Some(_), _) => Ok(()),
            ([], None, _) => {
                let expected = "expected `fact`, `all`, `any` or `none` in each part";
                Err(self.at(&owner.span(), expected))
            }
            ([first, ..], ..) => {
                let expected =
                    "expected this list alone in its part; put the rest into a part of its own";
                Err(self.at(lists.get(1).unwrap_or(first), expected))
            }
        }
    }

    fn atom(&self, raw: &RawWhen, owner: &Spanned<String>) -> Result<Atom, RulesetError> {
        let Some(name) = &raw.fact else {
            return Err(self.at(&owner.span(), "expected a fact"));
        };
        let fact = self.fact(name)?;
        let domain = &self.declarations[fact].domain;
        let number = |value: &Spanned<toml::Value>| self.number(value, domain, name);
        let value = |value: &Spanned<toml::Value>| self.value(value, domain, name);
        let one_of = raw.one_of.as_ref().map(|values| {
            let values = values.iter().map(value).collect::<Result<Vec<_>, _>>()?;
            if values.is_empty() {
                return Err(self.at(&name.span(), "expected at least one value in `in`"));
            }
            Ok(Test::OneOf(values))
        });
        let tests = [
            raw.at_least
                .as_ref()
                .map(|it| number(it).map(Test::AtLeast)),
            raw.above.as_ref().map(|it| number(it).map(Test::Above)),
            raw.at_most.as_ref().map(|it| number(it).map(Test::AtMost)),
            raw.below.as_ref().map(|it| number(it).map(Test::Below)),
            raw.is
                .as_ref()
                .map(|it| value(it).map(|it| Test::OneOf(vec![it]))),
            one_of,
            raw.arises.map(|arises| Ok(Test::Arises(arises))),
        ];
        let mut tests = tests.into_iter().flatten();
        if let (Some(test), None) = (tests.next(), tests.next()) {
            return Ok(Atom { fact, test: test? });
        }
        let fact = name.get_ref();
        let expected = format!("expected exactly one test of `{fact}`, such as `is`");
        Err(self.at(&name.span(), &expected))
    }

    fn number(
        &self,
        value: &Spanned<toml::Value>,
        domain: &Domain,
        fact: &Spanned<String>,
    ) -> Result<Decimal, RulesetError> {
        let fault = |expected: &str| self.at(&value.span(), expected);
        let fact = fact.get_ref();
        let Domain::Number { from, to, .. } = domain else {
            let is = domain.words();
            let expected = format!("expected `is` or `in`, because `{fact}` is {is} and no number");
            return Err(fault(&expected));
        };
        let number = decimal(value.get_ref())
            .ok_or_else(|| fault(&format!("expected a number for `{fact}`")))?;
        let within = from.is_none_or(|from| number >= from) && to.is_none_or(|to| number <= to);
        if within {
            return Ok(number);
        }
        Err(fault(&format!("expected {} for `{fact}`", domain.words())))
    }

    fn value(
        &self,
        value: &Spanned<toml::Value>,
        domain: &Domain,
        fact: &Spanned<String>,
    ) -> Result<FactValue, RulesetError> {
        let name = fact.get_ref();
        let expected = format!("expected {} for `{name}`", domain.words());
        match (domain, value.get_ref()) {
            (Domain::YesNo, toml::Value::Boolean(value)) => Ok(FactValue::Bool(*value)),
            (Domain::YesNo, _) => Err(self.at(&value.span(), &expected)),
            (Domain::Number { .. }, _) => self.number(value, domain, fact).map(FactValue::Number),
            (Domain::Choice(options), toml::Value::String(text)) if options.contains(text) => {
                Ok(FactValue::Choice(text.clone()))
            }
            (Domain::Choice(options), other) => {
                let word = other.as_str().unwrap_or_default();
                let near = nearest(word, options.iter().map(String::as_str));
                let start = value.span().start;
                Err(RulesetError::at(self.text, start, expected, near))
            }
        }
    }
}

/// Whether a part says something of a fact's value.
pub(super) fn is_tested(raw: &RawWhen) -> bool {
    let values = [&raw.is, &raw.at_least, &raw.above, &raw.at_most, &raw.below];
    let compared = values.into_iter().any(Option::is_some);
    compared || raw.one_of.is_some() || raw.arises.is_some()
}

/// Where a part names something that comes of the rules, if it does.
pub(super) fn outcome_place(raw: &RawWhen) -> Option<std::ops::Range<usize>> {
    let fires = raw.fires.as_ref().map(Spanned::span);
    let leads = [&raw.lead, &raw.disposition]
        .into_iter()
        .flatten()
        .map(Spanned::span);
    let urgencies = [&raw.urgency, &raw.less_urgent_than]
        .into_iter()
        .flatten()
        .map(Spanned::span);
    fires.into_iter().chain(leads).chain(urgencies).next()
}
