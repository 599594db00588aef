//! The recovery sheet, until it is confirmed.

use record::body::Action;

use super::sitting::session;
use crate::audit;
use crate::desk::Desk;
use crate::paper::{SheetPaper, sheet};
use crate::refusal::Refusal;
use crate::view::{Printed, RecoverySheetView, SavedPdf, Session};
use crate::words;

pub(super) fn sheet_document(
    desk: &Desk,
) -> Result<(document::Document, Vec<String>, [u32; 2]), Refusal> {
    let sitting = desk.sitting()?;
    let sheet_now = sitting.sheet.as_ref().ok_or_else(|| {
        Refusal::plain("The recovery sheet was confirmed and is not shown again.")
    })?;
    let code: Vec<String> = sheet_now
        .groups()
        .iter()
        .map(|group| group.as_str().to_owned())
        .collect();
    let made = words::staff_date(desk.today());
    let paper = SheetPaper {
        service: &sheet_now.service_name,
        site: &sheet_now.site_name,
        code: &code,
        fingerprint: &desk.service_in_words()?,
        made: &made,
        demo: sitting.opened.identity.demo,
    };
    let document = sheet(&paper);
    let confirm = sheet_now
        .words_to_confirm()
        .map(|group| u32::try_from(group).unwrap_or(1));
    Ok((document, code, confirm))
}

pub(crate) fn sheet_view(desk: &Desk) -> Result<RecoverySheetView, Refusal> {
    let (document, code, confirm) = sheet_document(desk)?;
    let typeset = document.typeset()?;
    let pages = (0..typeset.pages())
        .map(|page| typeset.page_svg(page))
        .collect();
    Ok(RecoverySheetView {
        code,
        confirm,
        pages,
    })
}

/// Two groups typed back from the paper: the sheet was printed and can be read.
pub fn confirm_sheet(desk: &mut Desk, first: String, second: String) -> Result<Session, Refusal> {
    let sitting = desk.sitting_mut()?;
    if let Some(sheet) = &sitting.sheet {
        let [a, b] = sheet.words_to_confirm();
        for (field, group, typed) in [("first", a, &first), ("second", b, &second)] {
            if !sheet.confirms(group, typed) {
                return Err(Refusal::field(
                    field,
                    format!("Group {group} is not what the sheet says. Compare it with the paper."),
                ));
            }
        }
        sitting.opened.confirm_sheet()?;
        sitting.sheet = None;
        // What this sheet opens is left at the hub server now that somebody has it.
        desk.line.call_now();
    }
    session(desk)
}

/// Writes the recovery sheet as a PDF where the person chose.
pub fn save_sheet(desk: &mut Desk, folder: String) -> Result<SavedPdf, Refusal> {
    let (document, _, _) = sheet_document(desk)?;
    let typeset = document.typeset()?;
    // Before it leaves: a copy that is not in the audit trail must not be possible.
    audit::note(desk, Action::Exported, None, "recovery sheet")?;
    let path = crate::print::save(
        &folder,
        "felloe-recovery-sheet.pdf",
        &typeset.pdf(crate::print::made(desk.now())),
    )?;
    Ok(SavedPdf {
        path,
        pages: u32::try_from(typeset.pages()).unwrap_or(u32::MAX),
    })
}

/// Prints the recovery sheet.
pub fn print_sheet(desk: &mut Desk, printer: String) -> Result<Printed, Refusal> {
    let (document, _, _) = sheet_document(desk)?;
    let bytes = document.typeset()?.pdf(crate::print::made(desk.now()));
    audit::note(desk, Action::Printed, None, "recovery sheet")?;
    crate::print::print(&printer, 2, &bytes)?;
    Ok(Printed {
        words: format!("Two copies were sent to {printer}. Lock them in two safes."),
    })
}
