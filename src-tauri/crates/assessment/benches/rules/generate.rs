//! Made-up rules and complete cases. The same shape and seed always give the same.

use assessment::ruleset::{Disposition, Urgency};

/// How many facts and rules, and which of all the rulesets of that size.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) facts: usize,
    pub(crate) rules: usize,
    pub(crate) seed: u64,
}

/// A fact, its values being whole numbers: a yes is 1, a choice is its place in `OPTIONS`.
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// The limits that rules share, as cut-offs are shared in a clinic.
    limits: Vec<i64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Number { highest: i64 },
    YesNo,
    Choice,
}

pub(crate) const OPTIONS: [&str; 5] = ["a", "b", "c", "d", "e"];

/// What a rule wants of one fact.
pub(crate) struct Condition {
    pub(crate) fact: usize,
    pub(crate) wants: Wants,
}

pub(crate) enum Wants {
    Is(bool),
    OneOf(Vec<i64>),
    AtLeast(i64),
    Below(i64),
}

impl Wants {
    pub(crate) fn fits(&self, value: i64) -> bool {
        match self {
            Self::Is(wanted) => value == i64::from(*wanted),
            Self::OneOf(wanted) => wanted.contains(&value),
            Self::AtLeast(limit) => value >= *limit,
            Self::Below(limit) => value < *limit,
        }
    }
}

/// A rule, which fires when all its conditions hold.
pub(crate) struct Rule {
    pub(crate) all: Vec<Condition>,
    pub(crate) urgency: Urgency,
    pub(crate) lead: Disposition,
}

/// A value of each fact.
pub(crate) type Case = Vec<i64>;

pub(crate) struct Generated {
    pub(crate) facts: Vec<Fact>,
    /// Most urgent first, as our language wants it.
    pub(crate) rules: Vec<Rule>,
    pub(crate) cases: Vec<Case>,
}

impl Generated {
    pub(crate) fn new(shape: Shape, cases: usize) -> Self {
        let mut chance = Chance(shape.seed);
        let facts: Vec<Fact> = (0..shape.facts).map(|at| fact(at, &mut chance)).collect();
        let mut rules: Vec<Rule> = (0..shape.rules)
            .map(|_| rule(&facts, &mut chance))
            .collect();
        rules.sort_by_key(|rule| rule.urgency);
        let cases = (0..cases).map(|_| case(&facts, &mut chance)).collect();
        Self {
            facts,
            rules,
            cases,
        }
    }

    /// The rules that fire for a case, worked out as plainly as can be: what every arm must find.
    pub(crate) fn fired(&self, case: &Case) -> Vec<usize> {
        let holds = |condition: &Condition| condition.wants.fits(case[condition.fact]);
        let fires = |at: &usize| self.rules[*at].all.iter().all(holds);
        (0..self.rules.len()).filter(fires).collect()
    }
}

/// Ten facts in a row are four scores, four signs, a choice and a dose.
fn fact(at: usize, chance: &mut Chance) -> Fact {
    let (word, kind) = match at % 10 {
        0..=3 => {
            let highest = chance.one_of(&[10, 21, 27, 40, 52]);
            ("score", Kind::Number { highest })
        }
        4..=7 => ("sign", Kind::YesNo),
        8 => ("choice", Kind::Choice),
        _ => ("dose", Kind::Number { highest: 200 }),
    };
    let mut limits = Vec::new();
    if let Kind::Number { highest } = kind {
        let count = 2 + chance.below(2);
        while limits.len() < count {
            let limit = 1 + chance.number(highest);
            if !limits.contains(&limit) {
                limits.push(limit);
            }
        }
        limits.sort_unstable();
    }
    Fact {
        name: format!("{word}{at}"),
        kind,
        limits,
    }
}

/// One to four conditions, four times in five all from the same ten facts; the more urgent a
/// rule is, the more it wants.
fn rule(facts: &[Fact], chance: &mut Chance) -> Rule {
    let (urgency, least) = match chance.below(20) {
        0..=1 => (Urgency::Emergency, 3),
        2..=6 => (Urgency::SameDay, 2),
        7..=13 => (Urgency::Urgent, 2),
        _ => (Urgency::Soon, 1),
    };
    let count = least + chance.below(3).min(4 - least);
    let first = 10 * chance.below(facts.len() / 10);
    let stray = chance.below(5) == 0;
    let mut all: Vec<Condition> = Vec::new();
    while all.len() < count {
        let fact = if stray && all.len() + 1 == count {
            chance.below(facts.len())
        } else {
            first + chance.below(10)
        };
        if all.iter().all(|condition| condition.fact != fact) {
            let wants = wants(&facts[fact], chance);
            all.push(Condition { fact, wants });
        }
    }
    let lead = chance.one_of(&LEADS);
    Rule { all, urgency, lead }
}

const LEADS: [Disposition; 8] = [
    Disposition::D01,
    Disposition::D04,
    Disposition::D06,
    Disposition::D08,
    Disposition::D10,
    Disposition::D11,
    Disposition::D13,
    Disposition::D19,
];

fn wants(fact: &Fact, chance: &mut Chance) -> Wants {
    match fact.kind {
        Kind::YesNo => Wants::Is(chance.below(10) > 0),
        Kind::Choice => {
            let first = chance.number(OPTIONS.len() as i64);
            let second = chance.number(OPTIONS.len() as i64);
            let mut options = vec![first.min(second), first.max(second)];
            options.dedup();
            Wants::OneOf(options)
        }
        Kind::Number { .. } => {
            let limit = chance.one_of(&fact.limits);
            if chance.below(20) < 17 {
                Wants::AtLeast(limit)
            } else {
                Wants::Below(limit)
            }
        }
    }
}

/// A case: signs are rare, and scores are low more often than high.
fn case(facts: &[Fact], chance: &mut Chance) -> Case {
    let value = |fact: &Fact| match fact.kind {
        Kind::YesNo => i64::from(chance.below(8) == 0),
        Kind::Choice => chance.number(OPTIONS.len() as i64),
        Kind::Number { highest } => chance.number(highest + 1).min(chance.number(highest + 1)),
    };
    facts.iter().map(value).collect()
}

/// The well-known `SplitMix64`, written out so that no crate's next version changes the rules.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From zero to just below `count`.
    fn below(&mut self, count: usize) -> usize {
        (self.next() >> 11) as usize % count
    }

    fn number(&mut self, count: i64) -> i64 {
        self.below(count as usize) as i64
    }

    fn one_of<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())]
    }
}
