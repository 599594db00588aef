//! A document over the line: after everything else, in pieces, and only to whoever asks.

use std::path::Path;

use clinic::view::{DocumentForm, DocumentRow, Status};
use clinic::{Desk, documents, door, line};
use data_encoding::BASE64;
use record::envelope::Envelope;
use testkit::PASSPHRASE;

use crate::laptops::Clinic;
use crate::{has, print, refer};

/// A picture as far as its first bytes tell: a photograph of a telephone's size.
fn picture() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend((0..=248).cycle().take(1_500_000));
    bytes
}

fn attach(desk: &mut Desk, patient: &str) {
    let mut at = 0;
    for piece in picture().chunks(1_000_000) {
        let piece = BASE64.encode(piece);
        let brought = documents::bring_document(desk, patient.into(), at, piece).unwrap();
        at = u32::try_from(brought.bytes).unwrap();
    }
    let form = DocumentForm {
        what: "photograph".into(),
        title: "Left heel".into(),
        bytes: at.into(),
    };
    documents::attach_document(desk, patient.into(), form).unwrap();
}

fn row(desk: &mut Desk, patient: &str) -> Option<DocumentRow> {
    let found = documents::documents(desk, patient.into()).ok()?;
    found.rows.into_iter().next()
}

fn content(desk: &mut Desk, patient: &str, document: &str) -> Vec<u8> {
    documents::open_document(desk, patient.into(), document.into()).unwrap();
    let (mut content, mut at) = (Vec::new(), Some(0));
    while let Some(from) = at {
        let piece = documents::read_document(desk, document.into(), from).unwrap();
        content.extend(BASE64.decode(piece.piece.as_bytes()).unwrap());
        at = piece.next;
    }
    content
}

/// Puts another signature under whatever the hub server keeps about patients: no laptop takes it.
fn spoil(server: &Path) {
    let database = rusqlite::Connection::open(server.join("hub.db")).unwrap();
    let mut kept = database
        .prepare("SELECT id, bytes FROM envelope WHERE patient IS NOT NULL")
        .unwrap();
    let kept = kept.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    let kept: Vec<(Vec<u8>, Vec<u8>)> = kept.unwrap().map(Result::unwrap).collect();
    assert!(!kept.is_empty());
    for (id, mut bytes) in kept {
        // Three items; the first is the header, and its length stands before it.
        let header = match bytes[1] {
            0x58 => 3 + usize::from(bytes[2]),
            0x59 => 4 + usize::from(u16::from_be_bytes([bytes[2], bytes[3]])),
            other => panic!("{other}"),
        };
        assert_eq!(bytes[header..][..2], [0x58, 64], "the signature follows");
        bytes[header + 2] ^= 1;
        let other = Envelope::from_bytes(&bytes).unwrap().id();
        let change = "UPDATE envelope SET id = ?2, bytes = ?3 WHERE id = ?1";
        let changed = database.execute(change, (id, other.as_bytes(), bytes));
        assert_eq!(changed.unwrap(), 1);
    }
}

#[test]
fn documents_go_to_and_fro_although_an_envelope_is_refused_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let mut clinic = Clinic::open(folder.path());
    let own = clinic.hub.does(|desk| refer(desk, "Okafor"));
    clinic.hub.until_up_to_date();
    clinic.spoke.until_up_to_date();

    // What the spoke sends while nobody is at work at the hub is damaged on the hub server.
    let staff = clinic.hub.does(|desk| {
        door::seal(desk).unwrap();
        match door::status(desk).unwrap() {
            Status::Locked(door) => door.staff[0].id.clone(),
            other => panic!("{other:?}"),
        }
    });
    clinic.spoke.does(|desk| refer(desk, "Ndlovu"));
    clinic.spoke.until_up_to_date();
    clinic.server.kill();
    spoil(&folder.path().join("server"));
    clinic.server.start().unwrap();
    let unlock = |desk: &mut Desk| door::unlock(desk, staff, PASSPHRASE.into()).unwrap();
    clinic.hub.does(unlock);
    let refused = |desk: &mut Desk| {
        let screen = line::sync_screen(desk).unwrap();
        screen.problems.iter().any(|one| one.id == "refused-here")
    };
    clinic.hub.until("it is refused", refused);

    clinic.hub.does(|desk| attach(desk, &own));
    let sent = clinic.hub.until("the document is sent", |desk| {
        row(desk, &own).is_some_and(|row| !row.only_here)
    });
    print("a document beside a refused envelope", sent);
    assert!(clinic.hub.lend_now(refused), "and still it is");
}

#[test]
fn a_document_of_the_spoke_comes_to_the_hub_when_somebody_there_asks_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut clinic = Clinic::open(folder.path());
    clinic.hub.until_up_to_date();
    clinic.spoke.until_up_to_date();
    let patient = clinic.spoke.does(|desk| refer(desk, "Ndlovu"));
    clinic
        .hub
        .until("the case is there", |desk| has(desk, "NDLOVU"));

    // Attached with the cable out; it is here, and nowhere else, and says so.
    clinic.server.kill();
    clinic.spoke.does(|desk| attach(desk, &patient));
    let here = clinic.spoke.lend_now(|desk| row(desk, &patient)).unwrap();
    assert!(here.only_here && here.can_open, "{}", here.place);
    clinic.server.start().unwrap();
    clinic.spoke.does(|desk| line::try_now(desk).unwrap());
    let sent = clinic.spoke.until("it is at the hub server", |desk| {
        row(desk, &patient).is_some_and(|row| !row.only_here)
    });
    print("a document of 1.5 MB at the hub server", sent);

    // The hub knows of it, and has none of it until somebody asks.
    clinic.hub.does(|desk| line::try_now(desk).unwrap());
    clinic.hub.until("the hub knows of it", |desk| {
        row(desk, &patient).is_some_and(|row| row.fetch.is_some())
    });
    let there = clinic.hub.lend_now(|desk| row(desk, &patient)).unwrap();
    assert!(!there.can_open, "{}", there.place);
    clinic.hub.does(|desk| {
        documents::fetch_document(desk, patient.clone(), there.id.clone()).unwrap();
    });
    let fetched = clinic.hub.until("it is at the hub", |desk| {
        row(desk, &patient).is_some_and(|row| row.can_open)
    });
    print("a document of 1.5 MB fetched", fetched);
    let read = clinic.hub.does(|desk| content(desk, &patient, &there.id));
    assert!(read == picture(), "byte by byte");
    clinic.hub.until_up_to_date();
    clinic.spoke.until_up_to_date();
}
