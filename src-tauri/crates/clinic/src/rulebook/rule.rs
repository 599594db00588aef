//! One rule in plain words.

use std::sync::Arc;

use assessment::ruleset::{ConflictPolicy, Effects, Rule, Ruleset};
use jiff::civil::Date;

use super::condition::{Conditions, phrase};
use super::head::{head, in_use};
use super::testset::fired_in;
use super::tree::{CLAIM, CONSTRAINT};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::RuleView;
use crate::words;

/// One rule of the rules in use; by a name with a sort before it, a constraint or a claim.
pub fn open_rule(desk: &mut Desk, rule: String) -> Result<RuleView, Refusal> {
    desk.allow(Act::Look)?;
    let (ruleset, head) = in_use(desk)?;
    let ruleset = &*ruleset;
    let found = if let Some(id) = rule.strip_prefix(CONSTRAINT) {
        constraint(ruleset, id)
    } else if let Some(id) = rule.strip_prefix(CLAIM) {
        claim(ruleset, id)
    } else {
        let at = ruleset.rules.iter().position(|it| it.id == rule);
        at.and_then(|at| Some(view(ruleset, at, ruleset.rules.get(at)?, desk.today())))
    };
    found
        .map(|view| RuleView {
            ruleset: head,
            ..view
        })
        .ok_or(Refusal::NotFound("That rule"))
}

fn view(ruleset: &Ruleset, at: usize, rule: &Rule, today: Date) -> RuleView {
    let in_conflict = match rule.in_conflict {
        ConflictPolicy::Fires => {
            "If answers are in conflict it fires, because that is the safer reading."
        }
        ConflictPolicy::Waits => {
            "If answers are in conflict it waits until a clinician has settled them."
        }
    };
    RuleView {
        sort: if rule.default { "Default" } else { "Rule" }.into(),
        when: Conditions::of(ruleset).view(&rule.when),
        then: follows(&rule.then),
        in_conflict: in_conflict.into(),
        citation: rule.citation.clone(),
        mark: format!("{:?}", rule.mark),
        mark_words: words::sentence_case(rule.mark.words()),
        owner: words::sentence_case(&rule.owner),
        review: words::staff_date(rule.review),
        overdue: rule.review < today,
        precedence: precedence(ruleset, at, rule),
        vignettes: fired_in(ruleset, &rule.id),
        ..plain(ruleset, &rule.id, &rule.words)
    }
}

fn constraint(ruleset: &Ruleset, id: &str) -> Option<RuleView> {
    let found = ruleset.constraints.iter().find(|it| it.id == id)?;
    Some(RuleView {
        sort: "Cannot occur together".into(),
        when: Some(phrase(&ruleset.impossible_in_words(found))),
        ..plain(ruleset, id, &found.words)
    })
}

fn claim(ruleset: &Ruleset, id: &str) -> Option<RuleView> {
    let found = ruleset.claims.iter().find(|it| it.id == id)?;
    Some(RuleView {
        sort: "Never happens, which the proof has to show".into(),
        when: Some(phrase(&ruleset.never_in_words(found))),
        citation: found.citation.clone(),
        mark: format!("{:?}", found.mark),
        mark_words: words::sentence_case(found.mark.words()),
        ..plain(ruleset, id, &found.words)
    })
}

/// What every one of them has.
fn plain(ruleset: &Ruleset, id: &str, said: &str) -> RuleView {
    RuleView {
        ruleset: head(ruleset),
        id: id.to_owned(),
        sort: String::new(),
        when: None,
        then: Vec::new(),
        in_conflict: String::new(),
        words: said.to_owned(),
        citation: String::new(),
        mark: String::new(),
        mark_words: String::new(),
        owner: String::new(),
        review: String::new(),
        overdue: false,
        precedence: Vec::new(),
        vignettes: Vec::new(),
    }
}

/// What follows when it fires, a sentence each.
pub(super) fn follows(then: &Effects) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(urgency) = then.urgency {
        said.push(format!(
            "Urgency: at least {}",
            urgency.words().to_lowercase()
        ));
    }
    if let Some(lead) = then.lead {
        said.push(format!(
            "Pathway: {lead:?} {}, unless a rule before it gives one",
            lead.words()
        ));
    }
    let beside = then.also.iter();
    said.extend(beside.map(|it| format!("Beside the pathway: {it:?} {}", it.words())));
    let strands: Vec<String> = then
        .strands
        .iter()
        .map(|it| it.words().to_lowercase())
        .collect();
    if !strands.is_empty() {
        said.push(format!("Takes part: {}", words::listed(&strands)));
    }
    said.extend(
        then.pain_type
            .map(|kind| format!("Kind of pain: {}", kind.words().to_lowercase())),
    );
    if then.medicine_flag {
        said.push("A medicines flag for the prescriber".into());
    }
    if then.prompt {
        said.push("A prompt to the clinician".into());
    }
    if then.second_opinion {
        said.push("A second opinion is suggested".into());
    }
    said
}

/// Where it stands: the urgency is the highest of all that fire, the pathway the first one's.
fn precedence(ruleset: &Ruleset, at: usize, rule: &Rule) -> Vec<String> {
    let mut said = vec![format!("Rule {} of {}.", at + 1, ruleset.rules.len())];
    if rule.default {
        said.push(
            "Stands last and always holds, so that there is always exactly one pathway.".into(),
        );
        return said;
    }
    let leads = |rules: &[Arc<Rule>]| rules.iter().filter(|it| it.then.lead.is_some()).count();
    if let Some(lead) = rule.then.lead {
        let before = ruleset.rules.get(..at).map_or(0, leads);
        let other = ruleset.rules.get(..at).unwrap_or_default().iter();
        let other = other
            .filter(|it| it.then.lead.is_some_and(|it| it != lead))
            .count();
        said.push(match before {
            0 => "No rule before it gives a pathway.".into(),
            _ => format!(
                "{} before it {} a pathway, {other} of them another one; the first that fires gives it.",
                words::count(before, "rule", "rules"),
                if before == 1 { "gives" } else { "give" },
            ),
        });
    }
    if rule.then.urgency.is_some() {
        said.push("The urgency is the highest of all rules that fire, wherever they stand.".into());
    }
    said
}
