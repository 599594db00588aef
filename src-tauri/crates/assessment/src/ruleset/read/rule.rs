//! Reading rules, and checking their order.

use std::ops::Range;
use std::sync::Arc;

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
    pub(super) fn rules(&self, raw: Vec<RawRule>) -> Result<Vec<Arc<Rule>>, RulesetError> {
        let mut rules: Vec<Arc<Rule>> = Vec::with_capacity(raw.len());
        for raw in raw {
            let id = raw.id.clone();
            if rules.iter().any(|earlier| earlier.id == *id.get_ref()) {
                return Err(self.taken(&id, "rule"));
            }
            let rule = self.rule(raw)?;
            self.check_order(&rules, &rule, &id.span())?;
            rules.push(Arc::new(rule));
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
        let then = self.effects(raw.effects, &raw.id)?;
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

    /// Precedence follows urgency, and nothing stands after the default.
    fn check_order(
        &self,
        before: &[Arc<Rule>],
        rule: &Rule,
        span: &Range<usize>,
    ) -> Result<(), RulesetError> {
        if before.iter().any(|earlier| earlier.default) {
            return Err(self.at(span, "expected nothing after the default"));
        }
        if rule.default && (rule.then.lead.is_none() || rule.then.urgency != Some(Urgency::Routine))
        {
            let expected = "expected the default to give a lead and routine urgency";
            return Err(self.at(span, expected));
        }
        let leads = |rule: &Rule| {
            let urgency = rule.then.urgency.unwrap_or(Urgency::Routine);
            rule.then.lead.map(|_| urgency)
        };
        let later =
            |earlier: &&Arc<Rule>| leads(earlier).zip(leads(rule)).is_some_and(|(a, b)| b < a);
        match before.iter().find(later) {
            Some(earlier) => {
                let expected = format!(
                    "expected this rule before `{}`, which is less urgent, because the first rule that fires gives the lead",
                    earlier.id
                );
                Err(self.at(span, &expected))
            }
            None => Ok(()),
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
        let expected = format!(
            "expected a group of warning signs, not `{}`",
            group.get_ref()
        );
        Err(RulesetError::at(
            self.text,
            group.span().start,
            expected,
            near,
        ))
    }

    fn effects(&self, raw: RawEffects, rule: &Spanned<String>) -> Result<Effects, RulesetError> {
        if let Some(urgency) = &raw.urgency
            && *urgency.get_ref() == Urgency::NotSettled
        {
            let expected = "expected an urgency; `not-settled` is what the program says by itself";
            return Err(self.at(&urgency.span(), expected));
        }
        let made = Effects {
            urgency: raw.urgency.map(Spanned::into_inner),
            lead: raw.lead,
            also: raw.also,
            strands: raw.strands,
            pain_type: raw.pain_type,
            medicine_flag: raw.medicine_flag,
            prompt: raw.prompt,
            second_opinion: raw.second_opinion,
        };
        if made == Effects::default() {
            return Err(self.at(&rule.span(), "expected something to follow in `then`"));
        }
        Ok(made)
    }
}
