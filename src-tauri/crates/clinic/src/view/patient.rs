use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Figure, UrgencyTag, Wait};

/// The patient banner: always on screen with a patient, never cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Banner {
    /// Patient id.
    pub patient: String,
    /// FAMILY in capitals.
    pub family: String,
    /// Given names.
    pub given: String,
    /// Title, may be empty.
    pub title: String,
    /// Preferred name, if any.
    pub preferred: Option<String>,
    /// `17-Sep-1979 (47y)` or "Not known".
    pub born: String,
    /// Gender in words or "Not known".
    pub gender: String,
    /// 3-3-4 with no-break spaces, or "No NHS number".
    pub nhs_number: String,
    /// Ten digits for copying, empty without a number.
    pub nhs_digits: String,
    /// Always present: what is known of allergies.
    pub allergies: AllergyBox,
    /// OME in words: "90 mg (FPM 2020)", "at least 12 mg, incomplete", none without opioids asked.
    pub ome: Option<String>,
    /// True when the OME stands above the table's figure or is incomplete.
    pub ome_flag: bool,
    /// Open warning signs in words; empty is not "clear".
    pub warnings: Vec<String>,
    /// Needs, GP, phone: label and value, in this order.
    pub details: Vec<Labelled>,
    /// The waiting-time clock.
    pub wait: Wait,
    /// Another patient here has a similar name.
    pub similar_name: bool,
    /// `Died dd-Mmm-yyyy`, if so.
    pub died: Option<String>,
    /// A name, number or other identity value is in conflict: do not print, send or sign.
    pub identity_conflict: Option<String>,
    /// Under 18: the adult rules refuse and say so.
    pub under_18: bool,
}

/// The allergies box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AllergyBox {
    /// known, none-known, not-asked.
    pub state: String,
    /// "Penicillin (rash), codeine (vomiting)".
    pub words: String,
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Labelled {
    /// Label.
    pub label: String,
    /// Value.
    pub value: String,
}

/// The whole record of one patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PatientView {
    /// The banner.
    pub banner: Banner,
    /// Filters of the timeline with their counts.
    pub filters: Vec<super::Tab>,
    /// What is in conflict, each with its values.
    pub conflicts: Vec<super::ConflictView>,
    /// Newest first.
    pub timeline: Vec<TimelineEntry>,
    /// The running assessment, if any.
    pub open_assessment: Option<String>,
    /// The last finished assessment, if any.
    pub finished_assessment: Option<String>,
    /// What stands now.
    pub now: PatientNow,
    /// The waiting-time clock with every step.
    pub clock: super::ClockView,
    /// This role writes notes.
    pub may_note: bool,
    /// May transfer the patient, and there is another site.
    pub may_transfer: bool,
    /// The main button: what to do next, its word, and what it opens.
    pub next_step: String,
}

/// The right-hand column of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PatientNow {
    /// Current decision in words, if signed.
    pub decision: Option<String>,
    /// Its urgency.
    pub urgency: UrgencyTag,
    /// Its word.
    pub urgency_label: String,
    /// Current plan: "Version 1, agreed 24-Nov-2026".
    pub plan: Option<String>,
    /// Assessment the plan belongs to.
    pub plan_assessment: Option<String>,
    /// Review date of the plan, in words.
    pub review: Option<String>,
    /// Medicines in words, one a line.
    pub medicines: Vec<String>,
    /// OME in words.
    pub ome: Option<String>,
    /// Scores over time.
    pub scores: Vec<Trend>,
    /// Referral details.
    pub referral: Vec<Labelled>,
    /// Demographics.
    pub details: Vec<Labelled>,
}

/// One instrument's scores over time, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Trend {
    /// Instrument's name.
    pub name: String,
    /// Points.
    pub points: Vec<TrendPoint>,
    /// Highest possible score.
    #[ts(type = "number")]
    pub max: i64,
    /// Words for the last value: "17 of 27, moderately severe".
    pub last: String,
    /// Change against the one before: only past the published reliable change, else "no reliable change".
    pub change: Option<String>,
    /// A sentence for those who cannot see the chart.
    pub summary: String,
}

/// One score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TrendPoint {
    /// DD-Mmm-YYYY.
    pub date: String,
    /// Total, none when incomplete: a gap.
    pub total: Option<Figure>,
}

/// One line of the timeline; opens in place.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says of itself what can be done with the line"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TimelineEntry {
    /// Entry id.
    pub id: String,
    /// assessments, decisions, medicines, letters, contacts, scores, record.
    pub group: String,
    /// DD-Mmm-YYYY.
    pub date: String,
    /// HH:MM.
    pub time: String,
    /// One line.
    pub title: String,
    /// Who and where.
    pub who: String,
    /// What is seen when it is opened.
    pub detail: Vec<Labelled>,
    /// Struck through: later corrected or entered in error.
    pub struck: bool,
    /// Why, if struck.
    pub reason: Option<String>,
    /// Can be marked as entered in error by this person.
    pub correctable: bool,
    /// The note's id, where the line is a note.
    pub note: Option<String>,
    /// A restricted note: it has to be opened, with a reason.
    pub restricted: bool,
    /// Can be moved to the right patient by itself by this person.
    pub movable: bool,
    /// The assessment it belongs to, which can be moved as a whole; none if it belongs to none.
    pub assessment: Option<String>,
}

/// A note as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct NoteForm {
    /// What it says.
    pub text: String,
    /// Restricted: kept out of every list, line, plan and copy.
    pub restricted: bool,
}

/// A restricted note that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NoteView {
    /// The note.
    pub note: String,
    /// What it says and said before, newest first.
    pub versions: Vec<NoteVersion>,
    /// The person may lift the restriction.
    pub may_lift: bool,
}

/// What a note said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NoteVersion {
    /// The words.
    pub text: String,
    /// "Ama Osei, 24-Nov-2026 10:20".
    pub who: String,
    /// It was marked as made in error.
    pub in_error: bool,
}
