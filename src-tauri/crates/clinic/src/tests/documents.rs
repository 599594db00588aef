//! Documents of a record: attached whole or not at all, opened in memory, carried when asked for,
//! written down whenever somebody looks, and gone with the record.

mod carried;

use data_encoding::BASE64;
use record::blob::ContentHash;
use record::body::Attachment;
use record::scope::Scope;
use store::BlobOn;

use super::Room;
use super::forms::referral;
use super::room::PASSPHRASE;
use crate::case::slots;
use crate::desk::Line;
use crate::refusal::Refusal;
use crate::view::{DocumentForm, DocumentRow, DocumentsView, ErasureForm, FieldFault, MoveForm};
use crate::{documents, door, patient, person};

/// Words that stand in every made-up picture, and nowhere on a disk.
const WORDS: &[u8] = b"MADE-UP WOUND OF THABO NDLOVU, LEFT HEEL. ";

/// A picture of so many bytes, as far as its first bytes tell.
fn picture(length: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(WORDS.iter().cycle().take(length - bytes.len()));
    bytes
}

fn pdf() -> Vec<u8> {
    [b"%PDF-1.7\n".as_slice(), WORDS].concat()
}

fn form(title: &str, bytes: usize) -> DocumentForm {
    DocumentForm {
        what: "photograph".into(),
        title: title.into(),
        bytes: bytes as u64,
    }
}

fn bring(room: &mut Room, patient: &str, content: &[u8], step: usize) -> Result<(), Refusal> {
    let mut at = 0;
    for piece in content.chunks(step) {
        let piece = BASE64.encode(piece);
        let brought = documents::bring_document(&mut room.desk, patient.into(), at, piece)?;
        at = u32::try_from(brought.bytes).unwrap();
    }
    Ok(())
}

fn attach(room: &mut Room, patient: &str, title: &str, content: &[u8]) -> DocumentsView {
    bring(room, patient, content, 100_000).unwrap();
    let form = form(title, content.len());
    documents::attach_document(&mut room.desk, patient.into(), form).unwrap()
}

fn list(room: &mut Room, patient: &str) -> Vec<DocumentRow> {
    documents::documents(&mut room.desk, patient.into())
        .unwrap()
        .rows
}

fn open(room: &mut Room, patient: &str, document: &str) -> Result<Vec<u8>, Refusal> {
    let opened = documents::open_document(&mut room.desk, patient.into(), document.into())?;
    let mut content = Vec::new();
    let mut at = Some(0);
    while let Some(from) = at {
        let piece = documents::read_document(&mut room.desk, document.into(), from)?;
        content.extend(BASE64.decode(piece.piece.as_bytes()).unwrap());
        at = piece.next;
    }
    assert_eq!(opened.bytes, content.len() as u64);
    Ok(content)
}

fn fields(refusal: Refusal) -> Vec<FieldFault> {
    match refusal {
        Refusal::Invalid(faults) => faults,
        other => panic!("{other}"),
    }
}

/// A room with a patient.
fn ready() -> (Room, String) {
    let mut room = Room::live();
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    (room, patient)
}

/// How many lines of the trail say this of documents.
fn noted(room: &Room, action: &str) -> usize {
    let rows = room.trail().into_iter();
    rows.filter(|row| row.action == action && row.note.starts_with("document"))
        .count()
}

#[test]
fn a_picture_that_was_attached_comes_back_byte_by_byte() {
    let (mut room, patient) = ready();
    let content = picture(1_300_000);
    let view = attach(&mut room, &patient, "Left heel", &content);
    let row = &view.rows[0];
    assert_eq!(row.title, "Left heel");
    assert_eq!(row.what, "Photograph, Picture, 1.3 MB");
    assert_eq!(row.place, "Only on this laptop");
    assert!(row.can_open && row.can_save && row.only_here && row.fetch.is_none());
    let document = row.id.clone();
    assert_eq!(open(&mut room, &patient, &document).unwrap(), content);
    let shown = patient::open_patient(&mut room.desk, patient).unwrap();
    let line = shown.timeline.iter().find(|it| it.title == "Photograph");
    assert_eq!(line.unwrap().detail[0].value, "Left heel");
}

#[test]
fn only_a_pdf_or_a_picture_of_at_most_twenty_megabytes_is_taken() {
    let (mut room, patient) = ready();
    for other in [b"GIF89a made up".as_slice(), b"<html>", b"", b"PK\x03\x04"] {
        let piece = BASE64.encode(other);
        let refused = documents::bring_document(&mut room.desk, patient.clone(), 0, piece);
        let faults = fields(refused.unwrap_err());
        assert!(faults[0].message.contains("PDF, JPEG or PNG"));
    }
    let refused = bring(&mut room, &patient, &picture(20_000_001), 2_000_000);
    let faults = fields(refused.unwrap_err());
    assert!(faults[0].message.contains("larger than 20 MB"));
    let store = &room.desk.sitting().unwrap().opened.store;
    assert_eq!(store.blob_bytes_held().unwrap(), 0, "nothing of it is kept");
    assert_eq!(list(&mut room, &patient), []);
}

#[test]
fn what_did_not_come_whole_or_has_no_title_is_not_attached() {
    let (mut room, patient) = ready();
    let content = picture(50_000);
    let attach = |room: &mut Room, form: DocumentForm| {
        documents::attach_document(&mut room.desk, patient.clone(), form)
    };
    bring(&mut room, &patient, &content, 20_000).unwrap();
    let nameless = attach(&mut room, form(" ", content.len()));
    assert_eq!(fields(nameless.unwrap_err())[0].field, "title");
    let kind = DocumentForm {
        what: "secret".into(),
        ..form("Heel", content.len())
    };
    let unknown = attach(&mut room, kind);
    assert_eq!(fields(unknown.unwrap_err())[0].field, "what");
    let short = attach(&mut room, form("Heel", content.len() + 1));
    assert!(matches!(short, Err(Refusal::Stale(_))));
    let again = attach(&mut room, form("Heel", content.len()));
    assert!(matches!(again, Err(Refusal::Stale(_))), "it is begun anew");
    let piece = BASE64.encode(&content);
    let ahead = documents::bring_document(&mut room.desk, patient.clone(), 7, piece);
    assert!(matches!(ahead, Err(Refusal::Stale(_))));
    assert_eq!(list(&mut room, &patient), []);
}

#[test]
fn a_document_under_way_is_forgotten_when_the_laptop_locks() {
    let (mut room, patient) = ready();
    bring(&mut room, &patient, &picture(50_000), 20_000).unwrap();
    door::lock(&mut room.desk).unwrap();
    let osei = room.osei.clone();
    room.unlock(&osei);
    let form = form("Heel", 50_000);
    let lost = documents::attach_document(&mut room.desk, patient.clone(), form);
    assert!(matches!(lost, Err(Refusal::Stale(_))));
    attach(&mut room, &patient, "Heel", &picture(60_000));
    let store = &room.desk.sitting().unwrap().opened.store;
    assert!(store.blob_bytes_held().unwrap() < 61_000);
}

#[test]
fn every_opening_and_every_copy_stands_in_the_audit_trail_and_no_piece_goes_by_it() {
    let (mut room, patient) = ready();
    let row = attach(&mut room, &patient, "Heel", &picture(1_200_000)).rows[0].clone();
    let unopened = documents::read_document(&mut room.desk, row.id.clone(), 0);
    assert!(matches!(unopened, Err(Refusal::Stale(_))));
    for times in 1..3 {
        open(&mut room, &patient, &row.id).unwrap();
        assert_eq!(noted(&room, "viewed"), times);
    }
    let over = documents::read_document(&mut room.desk, row.id.clone(), 0);
    assert!(
        matches!(over, Err(Refusal::Stale(_))),
        "it was read to its end"
    );
    documents::open_document(&mut room.desk, patient.clone(), row.id.clone()).unwrap();
    for beside in [1, 5_000_000] {
        let piece = documents::read_document(&mut room.desk, row.id.clone(), beside);
        assert!(matches!(piece, Err(Refusal::Stale(_))), "at {beside}");
    }
    door::lock(&mut room.desk).unwrap();
    let locked = documents::read_document(&mut room.desk, row.id.clone(), 0);
    assert!(matches!(locked, Err(Refusal::Locked)));
    let osei = room.osei.clone();
    room.unlock(&osei);
    let after = documents::read_document(&mut room.desk, row.id.clone(), 0);
    assert!(matches!(after, Err(Refusal::Stale(_))));
    let folder = room.folder().display().to_string();
    documents::save_document(&mut room.desk, patient, row.id, folder).unwrap();
    assert_eq!(noted(&room, "exported"), 1);
}

#[test]
fn a_copy_is_what_was_attached_under_a_name_that_says_nothing() {
    let (mut room, patient) = ready();
    let row = attach(&mut room, &patient, "Letter of Dr Example", &pdf()).rows[0].clone();
    assert!(!row.can_open && row.can_save);
    let shown = documents::open_document(&mut room.desk, patient.clone(), row.id.clone());
    assert!(shown.unwrap_err().to_string().contains("Save a copy"));
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().display().to_string();
    let saved = documents::save_document(&mut room.desk, patient, row.id, to).unwrap();
    assert!(
        saved.path.ends_with("felloe-document.pdf"),
        "{}",
        saved.path
    );
    assert!(saved.words.contains("Anybody"), "{}", saved.words);
    assert_eq!(std::fs::read(&saved.path).unwrap(), pdf());
}

#[test]
fn no_file_of_the_laptop_holds_a_word_of_a_document() {
    let (mut room, patient) = ready();
    let row = attach(&mut room, &patient, "Heel", &picture(400_000)).rows[0].clone();
    open(&mut room, &patient, &row.id).unwrap();
    let mut files = 0;
    let mut folders = vec![room.folder().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let bytes = std::fs::read(&path).unwrap();
            let plain = bytes.windows(24).any(|part| part == &WORDS[..24]);
            assert!(!plain, "{}", path.display());
        }
    }
    assert!(files > 2);
}

#[test]
fn one_that_was_entered_in_error_leaves_the_list_and_stays_on_the_timeline() {
    let (mut room, patient) = ready();
    attach(&mut room, &patient, "Heel", &picture(1000));
    let shown = patient::open_patient(&mut room.desk, patient.clone()).unwrap();
    let line = shown.timeline.iter().find(|it| it.title == "Photograph");
    let entry = line.unwrap().id.clone();
    let reason = "Another person's heel".to_owned();
    let shown = patient::mark_in_error(&mut room.desk, patient.clone(), entry, reason).unwrap();
    assert_eq!(list(&mut room, &patient), []);
    let line = shown.timeline.iter().find(|it| it.title == "Photograph");
    assert!(line.unwrap().struck);
}

#[test]
fn one_that_was_moved_is_the_right_patients_whatever_becomes_of_the_wrong_one() {
    let (mut room, wrong) = ready();
    let right = room.refer(referral("Okafor", "Emeka"));
    let content = picture(200_000);
    attach(&mut room, &wrong, "Heel", &content);
    let shown = patient::open_patient(&mut room.desk, wrong.clone()).unwrap();
    let line = shown.timeline.iter().find(|it| it.title == "Photograph");
    let form = MoveForm {
        entry: line.unwrap().id.clone(),
        to: right.clone(),
        name_checked: true,
        born: "1979-09-17".into(),
        reason: "Attached on the wrong person".into(),
        ..MoveForm::default()
    };
    patient::move_entries(&mut room.desk, wrong.clone(), form).unwrap();
    assert_eq!(list(&mut room, &wrong), []);
    let id = wrong.parse().unwrap();
    let store = &mut room.desk.sitting_mut().unwrap().opened.store;
    store.erase(&[id]).unwrap();
    let row = list(&mut room, &right)[0].clone();
    assert_eq!(open(&mut room, &right, &row.id).unwrap(), content);
}

#[test]
fn an_erasure_takes_every_byte_of_it_from_the_laptop() {
    let (mut room, patient) = ready();
    attach(&mut room, &patient, "Heel", &picture(300_000));
    let leads = ["Robin Lead", "Sam Lead"].map(|name| room.hire(name, record::role::Role::Lead));
    room.seat(&leads[0]);
    let form = ErasureForm {
        ground: "court".into(),
        reference: "Order 12 of 2026".into(),
        passphrase: PASSPHRASE.into(),
    };
    person::ask_erasure(&mut room.desk, patient, form).unwrap();
    room.seat(&leads[1]);
    let asked = person::erasures(&mut room.desk).unwrap().asked;
    person::confirm_erasure(&mut room.desk, asked[0].asked.clone(), PASSPHRASE.into()).unwrap();
    let store = &room.desk.sitting().unwrap().opened.store;
    assert_eq!(store.blob_bytes_held().unwrap(), 0);
}

/// A document whose first sealed chunk is another by the time it gets its name, as a failing disk
/// might make it.
fn damaged(room: &mut Room, patient: &str) -> DocumentRow {
    let content = picture(100_000);
    bring(room, patient, &content, 100_000).unwrap();
    let store = &mut room.desk.sitting_mut().unwrap().opened.store;
    store.begin_blob().unwrap();
    store.grow_blob(&vec![0; 65_552]).unwrap();
    let form = form("Heel", content.len());
    let attached = documents::attach_document(&mut room.desk, patient.into(), form);
    attached.unwrap().rows[0].clone()
}

impl Room {
    /// The hub server says that it has all of a document.
    fn is_at_the_hub_server(&mut self, patient: &str) {
        let patient = patient.parse().unwrap();
        let now = self.desk.now().at();
        let sitting = self.desk.sitting_mut().unwrap();
        let scope = Scope::Site(sitting.opened.identity.site);
        for (id, state) in sitting.opened.store.blobs_of(patient).unwrap() {
            let on = BlobOn {
                id,
                size: state.size,
                patient,
                scope,
            };
            sitting.opened.store.blob_there(&on, on.size, now).unwrap();
        }
    }
}

#[test]
fn one_that_was_damaged_on_the_disk_is_not_shown_and_fetched_again_from_the_hub_server() {
    let (mut room, patient) = ready();
    room.has_hub_server();
    let row = damaged(&mut room, &patient);
    room.is_at_the_hub_server(&patient);
    let refused = open(&mut room, &patient, &row.id).unwrap_err();
    assert!(refused.to_string().contains("damaged"), "{refused}");
    let rows = list(&mut room, &patient);
    assert!(!rows[0].can_open);
    assert!(rows[0].place.starts_with("Asked for"), "{}", rows[0].place);
}

#[test]
fn looking_at_a_damaged_document_never_takes_its_only_copy() {
    let (mut room, patient) = ready();
    let row = damaged(&mut room, &patient);
    let held = |room: &Room| {
        let store = &room.desk.sitting().unwrap().opened.store;
        store.blob_bytes_held().unwrap()
    };
    let before = held(&room);
    for hub_server in [false, true] {
        if hub_server {
            room.has_hub_server();
        }
        let refused = open(&mut room, &patient, &row.id).unwrap_err();
        assert!(
            refused.to_string().contains("Nothing was removed"),
            "{refused}"
        );
        assert_eq!(held(&room), before);
        let place = list(&mut room, &patient)[0].place.clone();
        assert!(place.starts_with("Only on this laptop"), "{place}");
    }
}

#[test]
fn a_document_whose_entry_says_another_is_not_fetched_for_ever() {
    let (mut room, patient) = ready();
    room.has_hub_server();
    let row = attach(&mut room, &patient, "Heel", &picture(100_000)).rows[0].clone();
    room.is_at_the_hub_server(&patient);
    // What was written elsewhere: the same bytes, and another content than they open to.
    let seen = room.as_of_now(&patient);
    let id = patient.parse().unwrap();
    let case = room.desk.case_unshown(id).unwrap();
    let slot = slots::attachment(row.id.parse().unwrap());
    let body = case.held::<Attachment>(&slot).all()[0].body.clone();
    let body = Attachment {
        content: ContentHash::from_bytes([7; 32]),
        ..body
    };
    room.arrive(&patient, &seen, 7, vec![Line::of(slot, &body).unwrap()]);
    let refused = open(&mut room, &patient, &row.id).unwrap_err();
    assert!(
        refused.to_string().contains("Nothing was removed"),
        "{refused}"
    );
    let place = list(&mut room, &patient)[0].place.clone();
    assert_eq!(place, "On this laptop and at the hub server");
}

#[test]
fn a_document_that_is_none_is_refused_as_a_document() {
    let (mut room, patient) = ready();
    for id in ["not-an-id", "00000000-0000-4000-8000-000000000000"] {
        let opened = documents::open_document(&mut room.desk, patient.clone(), id.into());
        let said = opened.unwrap_err().to_string();
        assert!(said.starts_with("That document was not found"), "{said}");
    }
}
