//! Pages: the preview, the PDF and the printer.

use record::body::{Action, PlanPrinted};
use record::id::{ItemId, PatientId};

use super::paper;
use crate::audit;
use crate::desk::{Desk, Line, item_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{PlanPreview, PrintForm, Printed, Printers, SavedPdf};

/// The renderer's own pages.
pub fn preview_plan(
    desk: &mut Desk,
    assessment: String,
    large: bool,
) -> Result<PlanPreview, Refusal> {
    desk.allow(Act::Look)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    let paper = paper::of(desk, patient, id, large)?;
    crate::paper::preview(&crate::paper::plan(&paper), !paper.signed)
}

pub(super) struct Made {
    patient: PatientId,
    id: ItemId,
    version: u32,
    pages: usize,
    bytes: Vec<u8>,
}

pub(super) fn make(desk: &mut Desk, assessment: &str, large: bool) -> Result<Made, Refusal> {
    let id = item_id(assessment)?;
    let patient = desk.patient_of(id)?;
    if let Some(what) = desk.case(patient)?.unsettled_for_paper(id) {
        return Err(Refusal::plain(format!(
            "{what} is in conflict. Settle it before anything is printed."
        )));
    }
    let paper = paper::of(desk, patient, id, large)?;
    let typeset = crate::paper::plan(&paper).typeset()?;
    let version = if paper.signed { paper.version } else { 0 };
    Ok(Made {
        patient,
        id,
        version,
        pages: typeset.pages(),
        bytes: typeset.pdf(crate::print::made(desk.now())),
    })
}

pub(super) fn note_copy(
    desk: &mut Desk,
    made: &Made,
    how: &str,
    copies: u8,
    large: bool,
) -> Result<(), Refusal> {
    let body = PlanPrinted {
        assessment: made.id,
        version: made.version,
        how: how.into(),
        copies,
        large,
    };
    desk.write(made.patient, vec![Line::appended(&body)?])?;
    Ok(())
}

/// Saves the plan as a PDF where a person chose, under a name without patient data.
pub fn save_plan_pdf(
    desk: &mut Desk,
    assessment: String,
    large: bool,
    folder: String,
) -> Result<SavedPdf, Refusal> {
    desk.allow(Act::AgreePlan)?;
    let made = make(desk, &assessment, large)?;
    // Before it leaves: a copy that is not in the audit trail must not be possible.
    audit::note(desk, Action::Exported, Some(made.patient), "plan")?;
    let path = crate::print::save(&folder, &file_name(made.id), &made.bytes)?;
    note_copy(desk, &made, "saved", 1, large)?;
    Ok(SavedPdf {
        path,
        pages: u32::try_from(made.pages).unwrap_or(u32::MAX),
    })
}

/// The assessment's random id and nothing of the patient.
pub(super) fn file_name(id: ItemId) -> String {
    let id = id.to_string();
    format!("treatment-plan-{}.pdf", id.get(..8).unwrap_or(&id))
}

/// The system's printers.
pub fn printers(desk: &mut Desk) -> Result<Printers, Refusal> {
    desk.allow(Act::Look)?;
    Ok(crate::print::offer("treatment-plan.pdf".into()))
}

/// Prints the plan with the system's printing.
pub fn print_plan(
    desk: &mut Desk,
    assessment: String,
    form: PrintForm,
) -> Result<Printed, Refusal> {
    desk.allow(Act::AgreePlan)?;
    let made = make(desk, &assessment, form.large)?;
    audit::note(desk, Action::Printed, Some(made.patient), "plan")?;
    crate::print::print(&form.printer, form.copies, &made.bytes)?;
    note_copy(desk, &made, "printed", form.copies, form.large)?;
    Ok(crate::print::sent(form.copies, made.pages, &form.printer))
}
