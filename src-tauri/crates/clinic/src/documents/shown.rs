//! The list of a record's documents, and asking for one that is not here.

use std::collections::BTreeMap;

use record::blob::MAX_CONTENT;
use record::body::{Action, Attachment};
use record::id::StaffId;
use store::BlobState;
use sync::wire::NotKept;

use super::held::{all, document_id, on, one};
use super::kinds::{KINDS, Media, name_of};
use crate::audit;
use crate::case::Found;
use crate::desk::{Desk, patient_id};
use crate::line::hub_server_here;
use crate::refusal::Refusal;
use crate::role::{Act, may};
use crate::view::{Choice, DocumentRow, DocumentsView};
use crate::words;

/// The documents of a patient's record, the newest first.
pub fn documents(desk: &mut Desk, patient: String) -> Result<DocumentsView, Refusal> {
    desk.allow(Act::Look)?;
    let case = desk.case_beside(patient_id(&patient)?)?;
    let names = desk.names()?;
    let mut found = all(&case);
    found.sort_by_key(|it| std::cmp::Reverse((it.placed.entry.lamport, it.placed.id)));
    let rows = found.iter().map(|found| row(desk, found, &names));
    Ok(DocumentsView {
        may_attach: may(desk.role()?, Act::TakeReferral),
        kinds: KINDS
            .iter()
            .map(|(value, label)| Choice {
                value: (*value).into(),
                label: (*label).into(),
            })
            .collect(),
        largest: MAX_CONTENT,
        rows: rows.collect::<Result<_, _>>()?,
    })
}

fn row(
    desk: &Desk,
    found: &Found<'_, &Attachment>,
    names: &BTreeMap<StaffId, String>,
) -> Result<DocumentRow, Refusal> {
    let body = found.body;
    let media = Media::named(&body.media);
    let state = desk.sitting()?.opened.store.blob(&body.blob)?;
    let here = state.as_ref().is_some_and(BlobState::is_here);
    let wanted = state.as_ref().is_some_and(|state| state.wanted);
    let alone = hub_server_here(desk)?.is_none();
    let name = names.get(&found.placed.entry.author);
    Ok(DocumentRow {
        id: body.attachment.to_string(),
        title: body.title.clone(),
        what: format!(
            "{}, {}, {}",
            name_of(&body.what),
            media.map_or("form not known", Media::words),
            words::bytes(body.size)
        ),
        who: format!(
            "{}, {}",
            name.map_or("somebody not known here", String::as_str),
            words::staff_moment(found.placed.entry.claimed)
        ),
        place: place(state.as_ref(), body, alone),
        only_here: here && !state.as_ref().is_some_and(BlobState::is_there),
        can_open: here && media.is_some_and(Media::is_shown),
        can_save: here,
        fetch: (!here && !wanted && !alone).then(|| fetch_words(desk, body, state.as_ref())),
    })
}

fn place(state: Option<&BlobState>, body: &Attachment, alone: bool) -> String {
    // Of one that is known here for no more than its entry nobody can say where it is.
    let state = state.filter(|it| it.is_here() || it.wanted || it.is_there());
    let Some(state) = state else {
        return if alone {
            "Not on this laptop. It comes when this laptop has a hub server".into()
        } else {
            "At the hub server, as soon as the laptop it was attached on has sent it".into()
        };
    };
    let refused = state.there.iter().find_map(|there| there.refused);
    if state.is_here() {
        return match (state.is_there(), refused) {
            (true, _) => "On this laptop and at the hub server".into(),
            (false, Some(why)) => format!("Only on this laptop. {}", refused_words(why)),
            (false, None) if alone => "Only on this laptop".into(),
            (false, None) => on_its_way(state),
        };
    }
    if state.wanted {
        return match state.missed {
            Some(_) => "Asked for. The hub server does not have it yet: the laptop it was attached on sends it when it has a connection".into(),
            None => format!(
                "Asked for: {} of {} are here",
                words::bytes(state.held),
                words::bytes(body.blob_size())
            ),
        };
    }
    "At the hub server".into()
}

fn on_its_way(state: &BlobState) -> String {
    match state.there.iter().map(|there| there.held).max() {
        None | Some(0) => {
            "Only on this laptop. It goes to the hub server after everything else".into()
        }
        Some(sent) => format!(
            "On its way to the hub server: {} of {}",
            words::bytes(sent),
            words::bytes(state.size)
        ),
    }
}

fn refused_words(why: u32) -> String {
    NotKept::of_number(why).map_or_else(String::new, |why| why.to_string())
}

/// What fetching it takes.
fn fetch_words(desk: &Desk, body: &Attachment, state: Option<&BlobState>) -> String {
    // Another entry may name the same blob and say that it is longer.
    let held = state.map_or(0, |state| state.held);
    let left = body.blob_size().saturating_sub(held);
    let size = words::bytes(left);
    match desk.line.minutes_for(left) {
        None => format!("Fetch from the hub server: {size}"),
        Some(0 | 1) => format!("Fetch from the hub server: {size}, under a minute on this line"),
        Some(minutes) => {
            format!("Fetch from the hub server: {size}, about {minutes} minutes on this line")
        }
    }
}

/// Asks for a document that is not here. It comes piece by piece, before what is to be sent.
pub fn fetch_document(
    desk: &mut Desk,
    patient: String,
    document: String,
) -> Result<DocumentsView, Refusal> {
    desk.allow(Act::Look)?;
    let id = patient_id(&patient)?;
    let document = document_id(&document)?;
    let case = desk.case_beside(id)?;
    one(&case, document)?;
    if hub_server_here(desk)?.is_none() {
        return Err(Refusal::plain(
            "This laptop has no hub server yet. An administrator names one in the settings.",
        ));
    }
    let on = on(desk, &case, document)?;
    if on.is_empty() {
        return Err(Refusal::plain(
            "This laptop is not enrolled for the site that keeps this document. Ask an administrator.",
        ));
    }
    audit::note(desk, Action::Viewed, Some(id), "document asked for")?;
    let now = desk.now().at();
    let store = &mut desk.sitting_mut()?.opened.store;
    for on in &on {
        store.want_blob(on, now)?;
    }
    documents(desk, patient)
}
