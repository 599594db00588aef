//! Which unsettled parts each rule can still change.

use std::sync::Arc;

use serde::Serialize;

use crate::engine::Turned;
use crate::proposal::{Part, Proposal};
use crate::ruleset::{Rule, Ruleset, Truth, Urgency};

/// A part of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartName {
    /// The warning signs.
    WarningSigns,
    /// How soon.
    Urgency,
    /// The lead disposition.
    Lead,
    /// Every disposition that applies.
    Dispositions,
    /// The kinds of care.
    Strands,
    /// The kinds of pain.
    PainType,
    /// Medicines flags.
    MedicineFlags,
    /// Prompts to the clinician.
    Prompts,
    /// Whether a second opinion is suggested.
    SecondOpinion,
}

impl PartName {
    /// Every part, in the order of the screen.
    pub const ALL: [Self; 9] = [
        Self::WarningSigns,
        Self::Urgency,
        Self::Lead,
        Self::Dispositions,
        Self::Strands,
        Self::PainType,
        Self::MedicineFlags,
        Self::Prompts,
        Self::SecondOpinion,
    ];

    /// The part in words, as a heading.
    pub fn words(self) -> &'static str {
        match self {
            Self::WarningSigns => "Warning signs",
            Self::Urgency => "Urgency",
            Self::Lead => "Pathway",
            Self::Dispositions => "Other pathways",
            Self::Strands => "Who takes part",
            Self::PainType => "Kind of pain",
            Self::MedicineFlags => "Medicines",
            Self::Prompts => "Prompts",
            Self::SecondOpinion => "Second opinion",
        }
    }

    fn bit(self) -> u16 {
        1 << (self as u16)
    }
}

/// Some parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Parts(u16);

impl Parts {
    pub(super) fn insert(&mut self, part: PartName) {
        self.0 |= part.bit();
    }

    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(super) fn contains(self, part: PartName) -> bool {
        self.0 & part.bit() != 0
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn names(self) -> Vec<PartName> {
        let all = PartName::ALL.into_iter();
        all.filter(|part| self.contains(*part)).collect()
    }
}

/// For each rule, how urgent it is and which unsettled parts it can still change.
pub(super) struct Stakes(Vec<Stake>);

/// What one rule can still change.
#[derive(Clone, Copy)]
pub(super) struct Stake {
    pub(super) parts: Parts,
    /// The rule's urgency; routine, when it names none.
    pub(super) urgency: Urgency,
}

impl Stake {
    /// Four times as much for each step of urgency.
    pub(super) fn weight(self) -> f64 {
        let below = Urgency::Routine as i32 - self.urgency as i32;
        4_f64.powi(below.max(0))
    }
}

impl Stakes {
    pub(super) fn of(ruleset: &Ruleset, turned: &Turned, made: &Proposal) -> Self {
        let truths = ruleset.program().rule_truths(turned);
        let leads =
            |rule: &Rule, truth: Truth| truth >= Truth::InConflict && rule.then.lead.is_some();
        let chosen = ruleset
            .rules
            .iter()
            .zip(&truths)
            .position(|(rule, truth)| leads(rule, *truth))
            .unwrap_or(truths.len());
        let of = |(at, (rule, truth)): (usize, (&Arc<Rule>, &Truth))| Stake {
            parts: match truth {
                Truth::Open => at_stake(rule, at < chosen, made),
                _ => Parts::default(),
            },
            urgency: rule.then.urgency.unwrap_or(Urgency::Routine),
        };
        Self(
            ruleset
                .rules
                .iter()
                .zip(&truths)
                .enumerate()
                .map(of)
                .collect(),
        )
    }

    /// The rules that can still change something, each with what.
    pub(super) fn rules(&self) -> impl Iterator<Item = (usize, Stake)> + '_ {
        let all = self.0.iter().copied().enumerate();
        all.filter(|(_, stake)| !stake.parts.is_empty())
    }
}

/// The unsettled parts that an open rule can change. `leading` says that its lead would come
/// before the one that holds.
fn at_stake(rule: &Rule, leading: bool, made: &Proposal) -> Parts {
    let then = &rule.then;
    let mut parts = Parts::default();
    let mut put = |part: PartName, changes: bool| {
        if changes {
            parts.insert(part);
        }
    };
    let least = made.urgency.possible.last();
    let raises = then.urgency.is_some_and(|it| {
        least.is_some_and(|least| it < *least) && made.urgency.possible.contains(&it)
    });
    put(PartName::Urgency, raises && !made.urgency.settled);
    let lead = then.lead.filter(|_| leading && !made.lead.settled);
    put(
        PartName::Lead,
        lead.is_some_and(|it| made.lead.possible.contains(&it)),
    );
    let beside = then.lead.filter(|_| !rule.default);
    let mut places = beside.iter().chain(&then.also);
    put(
        PartName::Dispositions,
        places.any(|it| undecided(&made.dispositions, |own| own == it)),
    );
    let mut strands = then.strands.iter();
    put(
        PartName::Strands,
        strands.any(|it| undecided(&made.strands, |own| own == it)),
    );
    let kind = then.pain_type.iter().next();
    put(
        PartName::PainType,
        kind.is_some_and(|it| undecided(&made.pain_type, |own| own == it)),
    );
    let flag = then.medicine_flag && undecided(&made.medicine_flags, |own| own.id == rule.id);
    put(PartName::MedicineFlags, flag);
    let prompt = then.prompt && undecided(&made.prompts, |own| own.id == rule.id);
    put(PartName::Prompts, prompt);
    let second = then.second_opinion && undecided(&made.second_opinion, |own| own.id == rule.id);
    put(PartName::SecondOpinion, second);
    parts
}

/// Whether a value may come of a part and is not yet sure to.
fn undecided<T>(part: &Part<T>, is: impl Fn(&T) -> bool) -> bool {
    !part.settled && part.possible.iter().any(&is) && !part.certain.iter().any(&is)
}
