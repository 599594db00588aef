//! Two laptops and a hub server in memory: what one writes reaches the other, whole, and nothing of
//! anybody's is lost or written over.

mod distrust;
mod erasures;
mod meanwhile;

use std::collections::BTreeSet;
use std::time::Duration;

use record::body::{Decision, Frontier};
use record::certificate::Fingerprint;
use record::entry::Basis;
use record::envelope::Envelope;
use record::id::EnvelopeId;
use record::log::EventLog;
use record::scope::{Scope, Subject};
use store::Delivery;
use sync::memory::{Memory, MemoryShelf};
use sync::pace::Pace;
use sync::shelf::respond;

use super::Room;
use super::another_device::{decision, detail};
use super::enrolling::Two;
use super::forms::referral;
use crate::case::slots;
use crate::desk::{Sign, patient_id};
use crate::exchanging::{self, Changed, Finished};
use crate::view::DetailsForm;
use crate::{patient, person, soundness};

/// A hub server that knows nobody yet.
pub(super) fn server(room: &Room) -> MemoryShelf {
    let opened = &room.desk.sitting().unwrap().opened;
    let pinned = Fingerprint::of(opened.identity.service, &opened.root_public);
    MemoryShelf::new(Memory::new(opened.identity.service), pinned)
}

/// Where the line is cut: before the request with this number arrives, or before its answer does.
#[derive(Clone, Copy)]
enum Cut {
    Request(usize),
    Answer(usize),
}

/// What came of talking to the hub server.
#[derive(Default)]
pub(super) struct Talked {
    messages: usize,
    changed: Vec<Changed>,
    finished: Option<Finished>,
}

impl Talked {
    fn patients(&self) -> BTreeSet<String> {
        let all = self.changed.iter().flat_map(|it| &it.patients);
        all.map(ToString::to_string).collect()
    }
}

impl Room {
    fn talk(&mut self, server: &mut MemoryShelf, cut: Option<Cut>) -> Talked {
        let admitted = self.desk.admitted().unwrap();
        let chain = self.desk.own_chain().unwrap();
        server.meet(&chain);
        let mut running = exchanging::begin(&mut self.desk, Pace::default()).unwrap();
        let mut talked = Talked::default();
        let clock = Duration::ZERO;
        while let Some(message) = exchanging::next(&mut self.desk, &mut running, clock).unwrap() {
            if matches!(cut, Some(Cut::Request(at)) if at == talked.messages) {
                return talked;
            }
            let now = self.desk.now().at();
            let answer = respond(server, &admitted, &message, now).unwrap();
            if matches!(cut, Some(Cut::Answer(at)) if at == talked.messages) {
                return talked;
            }
            talked.messages += 1;
            let took = exchanging::take(&mut self.desk, &mut running, &answer, clock);
            talked.changed.push(took.unwrap());
        }
        talked.finished = Some(exchanging::finished(&mut self.desk, &running).unwrap());
        talked
    }

    /// Talks until there is nothing more to say.
    pub(super) fn sync(&mut self, server: &mut MemoryShelf) -> Talked {
        let talked = self.talk(server, None);
        let finished = talked.finished.as_ref().unwrap();
        assert!(finished.outcome.up_to_date, "{:?}", finished.outcome);
        if finished.wrote {
            self.talk(server, None);
        }
        talked
    }

    fn phone(&mut self, patient: &str, number: &str) {
        let line = detail("phone", number);
        let id = patient_id(patient).unwrap();
        self.desk.write(id, vec![line]).unwrap();
    }

    /// What stands as the telephone number, or all that do.
    fn phones(&mut self, patient: &str) -> Vec<String> {
        let id = patient_id(patient).unwrap();
        let case = self.desk.case_unshown(id).unwrap();
        let held = case.held::<record::body::Detail>(&slots::detail("phone"));
        let mut all: Vec<_> = held.all().iter().map(|it| it.body.value.clone()).collect();
        all.sort();
        all
    }

    fn held_in(&self, scope: Scope) -> BTreeSet<EnvelopeId> {
        let store = &self.desk.sitting().unwrap().opened.store;
        let all = store.envelopes_in(scope).unwrap();
        all.iter().map(Envelope::id).collect()
    }

    fn sound(&self) {
        let findings = soundness::check(&self.desk.sitting().unwrap().opened.store).unwrap();
        assert!(findings.fine(), "{}", findings.in_words());
    }
}

fn held_by(server: &MemoryShelf, scope: Scope) -> BTreeSet<EnvelopeId> {
    let all = server.log.all();
    all.filter(|it| it.header().scope == scope)
        .map(Envelope::id)
        .collect()
}

#[test]
fn a_spokes_new_case_appears_at_the_hub_and_a_decision_back_at_the_spoke() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    two.hub.sync(&mut server);
    let patient = two.spoke.refer(referral("Ndlovu", "Thabo"));
    let assessment = two.spoke.start(&patient);
    two.spoke.sync(&mut server);
    let arrived = two.hub.sync(&mut server);
    assert!(arrived.patients().contains(&patient));
    let seen = patient::open_patient(&mut two.hub.desk, patient.clone()).unwrap();
    assert_eq!(seen.banner.family, "NDLOVU");
    let id = patient_id(&patient).unwrap();
    assert!(
        two.hub
            .desk
            .sitting()
            .unwrap()
            .opened
            .store
            .summary(id)
            .unwrap()
            .is_some()
    );
    // Signed at the hub, on what it had seen.
    let heads = two.hub.desk.case(id).unwrap().record.all_heads();
    let basis = Basis {
        heads,
        ..Basis::default()
    };
    let line = decision(&assessment, "urgent");
    two.hub
        .desk
        .write_signed(id, vec![line], Sign { basis })
        .unwrap();
    two.hub.sync(&mut server);
    let back = two.spoke.sync(&mut server);
    assert_eq!(back.patients(), [patient.clone()].into());
    let case = two.spoke.desk.case_unshown(id).unwrap();
    let held = case.held::<Decision>(&slots::decision(assessment.parse().unwrap()));
    let found = held.one().unwrap();
    assert_eq!(
        (found.body.decided.urgency.as_str(), found.placed.unverified),
        ("urgent", None)
    );
    two.hub.sound();
    two.spoke.sound();
}

#[test]
fn values_that_did_not_see_each_other_are_in_conflict_on_both_laptops() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    let patient = two.spoke.refer(referral("Ndlovu", "Thabo"));
    two.spoke.sync(&mut server);
    two.hub.sync(&mut server);
    two.spoke.phone(&patient, "01434 111111");
    two.hub.phone(&patient, "01434 222222");
    two.spoke.sync(&mut server);
    two.hub.sync(&mut server);
    two.spoke.sync(&mut server);
    let both = ["01434 111111", "01434 222222"];
    assert_eq!(two.spoke.phones(&patient), both);
    assert_eq!(two.hub.phones(&patient), both);
    let row = |room: &Room| {
        let store = &room.desk.sitting().unwrap().opened.store;
        store
            .summary(patient_id(&patient).unwrap())
            .unwrap()
            .unwrap()
    };
    assert!(row(&two.hub).is_same_row(&row(&two.spoke)));
    two.hub.sound();
    two.spoke.sound();
}

#[test]
fn nothing_is_lost_wherever_the_line_is_cut() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    let patient = two.spoke.refer(referral("Ndlovu", "Thabo"));
    two.spoke.sync(&mut server);
    let scope = two.spoke_scope();
    let mut at = 0;
    loop {
        let mut cut_short = false;
        for cut in [Cut::Request(at), Cut::Answer(at)] {
            two.spoke.phone(&patient, &format!("01434 {at:06}"));
            let there = two.hub.sync(&mut server);
            assert!(there.finished.is_some());
            let talked = two.spoke.talk(&mut server, Some(cut));
            cut_short |= talked.finished.is_none();
            // What the hub server has said to have, it has.
            let store = &two.spoke.desk.sitting().unwrap().opened.store;
            for envelope in store.envelopes_in(scope).unwrap() {
                if store.delivery(&envelope).unwrap() != Delivery::Waiting {
                    assert!(server.log.holds(&envelope.id()));
                }
            }
        }
        two.spoke.sync(&mut server);
        assert_eq!(two.spoke.held_in(scope), held_by(&server, scope));
        if !cut_short {
            break;
        }
        at += 1;
    }
    assert!(at > 2, "{at}");
    two.hub.sync(&mut server);
    assert_eq!(two.hub.held_in(scope), two.spoke.held_in(scope));
    assert_eq!(two.hub.phones(&patient), two.spoke.phones(&patient));
    two.hub.sound();
    two.spoke.sound();
}

#[test]
fn safety_01_what_arrives_behind_an_open_screen_is_not_written_over_by_whoever_answers_it() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    let patient = two.spoke.refer(referral("Ndlovu", "Thabo"));
    two.spoke.sync(&mut server);
    two.hub.sync(&mut server);
    person::open_person(&mut two.hub.desk, patient.clone()).unwrap();
    two.spoke.phone(&patient, "01434 111111");
    two.spoke.sync(&mut server);
    two.hub.sync(&mut server);
    // The form was opened before the other number came.
    let change = |number: &str| DetailsForm {
        fields: [("phone".to_owned(), number.to_owned())].into(),
        corrects: false,
        reason: "Rang to say so.".into(),
    };
    two.hub.desk.turn();
    person::change_details(&mut two.hub.desk, patient.clone(), change("01434 222222")).unwrap();
    assert_eq!(two.hub.phones(&patient), ["01434 111111", "01434 222222"]);
    // Now both were on the screen.
    two.hub.desk.turn();
    person::change_details(&mut two.hub.desk, patient.clone(), change("01434 333333")).unwrap();
    assert_eq!(two.hub.phones(&patient), ["01434 333333"]);
}

#[test]
fn what_is_half_typed_stands_beside_what_arrives_although_the_screen_is_drawn_again() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    let patient = two.spoke.refer(referral("Ndlovu", "Thabo"));
    two.spoke.sync(&mut server);
    two.hub.sync(&mut server);
    let id = patient_id(&patient).unwrap();
    two.hub
        .desk
        .keep_typed(id, detail("phone", "01434 22"))
        .unwrap();
    two.spoke.phone(&patient, "01434 111111");
    two.spoke.sync(&mut server);
    two.hub.sync(&mut server);
    // Both are there while it is being typed, and after.
    two.hub.desk.turn();
    two.hub.desk.case(id).unwrap();
    assert_eq!(two.hub.phones(&patient), ["01434 111111", "01434 22"]);
    two.hub.desk.turn();
    two.hub
        .desk
        .keep_typed(id, detail("phone", "01434 222222"))
        .unwrap();
    two.hub.desk.seal_typed(id).unwrap();
    assert_eq!(two.hub.phones(&patient), ["01434 111111", "01434 222222"]);
}

#[test]
fn safety_05_an_emergency_is_read_at_the_hub_before_the_rest_of_the_spokes_day_has_gone() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    two.spoke.sync(&mut server);
    two.hub.sync(&mut server);
    for name in ["Ade", "Bola", "Chidi"] {
        two.spoke.refer(referral("Okafor", name));
    }
    let patient = two.spoke.refer(referral("Ndlovu", "Thabo"));
    let id = patient_id(&patient).unwrap();
    let line = detail("phone", "999");
    two.spoke.desk.write_emergency(id, vec![line]).unwrap();
    // The line is cut after the first message.
    two.spoke.talk(&mut server, Some(Cut::Request(1)));
    let emergency = {
        let store = &two.spoke.desk.sitting().unwrap().opened.store;
        assert_eq!(store.emergencies_waiting().unwrap(), []);
        let all = store.envelopes_of(Subject::Patient(id)).unwrap();
        let envelope = all.into_iter().find(|it| it.header().emergency).unwrap();
        assert_ne!(store.delivery(&envelope).unwrap(), Delivery::Waiting);
        envelope.id()
    };
    let there = two.hub.talk(&mut server, None);
    let told = there.changed.iter().any(|it| it.emergencies.contains(&id));
    assert!(told, "{:?}", there.changed);
    assert!(two.hub.held_in(two.spoke_scope()).contains(&emergency));
    assert_eq!(two.hub.phones(&patient), ["999"]);
}

#[test]
fn what_is_written_while_an_exchange_ends_is_not_said_to_be_agreed_on() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    let patient = two.spoke.refer(referral("Ndlovu", "Thabo"));
    let (scope, site) = (two.spoke_scope(), two.site.parse().unwrap());
    server.meet(&two.spoke.desk.own_chain().unwrap());
    let admitted = two.spoke.desk.admitted().unwrap();
    let mut running = exchanging::begin(&mut two.spoke.desk, Pace::default()).unwrap();
    let (clock, now) = (Duration::ZERO, two.spoke.desk.now().at());
    while let Some(asked) = exchanging::next(&mut two.spoke.desk, &mut running, clock).unwrap() {
        let answer = respond(&mut server, &admitted, &asked, now).unwrap();
        exchanging::take(&mut two.spoke.desk, &mut running, &answer, clock).unwrap();
    }
    two.spoke.phone(&patient, "01434 111111");
    assert!(
        exchanging::finished(&mut two.spoke.desk, &running)
            .unwrap()
            .wrote
    );
    let all = two
        .spoke
        .desk
        .sitting()
        .unwrap()
        .open_all(Subject::Site(site))
        .unwrap();
    let said = all
        .iter()
        .find_map(|it| crate::case::body_of::<Frontier>(&it.entry));
    let named = said.unwrap().tails;
    let there = server.log.tips(scope).unwrap();
    assert_eq!(named, Frontier::of(&there).tails);
}

#[test]
fn how_new_a_sites_data_is_follows_what_its_laptop_wrote() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    two.spoke.refer(referral("Ndlovu", "Thabo"));
    let wrote = two.spoke.desk.now().at();
    two.spoke.sync(&mut server);
    two.hub.sync(&mut server);
    let all = exchanging::as_of(&two.hub.desk).unwrap();
    let rowan = all.iter().find(|it| it.name == "Rowan Spoke").unwrap();
    assert_eq!(rowan.at, Some(wrote));
}

#[test]
fn an_exchange_with_nothing_to_say_is_one_small_message_each_way() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    two.spoke.refer(referral("Ndlovu", "Thabo"));
    two.spoke.sync(&mut server);
    let talked = two.spoke.talk(&mut server, None);
    assert_eq!(talked.messages, 1);
    assert!(!talked.finished.unwrap().wrote);
}
