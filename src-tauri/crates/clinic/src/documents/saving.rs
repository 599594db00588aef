//! A copy of a document, readable by anyone, where a person chose.

use record::blob::Opening;
use record::body::Action;
use zeroize::Zeroizing;

use super::held::{document_id, one};
use super::kinds::Media;
use super::opening::{chunk, whole};
use crate::audit;
use crate::desk::{Desk, patient_id};
use crate::print;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::SavedDocument;

/// Saves a copy of a document in a folder that a person chose. That it left is in the audit trail
/// before it does. Its name says nothing of the patient.
pub fn save_document(
    desk: &mut Desk,
    patient: String,
    document: String,
    folder: String,
) -> Result<SavedDocument, Refusal> {
    desk.allow(Act::Look)?;
    let (id, document) = (patient_id(&patient)?, document_id(&document)?);
    print::expect_folder(&folder)?;
    let case = desk.case_beside(id)?;
    let body = one(&case, document)?.body.clone();
    whole(desk, &case, &body)?;
    audit::note(desk, Action::Exported, Some(id), "document")?;
    let opening = Opening::new(&body.key, body.size);
    let mut content = Zeroizing::new(Vec::new());
    for number in 0..opening.count() {
        if let Some(plain) = chunk(desk, &opening, &body.blob, number)? {
            content.extend_from_slice(&plain);
        }
    }
    let ending = Media::named(&body.media).map_or("bin", Media::ending);
    let path = print::save(&folder, &format!("felloe-document.{ending}"), &content)?;
    let now = desk.now().at();
    let store = &mut desk.sitting_mut()?.opened.store;
    store.opened_blob(&body.blob, now)?;
    Ok(SavedDocument {
        words: "Saved. Anybody who can open that folder can read this copy: delete it when it is no longer needed.".into(),
        path,
    })
}
