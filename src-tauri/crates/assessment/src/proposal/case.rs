//! A ruleset over the facts of one case, and the parts that come of it.

use super::part::{Missing, Part, Reason};
use crate::engine::{Cell, Exact, Outlook, Program, State, Term, Turned};
use crate::fact::{Fact, Facts};
use crate::ruleset::{Disposition, Rule, Ruleset, Truth, Urgency};

/// A ruleset with how each of its rules turns out.
pub(super) struct Case<'a> {
    facts: &'a Facts,
    program: &'a Program,
    state: &'a State,
    turned_out: Vec<TurnedOut<'a>>,
}

/// A rule, how it turns out, and what it waits for.
pub(super) struct TurnedOut<'a> {
    pub(super) rule: &'a Rule,
    pub(super) truth: Truth,
    /// Facts, open and undecided; empty unless the rule is open.
    pub(super) waiting: Vec<&'a Fact>,
}

impl<'a> Case<'a> {
    pub(super) fn new(
        ruleset: &'a Ruleset,
        facts: &'a Facts,
        state: &'a State,
        turned: &Turned,
    ) -> Self {
        let program = ruleset.program();
        let truths = program.rule_truths(turned);
        let rules = ruleset.rules.iter().zip(truths).enumerate();
        let turned_out = rules.map(|(at, (rule, truth))| {
            let waiting = if truth == Truth::Open {
                let open = program.rules[at]
                    .clone()
                    .filter(|term| turned.truth(*term) == Truth::Open);
                waiting(program, state, open, facts)
            } else {
                Vec::new()
            };
            TurnedOut {
                rule,
                truth,
                waiting,
            }
        });
        Self {
            facts,
            turned_out: turned_out.collect(),
            program,
            state,
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

    /// The most urgent rule that fires gives the urgency.
    ///
    /// `open_signs` are the warning signs without an answer: while there is one, "routine" is
    /// not settled, whatever the rules make of it.
    pub(super) fn urgency(
        &self,
        outlook: Outlook<Urgency>,
        open_signs: &[Missing],
    ) -> Part<Urgency> {
        let Outlook { possible, exact } = outlook;
        let guarded = possible == [Urgency::Routine] && !open_signs.is_empty();
        let settled = exact && possible.len() == 1 && !guarded;
        let least = possible.last().copied().unwrap_or(Urgency::Routine);
        let of = |rule: &Rule| rule.then.urgency;
        let opens = |rule: &Rule| of(rule).is_some_and(|it| it < least && possible.contains(&it));
        let urgent = |rule: &Rule| of(rule).is_some_and(|it| it < Urgency::Routine);
        let mut part = self.part(|rule| of(rule) == Some(least), opens, urgent);
        if guarded {
            part.missing = open_signs.to_vec();
        }
        part.certain = possible.iter().copied().filter(|_| settled).collect();
        Part {
            settled,
            exact,
            possible,
            ..part
        }
    }

    /// The first rule that fires and names a lead gives it.
    pub(super) fn lead(&self, outlook: Outlook<Disposition>) -> Part<Disposition> {
        let Outlook { possible, exact } = outlook;
        let settled = exact && possible.len() == 1;
        let fires =
            |it: &&TurnedOut<'_>| it.truth >= Truth::InConflict && it.rule.then.lead.is_some();
        let chosen = self.turned_out.iter().find(fires).map(|it| it.rule);
        let before = |rule: &Rule| chosen.is_none_or(|chosen| self.stands_before(rule, chosen));
        let changes = |rule: &Rule| {
            !settled && before(rule) && rule.then.lead.is_some_and(|lead| possible.contains(&lead))
        };
        let speaks_for = |rule: &Rule| chosen.is_some_and(|chosen| chosen.id == rule.id);
        let mut part = self.part(speaks_for, changes, |rule| rule.then.lead.is_some());
        part.certain = possible.iter().copied().filter(|_| settled).collect();
        Part {
            settled,
            exact,
            possible,
            ..part
        }
    }

    fn stands_before(&self, rule: &Rule, other: &Rule) -> bool {
        let mut order = self.turned_out.iter().map(|it| it.rule.id.as_str());
        order.find(|id| *id == rule.id || *id == other.id) == Some(&rule.id) && rule.id != other.id
    }

    /// A part in which any number of values hold.
    pub(super) fn set<T: Clone + PartialEq>(
        &self,
        outlook: &mut Exact<'_>,
        of: impl Fn(&Rule) -> Vec<T>,
    ) -> Part<T> {
        // Each value stands where the file first names it, so that the order never moves.
        let mut named: Vec<(T, Vec<usize>)> = Vec::new();
        for (at, it) in self.turned_out.iter().enumerate() {
            for value in of(it.rule) {
                match named.iter_mut().find(|(known, _)| *known == value) {
                    Some((_, rules)) => rules.push(at),
                    None => named.push((value, vec![at])),
                }
            }
        }
        let (mut certain, mut possible, mut all_exact) = (Vec::new(), Vec::new(), true);
        for (value, rules) in named {
            let (truth, exact) = outlook.any_of(&self.program.terms_of(rules));
            all_exact &= exact;
            if truth == Truth::True {
                certain.push(value.clone());
            }
            if truth != Truth::False {
                possible.push(value);
            }
        }
        let adds = |rule: &Rule| {
            let mut values = of(rule).into_iter();
            values.any(|value| possible.contains(&value) && !certain.contains(&value))
        };
        let about = |rule: &Rule| !of(rule).is_empty();
        Part {
            settled: all_exact && possible.len() == certain.len(),
            exact: all_exact,
            ..self.part(about, adds, about)
        }
        .with(possible, certain)
    }

    /// A part without its values, from the rules that bear on it.
    fn part<T>(
        &self,
        speaks_for: impl Fn(&Rule) -> bool,
        may_change: impl Fn(&Rule) -> bool,
        about: impl Fn(&Rule) -> bool,
    ) -> Part<T> {
        let waiting = self
            .open()
            .filter(|it| may_change(it.rule))
            .flat_map(|it| it.waiting.iter().copied());
        let ruled_out = |(at, it): &(usize, &TurnedOut<'_>)| {
            it.truth == Truth::False && about(it.rule) && self.was_considered(*at)
        };
        Part {
            settled: false,
            exact: true,
            in_conflict: self
                .rules()
                .any(|(rule, truth)| truth == Truth::InConflict && speaks_for(rule)),
            because: self
                .fired()
                .filter(|rule| speaks_for(rule))
                .map(Reason::of)
                .collect(),
            against: self
                .turned_out
                .iter()
                .enumerate()
                .filter(ruled_out)
                .map(|(_, it)| Reason::of(it.rule))
                .collect(),
            missing: Missing::behind(waiting, self.facts),
            certain: Vec::new(),
            possible: Vec::new(),
        }
    }

    /// Whether something that was found speaks for a rule which does not fire in the end.
    fn was_considered(&self, rule: usize) -> bool {
        let found = |(fact, cells): &(usize, u64)| {
            let all = &self.program.facts[*fact];
            let finding = match all.cells.first() {
                Some(Cell::Yes | Cell::No) => {
                    all.cell(&Cell::No).is_none_or(|no| cells & 1 << no == 0)
                }
                // "Any but this one" is no finding.
                Some(Cell::Choice(_)) => 2 * cells.count_ones() <= all.all().count_ones(),
                _ => true,
            };
            finding && self.state.possible(*fact) & !cells == 0
        };
        let terms: &[Term] = &self.program.terms[self.program.rules[rule].clone()];
        terms
            .iter()
            .any(|term| term.needs.len() > 1 && term.needs.iter().any(found))
    }
}

/// The open facts that some terms wait for, in the order of the terms.
fn waiting<'a>(
    program: &Program,
    state: &State,
    terms: impl Iterator<Item = usize>,
    facts: &'a Facts,
) -> Vec<&'a Fact> {
    let mut found: Vec<usize> = Vec::new();
    for term in terms {
        for &(fact, cells) in &program.terms[term].needs {
            let undecided = state.is_open(fact) && state.possible(fact) & !cells != 0;
            if undecided && !found.contains(&fact) {
                found.push(fact);
            }
        }
    }
    let of = |fact: usize| facts.get(program.facts[fact].id.as_str());
    found.into_iter().filter_map(of).collect()
}
