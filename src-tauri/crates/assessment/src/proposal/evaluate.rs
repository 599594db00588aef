//! Evaluating a ruleset over the facts of a case.

use jiff::civil::Date;
use serde::Serialize;

use super::case::Case;
use super::next::{self, NextQuestion};
use super::part::{Missing, Part, Reason};
use super::warning::{self, GroupCount, Signs, StandingSign, WarningSign};
use crate::engine::{Budget, Exact};
use crate::fact::{Facts, StaleAnswer};
use crate::medicine::{MedicinePrompt, Ome};
use crate::ruleset::{Disposition, PainType, Rule, Ruleset, Status, Strand, Urgency};

/// What the rules work out. Never a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// The ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// Its digest, which says exactly which content it was.
    pub digest: [u8; 32],
    /// Whether it is anything but adopted.
    pub draft: bool,
    /// The day it was worked out for.
    pub on: Date,
    /// Why nothing is settled for this person at all.
    pub refused: Option<Refusal>,
    /// The warning signs.
    pub warning_signs: Part<WarningSign>,
    /// How soon.
    pub urgency: Part<Urgency>,
    /// The lead disposition.
    pub lead: Part<Disposition>,
    /// Every disposition that applies, the lead among them.
    pub dispositions: Part<Disposition>,
    /// The kinds of care.
    pub strands: Part<Strand>,
    /// The kinds of pain.
    pub pain_type: Part<PainType>,
    /// Medicines flags for the prescriber.
    pub medicine_flags: Part<Reason>,
    /// What the clinician is to do or to think about before signing.
    pub prompts: Part<Reason>,
    /// Why a second opinion is suggested.
    pub second_opinion: Part<Reason>,
    /// What to check about medicines, from the medicine list itself.
    pub medicine_prompts: Vec<MedicinePrompt>,
    /// The opioid total; `None` while the medicines have not been asked.
    pub ome: Option<Ome>,
    /// What to ask next.
    pub next_question: Option<NextQuestion>,
    /// Warning signs without an answer.
    pub open_warning_signs: Vec<Missing>,
    /// How many warning signs of each group were asked and found.
    pub counts: Vec<GroupCount>,
    /// All groups together, such as "all 64 asked, none present".
    pub counted: String,
    /// Warning signs that stay listed until a decision is signed.
    pub standing: Vec<StandingSign>,
    /// Answers that are too old to count.
    pub stale: Vec<StaleAnswer>,
    /// Questions and rows whose values are in conflict.
    pub conflicts: Vec<String>,
}

/// Why nothing is settled for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// These rules are for adults.
    UnderEighteen,
    /// Without an age nobody knows whether they apply.
    AgeNotKnown,
}

impl Refusal {
    /// The refusal in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::UnderEighteen => {
                "This person is under 18. These rules are for adults and settle nothing here. Ask a children's service."
            }
            Self::AgeNotKnown => "The birth date is not known, so these rules settle nothing yet.",
        }
    }

    fn of(age: Option<i64>) -> Option<Self> {
        match age {
            None => Some(Self::AgeNotKnown),
            Some(age) if age < 18 => Some(Self::UnderEighteen),
            Some(_) => None,
        }
    }
}

impl Proposal {
    /// The urgency for a list: not settled until it is.
    pub fn urgency_shown(&self) -> Urgency {
        self.urgency.value().copied().unwrap_or(Urgency::NotSettled)
    }

    /// Whether every part is settled and nothing is in conflict, so that it may be signed as proposed.
    pub fn may_sign_as_proposed(&self) -> bool {
        self.refused.is_none()
            && self.conflicts.is_empty()
            && [
                self.warning_signs.settled,
                self.urgency.settled,
                self.lead.settled,
                self.dispositions.settled,
                self.strands.settled,
                self.pain_type.settled,
                self.medicine_flags.settled,
                self.prompts.settled,
                self.second_opinion.settled,
            ]
            .iter()
            .all(|settled| *settled)
    }
}

/// The steps of search for one proposal: some milliseconds on a slow laptop. The shipped rules
/// need a few hundred.
pub(crate) const STEPS: u32 = 20_000;

/// What a ruleset makes of the facts on a day.
///
/// Facts are gathered for a day; `on` must be that day, and is what the proposal says.
pub fn evaluate(ruleset: &Ruleset, facts: &Facts, on: Date) -> Proposal {
    let program = ruleset.program();
    let state = program.state(facts);
    let turned = program.turn_out(&state);
    let case = Case::new(ruleset, facts, &state, &turned);
    let values = &program.values;
    let said = |rule: usize| Reason::of(&ruleset.rules[rule]);
    let mut outlook = Exact::new(program, &state, &turned, Budget::steps(STEPS));
    let refused = Refusal::of(facts.age);
    let signs = Signs::of(facts);
    let counts = signs.counts();
    let open_signs = signs.open();
    let mut made = Proposal {
        ruleset: ruleset.id.clone(),
        version: ruleset.version.clone(),
        digest: ruleset.digest,
        draft: ruleset.status != Status::Adopted,
        on,
        refused,
        warning_signs: signs.part(&case, &open_signs),
        urgency: case.urgency(outlook.urgency(), &open_signs),
        lead: case.lead(outlook.lead()),
        dispositions: case.set(&mut outlook, &values.dispositions, |it| it),
        strands: case.set(&mut outlook, &values.strands, |it| it),
        pain_type: case.set(&mut outlook, &values.pain_types, |it| it),
        medicine_flags: case.set(&mut outlook, &values.medicine_flags, said),
        prompts: case.set(&mut outlook, &values.prompts, said),
        second_opinion: case.set(&mut outlook, &values.second_opinions, said),
        medicine_prompts: facts.medicine_prompts.clone(),
        ome: facts.ome.clone(),
        next_question: None,
        open_warning_signs: open_signs,
        counted: warning::counted(&counts),
        counts,
        standing: warning::standing(facts),
        stale: facts.stale.clone(),
        conflicts: facts.conflicts.clone(),
    };
    if let Some(refusal) = refused {
        unsettle(&mut made, refusal, facts);
    }
    made.next_question = next::choose(ruleset, facts, &state, &turned, &made);
    made
}

/// The warning signs that the rules find, without working out anything else: what a list needs of
/// each of many people. They are the reasons of [`Proposal::warning_signs`], in the same order.
pub fn warnings<'a>(ruleset: &'a Ruleset, facts: &Facts) -> Vec<&'a Rule> {
    let program = ruleset.program();
    let turned = program.turn_out(&program.state(facts));
    let rules = ruleset.rules.iter().zip(program.rule_truths(&turned));
    rules
        .filter(|(rule, truth)| warning::is_found(rule, *truth))
        .map(|(rule, _)| &**rule)
        .collect()
}

/// The warning signs that stay listed until a decision is signed, without working out anything
/// else: [`Proposal::standing`].
pub fn standing(facts: &Facts) -> Vec<StandingSign> {
    warning::standing(facts)
}

/// Takes "settled" from every part that a rule of the wrong age group worked out.
fn unsettle(made: &mut Proposal, refusal: Refusal, facts: &Facts) {
    for settled in [
        &mut made.urgency.settled,
        &mut made.lead.settled,
        &mut made.dispositions.settled,
        &mut made.strands.settled,
        &mut made.pain_type.settled,
        &mut made.medicine_flags.settled,
        &mut made.prompts.settled,
        &mut made.second_opinion.settled,
    ] {
        *settled = false;
    }
    // Which values a children's service would consider is not for these rules to say.
    made.urgency.possible = Urgency::ALL
        .iter()
        .copied()
        .filter(|it| *it != Urgency::NotSettled)
        .collect();
    made.urgency.certain.clear();
    made.lead.certain.clear();
    if refusal == Refusal::AgeNotKnown {
        made.urgency
            .missing
            .insert(0, Missing::of("birth-date", facts));
    }
}
