use serde::Serialize;
use ts_rs::TS;

use super::RulesetHead;

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
