//! What is found while a day's work is on its way over a thin link.

use std::time::Duration;

use store::Delivery;
use sync::memory::MemoryShelf;
use sync::pace::Pace;
use sync::shelf::respond;

use super::Room;
use super::enrolling::Two;
use super::exchanging::server;
use super::forms::{present, referral};
use crate::exchanging::{self, Running};

impl Room {
    /// One message and its answer; false when there is nothing more to say.
    fn one_message(&mut self, server: &mut MemoryShelf, running: &mut Running) -> bool {
        let clock = Duration::ZERO;
        let Some(message) = exchanging::next(&mut self.desk, running, clock).unwrap() else {
            return false;
        };
        let (admitted, now) = (self.desk.admitted().unwrap(), self.desk.now().at());
        let answer = respond(server, &admitted, &message, now).unwrap();
        exchanging::take(&mut self.desk, running, &answer, clock).unwrap();
        true
    }

    /// Emergencies that the hub server has not said to have, and whatever else waits at this site.
    fn waiting(&self) -> (usize, usize) {
        let store = &self.desk.sitting().unwrap().opened.store;
        let mut all = Vec::new();
        for stream in store.streams().unwrap() {
            all.extend(store.unacknowledged(&stream).unwrap());
        }
        let waits = |it: &&record::envelope::Envelope| {
            matches!(store.delivery(it).unwrap(), Delivery::Waiting)
        };
        let all: Vec<_> = all.iter().filter(waits).collect();
        let urgent = all.iter().filter(|it| it.header().emergency).count();
        (urgent, all.len() - urgent)
    }
}

/// The smallest batches there are.
fn thin() -> Pace {
    Pace::default().after_a_cut().after_a_cut().after_a_cut()
}

#[test]
fn an_emergency_found_while_a_days_work_is_on_its_way_goes_ahead_of_what_is_left() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    server.meet(&two.spoke.desk.own_chain().unwrap());
    for number in 0..40 {
        let family = format!("Ndlovu{}", char::from(b'a' + number % 26));
        let mut form = referral(&family, &format!("Thabo{number}"));
        form.nhs_number = String::new();
        two.spoke.refer(form);
    }
    let mut running = exchanging::begin(&mut two.spoke.desk, thin()).unwrap();
    let (_, all) = two.spoke.waiting();
    while two.spoke.waiting().1 > all / 2 {
        assert!(two.spoke.one_message(&mut server, &mut running));
    }
    let patient = two.spoke.refer(referral("Okafor", "Ada"));
    let assessment = two.spoke.start(&patient);
    two.spoke.answer(&assessment, "ces-saddle", present());
    let (urgent, before) = two.spoke.waiting();
    assert!(urgent > 0, "a warning sign is an emergency");
    let mut messages = 0;
    while two.spoke.waiting().0 > 0 {
        assert!(two.spoke.one_message(&mut server, &mut running));
        messages += 1;
    }
    assert!(messages <= 2, "{messages} messages");
    let left = two.spoke.waiting().1;
    assert!(left > before / 2, "{left} of {before} still wait");
    while two.spoke.one_message(&mut server, &mut running) {}
    let finished = exchanging::finished(&mut two.spoke.desk, &running).unwrap();
    assert!(finished.outcome.up_to_date, "{:?}", finished.outcome);
}
