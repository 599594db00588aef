//! What an entry says: one struct for each kind of entry, as canonical CBOR named maps.
//!
//! A body never repeats what the entry already carries (author, time, slot). Absent text is the
//! empty string; dates are ISO text. Adding a field is a new schema version of its kind.

mod adoption;
mod answer;
mod assessment;
mod attachment;
mod audit;
mod cover;
mod decision;
mod epoch_key;
mod erasure;
mod error;
mod frontier;
mod instrument;
mod letter;
mod link;
mod moved;
mod opinion;
mod parcel;
mod pathway;
mod person;
mod plan;
mod receipt;
mod referral;
mod review;
mod revocation;
mod route;
mod site;
mod site_closed;
mod task;
mod transfer;

use std::fmt;

use serde::Serialize;

use crate::entry::Kind;

pub use adoption::{Adoptable, Adoption, Offered, Withdrawal};
pub use answer::{AnswerState, AnswerValue, Answered, Item, ListState};
pub use assessment::{AssessmentFinished, AssessmentStarted};
pub use attachment::Attachment;
pub use audit::{Action, Audit};
pub use cover::{Cover, HandedOver};
pub use decision::{Choice, Decided, Decision, SupervisedDecision};
pub use epoch_key::{BoxedKey, EPOCH_KEY_INFO, EpochKey, SealedKey, purpose as epoch_key_purpose};
pub use erasure::Erasure;
pub use error::EnteredInError;
pub use frontier::{Frontier, StreamTail};
pub use instrument::{FormUsed, InstrumentPack};
pub use letter::{Letter, LetterApproved, LetterPart, LetterSent, PaperMade};
pub use link::{Merge, Unmerge};
pub use moved::{Moved, MovedHere};
pub use opinion::{Opinion, OpinionAsked, OpinionSettled};
pub use parcel::{Parcel, PassedOn};
pub use pathway::{ClockSetting, PathwayEvent};
pub use person::{Death, Note};
pub use plan::{PlanAgreed, PlanGiven, PlanGoal, PlanGoals, PlanPrinted, PlanText};
pub use receipt::{MAX_RECEIPTED, Receipt};
pub use referral::{Appointment, Detail, Referral};
pub use review::{PutAside, Reviewed};
pub use revocation::{Revocation, StreamEnd};
pub use route::{OpenAction, RouteRecord};
pub use site::{LocalNumbers, Site};
pub use site_closed::SiteClosed;
pub use task::{Enquiry, Task};
pub use transfer::Transfer;

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
    Receipt = "receipt",
    EpochKey = "epoch-key",
    Transfer = "transfer",
    Parcel = "parcel",
    SiteClosed = "site-closed",
    Attachment = "attachment",
    PutAside = "put-aside",
    Reviewed = "reviewed",
    OpinionAsked = "opinion-asked",
    Opinion = "opinion",
    OpinionSettled = "opinion-settled",
    Task = "task",
    Enquiry = "enquiry",
    Letter = "letter",
    LetterApproved = "letter-approved",
    LetterSent = "letter-sent",
    PaperMade = "paper-made",
}
