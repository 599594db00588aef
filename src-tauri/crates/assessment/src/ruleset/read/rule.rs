//! Reading rules, and checking their order.

use std::ops::Range;

use toml::Spanned;

use super::Reader;
use crate::nearest::nearest;
use crate::question::Catalogue;
use crate::ruleset::effect::Urgency;
use crate::ruleset::error::RulesetError;
use crate::ruleset::expression::Expression;
use crate::ruleset::file::{ConflictPolicy, Effects, Rule};
use crate::ruleset::raw::{RawEffects, RawRule};
use crate::ruleset::vocabulary::Vocabulary;

impl Reader<'_> {
    pub(super) fn rules(&self, raw: Vec<Spanned<RawRule>>) -> Result<Vec<Rule>, RulesetError> {
        let mut rules: Vec<Rule> = Vec::with_capacity(raw.len());
        for rule in raw {
            let span = rule.span();
            let rule = self.rule(rule.into_inner())?;
            self.check_order(&rules, &rule, &span)?;
            rules.push(rule);
        }
        if rules.last().is_some_and(|rule| rule.default) {
            return Ok(rules);
        }
        let expected = "expected the last rule to be the default, with `default = true`";
        Err(RulesetError::at(self.text, self.text.len(), expected, None))
    }

    fn rule(&self, raw: RawRule) -> Result<Rule, RulesetError> {
        let when = match (raw.when, raw.default) {
            (Some(when), false) => self.condition(when, &raw.id)?,
            (None, true) => Expression::All(Vec::new()),
            _ => {
                let expected = "expected either `when`, or `default = true` and no `when`";
                return Err(self.at(&raw.id.span(), expected));
            }
        };
        if let Some(group) = &raw.warning {
            self.check_group(group)?;
        }
        let review = raw.review.get_ref().to_string().parse();
        let review = review
            .map_err(|_| self.at(&raw.review.span(), "expected a date such as 2027-05-31"))?;
        let then = effects(raw.effects);
        let decides = then.urgency.is_some() || then.lead.is_some();
        if raw.in_conflict == ConflictPolicy::Waits && decides {
            let expected = "expected no `in-conflict = \"waits\"` on a rule with an urgency or a lead, because the safer reading has to hold";
            return Err(self.at(&raw.id.span(), expected));
        }
        Ok(Rule {
            id: raw.id.into_inner(),
            warning: raw.warning.map(Spanned::into_inner),
            when,
            default: raw.default,
            then,
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
            let expected = "expected the default to give a lead and routine urgency";
            return Err(self.at(span, expected));
        }
        if rule.then.urgency == Some(Urgency::NotSettled) {
            let expected = "expected an urgency; \"not-settled\" is for the engine";
            return Err(self.at(span, expected));
        }
        let leads = |rule: &Rule| {
            let urgency = rule.then.urgency.unwrap_or(Urgency::Routine);
            rule.then.lead.map(|_| urgency)
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

    fn check_group(&self, group: &Spanned<String>) -> Result<(), RulesetError> {
        let known = || {
            Catalogue::shipped()
                .warning_groups()
                .map(|it| it.id.as_str())
        };
        if self.vocabulary == Vocabulary::Own || known().any(|id| id == group.get_ref()) {
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
}

fn effects(raw: RawEffects) -> Effects {
    Effects {
        urgency: raw.urgency,
        lead: raw.lead,
        also: raw.also,
        strands: raw.strands,
        pain_type: raw.pain_type,
        medicine_flag: raw.medicine_flag,
        prompt: raw.prompt,
        second_opinion: raw.second_opinion,
    }
}
