//! A document on the screen: opened in memory, piece by piece, and nowhere else.

use data_encoding::BASE64;
use record::blob::{BlobId, BlobKey, ContentHasher, Opening};
use record::body::{Action, Attachment};
use record::chunks::CHUNK;
use record::id::ItemId;
use store::BlobState;
use zeroize::Zeroizing;

use super::held::{document_id, on, one};
use super::kinds::Media;
use crate::audit;
use crate::case::Case;
use crate::desk::{Desk, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{DocumentOpened, DocumentPiece};

/// Chunks that go to the window at once: a megabyte. A design decision.
const AT_ONCE: u64 = 16;

/// The document that is on the screen, as far as it was allowed and written down.
pub(crate) struct OnScreen {
    document: ItemId,
    blob: BlobId,
    key: BlobKey,
    size: u64,
}

/// Opens a document in the window. That it was opened is in the audit trail before a byte of it
/// leaves. One that was damaged here is fetched again where the hub server has it.
pub fn open_document(
    desk: &mut Desk,
    patient: String,
    document: String,
) -> Result<DocumentOpened, Refusal> {
    desk.allow(Act::Look)?;
    let (id, document) = (patient_id(&patient)?, document_id(&document)?);
    let case = desk.case_beside(id)?;
    let body = one(&case, document)?.body.clone();
    let media = Media::named(&body.media).filter(|media| media.is_shown());
    let media = media.ok_or_else(|| {
        Refusal::plain(
            "This document cannot be shown in the window. Save a copy and open it with another program.",
        )
    })?;
    whole(desk, &case, &body)?;
    audit::note(desk, Action::Viewed, Some(id), "document")?;
    let now = desk.now().at();
    let sitting = desk.sitting_mut()?;
    sitting.opened.store.opened_blob(&body.blob, now)?;
    sitting.on_screen = Some(OnScreen {
        document,
        blob: body.blob,
        key: body.key,
        size: body.size,
    });
    Ok(DocumentOpened {
        title: body.title,
        media: media.wire().into(),
        bytes: body.size,
    })
}

/// That all of a document is here and is what was attached. One that was damaged here and is at the
/// hub server is asked for again.
pub(super) fn whole(desk: &mut Desk, case: &Case, body: &Attachment) -> Result<(), Refusal> {
    let store = &desk.sitting()?.opened.store;
    let state = store.blob(&body.blob)?.filter(BlobState::is_here);
    let Some(state) = state else {
        return Err(Refusal::plain(
            "This document is not on this laptop. Fetch it from the hub server first.",
        ));
    };
    let intact = store.blob_is_whole(&body.blob)?;
    if intact && hash_fits(desk, body)? {
        return Ok(());
    }
    // Bytes that are what was sealed would come back the same, and what the hub server is not known
    // to have may be the only copy.
    let again = on(desk, case, body.attachment)?.into_iter().next();
    let Some(again) = again.filter(|_| !intact && state.is_there()) else {
        return Err(Refusal::plain(
            "This document does not open with what its entry says. Nothing was removed. Attach it anew from the paper.",
        ));
    };
    let now = desk.now().at();
    let store = &mut desk.sitting_mut()?.opened.store;
    store.forget_blob_bytes(&body.blob)?;
    store.want_blob(&again, now)?;
    Err(Refusal::plain(
        "This document was damaged on this laptop. It is fetched from the hub server again. If it does not come, attach it anew from the paper.",
    ))
}

fn hash_fits(desk: &Desk, body: &Attachment) -> Result<bool, Refusal> {
    let opening = Opening::new(&body.key, body.size);
    let mut hash = ContentHasher::new();
    for number in 0..opening.count() {
        match chunk(desk, &opening, &body.blob, number)? {
            Some(plain) => hash.put(&plain),
            None => return Ok(false),
        }
    }
    Ok(hash.hash() == body.content)
}

/// One chunk of a document; none when it does not open.
pub(super) fn chunk(
    desk: &Desk,
    opening: &Opening,
    blob: &BlobId,
    number: u64,
) -> Result<Option<Zeroizing<Vec<u8>>>, Refusal> {
    let (from, length) = opening.place(number);
    let store = &desk.sitting()?.opened.store;
    let sealed = store.blob_bytes(blob, from, length)?;
    Ok(opening.open(number, &sealed).ok())
}

/// The next piece of the document that was opened, from byte `at`, in base64.
pub fn read_document(desk: &mut Desk, document: String, at: u32) -> Result<DocumentPiece, Refusal> {
    desk.allow(Act::Look)?;
    let document = document_id(&document)?;
    let gone = Refusal::Stale("This document is no longer open. Open it again.");
    let on_screen = desk.sitting()?.on_screen.as_ref();
    let Some(shown) = on_screen.filter(|it| it.document == document) else {
        return Err(gone);
    };
    let opening = Opening::new(&shown.key, shown.size);
    let first = u64::from(at) / CHUNK as u64;
    if first * CHUNK as u64 != u64::from(at) || first >= opening.count() {
        return Err(gone);
    }
    let mut piece = Zeroizing::new(Vec::with_capacity(CHUNK * 16));
    for number in first..opening.count().min(first + AT_ONCE) {
        match chunk(desk, &opening, &shown.blob, number)? {
            Some(plain) => piece.extend_from_slice(&plain),
            None => return Err(gone),
        }
    }
    let ends = u64::from(at) + piece.len() as u64;
    let next = u32::try_from(ends).ok().filter(|_| ends < shown.size);
    if next.is_none() {
        // The window has all of it.
        desk.sitting_mut()?.on_screen = None;
    }
    Ok(DocumentPiece {
        piece: BASE64.encode(&piece),
        next,
    })
}
