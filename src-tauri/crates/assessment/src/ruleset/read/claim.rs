//! Reading claims.

use std::sync::Arc;

use toml::Spanned;

use super::Reader;
use super::condition::{is_tested, outcome_place};
use crate::nearest::nearest;
use crate::ruleset::declaration::{Claim, ClaimTest};
use crate::ruleset::error::RulesetError;
use crate::ruleset::file::Rule;
use crate::ruleset::raw::{RawClaim, RawWhen};

impl Reader<'_> {
    pub(super) fn claims(
        &self,
        raw: Vec<RawClaim>,
        rules: &[Arc<Rule>],
    ) -> Result<Vec<Claim>, RulesetError> {
        let mut made: Vec<Claim> = Vec::with_capacity(raw.len());
        for raw in raw {
            if made.iter().any(|known| known.id == *raw.id.get_ref()) {
                return Err(self.taken(&raw.id, "claim"));
            }
            let never = match raw.never {
                RawWhen {
                    all: Some(parts), ..
                } if outcome_place(&raw.never).is_none() => parts.into_inner(),
                single => vec![single],
            };
            let tests = never
                .into_iter()
                .map(|part| self.test(part, &raw.id, rules));
            made.push(Claim {
                never: tests.collect::<Result<_, _>>()?,
                id: raw.id.into_inner(),
                words: raw.words,
                citation: raw.citation,
                mark: raw.mark,
            });
        }
        Ok(made)
    }

    fn test(
        &self,
        raw: RawWhen,
        owner: &Spanned<String>,
        rules: &[Arc<Rule>],
    ) -> Result<ClaimTest, RulesetError> {
        let Some(place) = outcome_place(&raw) else {
            return self.condition(raw, owner).map(ClaimTest::Facts);
        };
        let asks = raw.fact.is_some() || is_tested(&raw);
        let joins = [&raw.all, &raw.any, &raw.none];
        if asks || joins.into_iter().any(Option::is_some) {
            return Err(self.at(&place, "expected this in a part of its own"));
        }
        let tests = [
            raw.fires.map(|name| {
                let known = || rules.iter().map(|rule| rule.id.as_str());
                let rule = known().position(|id| id == name.get_ref());
                rule.map(ClaimTest::Fires).ok_or_else(|| {
                    let near = nearest(name.get_ref(), known());
                    let expected = format!("expected the id of a rule, not `{}`", name.get_ref());
                    RulesetError::at(self.text, name.span().start, expected, near)
                })
            }),
            raw.lead.map(|it| Ok(ClaimTest::Lead(it.into_inner()))),
            raw.disposition
                .map(|it| Ok(ClaimTest::Disposition(it.into_inner()))),
            raw.urgency
                .map(|it| Ok(ClaimTest::Urgency(it.into_inner()))),
            raw.less_urgent_than
                .map(|it| Ok(ClaimTest::LessUrgentThan(it.into_inner()))),
        ];
        let mut tests = tests.into_iter().flatten();
        match (tests.next(), tests.next()) {
            (Some(test), None) => test,
            _ => Err(self.at(&place, "expected this in a part of its own")),
        }
    }
}
