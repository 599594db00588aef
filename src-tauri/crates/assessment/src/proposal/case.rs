//! A ruleset over the facts of one case, and the parts that come of it.

use super::part::{Missing, Part, Reason};
use crate::answer::Unanswered;
use crate::fact::{Fact, Facts, Known};
use crate::ruleset::{Disposition, Rule, Ruleset, Truth, Urgency};

/// A ruleset with how each of its rules turns out.
pub(super) struct Case<'a> {
    facts: &'a Facts,
    known: Vec<&'a Known>,
    turned_out: Vec<TurnedOut<'a>>,
}

/// A rule, how it turns out, and what it waits for.
pub(super) struct TurnedOut<'a> {
    pub(super) rule: &'a Rule,
    pub(super) truth: Truth,
    /// Facts, open and undecided; empty unless the rule is open.
    pub(super) waiting: Vec<&'a Fact>,
}

static NEVER_GATHERED: Known = Known::Open(Unanswered::NotAsked);

impl<'a> Case<'a> {
    pub(super) fn new(ruleset: &'a Ruleset, facts: &'a Facts) -> Self {
        let gathered: Vec<Option<&Fact>> = ruleset
            .facts
            .iter()
            .map(|declared| facts.get(declared.id.as_str()))
            .collect();
        let known: Vec<&Known> = gathered
            .iter()
            .map(|fact| fact.map_or(&NEVER_GATHERED, |fact| &fact.known))
            .collect();
        let turned_out = ruleset.rules.iter().map(|rule| {
            let truth = rule.truth(&known);
            let open = rule.when.open_facts(&known).into_iter();
            let waiting = open
                .filter_map(|at| gathered.get(at).copied().flatten())
                .collect();
            TurnedOut {
                rule,
                truth,
                waiting,
            }
        });
        Self {
            facts,
            turned_out: turned_out.collect(),
            known,
        }
    }

    pub(super) fn rules(&self) -> impl Iterator<Item = (&'a Rule, Truth)> {
        self.turned_out.iter().map(|it| (it.rule, it.truth))
    }

    /// The rules that an open answer decides.
    pub(super) fn open(&self) -> impl Iterator<Item = &TurnedOut<'a>> {
        self.turned_out.iter().filter(|it| it.truth == Truth::Open)
    }

    fn fired(&self) -> impl Iterator<Item = &'a Rule> {
        self.rules()
            .filter(|(_, truth)| *truth >= Truth::InConflict)
            .map(|(rule, _)| rule)
    }

    /// The most urgent rule that fires sets the least urgency; open rules above it are possible.
    pub(super) fn urgency(&self) -> Part<Urgency> {
        let of = |rule: &Rule| rule.then.urgency;
        let settled_at = self
            .fired()
            .filter_map(of)
            .min()
            .unwrap_or(Urgency::Routine);
        let opens = |rule: &Rule| of(rule).is_some_and(|it| it < settled_at);
        let mut possible: Vec<Urgency> = self
            .open()
            .map(|it| it.rule)
            .filter(|rule| opens(rule))
            .filter_map(of)
            .collect();
        possible.push(settled_at);
        possible.sort_unstable();
        possible.dedup();
        let mut part = self.part(
            possible,
            |rule| of(rule) == Some(settled_at),
            opens,
            |rule| of(rule).is_some_and(|it| it < Urgency::Routine),
        );
        part.certain = if part.settled {
            vec![settled_at]
        } else {
            Vec::new()
        };
        part
    }

    /// The first rule that fires and names a lead gives it; open rules before it are possible.
    pub(super) fn lead(&self) -> Part<Disposition> {
        let mut possible = Vec::new();
        let mut open = Vec::new();
        let mut chosen = None;
        for (rule, truth) in self.rules() {
            let Some(lead) = rule.then.lead else { continue };
            if truth == Truth::False {
                continue;
            }
            if !possible.contains(&lead) {
                possible.push(lead);
            }
            if truth != Truth::Open {
                chosen = Some((rule, lead));
                break;
            }
            open.push(rule.id.as_str());
        }
        let fires = |rule: &Rule| chosen.is_some_and(|(chosen, _)| chosen.id == rule.id);
        // An open rule with the same lead cannot change the outcome.
        let changes = |rule: &Rule| {
            open.contains(&rule.id.as_str())
                && chosen.is_none_or(|(_, lead)| rule.then.lead != Some(lead) || possible.len() > 1)
        };
        let mut part = self.part(possible.clone(), fires, changes, |rule| {
            rule.then.lead.is_some()
        });
        part.certain = match (part.settled, chosen) {
            (true, Some((_, lead))) => vec![lead],
            _ => Vec::new(),
        };
        part
    }

    /// A part in which any number of values hold.
    pub(super) fn set<T: Clone + PartialEq>(&self, of: impl Fn(&Rule) -> Vec<T>) -> Part<T> {
        // Each value stands where the file first names it, so that the order never moves.
        let mut strongest: Vec<(T, Truth)> = Vec::new();
        for (rule, truth) in self.rules() {
            for value in of(rule) {
                match strongest.iter_mut().find(|(known, _)| *known == value) {
                    Some((_, known)) => *known = truth.max(*known),
                    None => strongest.push((value, truth)),
                }
            }
        }
        let at_least = |least: Truth| -> Vec<T> {
            let kept = strongest.iter().filter(|(_, truth)| *truth >= least);
            kept.map(|(value, _)| value.clone()).collect()
        };
        let certain = at_least(Truth::InConflict);
        let possible = at_least(Truth::Open);
        let adds = |rule: &Rule| of(rule).iter().any(|value| !certain.contains(value));
        let about = |rule: &Rule| !of(rule).is_empty();
        let mut part = self.part(possible, about, adds, about);
        part.settled = part.possible.len() == certain.len();
        part.certain = certain;
        part
    }

    /// A part from its possible values and the rules that bear on it.
    fn part<T>(
        &self,
        possible: Vec<T>,
        speaks_for: impl Fn(&Rule) -> bool,
        may_change: impl Fn(&Rule) -> bool,
        about: impl Fn(&Rule) -> bool,
    ) -> Part<T> {
        let waiting = self
            .open()
            .filter(|it| may_change(it.rule))
            .flat_map(|it| it.waiting.iter().copied());
        let ruled_out = |(rule, truth): &(&Rule, Truth)| {
            *truth == Truth::False && about(rule) && rule.when.partly_holds(&self.known)
        };
        Part {
            settled: possible.len() == 1,
            in_conflict: self
                .rules()
                .any(|(rule, truth)| truth == Truth::InConflict && speaks_for(rule)),
            because: self
                .fired()
                .filter(|rule| speaks_for(rule))
                .map(Reason::of)
                .collect(),
            against: self
                .rules()
                .filter(ruled_out)
                .map(|(rule, _)| Reason::of(rule))
                .collect(),
            missing: Missing::behind(waiting, self.facts),
            certain: Vec::new(),
            possible,
        }
    }
}
