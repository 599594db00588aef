//! Impact: who would move if one ruleset took the place of another, from what to what, and why.
//!
//! A rule that cannot fire in a case under either ruleset changes nothing there. So each case is
//! encoded once, the rules that differ are looked at, and only where one of them may fire are the
//! parts that it bears on worked out under both. Words are made for those who move and for
//! nobody else.

mod change;
mod glance;
mod moved;
mod side;

pub use change::{Change, Difference};
pub use moved::{Move, Moved, MovedPart, Stood};

use std::collections::BTreeSet;

use crate::engine::State;
use crate::fact::Facts;
use crate::ruleset::{Ruleset, Truth};
use glance::Glance;
use side::{Side, Value};

/// Two rulesets, and what differs between them.
pub struct Impact<'r> {
    old: Side<'r>,
    new: Side<'r>,
    /// Rules that differ, for people.
    differences: Vec<Difference>,
    /// Rules whose difference can move somebody, by their places.
    watched: Vec<Watched>,
    /// The same, at a glance.
    glance: Glance,
    /// Whether what cannot occur differs, so that no case can be passed over.
    everyone: bool,
    /// Every value that any number of rules can give, of either ruleset.
    values: Vec<Value>,
    /// For each fact of the new rules, the place of the same fact, cut alike, in the old.
    alike: Vec<Option<usize>>,
}

/// A rule that differs, by its place in each ruleset.
struct Watched {
    old: Option<usize>,
    new: Option<usize>,
    /// It asks something else and is otherwise the same.
    only_asks: bool,
    urgency: bool,
    lead: bool,
    /// By their places in `values`.
    values: Vec<usize>,
}

/// The parts of one case that have to be looked at.
#[derive(Default)]
struct Looked {
    urgency: bool,
    lead: bool,
    values: BTreeSet<usize>,
}

impl<'r> Impact<'r> {
    /// Compares two rulesets.
    pub fn between(old: &'r Ruleset, new: &'r Ruleset) -> Self {
        let values = side::values(old, new);
        let compared = change::compare(old, new);
        let watched = compared.rules.iter().map(|((before, after), only_asks)| {
            let rules = [
                before.and_then(|at| old.rules.get(at)),
                after.and_then(|at| new.rules.get(at)),
            ];
            let given = || rules.iter().flatten().map(|rule| &rule.then);
            let names = rules
                .iter()
                .flatten()
                .flat_map(|rule| side::values_of(rule));
            let mut places: Vec<usize> = names
                .filter_map(|name| values.iter().position(|it| *it == name))
                .collect();
            places.sort_unstable();
            places.dedup();
            Watched {
                old: *before,
                new: *after,
                only_asks: *only_asks,
                urgency: given().any(|then| then.urgency.is_some()),
                lead: given().any(|then| then.lead.is_some()),
                values: places,
            }
        });
        let alike = new.program().facts.iter().map(|fact| {
            let at = old.program().fact(fact.id.as_str())?;
            old.program()
                .facts
                .get(at)
                .filter(|it| it.cells == fact.cells)
                .map(|_| at)
        });
        let watched: Vec<Watched> = watched.collect();
        Self {
            glance: Glance::of(&watched, old.program(), new.program()),
            watched,
            everyone: compared.everyone,
            differences: compared.differences,
            alike: alike.collect(),
            old: Side::of(old, &values),
            new: Side::of(new, &values),
            values,
        }
    }

    /// The rules that differ, in the order of the new file; those that are gone come last.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// What would change in one case; none when nothing would.
    ///
    /// Somebody under 18 or of unknown age does not move: no ruleset settles anything there.
    pub fn of(&self, facts: &Facts) -> Option<Moved> {
        if facts.age.is_none_or(|age| age < 18) || !self.may_move(facts) {
            return None;
        }
        let old = self.old.case(self.old.ruleset.program().state(facts));
        let new = self.new.case(self.new_state(&old.state, facts));
        let looked = self.looked_at(&old.truths, &new.truths)?;
        let (mut old, mut new) = (old.outlook(), new.outlook());
        let mut moves = Vec::new();
        if looked.urgency {
            let (from, to) = (old.urgency(facts), new.urgency(facts));
            moves.extend(moved::one(MovedPart::Urgency, &from, &to, |it| {
                it.words().to_owned()
            }));
        }
        if looked.lead {
            let (from, to) = (old.lead(), new.lead());
            moves.extend(moved::one(MovedPart::Lead, &from, &to, |it| {
                it.words().to_owned()
            }));
        }
        let values: Vec<(&Value, side::Held, side::Held)> = looked
            .values
            .iter()
            .filter_map(|&at| Some((self.values.get(at)?, old.value(at), new.value(at))))
            .collect();
        if values.iter().any(|(_, from, to)| from != to) {
            moves.extend(self.moved_values(&values, &mut old, &mut new));
        }
        if moves.is_empty() {
            return None;
        }
        Some(self.because(moves, old.truths(), new.truths()))
    }

    fn may_move(&self, facts: &Facts) -> bool {
        let programs = (self.old.ruleset.program(), self.new.ruleset.program());
        self.everyone || self.glance.touches(facts, programs.0, programs.1)
    }

    /// Facts that both cut alike are taken over; only the others are encoded again.
    fn new_state(&self, old: &State, facts: &Facts) -> State {
        let program = self.new.ruleset.program();
        let mut state = State::open(program);
        for (at, (fact, alike)) in program.facts.iter().zip(&self.alike).enumerate() {
            if let Some(before) = *alike {
                state.set(at, old.possible(before), old.is_conflict(before));
            } else if let Some(known) = facts.get(fact.id.as_str()) {
                let (cells, in_conflict) = fact.possible_for(known);
                state.set(at, cells, in_conflict);
            }
        }
        state
    }

    /// The parts that a differing rule bears on which may fire; none when no such rule may.
    fn looked_at(&self, old: &[Truth], new: &[Truth]) -> Option<Looked> {
        if self.everyone {
            return Some(Looked {
                urgency: true,
                lead: true,
                values: (0..self.values.len()).collect(),
            });
        }
        let truth = |truths: &[Truth], at: Option<usize>| {
            let truth = at.and_then(|at| truths.get(at)).copied();
            truth.unwrap_or(Truth::False)
        };
        let mut looked = None;
        let touching = self.watched.iter().filter(|rule| {
            let (before, after) = (truth(old, rule.old), truth(new, rule.new));
            glance::differs(rule.only_asks, before, after)
        });
        for rule in touching {
            let looked: &mut Looked = looked.get_or_insert_with(Looked::default);
            looked.urgency |= rule.urgency;
            looked.lead |= rule.lead;
            looked.values.extend(&rule.values);
        }
        looked
    }

    /// Whole parts, once any value of theirs has moved.
    fn moved_values(
        &self,
        seen: &[(&Value, side::Held, side::Held)],
        old: &mut side::Open<'_, 'r>,
        new: &mut side::Open<'_, 'r>,
    ) -> Vec<Move> {
        let mut parts: Vec<MovedPart> = seen
            .iter()
            .filter(|(_, from, to)| from != to)
            .map(|(it, ..)| it.part())
            .collect();
        parts.dedup();
        let of = |part: &MovedPart, side: &mut side::Open<'_, 'r>| {
            let all = self
                .values
                .iter()
                .enumerate()
                .filter(|(_, it)| it.part() == *part);
            Stood::of_values(
                all.map(|(at, it)| (it.words(self.old.ruleset, self.new.ruleset), side.value(at))),
            )
        };
        parts
            .into_iter()
            .map(|part| Move {
                part,
                from: of(&part, old),
                to: of(&part, new),
            })
            .collect()
    }

    /// Says which differing rules newly fire, or no longer do.
    fn because(&self, moves: Vec<Move>, old: &[Truth], new: &[Truth]) -> Moved {
        let fires = |truth: Truth| truth >= Truth::InConflict;
        let mut made = Moved {
            moves,
            newly: Vec::new(),
            no_longer: Vec::new(),
            may_newly: Vec::new(),
            may_no_longer: Vec::new(),
            otherwise: Vec::new(),
        };
        for rule in &self.watched {
            let truth = |truths: &[Truth], at: Option<usize>| {
                at.and_then(|at| truths.get(at))
                    .copied()
                    .unwrap_or(Truth::False)
            };
            let (from, to) = (truth(old, rule.old), truth(new, rule.new));
            let place = rule.new.and_then(|at| self.new.ruleset.rules.get(at));
            let Some(named) =
                place.or_else(|| rule.old.and_then(|at| self.old.ruleset.rules.get(at)))
            else {
                continue;
            };
            let list = match (fires(from), fires(to)) {
                (false, true) => &mut made.newly,
                (true, false) => &mut made.no_longer,
                (true, true) => &mut made.otherwise,
                _ if from == to && from == Truth::Open => &mut made.otherwise,
                _ if to == Truth::Open => &mut made.may_newly,
                _ if from == Truth::Open => &mut made.may_no_longer,
                _ => continue,
            };
            list.push(named.id.clone());
        }
        made
    }
}

/// Who would move: the place of each case that would, and what would change in it.
pub fn impact<'f>(
    old: &Ruleset,
    new: &Ruleset,
    cases: impl IntoIterator<Item = &'f Facts>,
) -> Vec<(usize, Moved)> {
    let between = Impact::between(old, new);
    let cases = cases.into_iter().enumerate();
    cases
        .filter_map(|(at, facts)| Some((at, between.of(facts)?)))
        .collect()
}
