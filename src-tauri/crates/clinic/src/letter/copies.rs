//! Pages of a letter: the preview, the PDF and the printer.

use document::{Document, Typeset};
use record::body::{Action, LetterSent};

use super::approving::may_leave;
use super::draft::Draft;
use super::{of, paper};
use crate::audit;
use crate::desk::{Desk, Line};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{PlanPreview, PrintForm, Printed, SavedPdf};

/// The renderer's own pages. DRAFT stands across them until the letter may leave as it is.
pub fn preview_letter(
    desk: &mut Desk,
    assessment: String,
    to: String,
    large: bool,
) -> Result<PlanPreview, Refusal> {
    desk.allow(Act::Look)?;
    let (id, patient) = of(desk, &assessment)?;
    let draft = Draft::of(desk, patient, id, &to)?;
    let document = document(desk, &draft, large)?;
    crate::paper::preview(&document, document.watermark.is_some())
}

/// Saves a letter as a PDF where a person chose, under a name without patient data.
pub fn save_letter_pdf(
    desk: &mut Desk,
    assessment: String,
    to: String,
    large: bool,
    folder: String,
) -> Result<SavedPdf, Refusal> {
    let (draft, typeset) = made(desk, &assessment, &to, large)?;
    // Before it leaves: a copy that is not in the audit trail must not be possible.
    audit::note(desk, Action::Exported, Some(draft.patient), "letter")?;
    let bytes = typeset.pdf(crate::print::made(desk.now()));
    let path = crate::print::save(&folder, &file_name(&draft), &bytes)?;
    note_copy(desk, &draft, "saved", 1, large)?;
    Ok(SavedPdf {
        path,
        pages: u32::try_from(typeset.pages()).unwrap_or(u32::MAX),
    })
}

/// Prints a letter with the system's printing.
pub fn print_letter(
    desk: &mut Desk,
    assessment: String,
    to: String,
    form: PrintForm,
) -> Result<Printed, Refusal> {
    let (draft, typeset) = made(desk, &assessment, &to, form.large)?;
    audit::note(desk, Action::Printed, Some(draft.patient), "letter")?;
    let bytes = typeset.pdf(crate::print::made(desk.now()));
    crate::print::print(&form.printer, form.copies, &bytes)?;
    note_copy(desk, &draft, "printed", form.copies, form.large)?;
    Ok(crate::print::sent(
        form.copies,
        typeset.pages(),
        &form.printer,
    ))
}

fn document(desk: &Desk, draft: &Draft, large: bool) -> Result<Document, Refusal> {
    Ok(crate::paper::letter(&paper::of(desk, draft, large)?))
}

/// A letter that may leave, set.
fn made(
    desk: &mut Desk,
    assessment: &str,
    to: &str,
    large: bool,
) -> Result<(Draft, Typeset), Refusal> {
    desk.allow(Act::SendLetters)?;
    let (id, patient) = of(desk, assessment)?;
    let draft = Draft::of(desk, patient, id, to)?;
    may_leave(desk, &draft)?;
    let typeset = document(desk, &draft, large)?.typeset()?;
    Ok((draft, typeset))
}

fn note_copy(
    desk: &mut Desk,
    draft: &Draft,
    how: &str,
    copies: u8,
    large: bool,
) -> Result<(), Refusal> {
    let body = LetterSent {
        letter: draft.id,
        assessment: draft.assessment,
        version: draft.case.letter(draft.id).version(),
        how: how.into(),
        to: draft.addressee.lines().next().unwrap_or_default().into(),
        copies,
        large,
    };
    desk.write(draft.patient, vec![Line::appended(&body)?])?;
    Ok(())
}

/// The letter's id and nothing of the patient.
pub(super) fn file_name(draft: &Draft) -> String {
    let id = draft.id.to_string();
    format!("letter-{}.pdf", id.get(..8).unwrap_or(&id))
}
