//! Reading a ruleset, with the place of each fault.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;
use toml::Spanned;

use super::effect::Urgency;
use super::error::RulesetError;
use super::expression::{Atom, Expression, Test};
use super::file::{Effects, FactDeclaration, Rule, Ruleset};
use super::raw::{RawKind, RawRule, RawRuleset, RawWhen};
use crate::fact::{DERIVED, FactId, FactKind, FactValue, derived};
use crate::nearest::nearest;
use crate::question::{Catalogue, QuestionKind};

pub(super) fn read(text: &str) -> Result<Ruleset, RulesetError> {
    let raw: RawRuleset = toml::from_str(text).map_err(|error| shape(text, &error))?;
    let reader = Reader::new(text, raw.facts)?;
    let mut rules = Vec::with_capacity(raw.rules.len());
    for rule in raw.rules {
        let span = rule.span();
        let rule = reader.rule(rule.into_inner())?;
        reader.check_order(&rules, &rule, &span)?;
        rules.push(rule);
    }
    if !rules.last().is_some_and(|rule: &Rule| rule.default) {
        let expected = "expected the last rule to be the default, with `default = true`";
        return Err(RulesetError::at(text, text.len(), expected, None));
    }
    Ok(Ruleset {
        id: raw.id,
        version: raw.version,
        status: raw.status,
        title: raw.title,
        facts: reader.declarations,
        rules,
        digest: *blake3::hash(text.as_bytes()).as_bytes(),
    })
}

/// A fault in the shape, with the known key nearest to an unknown one.
fn shape(text: &str, error: &toml::de::Error) -> RulesetError {
    let at = error.span().map_or(0, |span| span.start);
    let message = error.message();
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = quoted.next().filter(|_| message.starts_with("unknown"));
    let near = unknown.and_then(|word| nearest(word, quoted));
    RulesetError::at(text, at, message, near)
}

struct Reader<'a> {
    text: &'a str,
    declarations: Vec<FactDeclaration>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, facts: BTreeMap<Spanned<String>, RawKind>) -> Result<Self, RulesetError> {
        let mut declarations = Vec::with_capacity(facts.len());
        for (name, kind) in facts {
            let kind = match kind {
                RawKind::YesNo => FactKind::YesNo,
                RawKind::Number => FactKind::Number,
                RawKind::Choice => FactKind::Choice,
            };
            match kind_of(name.get_ref()) {
                Some(known) if known == kind => {}
                Some(_) => {
                    let expected = "expected the type that this fact has";
                    return Err(RulesetError::at(text, name.span().start, expected, None));
                }
                None => {
                    let near = nearest(name.get_ref(), known_facts());
                    let expected = "expected a question or a worked-out fact";
                    return Err(RulesetError::at(text, name.span().start, expected, near));
                }
            }
            declarations.push(FactDeclaration {
                id: FactId::new(name.into_inner()),
                kind,
            });
        }
        Ok(Self { text, declarations })
    }

    fn rule(&self, raw: RawRule) -> Result<Rule, RulesetError> {
        let when = match (raw.when, raw.default) {
            (Some(when), false) => self.expression(when, &raw.id)?,
            (None, true) => Expression::All(Vec::new()),
            _ => {
                return Err(self.at(
                    &raw.id.span(),
                    "expected either `when`, or `default = true` and no `when`",
                ));
            }
        };
        if let Some(group) = &raw.warning {
            self.check_group(group)?;
        }
        let review = raw
            .review
            .get_ref()
            .to_string()
            .parse()
            .map_err(|_| self.at(&raw.review.span(), "expected a date such as 2027-05-31"))?;
        Ok(Rule {
            id: raw.id.into_inner(),
            warning: raw.warning.map(Spanned::into_inner),
            when,
            default: raw.default,
            then: Effects {
                urgency: raw.effects.urgency,
                lead: raw.effects.lead,
                also: raw.effects.also,
                strands: raw.effects.strands,
                pain_type: raw.effects.pain_type,
                medicine_flag: raw.effects.medicine_flag,
                prompt: raw.effects.prompt,
            },
            in_conflict: raw.in_conflict,
            words: raw.words,
            citation: raw.citation,
            mark: raw.mark,
            owner: raw.owner,
            review,
        })
    }

    /// Precedence follows urgency, ids are unique, and nothing stands after the default.
    fn check_order(
        &self,
        before: &[Rule],
        rule: &Rule,
        span: &Range<usize>,
    ) -> Result<(), RulesetError> {
        if before.iter().any(|earlier| earlier.id == rule.id) {
            return Err(self.at(span, "expected an id that no other rule has"));
        }
        if before.iter().any(|earlier| earlier.default) {
            return Err(self.at(span, "expected nothing after the default"));
        }
        if rule.default && (rule.then.lead.is_none() || rule.then.urgency != Some(Urgency::Routine))
        {
            return Err(self.at(
                span,
                "expected the default to give a lead and routine urgency",
            ));
        }
        if rule.then.urgency == Some(Urgency::NotSettled) {
            return Err(self.at(
                span,
                "expected an urgency; \"not-settled\" is for the engine",
            ));
        }
        let leads = |rule: &Rule| {
            rule.then
                .lead
                .map(|_| rule.then.urgency.unwrap_or(Urgency::Routine))
        };
        let last = before.iter().filter_map(leads).max();
        match (last, leads(rule)) {
            (Some(last), Some(this)) if this < last => Err(self.at(
                span,
                "expected rules with a lead in order of urgency, because the first gives the lead",
            )),
            _ => Ok(()),
        }
    }

    fn expression(&self, raw: RawWhen, rule: &Spanned<String>) -> Result<Expression, RulesetError> {
        let joined = [&raw.all, &raw.any, &raw.none]
            .iter()
            .filter(|it| it.is_some())
            .count();
        if joined + usize::from(raw.fact.is_some()) != 1 {
            return Err(self.at(
                &rule.span(),
                "expected one of all, any, none or fact in each part",
            ));
        }
        let parts = |parts: Vec<RawWhen>| -> Result<Vec<Expression>, RulesetError> {
            if parts.is_empty() {
                return Err(self.at(&rule.span(), "expected at least one test"));
            }
            parts
                .into_iter()
                .map(|part| self.expression(part, rule))
                .collect()
        };
        match raw {
            RawWhen { all: Some(all), .. } => Ok(Expression::All(parts(all)?)),
            RawWhen { any: Some(any), .. } => Ok(Expression::Any(parts(any)?)),
            RawWhen {
                none: Some(none), ..
            } => Ok(Expression::None(parts(none)?)),
            raw => self.atom(raw, rule).map(Expression::Is),
        }
    }

    fn atom(&self, raw: RawWhen, rule: &Spanned<String>) -> Result<Atom, RulesetError> {
        let Some(name) = raw.fact else {
            return Err(self.at(&rule.span(), "expected a fact"));
        };
        let declared = self
            .declarations
            .iter()
            .position(|it| it.id.as_str() == name.get_ref());
        let Some(fact) = declared else {
            let known = self.declarations.iter().map(|it| it.id.as_str());
            let near = nearest(name.get_ref(), known);
            let expected = "expected a fact declared under [facts]";
            return Err(RulesetError::at(
                self.text,
                name.span().start,
                expected,
                near,
            ));
        };
        let kind = self
            .declarations
            .get(fact)
            .map_or(FactKind::YesNo, |it| it.kind);
        let number = |value: &Spanned<toml::Value>| self.number(value, kind);
        let tests = [
            raw.at_least
                .as_ref()
                .map(|it| number(it).map(Test::AtLeast)),
            raw.above.as_ref().map(|it| number(it).map(Test::Above)),
            raw.at_most.as_ref().map(|it| number(it).map(Test::AtMost)),
            raw.below.as_ref().map(|it| number(it).map(Test::Below)),
            raw.is.as_ref().map(|it| {
                self.value(it, name.get_ref(), kind)
                    .map(|value| Test::OneOf(vec![value]))
            }),
            raw.one_of.as_ref().map(|values| {
                let value = |it| self.value(it, name.get_ref(), kind);
                values
                    .iter()
                    .map(value)
                    .collect::<Result<_, _>>()
                    .map(Test::OneOf)
            }),
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
        kind: FactKind,
    ) -> Result<Decimal, RulesetError> {
        let number = match value.get_ref() {
            toml::Value::Integer(number) => Some(Decimal::from(*number)),
            toml::Value::String(text) => text.parse().ok(),
            _ => None,
        };
        number.filter(|_| kind == FactKind::Number).ok_or_else(|| {
            self.at(
                &value.span(),
                "expected a number, of a fact that is a number",
            )
        })
    }

    fn value(
        &self,
        value: &Spanned<toml::Value>,
        fact: &str,
        kind: FactKind,
    ) -> Result<FactValue, RulesetError> {
        match (kind, value.get_ref()) {
            (FactKind::YesNo, toml::Value::Boolean(value)) => Ok(FactValue::Bool(*value)),
            (FactKind::Number, _) => self.number(value, kind).map(FactValue::Number),
            (FactKind::Choice, toml::Value::String(text)) => {
                let options = options_of(fact);
                if options.contains(text) {
                    return Ok(FactValue::Choice(text.clone()));
                }
                let near = nearest(text, options.iter().map(String::as_str));
                let expected = "expected one of the choices of this fact";
                Err(RulesetError::at(
                    self.text,
                    value.span().start,
                    expected,
                    near,
                ))
            }
            _ => Err(self.at(&value.span(), "expected a value of this fact's type")),
        }
    }

    fn check_group(&self, group: &Spanned<String>) -> Result<(), RulesetError> {
        let known = || {
            Catalogue::shipped()
                .warning_groups()
                .map(|it| it.id.as_str())
        };
        if known().any(|id| id == group.get_ref()) {
            return Ok(());
        }
        let near = nearest(group.get_ref(), known());
        let expected = "expected a group of warning signs";
        Err(RulesetError::at(
            self.text,
            group.span().start,
            expected,
            near,
        ))
    }

    fn at(&self, span: &Range<usize>, expected: &str) -> RulesetError {
        RulesetError::at(self.text, span.start, expected, None)
    }
}

fn kind_of(id: &str) -> Option<FactKind> {
    let asked = Catalogue::shipped().question(id).and_then(FactKind::of);
    derived(id).map(|fact| fact.kind).or(asked)
}

fn known_facts() -> impl Iterator<Item = &'static str> {
    let asked = Catalogue::shipped()
        .questions()
        .map(|question| question.id.as_str());
    asked.chain(DERIVED.iter().map(|fact| fact.id))
}

fn options_of(id: &str) -> Vec<String> {
    if let Some(fact) = derived(id) {
        return fact
            .options
            .iter()
            .map(|&option| option.to_owned())
            .collect();
    }
    match Catalogue::shipped()
        .question(id)
        .map(|question| &question.kind)
    {
        Some(QuestionKind::Choice { options }) => {
            options.iter().map(|option| option.value.clone()).collect()
        }
        _ => Vec::new(),
    }
}
