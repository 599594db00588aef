//! What differs between two rulesets.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::ruleset::{Expression, FactDeclaration, Impossible, Rule, Ruleset};

/// How a rule differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It is new.
    New,
    /// It is gone.
    Gone,
    /// It asks something else.
    Asks,
    /// Something else follows from it.
    Gives,
    /// It stands in another place among the rules that give a pathway.
    Stands,
    /// It does otherwise with answers in conflict.
    Conflict,
    /// Only its words, source, owner or review date differ. That moves nobody.
    Words,
}

impl Change {
    /// The change in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::New => "is new",
            Self::Gone => "is gone",
            Self::Asks => "asks something else",
            Self::Gives => "gives something else",
            Self::Stands => "stands in another place",
            Self::Conflict => "does otherwise with answers in conflict",
            Self::Words => "is worded otherwise",
        }
    }
}

/// A rule that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The rule.
    pub rule: String,
    /// How.
    pub changes: Vec<Change>,
}

/// What differs, for people and for the search.
pub(super) struct Compared {
    pub(super) differences: Vec<Difference>,
    /// Rules whose difference can move somebody: their places, and whether they only ask otherwise.
    pub(super) rules: Vec<(Places, bool)>,
    /// Whether what a fact can be, or what cannot occur together, differs.
    pub(super) everyone: bool,
}

/// The place of a rule in the old and in the new file.
pub(super) type Places = (Option<usize>, Option<usize>);

pub(super) fn compare(old: &Ruleset, new: &Ruleset) -> Compared {
    let places: BTreeMap<&str, usize> = by_id(old);
    let moved = out_of_order(old, new);
    let mut made = Compared {
        differences: Vec::new(),
        rules: Vec::new(),
        everyone: worlds_differ(old, new),
    };
    for (at, rule) in new.rules.iter().enumerate() {
        let before = places.get(rule.id.as_str()).copied();
        let changes = match before.and_then(|at| old.rules.get(at)) {
            None => vec![Change::New],
            Some(earlier) => changes(old, earlier, new, rule, moved.contains(&rule.id.as_str())),
        };
        made.add(&rule.id, changes, (before, Some(at)));
    }
    let kept = by_id(new);
    let gone = old
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| !kept.contains_key(rule.id.as_str()));
    for (at, rule) in gone {
        made.add(&rule.id, vec![Change::Gone], (Some(at), None));
    }
    made
}

impl Compared {
    fn add(&mut self, rule: &str, changes: Vec<Change>, places: Places) {
        if changes.is_empty() {
            return;
        }
        if changes != [Change::Words] {
            let mut moving = changes.iter().filter(|it| **it != Change::Words);
            let only_asks = moving.all(|it| *it == Change::Asks);
            self.rules.push((places, only_asks));
        }
        self.differences.push(Difference {
            rule: rule.to_owned(),
            changes,
        });
    }
}

fn by_id(ruleset: &Ruleset) -> BTreeMap<&str, usize> {
    let rules = ruleset.rules.iter().enumerate();
    rules.map(|(at, rule)| (rule.id.as_str(), at)).collect()
}

fn changes(old: &Ruleset, before: &Rule, new: &Ruleset, after: &Rule, moved: bool) -> Vec<Change> {
    let same = asks_same(&old.facts, &before.when, &new.facts, &after.when);
    let worded = |rule: &Rule| {
        (
            rule.words.clone(),
            rule.citation.clone(),
            rule.mark,
            rule.owner.clone(),
            rule.review,
        )
    };
    let found = [
        (!same || before.default != after.default, Change::Asks),
        (
            before.then != after.then || before.warning != after.warning,
            Change::Gives,
        ),
        (moved, Change::Stands),
        (before.in_conflict != after.in_conflict, Change::Conflict),
        (worded(before) != worded(after), Change::Words),
    ];
    found
        .into_iter()
        .filter(|(differs, _)| *differs)
        .map(|(_, change)| change)
        .collect()
}

/// Whether two conditions ask the same, although each names facts by places of its own.
fn asks_same(
    old: &[FactDeclaration],
    before: &Expression,
    new: &[FactDeclaration],
    after: &Expression,
) -> bool {
    let parts = |a: &[Expression], b: &[Expression]| {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| asks_same(old, a, new, b))
    };
    match (before, after) {
        (Expression::All(a), Expression::All(b))
        | (Expression::Any(a), Expression::Any(b))
        | (Expression::None(a), Expression::None(b)) => parts(a, b),
        (Expression::Is(a), Expression::Is(b)) => {
            let id = |facts: &[FactDeclaration], at: usize| facts.get(at).map(|it| it.id.clone());
            a.test == b.test && id(old, a.fact) == id(new, b.fact)
        }
        _ => false,
    }
}

/// Rules in both files that give a pathway and do not stand in the same order.
///
/// The longest common start and end are kept; what lies between may decide the pathway otherwise.
fn out_of_order<'r>(old: &'r Ruleset, new: &'r Ruleset) -> Vec<&'r str> {
    let leading = |ruleset: &'r Ruleset, other: &Ruleset| -> Vec<&'r str> {
        let rules = ruleset.rules.iter().filter(|rule| rule.then.lead.is_some());
        let rules = rules.map(|rule| rule.id.as_str());
        rules
            .filter(|id| other.rule(id).is_some_and(|it| it.then.lead.is_some()))
            .collect()
    };
    let (before, after) = (leading(old, new), leading(new, old));
    let same = |(a, b): &(&&str, &&str)| a == b;
    let start = before.iter().zip(&after).take_while(same).count();
    let end = before
        .iter()
        .rev()
        .zip(after.iter().rev())
        .take_while(same)
        .count();
    after
        .get(start..after.len().saturating_sub(end))
        .unwrap_or_default()
        .to_vec()
}

/// Whether the rulesets differ in what a fact can be or in what cannot occur together.
///
/// A fact that only one of them declares moves nobody by itself: the rules that ask it differ.
fn worlds_differ(old: &Ruleset, new: &Ruleset) -> bool {
    let values = |ruleset: &Ruleset| -> BTreeMap<String, (String, bool)> {
        let facts = ruleset.facts.iter();
        facts
            .map(|it| {
                (
                    it.id.to_string(),
                    (format!("{:?}", it.domain), it.may_not_arise),
                )
            })
            .collect()
    };
    let (before, after) = (values(old), values(new));
    let differs = before
        .iter()
        .any(|(id, it)| after.get(id).is_some_and(|other| other != it));
    differs || impossible(old) != impossible(new)
}

/// What cannot occur together, with facts by name.
fn impossible(ruleset: &Ruleset) -> Vec<String> {
    let name = |at: usize| {
        ruleset
            .facts
            .get(at)
            .map_or_else(String::new, |it| it.id.to_string())
    };
    let said = ruleset.constraints.iter().map(|it| match &it.never {
        Impossible::When(when) => spelt(when, &name),
        Impossible::Less { more, less } => format!("{} < {}", name(*more), name(*less)),
    });
    let mut said: Vec<String> = said.collect();
    said.sort();
    said
}

fn spelt(condition: &Expression, name: &impl Fn(usize) -> String) -> String {
    let parts = |joined: &str, parts: &[Expression]| {
        let parts: Vec<String> = parts.iter().map(|part| spelt(part, name)).collect();
        format!("{joined}({})", parts.join(","))
    };
    match condition {
        Expression::All(all) => parts("all", all),
        Expression::Any(any) => parts("any", any),
        Expression::None(none) => parts("none", none),
        Expression::Is(atom) => format!("{}{:?}", name(atom.fact), atom.test),
    }
}
