use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ItemNote, Labelled, Trend, TriageResult, UrgencyTag};

/// What a review session may be made of, with how many cases there are of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewChoices {
    /// Cases that wait to be signed and are not put aside until a later day.
    pub waiting: u32,
    /// Cases put aside until a later day.
    pub aside: u32,
    /// The sites they come from.
    pub sites: Vec<CountedChoice>,
    /// Their urgencies, the most urgent first.
    pub urgencies: Vec<CountedChoice>,
    /// How long they wait.
    pub waits: Vec<CountedChoice>,
    /// Those that changed since the person at work last looked, those put aside whose day has come.
    pub only: Vec<CountedChoice>,
    /// How many cases a session may have, the usual number first.
    pub sizes: Vec<u32>,
    /// The session that is under way, after a lock too.
    pub under_way: Option<ReviewSession>,
}

/// A choice, and how many cases fit it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CountedChoice {
    /// What is sent back.
    pub value: String,
    /// Its words.
    pub label: String,
    /// How many fit.
    pub count: u32,
}

/// Which cases are reviewed. An empty field leaves nothing out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct ReviewForm {
    /// Site id.
    pub site: String,
    /// Urgency value, or "not-known".
    pub urgency: String,
    /// mid, near or over: waits of this level and above.
    pub wait: String,
    /// changed, put-aside.
    pub only: String,
    /// 1 to 20.
    pub most: u32,
}

/// The cases of a session, in the order they are gone through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewSession {
    /// The rows of the queue.
    pub queue: Vec<ReviewRow>,
    /// The assessment that is on screen, or was when the screen was locked.
    pub at: Option<String>,
    /// How many are seen to.
    pub done: u32,
    /// The next signature asks for the PIN or the passphrase.
    pub asks: bool,
}

/// One case in the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewRow {
    /// Assessment id.
    pub assessment: String,
    /// Patient id.
    pub patient: String,
    /// `FAMILY, Given`.
    pub name: String,
    /// Another patient here has a similar name.
    pub similar_name: bool,
    /// Urgency, signed or asked for.
    pub urgency: UrgencyTag,
    /// Its word.
    pub urgency_label: String,
    /// A clinician signed it.
    pub urgency_signed: bool,
    /// to-do, signed, changed, put-aside, passed, elsewhere.
    pub state: String,
    /// The state in words; empty while it is to do.
    pub state_words: String,
}

/// One case of a session, with all that a signer looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewCase {
    /// Assessment id.
    pub assessment: String,
    /// Its place in the queue, from 1.
    pub place: u32,
    /// How many cases the queue has.
    pub of: u32,
    /// What is proposed, what may be signed and what was.
    pub result: TriageResult,
    /// What changed since the last decision, or since the person at work last looked.
    pub since: Option<SinceView>,
    /// The assessment in short, without what stands in tables.
    pub answers: Vec<Labelled>,
    /// Treatments that were tried.
    pub treatments: Vec<TreatmentRow>,
    /// Medicines as they are taken.
    pub medicines: Vec<MedicineRow>,
    /// OME in words, with its table; none without opioids.
    pub ome: Option<String>,
    /// Scores over time.
    pub trends: Vec<Trend>,
    /// "Put aside until 26-Nov-2026 by R. Hale: waits for the scan", if it is.
    pub aside: Option<String>,
}

/// What changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SinceView {
    /// "Since the decision of 20-Nov-2026 10:20", "Since you looked, 20-Nov-2026 10:20".
    pub words: String,
    /// What changed, newest first: who and when, and what. Empty when nothing did.
    pub lines: Vec<Labelled>,
    /// How many more there are.
    pub more: u32,
}

/// A treatment that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TreatmentRow {
    /// What it was.
    pub name: String,
    /// Its kind in words.
    pub kind: String,
    /// Dose or amount.
    pub dose: String,
    /// How long.
    pub duration: String,
    /// When.
    pub when: String,
    /// Whether it helped.
    pub benefit: String,
    /// Why it stopped.
    pub stopped: String,
}

/// A medicine as it is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MedicineRow {
    /// Name and strength.
    pub name: String,
    /// How it is taken.
    pub taken: String,
    /// What for.
    pub purpose: String,
    /// Its part of the OME, and what to act on.
    pub notes: Vec<ItemNote>,
}

/// After a step: what was done, and the next case in the same answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewStep {
    /// What was done, in one sentence.
    pub said: String,
    /// The decision that may still be taken back.
    pub undo: Option<UndoView>,
    /// The case to look at now; none when all are seen to.
    pub next: Option<ReviewCase>,
    /// The queue as it is now.
    pub session: ReviewSession,
}

/// A decision that may still be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UndoView {
    /// Assessment id.
    pub assessment: String,
    /// `FAMILY, Given`.
    pub name: String,
    /// For so many seconds.
    pub seconds: u32,
}

/// How proposals are signed in sessions. 1 to 7 is "*"; other numbers are rounded to five.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewRates {
    /// Decisions that stand now and were signed in a session, one a patient.
    pub signed: String,
    /// Of these: as proposed.
    pub as_proposed: String,
    /// Of these: in fewer than ten seconds.
    pub quick: String,
    /// Of these: the proposal was hidden until a choice was made.
    pub hidden: String,
    /// Of those: the choice was what was proposed, and that was signed.
    pub hidden_agreed: String,
}

/// The end of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewEnd {
    /// The cases, each with what was done.
    pub rows: Vec<ReviewRow>,
    /// "9 signed, 2 changed, 1 put aside, 2 not decided".
    pub words: String,
    /// Entries of this laptop that have not been sent; none where nothing is sent.
    pub unsent: Option<u32>,
}
