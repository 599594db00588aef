//! Evaluating a ruleset over the facts of a case.

use jiff::civil::Date;
use serde::Serialize;

use super::next::{NextQuestion, next_question};
use super::part::{MedicineFlag, Missing, Part, Prompt, Reason};
use super::warning::{self, GroupCount, StandingSign, WarningSign};
use crate::answer::Unanswered;
use crate::fact::{Fact, Facts, Known, StaleAnswer};
use crate::medicine::{MedicinePrompt, Ome};
use crate::ruleset::{Disposition, PainType, Rule, Ruleset, Status, Strand, Truth, Urgency};

/// What the rules work out. Never a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// The ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
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
    /// Medicines flags.
    pub medicine_flags: Part<MedicineFlag>,
    /// Prompts to the clinician.
    pub prompts: Part<Prompt>,
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
            ]
            .iter()
            .all(|settled| *settled)
    }
}

/// What a ruleset makes of the facts on a day.
///
/// Facts are gathered for a day; `on` must be that day, and is what the proposal says.
pub fn evaluate(ruleset: &Ruleset, facts: &Facts, on: Date) -> Proposal {
    let case = Case::new(ruleset, facts);
    let refused = Refusal::of(facts.age);
    let counts = warning::counts(facts);
    let mut made = Proposal {
        ruleset: ruleset.id.clone(),
        version: ruleset.version.clone(),
        draft: ruleset.status != Status::Adopted,
        on,
        refused,
        warning_signs: warning::part(ruleset, facts, &case.truths),
        urgency: case.urgency(),
        lead: case.lead(),
        dispositions: case.set(dispositions),
        strands: case.set(|rule| rule.then.strands.clone()),
        pain_type: case.set(|rule| rule.then.pain_type.into_iter().collect()),
        medicine_flags: case.set(|rule| {
            let (id, words, mark) = (rule.id.clone(), rule.words.clone(), rule.mark);
            rule.then
                .medicine_flag
                .then_some(MedicineFlag { id, words, mark })
                .into_iter()
                .collect()
        }),
        prompts: case.set(|rule| {
            let (id, words, mark) = (rule.id.clone(), rule.words.clone(), rule.mark);
            rule.then
                .prompt
                .then_some(Prompt { id, words, mark })
                .into_iter()
                .collect()
        }),
        medicine_prompts: facts.medicine_prompts.clone(),
        ome: facts.ome.clone(),
        next_question: None,
        open_warning_signs: warning::open(facts),
        counted: warning::counted(&counts),
        counts,
        standing: warning::standing(facts),
        stale: facts.stale.clone(),
        conflicts: facts.conflicts.clone(),
    };
    if let Some(refusal) = refused {
        unsettle(&mut made, refusal, facts);
    }
    made.next_question = next_question(&made, &case);
    made
}

/// The default's lead stands in only when nothing else applies, so it is not counted here.
fn dispositions(rule: &Rule) -> Vec<Disposition> {
    let lead = rule.then.lead.filter(|_| !rule.default);
    lead.into_iter()
        .chain(rule.then.also.iter().copied())
        .collect()
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

/// A ruleset with how each of its rules turns out.
pub(super) struct Case<'a> {
    pub(super) ruleset: &'a Ruleset,
    pub(super) facts: &'a Facts,
    pub(super) known: Vec<&'a Known>,
    pub(super) truths: Vec<Truth>,
}

static NEVER_GATHERED: Known = Known::Open(Unanswered::NotAsked);

impl<'a> Case<'a> {
    fn new(ruleset: &'a Ruleset, facts: &'a Facts) -> Self {
        let known: Vec<&Known> = ruleset
            .facts
            .iter()
            .map(|it| {
                facts
                    .get(it.id.as_str())
                    .map_or(&NEVER_GATHERED, |fact| &fact.known)
            })
            .collect();
        let truths = ruleset
            .rules
            .iter()
            .map(|rule| rule.truth(&known))
            .collect();
        Self {
            ruleset,
            facts,
            known,
            truths,
        }
    }

    pub(super) fn rules(&self) -> impl Iterator<Item = (&'a Rule, Truth)> {
        self.ruleset.rules.iter().zip(self.truths.iter().copied())
    }

    /// The facts a rule waits for.
    pub(super) fn waiting(&self, rule: &Rule) -> Vec<&'a Fact> {
        rule.when
            .open_facts(&self.known)
            .into_iter()
            .filter_map(|at| self.ruleset.facts.get(at))
            .filter_map(|declared| self.facts.get(declared.id.as_str()))
            .collect()
    }

    /// The most urgent rule that fires sets the least urgency; open rules above it are possible.
    fn urgency(&self) -> Part<Urgency> {
        let of = |rule: &Rule| rule.then.urgency;
        let settled_at = self
            .fired()
            .filter_map(of)
            .min()
            .unwrap_or(Urgency::Routine);
        let opens = |rule: &Rule| of(rule).is_some_and(|it| it < settled_at);
        let mut possible: Vec<Urgency> = self
            .open()
            .filter(|rule| opens(rule))
            .filter_map(of)
            .collect();
        possible.push(settled_at);
        possible.sort_unstable();
        possible.dedup();
        let mut part = self.part(
            possible,
            |rule| of(rule) == Some(settled_at),
            opens,
            |rule| of(rule).is_some_and(|it| it < Urgency::Routine),
        );
        part.certain = if part.settled {
            vec![settled_at]
        } else {
            Vec::new()
        };
        part
    }

    /// The first rule that fires and names a lead gives it; open rules before it are possible.
    fn lead(&self) -> Part<Disposition> {
        let mut possible = Vec::new();
        let mut open = Vec::new();
        let mut chosen = None;
        for (rule, truth) in self.rules() {
            let Some(lead) = rule.then.lead else { continue };
            if truth == Truth::False {
                continue;
            }
            if !possible.contains(&lead) {
                possible.push(lead);
            }
            if truth != Truth::Open {
                chosen = Some((rule, lead));
                break;
            }
            open.push(rule.id.as_str());
        }
        let fires = |rule: &Rule| chosen.is_some_and(|(chosen, _)| chosen.id == rule.id);
        // An open rule with the same lead cannot change the outcome.
        let changes = |rule: &Rule| {
            open.contains(&rule.id.as_str())
                && chosen.is_none_or(|(_, lead)| rule.then.lead != Some(lead) || possible.len() > 1)
        };
        let mut part = self.part(possible.clone(), fires, changes, |rule| {
            rule.then.lead.is_some()
        });
        part.certain = match (part.settled, chosen) {
            (true, Some((_, lead))) => vec![lead],
            _ => Vec::new(),
        };
        part
    }

    /// A part in which any number of values hold.
    fn set<T: Clone + PartialEq>(&self, of: impl Fn(&Rule) -> Vec<T>) -> Part<T> {
        // Each value stands where the file first names it, so that the order never moves.
        let mut strongest: Vec<(T, Truth)> = Vec::new();
        for (rule, truth) in self.rules() {
            for value in of(rule) {
                match strongest.iter_mut().find(|(known, _)| *known == value) {
                    Some((_, known)) => *known = truth.max(*known),
                    None => strongest.push((value, truth)),
                }
            }
        }
        let at_least = |least: Truth| -> Vec<T> {
            let kept = strongest.iter().filter(|(_, truth)| *truth >= least);
            kept.map(|(value, _)| value.clone()).collect()
        };
        let certain = at_least(Truth::InConflict);
        let possible = at_least(Truth::Open);
        let adds = |rule: &Rule| of(rule).iter().any(|value| !certain.contains(value));
        let about = |rule: &Rule| !of(rule).is_empty();
        let mut part = self.part(possible, about, adds, about);
        part.settled = part.possible.len() == certain.len();
        part.certain = certain;
        part
    }

    /// A part from its possible values and the rules that bear on it.
    fn part<T>(
        &self,
        possible: Vec<T>,
        speaks_for: impl Fn(&Rule) -> bool,
        may_change: impl Fn(&Rule) -> bool,
        about: impl Fn(&Rule) -> bool,
    ) -> Part<T> {
        let waiting: Vec<&Fact> = self
            .open()
            .filter(|rule| may_change(rule))
            .flat_map(|rule| self.waiting(rule))
            .collect();
        let ruled_out = |(rule, truth): &(&Rule, Truth)| {
            *truth == Truth::False && about(rule) && rule.when.partly_holds(&self.known)
        };
        Part {
            settled: possible.len() == 1,
            in_conflict: self
                .rules()
                .any(|(rule, truth)| truth == Truth::InConflict && speaks_for(rule)),
            because: self
                .fired()
                .filter(|rule| speaks_for(rule))
                .map(Reason::of)
                .collect(),
            against: self
                .rules()
                .filter(ruled_out)
                .map(|(rule, _)| Reason::of(rule))
                .collect(),
            missing: Missing::behind(waiting, self.facts),
            certain: Vec::new(),
            possible,
        }
    }

    fn fired(&self) -> impl Iterator<Item = &'a Rule> {
        self.rules()
            .filter(|(_, truth)| *truth >= Truth::InConflict)
            .map(|(rule, _)| rule)
    }

    pub(super) fn open(&self) -> impl Iterator<Item = &'a Rule> {
        self.rules()
            .filter(|(_, truth)| *truth == Truth::Open)
            .map(|(rule, _)| rule)
    }
}
