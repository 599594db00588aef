//! Attaching: a file comes in pieces, each sealed before it is kept.

use data_encoding::BASE64;
use record::blob::{BlobKey, Error, MAX_CONTENT, Sealing};
use record::body::Attachment;
use record::id::{ItemId, PatientId};
use store::BlobOn;

use super::kinds::{KINDS, Media};
use super::shown::documents;
use crate::case::slots;
use crate::desk::{Desk, Line, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{DocumentBrought, DocumentForm, DocumentsView};

/// The longest title, in characters. A design decision.
const LONGEST_TITLE: usize = 120;

/// A document on its way in. Its key stands nowhere else until the entry is written.
pub(crate) struct Attaching {
    patient: PatientId,
    media: Media,
    key: BlobKey,
    sealing: Sealing,
}

const BEGIN_ANEW: Refusal =
    Refusal::Stale("The document did not come whole. Choose the file again.");

/// Takes the next piece of a file, in base64, which begins at byte `at`. The first one begins a new
/// document. What is kept of it is sealed, and forgotten unless it is attached.
pub fn bring_document(
    desk: &mut Desk,
    patient: String,
    at: u32,
    piece: String,
) -> Result<DocumentBrought, Refusal> {
    desk.allow(Act::TakeReferral)?;
    let patient = patient_id(&patient)?;
    let piece = BASE64.decode(piece.as_bytes()).map_err(|_| BEGIN_ANEW)?;
    let mut attaching = if at == 0 {
        begin(desk, patient, &piece)?
    } else {
        let begun = desk.sitting_mut()?.attaching.take();
        let begun = begun.filter(|it| it.patient == patient && it.sealing.size() == u64::from(at));
        begun.ok_or(BEGIN_ANEW)?
    };
    let ready = attaching.sealing.put(&piece).map_err(said);
    let store = &mut desk.sitting_mut()?.opened.store;
    let kept = ready.and_then(|ready| store.grow_blob(&ready).map_err(Refusal::NotSaved));
    if let Err(refusal) = kept {
        // The refusal is the one to tell; what is left here is forgotten at the next document too.
        let _ = store.give_up_blob();
        return Err(refusal);
    }
    let bytes = attaching.sealing.size();
    desk.sitting_mut()?.attaching = Some(attaching);
    Ok(DocumentBrought { bytes })
}

fn begin(desk: &mut Desk, patient: PatientId, first: &[u8]) -> Result<Attaching, Refusal> {
    // Somebody has to be there to attach it to.
    desk.case_beside(patient)?;
    let media = Media::sniffed(first).ok_or_else(|| {
        Refusal::field(
            "file",
            "This is no PDF, JPEG or PNG file. Save the document in one of these forms and choose it again.",
        )
    })?;
    let key = BlobKey::from_bytes(desk.random());
    let sealing = Sealing::under(&key);
    let sitting = desk.sitting_mut()?;
    sitting.attaching = None;
    sitting
        .opened
        .store
        .begin_blob()
        .map_err(Refusal::NotSaved)?;
    Ok(Attaching {
        patient,
        media,
        key,
        sealing,
    })
}

fn said(error: Error) -> Refusal {
    Refusal::field("file", error.to_string())
}

/// Attaches the file that was brought. The document and the entry that names it reach the disk
/// together.
pub fn attach_document(
    desk: &mut Desk,
    patient: String,
    form: DocumentForm,
) -> Result<DocumentsView, Refusal> {
    desk.allow(Act::TakeReferral)?;
    let id = patient_id(&patient)?;
    let title = checked(&form)?;
    let attaching = desk.sitting_mut()?.attaching.take();
    let attaching = attaching.filter(|it| it.patient == id).ok_or(BEGIN_ANEW)?;
    if attaching.sealing.size() != form.bytes || form.bytes > MAX_CONTENT {
        return Err(BEGIN_ANEW);
    }
    let Attaching {
        media,
        key,
        sealing,
        ..
    } = attaching;
    let (rest, sealed) = sealing.finish().map_err(said)?;
    let body = Attachment {
        attachment: ItemId::from_random(desk.random()),
        what: form.what,
        title,
        media: media.wire().into(),
        size: sealed.size,
        content: sealed.content,
        blob: sealed.blob,
        key,
    };
    desk.whole(|desk| {
        let store = &mut desk.sitting_mut()?.opened.store;
        store.grow_blob(&rest).map_err(Refusal::NotSaved)?;
        let line = Line::of(slots::attachment(body.attachment), &body)?;
        desk.write(id, vec![line])?;
        let case = desk.case_beside(id)?;
        let on = super::held::on(desk, &case, body.attachment)?;
        let on: BlobOn = on.into_iter().next().ok_or(BEGIN_ANEW)?;
        let now = desk.now().at();
        let store = &mut desk.sitting_mut()?.opened.store;
        store.name_blob(&on, now).map_err(Refusal::NotSaved)
    })?;
    documents(desk, patient)
}

fn checked(form: &DocumentForm) -> Result<String, Refusal> {
    if !KINDS.iter().any(|(word, _)| *word == form.what) {
        return Err(Refusal::field("what", "Choose what the document is."));
    }
    let title = form.title.trim();
    if title.is_empty() {
        return Err(Refusal::field(
            "title",
            "Give the document a title that a colleague knows it by.",
        ));
    }
    if title.chars().count() > LONGEST_TITLE {
        return Err(Refusal::field(
            "title",
            format!("A title has at most {LONGEST_TITLE} characters."),
        ));
    }
    Ok(title.to_owned())
}
