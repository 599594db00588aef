//! What would change it: the smallest changes of answers that lead to another outcome.

use serde::Serialize;

use super::case::Case;
use super::trial::{Altered, Trials};
use crate::fact::{FactId, Facts};
use crate::ruleset::{Disposition, Domain, Ruleset, Urgency};

/// A change is of at most so many facts. Nearly all outcomes turn on one.
pub(super) const MOST_FACTS: usize = 3;

/// At most so many changes each way: more would not be read.
const A_HANDFUL: usize = 5;

/// How many trials each way may take; some microseconds each.
const TRIALS: u32 = 300;

/// One fact as it would have to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alteration {
    /// The fact. One that is asked has its question's id.
    pub fact: FactId,
    /// In words: `"Numbness around the genitals" were present`.
    pub words: String,
}

/// A smallest change of answers, and what the rules would give then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The facts that change; one to three.
    pub alterations: Vec<Alteration>,
    /// Worked-out facts that change with them.
    pub with_them: Vec<Alteration>,
    /// How soon it would be; at least this, unless it is settled.
    pub urgency: Urgency,
    /// Whether no open answer could then make it more urgent.
    pub settled: bool,
    /// The lead that would be; none while an open answer could still bring another.
    pub lead: Option<Disposition>,
    /// The whole in one sentence without its full stop.
    pub words: String,
}

/// The smallest changes that lead to another outcome, smallest first. None contains another.
///
/// They say how much hangs on an answer, and are never advice to change one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// What would make it more urgent, each by another rule; at most five.
    pub raises: Vec<Change>,
    /// How many facts there are each of which alone would make it more urgent.
    pub raised_by_one: usize,
    /// What would make it less urgent; none while the urgency is not settled, at most five.
    pub lowers: Vec<Change>,
    /// What would bring another lead with the same urgency; none while the lead is not settled,
    /// at most five.
    pub lead: Vec<Change>,
    /// Whether the search came to an end; if not, there may be smaller or further changes.
    pub exact: bool,
}

/// Which changes of answers would change the outcome. Facts that nothing changes, such as an age,
/// stay as they are.
pub fn what_would_change(ruleset: &Ruleset, facts: &Facts) -> Changes {
    let case = Case::new(ruleset, facts);
    let mut exact = true;
    let mut within = |trials: &Trials| exact &= !trials.are_spent();
    let mut trials = Trials::at_most(TRIALS);
    let raises = case.raises(A_HANDFUL, &mut trials);
    within(&trials);
    let mut trials = Trials::at_most(TRIALS);
    let lowers = case.lowers(A_HANDFUL, &mut trials);
    within(&trials);
    let mut trials = Trials::at_most(TRIALS);
    let lead = case.other_leads(A_HANDFUL, &mut trials);
    within(&trials);
    let say = |all: Vec<Altered>| all.iter().filter_map(|it| case.change(it)).collect();
    Changes {
        raises: say(raises.changes),
        raised_by_one: raises.alone,
        lowers: say(lowers),
        lead: say(lead),
        exact,
    }
}

impl Case<'_> {
    fn change(&self, altered: &[(usize, u64)]) -> Option<Change> {
        let trial = self.tried(altered, &mut Trials::at_most(1))?;
        let alter = |&(fact, cells): &(usize, u64)| self.alteration(fact, cells);
        let alterations: Vec<Alteration> = altered.iter().filter_map(alter).collect();
        let follow = |&fact: &usize| self.alteration(fact, trial.state.possible(fact));
        let with_them: Vec<Alteration> = trial.followed.iter().filter_map(follow).collect();
        let sure = trial.sure;
        let lead = sure.lead.filter(|_| sure.lead_settled);
        let conditions: Vec<&str> = alterations.iter().map(|it| it.words.as_str()).collect();
        let words = format!(
            "If {}, the rules would give {}",
            conditions.join(", and "),
            outcome(sure.urgency, sure.urgency_settled, lead)
        );
        Some(Change {
            alterations,
            with_them,
            urgency: sure.urgency,
            settled: sure.urgency_settled,
            lead,
            words,
        })
    }

    fn alteration(&self, fact: usize, cells: u64) -> Option<Alteration> {
        let called = self.called(fact)?;
        let value = self.cells(fact, cells, &called);
        let name = &called.name;
        let words = match (&called.domain, called.asked) {
            (Domain::YesNo, _) if called.sign => format!("\"{name}\" were {value}"),
            (Domain::YesNo, false) if value == "yes" => format!("it were so that {name}"),
            (Domain::YesNo, false) if value == "no" => format!("it were not so that {name}"),
            (Domain::Number { .. }, false) => format!("{name} were {value}"),
            (_, false) => format!("\"{name}\" were {value}"),
            (_, true) => format!("the answer to \"{name}\" were {value}"),
        };
        Some(Alteration {
            fact: called.id,
            words,
        })
    }
}

/// An outcome in words: `Urgent, Hub consultant or team`.
fn outcome(urgency: Urgency, settled: bool, lead: Option<Disposition>) -> String {
    let least = if settled { "" } else { "at least " };
    match lead {
        Some(lead) => format!("{least}{}, {}", urgency.words(), lead.words()),
        None => format!("{least}{}", urgency.words()),
    }
}
