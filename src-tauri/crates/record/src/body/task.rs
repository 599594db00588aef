//! What follows from a decision: tasks with an owner and a due day, and questions to a spoke.

use serde::{Deserialize, Serialize};

use crate::id::{EntryId, ItemId, SiteId, StaffId};

/// Something that has to be done. Slot `task/<task>`; one that follows from a decision has an id
/// made of that decision and its step, so that whoever opens it writes the same.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The task.
    pub task: ItemId,
    /// The assessment it belongs to.
    pub assessment: Option<ItemId>,
    /// The decision it follows from; none where a person added it.
    pub decision: Option<EntryId>,
    /// Step of the pathway, by its id; empty where a person added it.
    pub step: String,
    /// What has to be done.
    pub words: String,
    /// The role that does it, by its name; empty where it belongs to a person.
    pub role: String,
    /// The person who does it, once somebody took it.
    pub owner: Option<StaffId>,
    /// The site where it is done; none for the patient's own.
    pub site: Option<SiteId>,
    /// ISO date.
    pub due: String,
    /// open, done or not-needed.
    pub state: String,
    /// ISO date it was done on; empty while it is open.
    pub done_on: String,
    /// Who was told, or why it is not needed.
    pub told: String,
    /// The receipt: a reference, a name, a number.
    pub receipt: String,
}

/// A question of the hub to the spoke that looks after the patient. Slot `enquiry/<enquiry>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enquiry {
    /// The question.
    pub enquiry: ItemId,
    /// The assessment.
    pub assessment: ItemId,
    /// The site that is asked.
    pub to: SiteId,
    /// What is asked.
    pub text: String,
    /// ISO date by which the answer is wanted.
    pub by: String,
    /// Nobody has answered it, and it has not been taken back.
    pub open: bool,
    /// The answer, or why it was taken back.
    pub answer: String,
}
