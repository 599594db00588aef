//! From a condition to the ways in which it can hold.

use super::program::FactCells;
use crate::ruleset::{Atom, Expression};

/// One way: for some facts, in rising order, the cells that fit.
pub type Way = Vec<(usize, u64)>;

/// The ways in which a condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expanded {
    /// The ways; none when it can never hold, one without needs when it always does.
    pub ways: Vec<Way>,
}

/// More ways than anybody could read, let alone prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMany;

/// The most ways one condition may have. The widest of the shipped rules has far fewer.
const MOST: usize = 2_048;

impl Expanded {
    /// Expands a condition over facts cut into cells.
    pub(super) fn of(expression: &Expression, facts: &[FactCells]) -> Result<Self, TooMany> {
        ways(expression, facts, true).map(|mut ways| {
            without_covered(&mut ways);
            Self { ways }
        })
    }
}

/// The ways in which a condition turns out as wanted.
fn ways(expression: &Expression, facts: &[FactCells], wanted: bool) -> Result<Vec<Way>, TooMany> {
    match (expression, wanted) {
        (Expression::All(parts), true) => every(parts, facts, true),
        (Expression::All(parts), false) => either(parts, facts, false),
        (Expression::Any(parts), true) | (Expression::None(parts), false) => {
            either(parts, facts, true)
        }
        (Expression::Any(parts), false) | (Expression::None(parts), true) => {
            every(parts, facts, false)
        }
        (Expression::Is(atom), wanted) => Ok(one(atom, facts, wanted)),
    }
}

fn one(atom: &Atom, facts: &[FactCells], wanted: bool) -> Vec<Way> {
    let Some(fact) = facts.get(atom.fact) else {
        return Vec::new();
    };
    let passing = fact.cells.iter().enumerate();
    let fits = passing
        .filter(|(_, cell)| cell.passes(&atom.test) == wanted)
        .fold(0, |bits, (at, _)| bits | 1 << at);
    match fits {
        0 => Vec::new(),
        all if all == fact.all() => vec![Vec::new()],
        some => vec![vec![(atom.fact, some)]],
    }
}

fn either(parts: &[Expression], facts: &[FactCells], wanted: bool) -> Result<Vec<Way>, TooMany> {
    let mut made = Vec::new();
    for part in parts {
        made.extend(ways(part, facts, wanted)?);
        if made.len() > MOST {
            return Err(TooMany);
        }
    }
    join_alternatives(&mut made, facts);
    Ok(made)
}

fn every(parts: &[Expression], facts: &[FactCells], wanted: bool) -> Result<Vec<Way>, TooMany> {
    let mut made = vec![Vec::new()];
    for part in parts {
        let more = ways(part, facts, wanted)?;
        if made.len() * more.len() > MOST {
            return Err(TooMany);
        }
        made = made
            .iter()
            .flat_map(|way| more.iter().filter_map(|other| both(way, other)))
            .collect();
        without_covered(&mut made);
    }
    Ok(made)
}

/// Both ways at once, unless they need different things of one fact.
fn both(way: &Way, other: &Way) -> Option<Way> {
    let mut made = way.clone();
    for &(fact, cells) in other {
        match made.binary_search_by_key(&fact, |need| need.0) {
            Ok(at) => {
                made[at].1 &= cells;
                if made[at].1 == 0 {
                    return None;
                }
            }
            Err(at) => made.insert(at, (fact, cells)),
        }
    }
    Some(made)
}

/// Ways that need only one and the same fact are one way: `a` or `b` of it.
fn join_alternatives(ways: &mut Vec<Way>, facts: &[FactCells]) {
    let mut joined: Vec<Way> = Vec::with_capacity(ways.len());
    for way in ways.drain(..) {
        let alone = |it: &Way| it.len() == 1 && way.len() == 1 && it[0].0 == way[0].0;
        match joined.iter_mut().find(|it| alone(it)) {
            Some(known) => known[0].1 |= way[0].1,
            None => joined.push(way),
        }
    }
    for way in &mut joined {
        way.retain(|(fact, cells)| *cells != facts[*fact].all());
    }
    *ways = joined;
}

/// Takes out each way that another covers.
fn without_covered(ways: &mut Vec<Way>) {
    let covers = |wide: &Way, narrow: &Way| {
        wide.iter().all(|(fact, cells)| {
            narrow
                .binary_search_by_key(fact, |need| need.0)
                .is_ok_and(|at| narrow[at].1 & !cells == 0)
        })
    };
    let mut kept: Vec<Way> = Vec::with_capacity(ways.len());
    for way in ways.drain(..) {
        if kept.iter().any(|it| covers(it, &way)) {
            continue;
        }
        kept.retain(|it| !covers(&way, it));
        kept.push(way);
    }
    *ways = kept;
}
