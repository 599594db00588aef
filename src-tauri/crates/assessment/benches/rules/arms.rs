//! Those who take part, and that they all find the same.

use std::cell::RefCell;
use std::path::Path;

use assessment::engine::{Program, TermSet};
use assessment::fact::{Fact, FactId, Facts, Known};
use assessment::proposal::evaluate;
use assessment::question::{Catalogue, QuestionKind};
use assessment::ruleset::{Disposition, Ruleset, Urgency, Vocabulary};
use jiff::civil::{Date, date};

use crate::by_hand;
use crate::generate::{Case, Generated, Kind, OPTIONS};
use crate::measure::Outcome;
use crate::peers::{Folder, Peer};
use crate::render;

/// Only what a proposal is dated with.
pub(crate) const DAY: Date = date(2026, 11, 24);

/// The same rules and cases, made ready for our engine and for the function by hand.
pub(crate) struct Ours {
    pub(crate) ruleset: Ruleset,
    pub(crate) cells: Vec<Vec<u8>>,
    pub(crate) facts: Vec<Facts>,
    /// The same, with every warning sign asked and absent, as in a complete assessment.
    pub(crate) whole: Vec<Facts>,
    pub(crate) typed: Vec<by_hand::Case>,
}

impl Ours {
    pub(crate) fn new(of: &Generated) -> Outcome<Self> {
        let ruleset = Ruleset::parse_over(&render::toml(of), Vocabulary::Own)
            .map_err(|fault| fault.to_string())?;
        let facts: Vec<Facts> = of.cases.iter().map(|case| facts(of, case)).collect();
        let program = ruleset.program();
        let cells = facts
            .iter()
            .map(|facts| program.state(facts).lowest())
            .collect();
        Ok(Self {
            cells,
            whole: of.cases.iter().map(|case| whole(of, case)).collect(),
            facts,
            typed: of
                .cases
                .iter()
                .map(|case| by_hand::Case::new(case))
                .collect(),
            ruleset,
        })
    }

    pub(crate) fn program(&self) -> &Program {
        self.ruleset.program()
    }

    /// The generated rules that fire by our engine; the default, the last rule, is left out.
    fn fired(&self, case: usize, room: &mut TermSet) -> Vec<usize> {
        let program = self.program();
        program.fire(&self.cells[case], room);
        let mut fired: Vec<usize> = room
            .iter()
            .filter_map(|term| program.rule_of(term))
            .collect();
        fired.dedup();
        fired.retain(|rule| rule + 1 < self.ruleset.rules.len());
        fired
    }
}

fn facts(of: &Generated, case: &Case) -> Facts {
    Facts::from_known(known(of, case), Some(44), DAY)
}

fn whole(of: &Generated, case: &Case) -> Facts {
    let signs = Catalogue::shipped().questions();
    let signs = signs.filter(|question| question.kind == QuestionKind::Feature);
    let absent = signs.map(|sign| (FactId::new(&sign.id), Fact::yes_no(false)));
    Facts::from_known(known(of, case).chain(absent), Some(44), DAY)
}

fn known(of: &Generated, case: &Case) -> impl Iterator<Item = (FactId, Fact)> {
    let known = |kind: Kind, value: i64| match kind {
        Kind::YesNo => Known::bool(value == 1),
        Kind::Choice => Known::choice(OPTIONS[value as usize]),
        Kind::Number { .. } => Known::number(value),
    };
    of.facts.iter().zip(case).map(move |(fact, value)| {
        let known = Fact::settled(known(fact.kind, *value));
        (FactId::new(&fact.name), known)
    })
}

/// The peers of one run: cel and regorus, then json-rules-engine and zen.
pub(crate) struct Others {
    pub(crate) rust: RefCell<Peer>,
    pub(crate) node: RefCell<Peer>,
    /// Dropped last, when nobody reads it any more.
    _rules: Folder,
}

impl Others {
    pub(crate) const RUST: [&str; 3] = ["cel", "cel-whole", "regorus"];
    pub(crate) const NODE: [&str; 2] = ["zen", "json-rules"];

    pub(crate) fn start(built: &Path, of: &Generated) -> Outcome<Self> {
        let rules = Folder::write(of)?;
        Ok(Self {
            rust: RefCell::new(Peer::rust(built, &rules)?),
            node: RefCell::new(Peer::node(&rules)?),
            _rules: rules,
        })
    }
}

/// Nothing is timed before every arm finds the same rules as the plain reference, for every case.
pub(crate) fn agree(generated: &Generated, ours: &Ours, others: Option<&Others>) -> Outcome<()> {
    let expected: Vec<Vec<usize>> = generated
        .cases
        .iter()
        .map(|it| generated.fired(it))
        .collect();
    let check = |name: &str, found: &[Vec<usize>]| {
        let differs = expected.iter().zip(found).position(|(a, b)| a != b);
        match differs {
            None if found.len() == expected.len() => Ok(()),
            at => Err(format!("{name} differs from the reference at case {at:?}.")),
        }
    };
    let cases = 0..generated.cases.len();
    let mut room = ours.program().no_terms();
    let found: Vec<_> = cases
        .clone()
        .map(|case| ours.fired(case, &mut room))
        .collect();
    check("ours", &found)?;
    let mut places = Vec::new();
    let found: Vec<Vec<usize>> = cases
        .clone()
        .map(|case| {
            by_hand::fired(&ours.typed[case], &mut places);
            places.iter().map(|place| usize::from(*place)).collect()
        })
        .collect();
    check("the function by hand", &found)?;
    let found: Vec<_> = cases.clone().map(|case| explained(ours, case)).collect();
    check("our explanation", &found)?;
    if cases
        .into_iter()
        .any(|case| !concludes(generated, ours, case, &expected[case]))
    {
        return Err("our proposal's urgency or lead differs from the reference.".to_owned());
    }
    let Some(others) = others else { return Ok(()) };
    for engine in Others::RUST {
        check(engine, &others.rust.borrow_mut().fired(engine)?)?;
    }
    for engine in Others::NODE {
        check(engine, &others.node.borrow_mut().fired(engine)?)?;
    }
    Ok(())
}

/// The rules that our whole proposal names as the reasons for where the case may go, which every
/// generated rule says.
fn explained(ours: &Ours, case: usize) -> Vec<usize> {
    let proposal = evaluate(&ours.ruleset, &ours.whole[case], DAY);
    let place = |id: &str| ours.ruleset.rules.iter().position(|rule| rule.id == id);
    let because = proposal.dispositions.because.iter();
    because.filter_map(|reason| place(&reason.id)).collect()
}

/// Whether our proposal has the urgency and the lead that the rules that fire give.
fn concludes(generated: &Generated, ours: &Ours, case: usize, fired: &[usize]) -> bool {
    let proposal = evaluate(&ours.ruleset, &ours.whole[case], DAY);
    let first = fired.first().map(|at| &generated.rules[*at]);
    let urgency = first.map_or(Urgency::Routine, |rule| rule.urgency);
    let lead = first.map_or(Disposition::D15, |rule| rule.lead);
    proposal.urgency.value() == Some(&urgency) && proposal.lead.value() == Some(&lead)
}
