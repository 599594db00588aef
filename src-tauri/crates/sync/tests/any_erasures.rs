//! Whatever is written, erased, cut off, backed up and put back, in whatever order: in the end the
//! hub server holds every header, all content of those who were not erased, and none of the others.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod wheel;

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use record::envelope::Envelope;
use record::id::PatientId;
use record::keys::SigningKey;
use record::scope::{Scope, Subject};
use sync::conformance::{Pen, proof_of};
use sync::memory::MemoryShelf;
use wheel::{AT_HUB, AT_SPOKE, Cut, SPOKE, bring_up_to_date, chain, exchange, keep, pen, place};

const DEVICES: [u8; 2] = [AT_HUB, AT_SPOKE];

/// One thing that happens.
#[derive(Debug, Clone)]
enum Event {
    /// A device writes about a patient.
    Write { device: usize, patient: u8 },
    /// Two people erase a patient, on one device.
    Erase { device: usize, patient: u8 },
    /// A device that holds both signatures erases what the other did: as by its journal.
    Hear { device: usize },
    /// A device exchanges with the hub server, and the line holds for so many messages.
    Exchange { device: usize, messages: usize },
    /// The hub server is backed up.
    BackUp,
    /// The last backup is put back.
    PutBack,
}

fn event() -> impl Strategy<Value = Event> {
    let (device, patient) = (0..2_usize, 0..3_u8);
    prop_oneof![
        4 => (device.clone(), patient.clone())
            .prop_map(|(device, patient)| Event::Write { device, patient }),
        2 => (device.clone(), patient).prop_map(|(device, patient)| Event::Erase { device, patient }),
        1 => device.clone().prop_map(|device| Event::Hear { device }),
        4 => (device, prop_oneof![1 => 0..12_usize, 1 => Just(usize::MAX)])
            .prop_map(|(device, messages)| Event::Exchange { device, messages }),
        1 => Just(Event::BackUp),
        1 => Just(Event::PutBack),
    ]
}

fn patient(number: u8) -> PatientId {
    PatientId::from_random([number; 16])
}

struct Wheel {
    devices: [MemoryShelf; 2],
    pens: [Pen; 2],
    server: MemoryShelf,
    backup: MemoryShelf,
    written: Vec<Envelope>,
    /// What each device knows to be erased.
    erased: [BTreeSet<u8>; 2],
}

impl Wheel {
    fn new() -> Self {
        let server = place(DEVICES);
        Self {
            devices: [place(DEVICES), place(DEVICES)],
            pens: DEVICES.map(|seed| pen(seed, Scope::Site(SPOKE))),
            backup: server.clone(),
            server,
            written: Vec::new(),
            erased: Default::default(),
        }
    }

    fn learn(&mut self, device: usize, number: u8) {
        if self.erased[device].insert(number) {
            let gone = [patient(number)];
            let key = SigningKey::from_seed(&[0x23; 32]);
            let proof = proof_of(&gone, &chain(AT_HUB)[..2], &key);
            self.devices[device].learn(proof);
            self.devices[device].log.erase(&gone);
        }
    }

    fn happens(&mut self, event: &Event) {
        match *event {
            Event::Write {
                device,
                patient: number,
            } => {
                // Nobody writes about somebody whom they know to be erased.
                if !self.erased[device].contains(&number) {
                    let words = format!("words {}", self.written.len());
                    let mut pen = self.pens[device].clone().about(patient(number));
                    let envelope = pen.write(&words);
                    self.pens[device] = pen;
                    keep(&mut self.devices[device], std::slice::from_ref(&envelope));
                    self.written.push(envelope);
                }
            }
            Event::Erase {
                device,
                patient: number,
            } => self.learn(device, number),
            Event::Hear { device } => {
                for number in self.erased[1 - device].clone() {
                    self.learn(device, number);
                }
            }
            Event::Exchange { device, messages } => {
                let cut = Cut::After(messages);
                let (held, server) = (&mut self.devices[device], &mut self.server);
                exchange(DEVICES[device], held, server, Vec::new(), cut);
            }
            Event::BackUp => self.backup = self.server.clone(),
            Event::PutBack => self.server = self.backup.clone(),
        }
    }

    fn is_gone(&self, envelope: &Envelope) -> bool {
        let gone = |number: &u8| envelope.header().subject == Subject::Patient(patient(*number));
        self.erased.iter().flatten().any(gone)
    }

    /// What is held by now, in the order in which it was written.
    fn held_by(&self, at: &MemoryShelf) -> Vec<Envelope> {
        let all: Vec<&Envelope> = at.log.all().collect();
        let find = |one: &Envelope| all.iter().find(|it| it.id() == one.id());
        self.written
            .iter()
            .filter_map(|one| find(one).map(|it| (*it).clone()))
            .collect()
    }
}

proptest! {
    // Each signs and checks many proofs: fewer than of other properties, and more in the long tier.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.div_ceil(4),
        ..ProptestConfig::default()
    })]

    #[test]
    fn in_the_end_the_hub_server_has_everything_but_the_content_that_two_people_erased(
        events in vec(event(), 0..40),
    ) {
        let mut wheel = Wheel::new();
        for event in &events {
            wheel.happens(event);
        }
        // The lines are good again. Whoever erased comes last, so that the other one's content was
        // offered again before; and the other hears of it.
        for device in [0, 1, 0, 1] {
            let (held, server) = (&mut wheel.devices[device], &mut wheel.server);
            bring_up_to_date(DEVICES[device], held, server);
        }
        let expected: Vec<Envelope> = wheel
            .written
            .iter()
            .map(|one| if wheel.is_gone(one) { one.without_content() } else { one.clone() })
            .collect();
        prop_assert_eq!(wheel.held_by(&wheel.server), expected.clone());
        for device in 0..2 {
            wheel.happens(&Event::Hear { device });
        }
        for device in 0..2 {
            prop_assert_eq!(wheel.held_by(&wheel.devices[device]), expected.clone());
        }
    }
}
