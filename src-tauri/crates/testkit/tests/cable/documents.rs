//! A document over the line: after everything else, in pieces, and only to whoever asks.

use clinic::view::{DocumentForm, DocumentRow};
use clinic::{Desk, documents};
use data_encoding::BASE64;

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
    clinic
        .spoke
        .does(|desk| clinic::line::try_now(desk).unwrap());
    let sent = clinic.spoke.until("it is at the hub server", |desk| {
        row(desk, &patient).is_some_and(|row| !row.only_here)
    });
    print("a document of 1.5 MB at the hub server", sent);

    // The hub knows of it, and has none of it until somebody asks.
    clinic.hub.does(|desk| clinic::line::try_now(desk).unwrap());
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
