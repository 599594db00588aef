//! A first glance at a case: can a rule that differs have any effect in it?
//!
//! It looks at the facts of those rules alone, so that a case which they do not touch costs a few
//! look-ups, however long the rulesets are.

use crate::engine::Program;
use crate::fact::Facts;
use crate::ruleset::Truth;

use super::Watched;

/// The facts and the terms of the rules that differ.
pub(super) struct Glance {
    /// The facts they ask, each once.
    asked: Vec<Asked>,
    rules: Vec<Glanced>,
}

/// A fact, with its place in each program.
struct Asked {
    id: String,
    old: Option<usize>,
    new: Option<usize>,
}

/// A rule, by the terms in which it can hold.
struct Glanced {
    /// It asks something else and is otherwise the same.
    only_asks: bool,
    old: Vec<Needs>,
    new: Vec<Needs>,
}

/// For some facts, by their place in `asked`, the cells that fit.
type Needs = Vec<(usize, u64)>;

/// What is possible of a fact in one program.
#[derive(Clone, Copy)]
struct Possible {
    cells: u64,
    in_conflict: bool,
}

impl Glance {
    pub(super) fn of(watched: &[Watched], old: &Program, new: &Program) -> Self {
        let mut asked: Vec<Asked> = Vec::new();
        let mut terms = |program: &Program, rule: Option<usize>| -> Vec<Needs> {
            let terms = rule.and_then(|rule| program.rules.get(rule)).cloned();
            let terms = terms.unwrap_or_default();
            let terms = terms.filter_map(|term| program.terms.get(term));
            terms
                .map(|term| {
                    let needs = term.needs.iter();
                    let needs = needs.filter_map(|(fact, cells)| {
                        let id = program.facts.get(*fact)?.id.as_str();
                        Some((place(&mut asked, id, old, new), *cells))
                    });
                    needs.collect()
                })
                .collect()
        };
        let rules = watched.iter().map(|rule| Glanced {
            only_asks: rule.only_asks,
            old: terms(old, rule.old),
            new: terms(new, rule.new),
        });
        let rules = rules.collect();
        Self { asked, rules }
    }

    /// Whether one of the rules may have another effect under the new ruleset than under the old.
    pub(super) fn touches(&self, facts: &Facts, old: &Program, new: &Program) -> bool {
        let known = self.asked.iter().map(|it| (it, facts.get(&it.id)));
        let possible = known.map(|(asked, fact)| {
            let of = |program: &Program, at: Option<usize>| {
                let cells = at.and_then(|at| program.facts.get(at))?;
                let (cells, in_conflict) =
                    fact.map_or((cells.all(), false), |fact| cells.possible_for(fact));
                Some(Possible { cells, in_conflict })
            };
            (of(old, asked.old), of(new, asked.new))
        });
        let possible: Vec<(Option<Possible>, Option<Possible>)> = possible.collect();
        self.rules.iter().any(|rule| {
            let before = turns(&rule.old, |fact| possible.get(fact)?.0);
            let after = turns(&rule.new, |fact| possible.get(fact)?.1);
            differs(rule.only_asks, before, after)
        })
    }
}

/// Whether a rule that differs may have another effect, by how it turns out under each ruleset.
///
/// One that fires under neither has none; one that only asks something else has the same effect
/// where it surely fires under both.
pub(super) fn differs(only_asks: bool, before: Truth, after: Truth) -> bool {
    match (before, after) {
        (Truth::False, Truth::False) => false,
        (Truth::True, Truth::True) => !only_asks,
        _ => true,
    }
}

/// How a rule turns out. What rests on a conflict is left open: the closer look decides.
fn turns(terms: &[Needs], possible: impl Fn(usize) -> Option<Possible>) -> Truth {
    let mut turned = Truth::False;
    for term in terms {
        let (mut dead, mut sure) = (false, true);
        for (fact, cells) in term {
            let Some(known) = possible(*fact) else {
                continue;
            };
            dead |= known.cells & cells == 0;
            sure &= known.cells & !cells == 0 && !known.in_conflict;
        }
        match (dead, sure) {
            (true, _) => {}
            (false, true) => return Truth::True,
            (false, false) => turned = Truth::Open,
        }
    }
    turned
}

fn place(asked: &mut Vec<Asked>, id: &str, old: &Program, new: &Program) -> usize {
    if let Some(at) = asked.iter().position(|it| it.id == id) {
        return at;
    }
    asked.push(Asked {
        id: id.to_owned(),
        old: old.fact(id),
        new: new.fact(id),
    });
    asked.len() - 1
}
