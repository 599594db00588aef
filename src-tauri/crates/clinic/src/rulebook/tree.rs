//! The rules by what they decide. A rule stands under each thing that it decides.

use std::fmt::Debug;

use assessment::question::Catalogue;
use assessment::ruleset::{Disposition, Rule, Ruleset};

use crate::view::{Decided, DecidedValue};

/// Before the name of a constraint, which may be that of a rule as well.
pub(super) const CONSTRAINT: &str = "constraint:";

/// The same for a claim.
pub(super) const CLAIM: &str = "claim:";

/// The name of a constraint or claim among the rules.
pub(super) fn named(sort: &str, id: &str) -> String {
    format!("{sort}{id}")
}

/// What the rules decide, in the order of the proposal.
pub(super) fn decided(ruleset: &Ruleset) -> Vec<Decided> {
    let lead_words = |lead: &Disposition| format!("{lead:?} {}", lead.words());
    let flag = |gives: bool| Vec::from_iter(gives.then_some(Flagged));
    let mut all = vec![
        warning_signs(ruleset),
        by_value(
            ("urgency", "Urgency"),
            ruleset,
            |rule| Vec::from_iter(rule.then.urgency),
            |urgency| urgency.words().to_owned(),
        ),
        by_value(
            ("lead", "Pathway"),
            ruleset,
            |rule| Vec::from_iter(rule.then.lead),
            lead_words,
        ),
        by_value(
            ("also", "Beside the pathway"),
            ruleset,
            |rule| rule.then.also.clone(),
            lead_words,
        ),
        by_value(
            ("strands", "Who takes part"),
            ruleset,
            |rule| rule.then.strands.clone(),
            |strand| strand.words().to_owned(),
        ),
        by_value(
            ("pain-type", "Kind of pain"),
            ruleset,
            |rule| Vec::from_iter(rule.then.pain_type),
            |kind| kind.words().to_owned(),
        ),
        by_value(
            ("medicine-flags", "Medicines"),
            ruleset,
            |rule| flag(rule.then.medicine_flag),
            |_| "Flags for the prescriber".to_owned(),
        ),
        by_value(
            ("prompts", "Prompts"),
            ruleset,
            |rule| flag(rule.then.prompt),
            |_| "Prompts to the clinician".to_owned(),
        ),
        by_value(
            ("second-opinion", "Second opinion"),
            ruleset,
            |rule| flag(rule.then.second_opinion),
            |_| "Suggests a second opinion".to_owned(),
        ),
        beside(ruleset),
    ];
    all.retain(|decided| !decided.values.is_empty());
    all
}

/// The one value of what is either said or not.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Flagged;

/// What the rules rest on, and what the proof has to show of them.
fn beside(ruleset: &Ruleset) -> Decided {
    let value = |id: &str, title: &str, rules: Vec<String>| DecidedValue {
        id: id.into(),
        title: title.into(),
        rules,
    };
    let cannot = ruleset
        .constraints
        .iter()
        .map(|it| named(CONSTRAINT, &it.id));
    let claimed = ruleset.claims.iter().map(|it| named(CLAIM, &it.id));
    let mut values = vec![
        value("constraints", "Cannot occur together", cannot.collect()),
        value("claims", "Proved of the rules", claimed.collect()),
    ];
    values.retain(|value| !value.rules.is_empty());
    Decided {
        id: "beside".into(),
        title: "Constraints and claims".into(),
        values,
    }
}

/// In the order in which the groups are asked.
fn warning_signs(ruleset: &Ruleset) -> Decided {
    let groups = Catalogue::shipped().warning_groups();
    let values = groups.map(|group| DecidedValue {
        id: group.id.clone(),
        title: group.title.clone(),
        rules: ids(ruleset, |rule| {
            rule.warning.as_deref() == Some(group.id.as_str())
        }),
    });
    Decided {
        id: "warning-signs".into(),
        title: "Warning signs".into(),
        values: values.filter(|value| !value.rules.is_empty()).collect(),
    }
}

fn by_value<T: Ord + Debug>(
    (id, title): (&str, &str),
    ruleset: &Ruleset,
    gives: impl Fn(&Rule) -> Vec<T>,
    say: impl Fn(&T) -> String,
) -> Decided {
    let mut values: Vec<T> = ruleset.rules.iter().flat_map(|rule| gives(rule)).collect();
    values.sort();
    values.dedup();
    let values = values.iter().map(|value| DecidedValue {
        id: format!("{value:?}").to_lowercase(),
        title: say(value),
        rules: ids(ruleset, |rule| gives(rule).contains(value)),
    });
    Decided {
        id: id.into(),
        title: title.into(),
        values: values.collect(),
    }
}

fn ids(ruleset: &Ruleset, wanted: impl Fn(&Rule) -> bool) -> Vec<String> {
    let rules = ruleset.rules.iter().filter(|rule| wanted(rule));
    rules.map(|rule| rule.id.clone()).collect()
}
