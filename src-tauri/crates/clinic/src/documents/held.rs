//! Which documents a record names, and where their bytes belong.

use std::collections::BTreeSet;

use record::body::Attachment;
use record::id::{ItemId, SiteId};
use record::scope::{Scope, Subject};
use store::BlobOn;

use crate::case::{Case, Found, slots};
use crate::desk::Desk;
use crate::refusal::Refusal;

const NOT_HERE: Refusal = Refusal::NotFound("That document");

/// Every document that stands on a record, each of its current values by itself.
pub(super) fn all(case: &Case) -> Vec<Found<'_, &Attachment>> {
    let slots = case.under::<Attachment>(slots::ATTACHMENTS);
    slots.iter().flat_map(|held| held.all().to_vec()).collect()
}

/// One document.
pub(super) fn one(case: &Case, document: ItemId) -> Result<Found<'_, &Attachment>, Refusal> {
    let mut found = all(case).into_iter();
    found
        .find(|found| found.body.attachment == document)
        .ok_or(NOT_HERE)
}

/// A document's id from the screen.
pub(super) fn document_id(text: &str) -> Result<ItemId, Refusal> {
    text.parse().map_err(|_| NOT_HERE)
}

/// Where the bytes of a document belong, as far as this laptop may say: the site that keeps the
/// record first, then the one in whose scope its entry stands.
pub(super) fn on(desk: &Desk, case: &Case, document: ItemId) -> Result<Vec<BlobOn>, Refusal> {
    let found = all(case).into_iter();
    belonging(
        desk,
        case,
        found.filter(|it| it.body.attachment == document),
    )
}

fn belonging<'a>(
    desk: &Desk,
    case: &Case,
    documents: impl Iterator<Item = Found<'a, &'a Attachment>>,
) -> Result<Vec<BlobOn>, Refusal> {
    let mut documents = documents.peekable();
    // Most records have none, and this is asked of each that something arrives on.
    if documents.peek().is_none() {
        return Ok(Vec::new());
    }
    let enrolled = desk.sitting()?.this_laptop()?.map(|laptop| laptop.sites);
    // A laptop without a certificate yet is enrolled for its own site as soon as it has one.
    let own = desk.sitting()?.opened.identity.site;
    let enrolled = enrolled.unwrap_or_else(|| BTreeSet::from([own]));
    let mut belongs = Vec::new();
    for found in documents {
        let Subject::Patient(patient) = found.placed.subject else {
            continue;
        };
        let written: Option<SiteId> = match found.placed.scope {
            Scope::Site(site) => Some(site),
            Scope::Service | Scope::Audit => None,
        };
        for site in case.kept_at(patient).into_iter().chain(written) {
            let on = BlobOn {
                id: found.body.blob,
                size: found.body.blob_size(),
                patient,
                scope: Scope::Site(site),
            };
            if enrolled.contains(&site) && !belongs.contains(&on) {
                belongs.push(on);
            }
        }
    }
    Ok(belongs)
}

impl Desk {
    /// Takes down to whose record and to which site the documents of a case belong, as far as
    /// their bytes are known here: after something arrived, was moved or transferred. With `new`
    /// also those of which nothing is here, so that the hub server takes them over.
    pub(crate) fn keep_documents(&mut self, case: &Case, new: bool) -> Result<(), Refusal> {
        for on in belonging(self, case, all(case).into_iter())? {
            let store = &mut self.sitting_mut()?.opened.store;
            if new || store.blob(&on.id)?.is_some() {
                store.share_blob(&on).map_err(Refusal::NotSaved)?;
            }
        }
        Ok(())
    }
}
