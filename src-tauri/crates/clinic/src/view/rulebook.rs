use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AnswerView, Choice, NextView, PartView, QuestionView};

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

/// What another ruleset would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Comparison {
    /// The rules in use.
    pub before: RulesetHead,
    /// The other ones; none when their file cannot be read.
    pub after: Option<RulesetHead>,
    /// Where the file is at fault.
    pub fault: Option<RulesetFault>,
    /// What the proof says of the other rules.
    pub proof: Vec<ProofLine>,
    /// The whole proof in one sentence; none when the file cannot be read.
    pub proved: Option<String>,
    /// Rules that are new, changed or gone.
    pub changes: Vec<RuleChange>,
    /// Who of the open cases would move; why nobody is listed, when nobody may be.
    pub cases: String,
    /// Those who would move.
    pub movers: Vec<Mover>,
    /// The same of the vignettes, in one sentence.
    pub vignettes: String,
    /// Those of them that would move.
    pub vignette_movers: Vec<Mover>,
    /// That nothing is adopted here.
    pub note: String,
}

/// A rule that differs between two rulesets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleChange {
    /// Rule id.
    pub rule: String,
    /// "is new", "asks something else" and so on.
    pub how: String,
    /// What differs, as it is; may be empty.
    pub before: String,
    /// What differs, as it would be; may be empty.
    pub after: String,
}

/// Where a ruleset's file is at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RulesetFault {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
    /// What was expected there.
    pub expected: String,
    /// Nearest known name.
    pub nearest: Option<String>,
    /// That line of the file.
    pub text: String,
}

/// One thing that was to be proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ProofLine {
    /// What.
    pub what: String,
    /// It holds.
    pub holds: bool,
    /// How it fails, or what was looked at.
    pub words: String,
}

/// Somebody who would move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Mover {
    /// Patient to open; none for a vignette.
    pub patient: Option<String>,
    /// "NDLOVU, Thabo (Mr)", or the vignette's id.
    pub name: String,
    /// NHS number and stage, or the vignette in words.
    pub note: String,
    /// What would change.
    pub moves: Vec<MoveView>,
    /// Rules that newly fire or no longer fire, with their words.
    pub because: Vec<String>,
}

/// One part that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MoveView {
    /// Urgency, Pathway and so on.
    pub part: String,
    /// As it is.
    pub from: String,
    /// As it would be.
    pub to: String,
}
