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
        let joined = [&raw.all, &raw.any, &raw.none];
        let joined = joined.iter().filter(|it| it.is_some()).count();
        if joined + usize::from(raw.fact.is_some()) != 1 {
            let expected = "expected one of all, any, none or fact in each part";
            return Err(self.at(&owner.span(), expected));
        }
        let parts = |parts: Vec<RawWhen>| -> Result<Vec<Expression>, RulesetError> {
            if parts.is_empty() {
                return Err(self.at(&owner.span(), "expected at least one test"));
            }
            let read = |part| self.condition(part, owner);
            parts.into_iter().map(read).collect()
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

    fn atom(&self, raw: &RawWhen, owner: &Spanned<String>) -> Result<Atom, RulesetError> {
        let Some(name) = &raw.fact else {
            return Err(self.at(&owner.span(), "expected a fact"));
        };
        let fact = self.fact(name)?;
        let domain = &self.declarations[fact].domain;
        let number = |value: &Spanned<toml::Value>| self.number(value, domain);
        let value = |value: &Spanned<toml::Value>| self.value(value, domain);
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
        match (tests.next(), tests.next()) {
            (Some(test), None) => Ok(Atom { fact, test: test? }),
            _ => Err(self.at(&name.span(), "expected exactly one test of this fact")),
        }
    }

    fn number(
        &self,
        value: &Spanned<toml::Value>,
        domain: &Domain,
    ) -> Result<Decimal, RulesetError> {
        let Domain::Number { from, to, .. } = domain else {
            let expected = "expected a test for the type of this fact, which is not a number";
            return Err(self.at(&value.span(), expected));
        };
        let number =
            decimal(value.get_ref()).ok_or_else(|| self.at(&value.span(), "expected a number"))?;
        let within = from.is_none_or(|from| number >= from) && to.is_none_or(|to| number <= to);
        if within {
            return Ok(number);
        }
        let shown = |limit: &Option<Decimal>| limit.map_or("any".to_owned(), |it| it.to_string());
        let expected = format!("expected a number from {} to {}", shown(from), shown(to));
        Err(self.at(&value.span(), &expected))
    }

    fn value(
        &self,
        value: &Spanned<toml::Value>,
        domain: &Domain,
    ) -> Result<FactValue, RulesetError> {
        match (domain, value.get_ref()) {
            (Domain::YesNo, toml::Value::Boolean(value)) => Ok(FactValue::Bool(*value)),
            (Domain::YesNo, _) => Err(self.at(&value.span(), "expected true or false")),
            (Domain::Number { .. }, _) => self.number(value, domain).map(FactValue::Number),
            (Domain::Choice(options), toml::Value::String(text)) if options.contains(text) => {
                Ok(FactValue::Choice(text.clone()))
            }
            (Domain::Choice(options), other) => {
                let word = other.as_str().unwrap_or_default();
                let near = nearest(word, options.iter().map(String::as_str));
                let expected = "expected one of the choices of this fact";
                Err(RulesetError::at(
                    self.text,
                    value.span().start,
                    expected,
                    near,
                ))
            }
        }
    }
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
