use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AnswerView, Choice, ConditionView, NextView, PartView, RulesetHead};

/// A made-up case. It is nobody's, and is kept nowhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BenchCase {
    /// What holds of every question that is not named here: a value of the bases.
    pub base: String,
    /// Vignette it started from, whose lists and facts it keeps; may be empty.
    pub vignette: String,
    /// Age in years; none while it is not known.
    pub age: Option<u32>,
    /// Answers, each for one question.
    pub answers: Vec<BenchAnswer>,
    /// Medicines as a regimen, "morphine MR 60 mg x2; pregabalin 150 mg x2"; empty for "no
    /// medicines", none for those of the base or the vignette.
    pub medicines: Option<String>,
    /// Facts that the vignette sets outright and this case keeps.
    pub facts: Vec<BenchFact>,
}

/// What was answered to one question of a made-up case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BenchAnswer {
    /// Question.
    pub question: String,
    /// The answer; several did not see each other and are in conflict.
    pub answers: Vec<AnswerView>,
    /// How many days ago it was asked.
    pub days_ago: u32,
    /// clinician, patient or paper.
    pub origin: String,
}

/// A fact that a vignette sets outright.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BenchFact {
    /// Fact.
    pub fact: String,
    /// Its name and value.
    pub words: String,
}

/// What the rules make of a made-up case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BenchResult {
    /// Which rules.
    pub ruleset: RulesetHead,
    /// Parts of the proposal, not settled first.
    pub parts: Vec<PartView>,
    /// How many are settled.
    pub settled: u32,
    /// Under 18 or without an age: the rules settle nothing, in one sentence.
    pub refused: Option<String>,
    /// The best question to ask next.
    pub next: Option<NextView>,
    /// Rules that fire.
    pub fired: Vec<BenchRule>,
    /// Rules that an open answer decides.
    pub may_yet: Vec<BenchRule>,
    /// How many do not fire whatever is answered.
    pub others: u32,
    /// The chosen rule in this case.
    pub chosen: Option<ChosenRule>,
    /// Medicines as they were read, a line each, with the opioid total last.
    pub medicines: Vec<String>,
    /// What does not count as it was entered: too old, in conflict, not for this person.
    pub notes: Vec<String>,
}

/// A rule in a made-up case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BenchRule {
    /// Id.
    pub id: String,
    /// Reason in a patient's words.
    pub words: String,
    /// It fires on one of two answers in conflict.
    pub in_conflict: bool,
    /// Questions it waits for.
    pub waits_for: Vec<Choice>,
}

/// Why a rule fires in a case, or why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ChosenRule {
    /// Id.
    pub id: String,
    /// fires, in-conflict, open or does-not.
    pub turns_out: String,
    /// In one sentence.
    pub words: String,
    /// What it asks, with what is known of each fact; none for the default.
    pub when: Option<ConditionView>,
}

/// The vignettes, run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TestSet {
    /// Which rules.
    pub ruleset: RulesetHead,
    /// "124 of 124 as expected".
    pub words: String,
    /// As expected.
    pub passed: u32,
    /// Not as expected.
    pub failed: u32,
    /// Every vignette, those not as expected first.
    pub rows: Vec<TestRow>,
}

/// One vignette, run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TestRow {
    /// Id.
    pub id: String,
    /// The case in words.
    pub words: String,
    /// Why it is among them.
    pub reason: String,
    /// As expected.
    pub passed: bool,
    /// What it names, expected and got.
    pub lines: Vec<TestLine>,
    /// Rules that fired.
    pub fired: Vec<String>,
}

/// One thing that a vignette names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TestLine {
    /// Urgency, Pathway and so on.
    pub what: String,
    /// What was expected.
    pub expected: String,
    /// What came of it.
    pub got: String,
    /// The two are the same.
    pub same: bool,
}
