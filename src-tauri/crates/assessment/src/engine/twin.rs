//! A case and another beside it, in which one fact is otherwise and some others follow.

use super::compile::assemble;
use super::expand::Way;
use super::program::{Program, Term};

/// The most combinations for one value that follows. Beyond it the value may change in any case,
/// which can make a proof fail and never makes one succeed.
const MOST: usize = 256;

impl Program {
    /// This program over two cases at once: the case itself, and one beside it.
    ///
    /// The first of `differs` may be anything in either. The others *follow*: each is the same in
    /// both, unless what it is beside the case is ruled out in the case itself by a constraint
    /// with shared facts and those before it in `differs`, so that no two follow each other.
    /// All other facts are shared. The facts of the case itself keep their places; what `differs`
    /// are beside it stands after them, in the order given, and [`Program::beside`] says what a
    /// term needs there. The constraints hold of both cases, and the rules and their terms are
    /// those of the case itself.
    #[must_use]
    pub fn twin(&self, differs: &[usize]) -> Self {
        let mut facts = self.facts.clone();
        facts.extend(differs.iter().map(|fact| self.facts[*fact].clone()));
        let mut terms = self.terms.clone();
        let never = |needs: Way| Term { rule: None, needs };
        let touched = |term: &&Term| term.needs.iter().any(|need| differs.contains(&need.0));
        let beside = self.terms[self.constraints.clone()].iter().filter(touched);
        terms.extend(beside.map(|term| never(self.beside(differs, &term.needs))));
        for (at, &fact) in differs.iter().enumerate().skip(1) {
            let copy = self.facts.len() + at;
            let later = &differs[at + 1..];
            terms.extend(self.unmoved(fact, copy, later).into_iter().map(never));
        }
        let constraints = self.constraints.start..terms.len();
        let (rules, effects) = (self.rules.clone(), self.effects.clone());
        assemble(facts, terms, rules, constraints, effects)
    }

    /// What a term needs when it is to hold in the case beside this one.
    pub fn beside(&self, differs: &[usize], needs: &[(usize, u64)]) -> Way {
        let moved = needs.iter().map(|&(fact, cells)| {
            let copy = differs.iter().position(|it| *it == fact);
            (copy.map_or(fact, |at| self.facts.len() + at), cells)
        });
        let mut moved: Way = moved.collect();
        moved.sort_unstable();
        moved
    }

    /// What cannot be of a fact that follows: it has changed from a cell, and no constraint rules
    /// that cell out in the case itself.
    fn unmoved(&self, fact: usize, copy: usize, later: &[usize]) -> Vec<Way> {
        let mut made = Vec::new();
        for cell in (0..self.facts[fact].cells.len()).map(|at| 1_u64 << at) {
            let elsewhere = self.facts[fact].all() & !cell;
            if elsewhere == 0 {
                continue;
            }
            for mut way in self.allowing(fact, cell, later) {
                way.extend([(fact, elsewhere), (copy, cell)]);
                way.sort_unstable();
                made.push(way);
            }
        }
        made
    }

    /// The ways for the other facts in which no constraint rules a cell out.
    fn allowing(&self, fact: usize, cell: u64, later: &[usize]) -> Vec<Way> {
        let mut ways: Vec<Way> = vec![Vec::new()];
        let constraints = self.terms[self.constraints.clone()].iter();
        let ruling_out = |term: &&Term| {
            let needs = &term.needs;
            needs
                .iter()
                .any(|(it, cells)| *it == fact && cells & cell != 0)
                && !needs.iter().any(|(it, _)| later.contains(it))
        };
        for term in constraints.filter(ruling_out) {
            let others: Way = term
                .needs
                .iter()
                .filter(|it| it.0 != fact)
                .copied()
                .collect();
            let missed = |way: &Way| -> Vec<Way> {
                let each = others.iter();
                each.filter_map(|need| self.missing(way, *need)).collect()
            };
            ways = ways.iter().flat_map(missed).collect();
            if ways.len() > MOST {
                return Vec::new();
            }
        }
        ways
    }

    /// A way in which, besides, a need is not met.
    fn missing(&self, way: &Way, (fact, cells): (usize, u64)) -> Option<Way> {
        let others = self.facts[fact].all() & !cells;
        let mut made = way.clone();
        let known = made.iter().position(|need| need.0 == fact);
        let at = known.unwrap_or_else(|| {
            made.push((fact, self.facts[fact].all()));
            made.len() - 1
        });
        let known = &mut made[at];
        known.1 &= others;
        (known.1 != 0).then_some(made)
    }
}
