//! What each open question is worth.

use super::place_of;
use super::places::Places;
use super::stakes::{PartName, Parts, Stake, Stakes};
use crate::engine::{Program, State, Turned};
use crate::fact::Facts;
use crate::ruleset::{Truth, Urgency};

/// Questions beyond this many halve a weight no further; the figure is only a floor for floats.
const MOST_HALVINGS: usize = 60;

/// What one question is worth.
#[derive(Clone, Copy, Default)]
struct Worth {
    warning_sign: bool,
    urgency: f64,
    lead: f64,
    rest: f64,
    parts: Parts,
}

/// For each fact that is open, the places of the questions it waits for.
struct Asked {
    places: Vec<usize>,
    ends: Vec<usize>,
}

impl Asked {
    fn of(&self, fact: usize) -> &[usize] {
        let start = fact.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.places[start..self.ends[fact]]
    }
}

/// A question that was chosen.
pub(super) struct Best<'a> {
    pub(super) question: &'a str,
    pub(super) parts: Parts,
    pub(super) warning_sign: bool,
}

/// The open questions, by their place on paper, and what each is worth.
pub(super) struct Weighed<'a> {
    worth: Vec<Worth>,
    names: Vec<&'a str>,
    /// Names that the catalogue does not have, after those it has.
    others: usize,
}

impl<'a> Weighed<'a> {
    pub(super) fn of(
        program: &Program,
        facts: &'a Facts,
        state: &State,
        turned: &Turned,
        stakes: &Stakes,
    ) -> Self {
        let count = Places::shipped().count();
        let mut made = Self {
            worth: vec![Worth::default(); count],
            names: vec![""; count],
            others: count,
        };
        let asked = made.asked(program, facts, state);
        let mut waiting = Vec::new();
        for (rule, stake) in stakes.rules() {
            for term in program.rules[rule].clone() {
                if turned.truth(term) != Truth::Open {
                    continue;
                }
                let needs = program.terms[term].needs.iter();
                waiting.clear();
                waiting.extend(needs.filter_map(|&(fact, cells)| {
                    let open = state.is_open(fact) && state.possible(fact) & !cells != 0;
                    open.then_some(asked.of(fact))
                }));
                made.lend(stake, &waiting);
            }
        }
        made
    }

    fn asked(&mut self, program: &Program, facts: &'a Facts, state: &State) -> Asked {
        let mut known = facts.all().peekable();
        let mut asked = Asked {
            places: Vec::with_capacity(2 * program.facts.len()),
            ends: Vec::with_capacity(program.facts.len()),
        };
        // Both are in the order of the names, so one walk finds all.
        for (at, cells) in program.facts.iter().enumerate() {
            while known.next_if(|(id, _)| **id < cells.id).is_some() {}
            let fact = known.next_if(|(id, _)| **id == cells.id);
            if let Some((_, fact)) = fact.filter(|_| state.is_open(at)) {
                asked
                    .places
                    .extend(fact.ask.iter().map(|id| self.place(id)));
            }
            asked.ends.push(asked.places.len());
        }
        asked
    }

    /// Lends the weight of one way in which a rule can hold to the questions it waits for.
    fn lend(&mut self, stake: Stake, waiting: &[&[usize]]) {
        let parts = stake.parts;
        let questions: usize = waiting.iter().map(|ask| ask.len().max(1)).sum();
        let halvings = questions.saturating_sub(1).min(MOST_HALVINGS);
        let urgent = stake.urgency <= Urgency::CrisisOrSafeguardingNow;
        let weight = stake.weight() / 2_f64.powi(i32::try_from(halvings).unwrap_or(0));
        for &place in waiting.iter().copied().flatten() {
            let worth = &mut self.worth[place];
            worth.parts.add(parts);
            if parts.contains(PartName::Urgency) {
                worth.warning_sign |= urgent && Places::shipped().is_about_safety(place);
                worth.urgency += weight;
            } else if parts.contains(PartName::Lead) {
                worth.lead += weight;
            } else {
                worth.rest += weight;
            }
        }
    }

    /// Counts a question as a warning sign that is open.
    pub(super) fn add_sign(&mut self, question: &'a str) {
        let place = self.place(question);
        self.worth[place].warning_sign = true;
        self.worth[place].parts.insert(PartName::WarningSigns);
    }

    /// Leaves a question out.
    pub(super) fn leave_out(&mut self, question: &str) {
        if let Some(at) = self.names.iter().position(|name| *name == question) {
            self.worth[at] = Worth::default();
        }
    }

    /// Takes the question that is worth most; of several the first on paper.
    pub(super) fn take_best(&mut self) -> Option<Best<'a>> {
        let candidates = self.worth.iter().enumerate();
        let (at, _) = candidates
            .filter(|(_, worth)| !worth.parts.is_empty())
            .reduce(|best, other| {
                if other.1.is_above(best.1) {
                    other
                } else {
                    best
                }
            })?;
        let worth = std::mem::take(&mut self.worth[at]);
        Some(Best {
            question: self.names[at],
            parts: worth.parts,
            warning_sign: worth.warning_sign,
        })
    }

    /// The place of a question; a name that the catalogue does not have is given one.
    fn place(&mut self, id: &'a str) -> usize {
        let known = place_of(id).or_else(|| {
            let others = self.names.iter().enumerate().skip(self.others);
            others
                .into_iter()
                .find(|(_, name)| **name == id)
                .map(|(at, _)| at)
        });
        let at = known.unwrap_or_else(|| {
            self.worth.push(Worth::default());
            self.names.push(id);
            self.names.len() - 1
        });
        self.names[at] = id;
        at
    }
}

impl Worth {
    fn is_above(&self, other: &Self) -> bool {
        self.warning_sign
            .cmp(&other.warning_sign)
            .then(self.urgency.total_cmp(&other.urgency))
            .then(self.lead.total_cmp(&other.lead))
            .then(self.rest.total_cmp(&other.rest))
            .is_gt()
    }
}
