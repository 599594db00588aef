//! Requests and answers that are not what they should be.

use store::{Presence, look};

use super::{Room, Two, sentence, taking};
use crate::view::{ApproveForm, FinishJoiningForm};
use crate::{door, enrol};

#[test]
fn attack_a_request_whose_words_differ_is_not_approved() {
    let mut two = Two::new();
    two.ask();
    let other = {
        let mut other = Two::new();
        other.spoke = Room::empty(8);
        other.ask().words.join(" ")
    };
    let form = ApproveForm {
        words: other,
        ..two.approval()
    };
    let refused = two.approve(&form).unwrap_err();
    assert!(sentence(&refused).contains("not the six words of this request"));
    assert_eq!(enrol::laptops(&mut two.hub.desk).unwrap().laptops.len(), 1);
}

#[test]
fn attack_an_altered_request_is_refused_as_altered() {
    let mut two = Two::new();
    two.ask();
    let folder = two.spoke.folder().display().to_string();
    let saved = enrol::save_request(&mut two.spoke.desk, folder).unwrap();
    let mut bytes = std::fs::read(&saved.path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&saved.path, bytes).unwrap();
    let refused = enrol::look_at_request(&mut two.hub.desk, saved.path).unwrap_err();
    assert!(
        sentence(&refused).contains("altered on its way"),
        "{refused}"
    );
}

#[test]
fn attack_an_answer_from_another_service_is_refused_by_its_words() {
    let mut two = Two::new();
    two.ask();
    // Another service approves the very same request, and hands its own answer over.
    let mut other = Room::empty(3);
    door::set_up(&mut other.desk, Room::form("consultant")).unwrap();
    let site = other
        .desk
        .sitting()
        .unwrap()
        .opened
        .identity
        .site
        .to_string();
    let form = ApproveForm {
        sites: vec![site.clone()],
        home: site,
        ..two.approval()
    };
    let theirs = enrol::approve_joining(&mut other.desk, form).unwrap();
    let words = two.hub.desk.service_in_words().unwrap();
    let form = FinishJoiningForm {
        words,
        ..taking(&theirs)
    };
    let refused = two.finish(&form).unwrap_err();
    assert!(sentence(&refused).contains("not those of the service"));
    assert!(matches!(
        look(
            &two.spoke.desk.place,
            two.spoke.desk.secrets.as_ref(),
            two.spoke.desk.now().at()
        ),
        Presence::Joining(_)
    ));
}

#[test]
fn attack_an_answer_for_somebody_else_is_refused_as_that() {
    let mut two = Two::new();
    two.ask();
    let approved = two.approve(&two.approval()).unwrap();
    // This laptop made another request since.
    two.ask();
    let refused = two.finish(&taking(&approved)).unwrap_err();
    assert!(
        sentence(&refused).contains("another request"),
        "{}",
        sentence(&refused)
    );
}

#[test]
fn attack_an_altered_answer_is_refused_and_nothing_is_taken() {
    let mut two = Two::new();
    two.ask();
    let approved = two.approve(&two.approval()).unwrap();
    let genuine = std::fs::read(&approved.path).unwrap();
    for at in [genuine.len() - 1, genuine.len() / 2, 40] {
        let mut altered = genuine.clone();
        altered[at] ^= 1;
        std::fs::write(&approved.path, altered).unwrap();
        assert!(two.finish(&taking(&approved)).is_err(), "byte {at}");
        assert!(two.spoke.desk.sitting.is_none());
    }
    std::fs::write(&approved.path, genuine).unwrap();
    two.finish(&taking(&approved)).unwrap();
}
