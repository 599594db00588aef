//! What comes while nobody can answer for it, and who answers for it then.

use std::time::Duration;

use record::body::{OpenAction, Parcel, Receipt};
use record::id::ItemId;
use record::log::EventLog;
use record::scope::{Scope, Subject};
use store::Delivery;
use sync::http::HubServer;
use sync::memory::MemoryShelf;
use sync::shelf::respond;

use super::super::Room;
use super::super::enrolling::Two;
use super::super::forms::referral;
use super::server;
use crate::case::{HUB_NOT_TOLD, body_of};
use crate::desk::{Away, Line, patient_id};
use crate::line::exchanged::{self, After, Waiting};
use crate::refusal::Refusal;
use crate::view::{DetailsForm, TransferForm};
use crate::{door, exchanging, line, person, transfer};

impl Room {
    /// The laptop has a hub server, which tests speak for.
    pub(in crate::tests) fn has_hub_server(&mut self) {
        let pin = "0123456789abcdef".repeat(4).parse().unwrap();
        let hub = HubServer::new("hub.example:8443", pin).unwrap();
        line::keep_hub_server(&mut self.desk, &hub).unwrap();
    }

    /// One exchange, step by step as the program does it, whether or not somebody is at work.
    /// `after` is run after each answer.
    fn exchange_and(
        &mut self,
        server: &mut MemoryShelf,
        mut after: impl FnMut(&mut Self),
    ) -> Result<After, Refusal> {
        let clock = Duration::ZERO;
        let own =
            |desk: &mut crate::desk::Desk| (desk.admitted().unwrap(), desk.own_chain().unwrap());
        let (admitted, chain) = self.desk.on_the_line(own);
        server.meet(&chain);
        let mut running = self.desk.on_the_line(exchanged::begin)?;
        loop {
            let desk = &mut self.desk;
            let message = desk.on_the_line(|desk| exchanged::next(desk, &mut running, clock))?;
            let Some(message) = message else {
                return desk.on_the_line(|desk| exchanged::finished(desk, &running));
            };
            let answer = respond(server, &admitted, &message, desk.now().at()).unwrap();
            desk.on_the_line(|desk| exchanged::take(desk, &mut running, &answer, clock))?;
            after(self);
        }
    }

    fn exchange(&mut self, server: &mut MemoryShelf) -> Result<After, Refusal> {
        self.exchange_and(server, |_| ())
    }

    /// The line to the hub server stands.
    pub(in crate::tests) fn lines_up(&mut self, server: &mut MemoryShelf) {
        self.has_hub_server();
        self.exchange(server).unwrap();
    }

    /// The screen locks while it does, so an exchange goes on.
    fn lock_on_the_line(&mut self, server: &mut MemoryShelf) {
        self.lines_up(server);
        door::lock(&mut self.desk).unwrap();
        assert!(matches!(self.desk.away, Away::Locked { line: Some(_), .. }));
    }

    /// Somebody new with an emergency of which the hub has not been told.
    pub(in crate::tests) fn emergency(&mut self, given: &str) -> String {
        let mut form = referral("Ndlovu", given);
        form.nhs_number = String::new();
        let patient = self.refer(form);
        let action = ItemId::from_random(self.desk.random());
        let body = OpenAction {
            action,
            assessment: None,
            what: HUB_NOT_TOLD.into(),
            route: "ces".into(),
            open: true,
            closed_by: String::new(),
        };
        let line = Line::of(format!("action/{action}"), &body).unwrap();
        let id = patient_id(&patient).unwrap();
        self.desk.write_emergency(id, vec![line]).unwrap();
        patient
    }

    /// How many bodies like this one stand on a record.
    fn bodies<B: record::body::Body>(&self, patient: &str, wanted: impl Fn(&B) -> bool) -> usize {
        let subject = Subject::Patient(patient.parse().unwrap());
        let all = self.desk.sitting().unwrap().open_all(subject).unwrap();
        let found = all.iter().filter_map(|placed| body_of::<B>(&placed.entry));
        found.filter(|body| wanted(body)).count()
    }

    /// How many receipts say that what is known of a patient arrived at the hub.
    pub(in crate::tests) fn receipts(&self, patient: &str) -> usize {
        self.bodies(patient, |it: &Receipt| {
            it.hub && it.step == Receipt::ARRIVED
        })
    }

    /// Envelopes, entries, bytes, and bytes of the audit trail that wait, gone through one by one.
    fn waits_one_by_one(&self) -> (u32, u32, u64, u64) {
        let sitting = self.desk.sitting().unwrap();
        let store = &sitting.opened.store;
        let mut waits = (0, 0, 0, 0);
        let streams = store.streams().unwrap().into_iter();
        let own = sitting.opened.identity.device;
        for stream in streams.filter(|stream| stream.device == own) {
            for envelope in store.beyond(&stream, &[], usize::MAX).unwrap() {
                let bytes = envelope.to_bytes().len() as u64;
                if store.delivery(&envelope).unwrap() != Delivery::Waiting {
                    continue;
                }
                if envelope.header().subject == Subject::Audit {
                    waits.3 += bytes;
                } else {
                    waits.0 += 1;
                    waits.1 += u32::try_from(sitting.open(&envelope).unwrap().len()).unwrap();
                    waits.2 += bytes;
                }
            }
        }
        waits
    }
}

#[test]
fn what_waits_is_counted_step_by_step_as_if_it_were_gone_through_each_time() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    for number in 0..6 {
        two.spoke.emergency(&format!("Thabo{number}"));
        two.spoke.refer(referral("Okafor", &format!("Ada{number}")));
    }
    let mut counted = 0;
    let mut check = |room: &mut Room| {
        let waits = Waiting::with_the_audit_trail(&mut room.desk).unwrap();
        let so = (
            waits.envelopes,
            waits.entries,
            waits.bytes,
            waits.audit_bytes,
        );
        assert_eq!(so, room.waits_one_by_one());
        counted += 1;
    };
    check(&mut two.spoke);
    let mut late = 0;
    let finished = two.spoke.exchange_and(&mut server, |room| {
        check(room);
        // Somebody goes on working meanwhile.
        late += 1;
        if late < 4 {
            room.emergency(&format!("Late{late}"));
            check(room);
        }
    });
    finished.unwrap();
    assert!(counted > 4, "{counted}");
}

#[test]
fn safety_05_what_arrived_while_the_screen_was_locked_is_told_in_portions_once_somebody_is_at_work()
{
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    two.hub.lock_on_the_line(&mut server);
    let patients: Vec<_> = (0..70)
        .map(|number| two.spoke.emergency(&format!("Thabo{number}")))
        .collect();
    two.spoke.sync(&mut server);
    let locked = two.hub.exchange(&mut server);
    assert!(matches!(locked, Err(Refusal::Locked)));
    let osei = two.hub.osei.clone();
    two.hub.unlock(&osei);
    let told = |room: &Room| patients.iter().map(|it| room.receipts(it)).sum::<usize>();
    assert_eq!(told(&two.hub), 0, "nobody saw it");
    let mut portions = Vec::new();
    while let After::Again = two.hub.exchange(&mut server).unwrap() {
        portions.push(told(&two.hub));
    }
    assert_eq!(portions.first(), Some(&64));
    assert_eq!(told(&two.hub), 70);
    two.hub.sound();
}

#[test]
fn what_was_written_late_is_passed_on_by_whoever_is_at_work_next_and_not_for_whoever_locked() {
    let mut two = Two::joined();
    let mut third = two.third();
    let mut server = server(&two.hub);
    let patient = third.register("NDLOVU", "Thabo");
    third.sync(&mut server);
    two.hub.sync(&mut server);
    let form = TransferForm {
        to: two.site.clone(),
        grounds: "nearer".into(),
        told: "Ada Quist".into(),
        note: "Prefers mornings.".into(),
    };
    transfer::transfer_patient(&mut two.hub.desk, patient.clone(), form).unwrap();
    let parcels = |room: &Room| room.bodies(&patient, |_: &Parcel| true);
    let before = parcels(&two.hub);
    two.hub.lock_on_the_line(&mut server);
    // With the cable out, the old site went on.
    third.add_detail(&patient, "phone", "01632 960 333");
    third.sync(&mut server);
    let locked = two.hub.exchange(&mut server);
    assert!(matches!(locked, Err(Refusal::Locked)));
    let osei = two.hub.osei.clone();
    two.hub.unlock(&osei);
    assert_eq!(parcels(&two.hub), before);
    two.hub.exchange(&mut server).unwrap();
    assert_eq!(parcels(&two.hub), before + 1);
    two.hub.sound();
}

#[test]
fn a_copied_disk_that_is_found_while_the_screen_is_locked_is_written_down_after_the_next_unlock() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    let patient = two.hub.register("NDLOVU", "Thabo");
    let osei = two.hub.osei.clone();
    let mut copy = two.hub.copied();
    copy.unlock(&osei);
    copy.phone(&patient, "01434 222222");
    two.hub.phone(&patient, "01434 111111");
    let held = copy.held_in(Scope::Site(two.hub_site()));
    let seen = two.hub.trail().len();
    two.hub.lock_on_the_line(&mut server);
    let store = &copy.desk.sitting().unwrap().opened.store;
    let held: Vec<_> = held.into_iter().collect();
    let theirs = store.envelopes(&held).unwrap();
    let taken = two
        .hub
        .desk
        .on_the_line(|desk| exchanging::take_in(desk, &theirs));
    assert!(taken.unwrap().changed.copied_disk);
    two.hub.unlock(&osei);
    let said: Vec<_> = two
        .hub
        .said_since(seen)
        .into_iter()
        .map(|it| it.0)
        .collect();
    let place = |what: &str| said.iter().rposition(|it| it == what).unwrap();
    assert!(place("locked") < place("unlocked"), "{said:?}");
    assert!(place("unlocked") < place("copy-found"), "{said:?}");
    assert_eq!(said.iter().filter(|it| *it == "copy-found").count(), 1);
    two.hub.sound();
}

#[test]
fn safety_01_a_receipt_for_somebody_else_takes_nobody_off_the_screen() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    let patient = two.spoke.refer(referral("Ndlovu", "Thabo"));
    two.spoke.sync(&mut server);
    two.hub.exchange(&mut server).unwrap();
    person::open_person(&mut two.hub.desk, patient.clone()).unwrap();
    let other = two.spoke.emergency("Other");
    two.spoke.sync(&mut server);
    two.hub.exchange(&mut server).unwrap();
    assert_eq!(two.hub.receipts(&other), 1);
    // Only now something arrives behind the open form.
    two.spoke.phone(&patient, "01434 111111");
    two.spoke.sync(&mut server);
    two.hub.exchange(&mut server).unwrap();
    let form = DetailsForm {
        fields: [("phone".to_owned(), "01434 222222".to_owned())].into(),
        corrects: false,
        reason: "Rang to say so.".into(),
    };
    two.hub.desk.turn();
    person::change_details(&mut two.hub.desk, patient.clone(), form).unwrap();
    assert_eq!(two.hub.phones(&patient), ["01434 111111", "01434 222222"]);
}
