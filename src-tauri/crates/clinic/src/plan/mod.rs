//! The plan: written with the patient, agreed, signed, shown, printed and given.

mod agreeing;
mod bank;
mod copies;
mod draft;
mod paper;
mod shown;
mod writing;

#[cfg(test)]
pub(crate) use paper::of as paper_of;

pub(crate) use agreeing::is_the_person;
pub use agreeing::{agree_plan, plan_given};
pub(crate) use bank::warning_signs;
pub use copies::{preview_plan, print_plan, printers, save_plan_pdf};
pub(crate) use paper::contacts;
pub use writing::{save_plan_block, save_plan_goals, save_plan_review};

use record::id::{ItemId, PatientId};
use shown::view;

use crate::desk::{Desk, item_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::PlanView;

/// Who can be present when a plan is agreed.
const PRESENT: [(&str, &str); 5] = [
    ("patient", "The patient"),
    ("carer", "A carer"),
    ("family", "Family"),
    ("interpreter", "An interpreter"),
    ("advocate", "An advocate"),
];

/// The plan of an assessment.
pub fn open_plan(desk: &mut Desk, assessment: String) -> Result<PlanView, Refusal> {
    desk.allow(Act::Look)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    view(desk, patient, id)
}

fn editable(desk: &mut Desk, assessment: &str) -> Result<(ItemId, PatientId), Refusal> {
    desk.allow(Act::AgreePlan)?;
    let id = item_id(assessment)?;
    let patient = desk.patient_of(id)?;
    desk.case(patient)?.unveiled(id)?;
    Ok((id, patient))
}
