use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Banner, Choice, Figure, FormChoice, FormView, Labelled, OpenAction, Triage};

/// The value of an answer: yes/no, a number, a text (choice value or ISO date), or choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum AnswerValue {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Number(#[ts(type = "number")] i64),
    /// Text, a choice's value, or an ISO date.
    Text(String),
    /// Several choices' values.
    Choices(Vec<String>),
}

/// What was answered, or which of the four unanswered states holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum AnswerView {
    /// Answered.
    Given {
        /// The value.
        value: AnswerValue,
    },
    /// Not asked yet.
    NotAsked,
    /// The person would rather not say.
    Declined,
    /// The person does not know.
    NotKnown,
    /// Cannot be answered now.
    CannotBeAnswered,
}

/// An answer as the screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AnswerShown {
    /// The answer.
    pub answer: AnswerView,
    /// "24-Nov-2026 10:20, A. Osei" or none.
    pub who: Option<String>,
    /// Two current answers that did not see each other, in words.
    pub conflict: Option<String>,
    /// Too old to count: "absent on 12-Oct-2026"; the rules see "not asked".
    pub stale: Option<String>,
    /// Offered from last time; counts for nothing until confirmed.
    pub offered: Option<AnswerValue>,
    /// Where the offer comes from: "12-Oct-2026".
    pub offered_from: Option<String>,
    /// Odd but possible: "Is 14 right?".
    pub odd: Option<String>,
    /// Comes from the referral letter, not from the patient.
    pub from_letter: bool,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum QuestionKind {
    /// Warning sign: "present" or "absent".
    Feature,
    /// Yes or no.
    YesNo,
    /// One of some.
    Choice {
        /// Options.
        options: Vec<Choice>,
    },
    /// Any of some.
    Choices {
        /// Options.
        options: Vec<Choice>,
    },
    /// 0 to 10.
    Rating {
        /// Words for 0.
        low: String,
        /// Words for 10.
        high: String,
    },
    /// A number.
    Number {
        /// Lowest possible.
        #[ts(type = "number")]
        min: i64,
        /// Highest possible.
        #[ts(type = "number")]
        max: i64,
        /// Unit, may be empty.
        unit: String,
    },
    /// A number with decimals; its value is text, so that 52.5 stays 52.5.
    Decimal {
        /// Lowest possible.
        #[ts(type = "number")]
        min: i64,
        /// Highest possible.
        #[ts(type = "number")]
        max: i64,
        /// Unit, may be empty.
        unit: String,
    },
    /// Free text.
    Text {
        /// Height in lines.
        lines: u32,
    },
    /// A date.
    Date,
    /// One item of an instrument: options with their values.
    Item {
        /// Instrument id.
        instrument: String,
        /// Options: value is a number as text.
        options: Vec<Choice>,
    },
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct QuestionView {
    /// Id.
    pub id: String,
    /// Text.
    pub text: String,
    /// Help, may be empty.
    pub hint: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Must have a value (or "cannot be answered") before the assessment is finished.
    pub must: bool,
    /// Group heading, may be empty. Questions of one group stand together.
    pub group: String,
    /// Shown now; a hidden question depends on another answer.
    pub shown: bool,
}

/// A list such as medicines or allergies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ListView {
    /// Id: medicine, allergy, condition, treatment, region, device, person.
    pub id: String,
    /// Title.
    pub title: String,
    /// Help.
    pub hint: String,
    /// Words to say that there are none, such as "No known allergies"; may be empty.
    pub none_words: String,
    /// What is known of the whole list: none said, or unanswered.
    pub state: AnswerView,
    /// Columns.
    pub fields: Vec<QuestionView>,
    /// Rows.
    pub items: Vec<ItemView>,
    /// Rows offered from last time.
    pub offered: Vec<ItemView>,
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ItemView {
    /// Item id.
    pub id: String,
    /// Field id -> value.
    pub fields: BTreeMap<String, AnswerValue>,
    /// The row in words.
    pub words: String,
    /// Notes to act on: OME of this line, allergy match, interactions.
    pub notes: Vec<ItemNote>,
}

/// A note beside a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ItemNote {
    /// info, check or stop.
    pub tone: String,
    /// Words, with source and mark.
    pub words: String,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SectionView {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Help.
    pub hint: String,
    /// done, part, none.
    pub state: String,
    /// Answered of the questions shown.
    pub answered: u32,
    /// Questions shown.
    pub of: u32,
    /// Must-have questions still open.
    pub must_open: u32,
    /// Questions in order.
    pub questions: Vec<QuestionView>,
    /// Lists in order, after the questions unless `lists_first`.
    pub lists: Vec<ListView>,
    /// Lists stand before the questions.
    pub lists_first: bool,
    /// Instruments whose items stand in this section, with their scores.
    pub scores: Vec<ScoreView>,
    /// Questionnaires that were added; only in their own section.
    pub forms: Vec<FormView>,
    /// Questionnaires that can be added; only in their own section.
    pub addable: Vec<FormChoice>,
}

/// A score and what may be said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ScoreView {
    /// Instrument id.
    pub instrument: String,
    /// Name.
    pub name: String,
    /// Stem shown above the items; may be empty.
    pub stem: String,
    /// "17 of 27", or "incomplete (7 of 9), 8 to 11 possible".
    pub words: String,
    /// Band beside the score, if complete.
    pub band: Option<String>,
    /// Total when complete.
    pub total: Option<Figure>,
    /// Highest possible score.
    #[ts(type = "number")]
    pub max: i64,
    /// Figures of its parts, with their bands.
    pub parts: Vec<Labelled>,
    /// Change against the time before, with that day: only past the published reliable change,
    /// else "no reliable change".
    pub change: Option<String>,
    /// Where bands, cut-offs and changes come from, and how sure they are.
    pub sources: Vec<String>,
    /// Prompts to the clinician, such as item 9.
    pub prompts: Vec<String>,
    /// What to bear in mind: overlap with pain, cut-offs.
    pub notes: Vec<String>,
    /// Attribution line, shown under the items.
    pub attribution: String,
}

/// An assessment on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AssessmentView {
    /// Assessment id.
    pub id: String,
    /// Banner.
    pub banner: Banner,
    /// DD-Mmm-YYYY it was started.
    pub started: String,
    /// in-person, phone, video.
    pub mode: String,
    /// Modes to choose from.
    pub modes: Vec<Choice>,
    /// Finished: read only.
    pub finished: bool,
    /// Sections in order.
    pub sections: Vec<SectionView>,
    /// Question id -> answer, for all questions of all sections.
    pub answers: BTreeMap<String, AnswerShown>,
    /// Triage so far.
    pub triage: Triage,
    /// Red actions open on this patient.
    pub open_actions: Vec<OpenAction>,
    /// HH:MM:SS when the last answer reached the disk.
    pub saved_at: Option<String>,
    /// Items offered from last time.
    pub offers: u32,
    /// Body map regions.
    pub regions: Vec<RegionView>,
}

/// One region of the body map; the same list is the equal list form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RegionView {
    /// Code such as "back-left-low-back".
    pub code: String,
    /// "Low back".
    pub name: String,
    /// front or back.
    pub view: String,
    /// left, right or middle: the patient's own.
    pub side: String,
}

/// What comes back after each answer: only what may have changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AfterAnswer {
    /// HH:MM:SS: the bytes are on disk.
    pub saved_at: String,
    /// The answer as kept.
    pub answers: BTreeMap<String, AnswerShown>,
    /// Banner.
    pub banner: Banner,
    /// Sections with fresh counts, lists and scores.
    pub sections: Vec<SectionView>,
    /// Triage so far.
    pub triage: Triage,
    /// Red actions open on this patient.
    pub open_actions: Vec<OpenAction>,
    /// A route that must be led through now: opens the emergency screen at once.
    pub route: Option<String>,
}

/// "Finish", and what had to be said first.
#[derive(Clone, Default, Deserialize, TS)]
pub struct FinishForm {
    /// Why warning signs have no answer.
    pub reason: String,
    /// The safety-net that was given.
    pub safety_net: String,
    /// The person has seen in whose name it is finished, and means it. Without it nothing is
    /// finished: what is still in the way is told.
    pub sure: bool,
    /// Their PIN or passphrase, where more than one person unlocks this laptop.
    pub passphrase: String,
}

/// What "Finish" found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FinishOutcome {
    /// Finished and written.
    pub finished: bool,
    /// Must-have questions without a value: id and text.
    pub missing: Vec<Choice>,
    /// Warning signs declined or that cannot be answered: a reason and a safety-net are needed.
    pub needs_safety_net: Vec<Choice>,
    /// Red actions that block finishing.
    pub blocked_by: Vec<String>,
    /// In whose name it is finished, such as "Nurse A. Osei".
    pub author: String,
    /// True when that person has to show that it is them.
    pub asks_again: bool,
}
