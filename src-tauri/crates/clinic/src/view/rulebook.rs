use serde::Serialize;
use ts_rs::TS;

use super::{Choice, QuestionView};

/// Which rules are looked at. Stands on every view of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RulesetHead {
    /// "uk-community-pain 2026-11-draft-1".
    pub name: String,
    /// What it is for.
    pub title: String,
    /// DRAFT, Adopted or Withdrawn.
    pub status: String,
    /// It is anything but adopted.
    pub draft: bool,
    /// The first eight digits of the file's digest, in fours.
    pub digest: String,
    /// The whole digest.
    pub digest_whole: String,
    /// "98 rules over 120 facts".
    pub holds: String,
}

/// The rules of a ruleset by what they decide, and what the test bench needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Rulebook {
    /// Which rules.
    pub ruleset: RulesetHead,
    /// What the rules decide, and which of them.
    pub decided: Vec<Decided>,
    /// Every rule in its order, said once.
    pub rules: Vec<RuleLine>,
    /// Everything that can be answered in a made-up case.
    pub questions: Vec<QuestionView>,
    /// Cases to start from.
    pub vignettes: Vec<VignetteLine>,
    /// What can be said of all questions that a made-up case does not name.
    pub bases: Vec<Choice>,
    /// This person may compare rulesets over the open cases.
    pub may_compare: bool,
}

/// One thing that rules decide, such as the urgency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Decided {
    /// Fixed name.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Its values, such as "Same day".
    pub values: Vec<DecidedValue>,
}

/// One value, and the rules that give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DecidedValue {
    /// Fixed name, unique within what is decided.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Ids of rules, in their order.
    pub rules: Vec<String>,
}

/// One rule in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleLine {
    /// Id.
    pub id: String,
    /// Reason in a patient's words.
    pub words: String,
    /// What the filter looks through, in small letters.
    pub search: String,
    /// It should have been looked at again by now.
    pub overdue: bool,
}

/// A vignette in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct VignetteLine {
    /// Id.
    pub id: String,
    /// The case in words.
    pub words: String,
}

/// One rule, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleView {
    /// Which rules it is of.
    pub ruleset: RulesetHead,
    /// Id.
    pub id: String,
    /// "Rule", "Combination that cannot occur" or "Claim that is proved".
    pub sort: String,
    /// When it fires, nested; none for the default.
    pub when: Option<ConditionView>,
    /// What follows, a sentence each.
    pub then: Vec<String>,
    /// What it does with answers in conflict.
    pub in_conflict: String,
    /// Reason in a patient's words.
    pub words: String,
    /// Where it comes from.
    pub citation: String,
    /// V, V2, M or D.
    pub mark: String,
    /// The mark in words.
    pub mark_words: String,
    /// Who answers for it.
    pub owner: String,
    /// "Look at again by 31-May-2027".
    pub review: String,
    /// That day has passed.
    pub overdue: bool,
    /// Where it stands among the others, a sentence each.
    pub precedence: Vec<String>,
    /// Vignettes in which it fires.
    pub vignettes: Vec<VignetteLine>,
}

/// Part of what a rule asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConditionView {
    /// all, any, none, or fact.
    pub joined: String,
    /// "All of these hold", or the test of one fact.
    pub words: String,
    /// What it joins; empty for a fact.
    pub parts: Vec<ConditionView>,
    /// How it turns out in a case: fits, does-not, open or in-conflict; none outside a case.
    pub turns_out: Option<String>,
    /// What is known of the fact in that case.
    pub known: Option<String>,
    /// Question behind the fact, to go to; none for a fact that is worked out.
    pub question: Option<String>,
}
