//! Documents on their way between laptops and the hub server.

use std::time::Duration;

use sync::memory::MemoryShelf;
use sync::shelf::{Quota, respond};

use super::super::Room;
use super::super::enrolling::Two;
use super::super::exchanging::server;
use super::{WORDS, attach, list, noted, open, picture};
use crate::line::carrying;
use crate::view::TransferForm;
use crate::{documents, transfer};

#[test]
fn one_that_is_known_by_its_entry_alone_is_not_said_to_be_at_the_hub_server() {
    let (mut two, mut server, patient) = attached_at_the_spoke(&picture(100_000));
    let not_sent = "At the hub server, as soon as the laptop it was attached on has sent it";
    assert_eq!(list(&mut two.hub, &patient)[0].place, not_sent);
    // A transfer notes it, so that the hub server takes it over; sent it is not for that.
    let id = patient.parse().unwrap();
    let case = two.hub.desk.case_unshown(id).unwrap();
    two.hub.desk.keep_documents(&case, true).unwrap();
    assert_eq!(list(&mut two.hub, &patient)[0].place, not_sent);
    two.spoke.carry(&mut server);
    two.hub.carry(&mut server);
    assert_eq!(list(&mut two.hub, &patient)[0].place, "At the hub server");
}

impl Room {
    /// Carries documents until nothing is left; gives how many messages that took.
    fn carry(&mut self, server: &mut MemoryShelf) -> usize {
        let admitted = self.desk.admitted().unwrap();
        let mut carrier = carrying::begin(&mut self.desk).unwrap();
        let mut messages = 0;
        let clock = Duration::ZERO;
        while let Some(message) = carrying::next(&mut self.desk, &mut carrier, clock).unwrap() {
            messages += 1;
            assert!(messages < 500, "it comes to an end");
            let now = self.desk.now().at();
            let answer = respond(server, &admitted, &message, now).unwrap();
            carrying::take(&mut self.desk, &mut carrier, &answer, clock).unwrap();
        }
        messages
    }
}

/// The spoke's nurse has attached a picture; the hub's laptop knows of it and has none of it.
fn attached_at_the_spoke(content: &[u8]) -> (Two, MemoryShelf, String) {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    let patient = two.spoke.register("NDLOVU", "Thabo");
    two.hub.has_hub_server();
    attach(&mut two.spoke, &patient, "Heel", content);
    for _ in 0..2 {
        two.hub.sync(&mut server);
        two.spoke.sync(&mut server);
    }
    two.hub.sync(&mut server);
    (two, server, patient)
}

#[test]
fn a_document_of_the_spoke_is_sent_after_the_entries_and_comes_to_the_hub_only_when_asked_for() {
    let content = picture(300_000);
    let (mut two, mut server, patient) = attached_at_the_spoke(&content);
    let waits = list(&mut two.hub, &patient)[0].clone();
    assert!(!waits.can_open && !waits.can_save);
    let fetch = waits.fetch.clone().unwrap();
    assert!(
        fetch.starts_with("Fetch from the hub server: 301 kB"),
        "{fetch}"
    );
    assert_eq!(two.hub.carry(&mut server), 0, "nothing comes by itself");

    // Asked for before it is there: told, and asked for again later.
    documents::fetch_document(&mut two.hub.desk, patient.clone(), waits.id.clone()).unwrap();
    two.hub.carry(&mut server);
    let missed = list(&mut two.hub, &patient)[0].place.clone();
    assert!(missed.contains("does not have it yet"), "{missed}");

    assert!(two.spoke.carry(&mut server) > 3, "in pieces");
    let sent = list(&mut two.spoke, &patient)[0].clone();
    assert_eq!(sent.place, "On this laptop and at the hub server");
    assert!(!sent.only_here);
    two.hub.turn(jiff::SignedDuration::from_mins(11));
    two.hub.carry(&mut server);
    let here = list(&mut two.hub, &patient)[0].clone();
    assert!(here.can_open, "{}", here.place);
    assert_eq!(open(&mut two.hub, &patient, &here.id).unwrap(), content);
    assert_eq!(noted(&two.hub, "viewed"), 2, "the asking and the opening");
}

#[test]
fn what_the_hub_server_has_no_room_for_stays_here_and_says_so() {
    let (mut two, mut server, patient) = attached_at_the_spoke(&picture(300_000));
    server.blobs.quota = Quota {
        of_a_device: 100_000,
        ..Quota::default()
    };
    two.spoke.carry(&mut server);
    let row = list(&mut two.spoke, &patient)[0].clone();
    assert!(row.only_here && row.can_open);
    assert!(
        row.place.contains("keeps no more documents"),
        "{}",
        row.place
    );
}

#[test]
fn a_transferred_patients_documents_go_along_without_being_sent_again() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    let patient = two.hub.register("NDLOVU", "Thabo");
    let content = picture(150_000);
    attach(&mut two.hub, &patient, "Heel", &content);
    two.hub.sync(&mut server);
    two.hub.carry(&mut server);
    let form = TransferForm {
        to: two.site.clone(),
        grounds: "nearer".into(),
        told: "Ada Quist".into(),
        note: "Walks with a frame. Prefers mornings.".into(),
    };
    transfer::transfer_patient(&mut two.hub.desk, patient.clone(), form).unwrap();
    two.hub.sync(&mut server);
    assert_eq!(two.hub.carry(&mut server), 1, "one question, and no piece");
    two.spoke.has_hub_server();
    two.spoke.sync(&mut server);
    let row = list(&mut two.spoke, &patient)[0].clone();
    documents::fetch_document(&mut two.spoke.desk, patient.clone(), row.id.clone()).unwrap();
    two.spoke.carry(&mut server);
    assert_eq!(open(&mut two.spoke, &patient, &row.id).unwrap(), content);
}

#[test]
fn the_hub_server_holds_no_word_of_a_document() {
    let (mut two, mut server, _) = attached_at_the_spoke(&picture(200_000));
    two.spoke.carry(&mut server);
    let all = format!("{:?}", server.blobs);
    let word = format!("{:?}", &WORDS[..8]);
    assert!(all.len() > 200_000, "it holds the blob");
    assert!(!all.contains(word.trim_matches(['[', ']'])));
}
