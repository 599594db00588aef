//! What an entry says: one struct for each kind of entry, as canonical CBOR named maps.
//!
//! A body never repeats what the entry already carries (author, time, slot). Absent text is the
//! empty string; dates are ISO text. Adding a field is a new schema version of its kind.

mod adoption;
mod audit;
mod cover;
mod epoch_key;
mod erasure;
mod frontier;
mod link;
mod moved;
mod parcel;
mod pathway;
mod person;
mod revocation;
mod site_closed;
mod supervised;
mod transfer;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::entry::Kind;
use crate::id::{EntryId, ItemId, SiteId};

pub use adoption::{Adoptable, Adoption, Offered, Withdrawal};
pub use audit::{Action, Audit};
pub use cover::{Cover, HandedOver};
pub use epoch_key::{BoxedKey, EPOCH_KEY_INFO, EpochKey, SealedKey, purpose as epoch_key_purpose};
pub use erasure::Erasure;
pub use frontier::{Frontier, StreamTail};
pub use link::{Merge, Unmerge};
pub use moved::{Moved, MovedHere};
pub use parcel::{Parcel, PassedOn};
pub use pathway::{ClockSetting, PathwayEvent};
pub use person::{Death, Note};
pub use revocation::{Revocation, StreamEnd};
pub use site_closed::SiteClosed;
pub use supervised::SupervisedDecision;
pub use transfer::{Transfer, Transferred};

/// A body that belongs to one kind of entry at one schema version.
pub trait Body: Serialize + serde::de::DeserializeOwned + Send + Sync + 'static {
    /// The kind, as on the wire.
    const KIND: &'static str;
    /// Schema version written by this program.
    const VERSION: u16 = 1;

    /// The kind of entry this body belongs to.
    fn kind() -> Kind {
        Kind::from_static(Self::KIND)
    }
}

macro_rules! kinds {
    ($($body:ident = $kind:literal),* $(,)?) => {
        $(
            impl Body for $body { const KIND: &'static str = $kind; }
            /// Its kind and nothing of what it says, which may be a patient's.
            impl fmt::Debug for $body {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str($kind) }
            }
        )*
        /// Every kind of entry this program writes, with its schema version.
        pub const WRITTEN: &[(&str, u16)] = &[$(($kind, <$body as Body>::VERSION)),*];
    };
}

kinds! {
    Detail = "patient-detail",
    Referral = "referral",
    Appointment = "appointment",
    Site = "site",
    AssessmentStarted = "assessment-started",
    Answered = "answer",
    Item = "item",
    ListState = "list-state",
    AssessmentFinished = "assessment-finished",
    OpenAction = "open-action",
    RouteRecord = "route-record",
    Choice = "choice-before-proposal",
    Decision = "decision",
    PlanText = "plan-text",
    PlanGoals = "plan-goals",
    PlanAgreed = "agreed-plan",
    PlanPrinted = "plan-printed",
    PlanGiven = "plan-given",
    EnteredInError = "entered-in-error",
    Moved = "move",
    MovedHere = "moved-here",
    LocalNumbers = "local-numbers",
    FormUsed = "form-used",
    InstrumentPack = "instrument-pack",
    Audit = "audit",
    Offered = "offered-content",
    Adoption = "adoption",
    Withdrawal = "withdrawal",
    Death = "death",
    Note = "note",
    Merge = "merge",
    Unmerge = "unmerge",
    Erasure = "erasure",
    PathwayEvent = "pathway-event",
    ClockSetting = "clock-setting",
    Revocation = "revocation",
    SupervisedDecision = "supervised-decision",
    Cover = "cover",
    HandedOver = "handed-over",
    Frontier = "frontier",
    EpochKey = "epoch-key",
    Transfer = "transfer",
    Transferred = "transferred",
    Parcel = "parcel",
    SiteClosed = "site-closed",
}

/// One detail of a patient, such as the family name. Slot `detail/<field>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// family, given, title, preferred, born, nhs-number, nhs-number-status, gender, phone, address,
    /// needs, gp, contact-by, contact-not.
    pub field: String,
    /// The value; empty when it is not known. A `nhs-number-status` names the number it is of, as
    /// `9990463380 verified`, so that it never passes to another number.
    pub value: String,
}

/// A request for help. Slot `referral/<item>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// Site that received it.
    pub site: SiteId,
    /// ISO date of receipt: starts the clock.
    pub received: String,
    /// Who refers.
    pub referrer: String,
    /// Reason for referral.
    pub reason: String,
    /// Urgency the referrer asked for, or empty.
    pub asked_urgency: String,
    /// The letter's text.
    pub letter: String,
    /// Warning signs the letter states as present (question ids). A letter can never say "absent".
    pub warning_signs: Vec<String>,
    /// typed or csv.
    pub source: String,
}

/// A place in a clinic list. Slot `appointment/<item>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// ISO date.
    pub date: String,
    /// HH:MM.
    pub time: String,
    /// What it is for.
    pub purpose: String,
    /// Name of the staff member it is with.
    pub with: String,
}

/// A place of the service. In the service scope, slot `site/<site>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// The hub site; a spoke otherwise.
    pub hub: bool,
}

/// Slot `assessment/<item>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentStarted {
    /// The assessment.
    pub assessment: ItemId,
    /// The referral it answers.
    pub referral: Option<ItemId>,
    /// in-person, phone or video.
    pub mode: String,
    /// Site.
    pub site: SiteId,
}

/// What was answered, or which of the four unanswered states holds.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum AnswerState {
    /// Answered.
    Given {
        /// The value.
        value: AnswerValue,
    },
    /// Not asked.
    NotAsked,
    /// Declined.
    Declined,
    /// Not known.
    NotKnown,
    /// Cannot be answered.
    CannotBeAnswered,
}

/// The value of an answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AnswerValue {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// Text, a choice, or an ISO date.
    Text(String),
    /// Several choices.
    Choices(Vec<String>),
}

impl fmt::Debug for AnswerState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if matches!(self, Self::Given { .. }) {
            "given"
        } else {
            "unanswered"
        })
    }
}

impl fmt::Debug for AnswerValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("value")
    }
}

/// One answer. Slot `answer/<assessment>/<question>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The assessment.
    pub assessment: ItemId,
    /// Question id of the catalogue.
    pub question: String,
    /// The answer.
    pub answer: AnswerState,
    /// clinician (asked the patient), patient (filled in alone), letter, confirmed (from last time).
    pub source: String,
}

/// One row of a list, such as a medicine. Slot `item/<list>/<item>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The list: medicine, allergy, condition, treatment, region, device or person.
    pub list: String,
    /// The row.
    pub item: ItemId,
    /// The assessment it was recorded or confirmed in.
    pub assessment: ItemId,
    /// Field id -> value.
    pub fields: BTreeMap<String, AnswerValue>,
    /// Why it was taken off the list; empty while it stands.
    pub removed: String,
}

/// What is known of a whole list, such as "no known allergies". Slot `list/<list>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListState {
    /// The list.
    pub list: String,
    /// The assessment.
    pub assessment: ItemId,
    /// Given(true): none; or an unanswered state.
    pub state: AnswerState,
}

/// Slot `assessment/<item>/finished`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentFinished {
    /// The assessment.
    pub assessment: ItemId,
    /// Why it closes although warning signs were declined or cannot be answered.
    pub reason: String,
    /// Safety-net given.
    pub safety_net: String,
}

/// A red open action, and its closing. Slot `action/<item>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenAction {
    /// The action.
    pub action: ItemId,
    /// The assessment it arose in.
    pub assessment: Option<ItemId>,
    /// emergency-record, safety-record or hub-not-told.
    pub what: String,
    /// The route it belongs to.
    pub route: String,
    /// True while it is open.
    pub open: bool,
    /// How it was closed.
    pub closed_by: String,
}

/// What was done about a warning sign or about safety. Appended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct RouteRecord {
    /// The route.
    pub route: String,
    /// The assessment.
    pub assessment: Option<ItemId>,
    /// Outcome value.
    pub outcome: String,
    /// Field -> text, as typed: done, told, told-at, safety-net, reason, said, intent, plan, means,
    /// protective, review, hub-call.
    pub fields: BTreeMap<String, String>,
}

/// What a clinician chose before the proposal was shown. Slot `choice/<assessment>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The assessment.
    pub assessment: ItemId,
    /// Disposition code.
    pub lead: String,
    /// Urgency.
    pub urgency: String,
}

/// What a named clinician signs. Slot `decision/<assessment>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The assessment.
    pub assessment: ItemId,
    /// Disposition code, D01 to D19.
    pub lead: String,
    /// Urgency.
    pub urgency: String,
    /// Strands.
    pub strands: Vec<String>,
    /// The same as was proposed.
    pub as_proposed: bool,
    /// Reason value, if not.
    pub reason: String,
    /// Reason in words, if not.
    pub reason_text: String,
    /// Comment.
    pub comment: String,
    /// Ruleset in words, such as "uk-community-pain 2026.1 DRAFT".
    pub ruleset: String,
    /// The decision of a doctor in training that this one countersigns.
    pub countersigns: Option<EntryId>,
}

/// One block of a plan. Slot `plan/<assessment>/<block>`; the review date is a block too.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanText {
    /// The assessment.
    pub assessment: ItemId,
    /// Block id.
    pub block: String,
    /// Text.
    pub text: String,
}

/// The goals of a plan, in the patient's own words. Slot `plan/<assessment>/goals`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanGoals {
    /// The assessment.
    pub assessment: ItemId,
    /// Goals in order.
    pub goals: Vec<PlanGoal>,
}

/// One goal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanGoal {
    /// What the person wants to do.
    pub text: String,
    /// By when, ISO date or empty.
    pub by: String,
    /// Confidence 0 to 10, if asked.
    pub confidence: Option<u8>,
}

impl fmt::Debug for PlanGoal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("goal")
    }
}

/// A plan agreed with the patient, signed by staff. Slot `plan/<assessment>/agreed`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAgreed {
    /// The assessment.
    pub assessment: ItemId,
    /// Version, from 1.
    pub version: u32,
    /// agreed, agreed-in-part or not-agreed.
    pub state: String,
    /// What was not agreed.
    pub part: String,
    /// Who was present.
    pub present: Vec<String>,
    /// Copies to.
    pub copies: String,
    /// What was agreed: the heads of the slots of the blocks, goals, medicines and allergies.
    pub blocks: Vec<EntryId>,
}

/// A printed or saved copy. Appended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPrinted {
    /// The assessment.
    pub assessment: ItemId,
    /// Version, 0 for a draft.
    pub version: u32,
    /// printed or saved.
    pub how: String,
    /// Copies.
    pub copies: u8,
    /// Large print.
    pub large: bool,
}

/// The plan is in the patient's hands, confirmed by a person against two identifiers. Appended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanGiven {
    /// The assessment.
    pub assessment: ItemId,
    /// Version.
    pub version: u32,
    /// patient, carer or post.
    pub to: String,
}

/// An entry that should not have been made. It stays readable. Slot none.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnteredInError {
    /// The entry.
    pub entry: EntryId,
    /// Why.
    pub reason: String,
}

/// The site's emergency numbers, entered and confirmed here. Slot `local-numbers`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalNumbers {
    /// Field -> number.
    pub numbers: BTreeMap<String, String>,
    /// Somebody rang each of them.
    pub confirmed: bool,
}

/// A questionnaire that an assessment uses beside its own questions. Slot
/// `form/<assessment>/<instrument>`; its answers stand in slots of their own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormUsed {
    /// The assessment.
    pub assessment: ItemId,
    /// Instrument id.
    pub instrument: String,
    /// Version of the scoring rule.
    pub version: String,
    /// Language of the form.
    pub language: String,
    /// It was completed on the licensed form held by the service.
    pub licensed_form: bool,
    /// Digest of the pack whose words were on the screen, or empty.
    pub pack: String,
    /// self, read-aloud, telephone or proxy.
    pub how: String,
    /// ISO date on which it was completed, which may be before it was typed.
    pub completed: String,
    /// Why it was taken away; empty while it stands.
    pub removed: String,
}

/// The wording of an instrument, held under a licence. In the service scope, slot
/// `instrument-pack/<instrument>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentPack {
    /// Instrument id.
    pub instrument: String,
    /// Who gives the licence.
    pub licence_holder: String,
    /// What the licence is filed under.
    pub licence_reference: String,
    /// The organisation that holds the licence.
    pub held_by: String,
    /// ISO date of the last day of the licence.
    pub valid_until: String,
    /// Digest of the pack, hexadecimal.
    pub digest: String,
    /// The pack as it was imported; empty once it is withdrawn.
    pub text: String,
    /// Why it was withdrawn; empty while it stands.
    pub withdrawn: String,
}
