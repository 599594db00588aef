//! Any two logs, with any history in common, any forks and any gaps.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod wheel;

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use record::envelope::Envelope;
use record::id::EnvelopeId;
use record::scope::Scope;
use sync::conformance::Pen;
use sync::exchange::Exchange;
use sync::memory::MemoryShelf;
use sync::pace::Pace;
use sync::shelf::respond;
use wheel::{
    AT_HUB, AT_OTHER, AT_SPOKE, Cut, OTHER_SPOKE, SPOKE, admitted, all, bring_up_to_date, exchange,
    keep, now, pen, place,
};

const EVERYONE: [u8; 3] = [AT_HUB, AT_SPOKE, AT_OTHER];
const SCOPES: [Scope; 4] = [
    Scope::Service,
    Scope::Site(SPOKE),
    Scope::Site(OTHER_SPOKE),
    Scope::Audit,
];

/// What happens to the pens of a service.
#[derive(Debug, Clone)]
enum Deed {
    /// A pen writes so many envelopes.
    Write(prop::sample::Index, usize),
    /// A disk is copied: from now on two write at this place.
    Copy(prop::sample::Index),
    /// A device begins its next life.
    BeginAgain(prop::sample::Index),
}

fn deed() -> impl Strategy<Value = Deed> {
    let which = || any::<prop::sample::Index>();
    prop_oneof![
        6 => (which(), 1..4_usize).prop_map(|(pen, count)| Deed::Write(pen, count)),
        2 => which().prop_map(Deed::Copy),
        1 => which().prop_map(Deed::BeginAgain),
    ]
}

/// Everything that was ever written.
fn written(deeds: &[Deed]) -> Vec<Envelope> {
    let of_scope = |scope| EVERYONE.map(|seed| pen(seed, scope));
    let mut pens: Vec<Pen> = SCOPES.into_iter().flat_map(of_scope).collect();
    let mut all = Vec::new();
    for (number, deed) in deeds.iter().enumerate() {
        match deed {
            Deed::Write(which, count) => {
                let pen = which.get(&pens).clone();
                let at = which.index(pens.len());
                pens[at] = pen;
                all.extend(pens[at].write_many(&format!("deed {number}"), *count));
            }
            Deed::Copy(which) => {
                let copy = which.get(&pens).clone();
                pens.push(copy);
            }
            Deed::BeginAgain(which) => {
                let at = which.index(pens.len());
                pens[at].begin_again();
            }
        }
    }
    all
}

/// What was written, and who holds which of it: 0 nobody, 1 the device, 2 the server, 3 both.
fn histories() -> impl Strategy<Value = (Vec<Envelope>, Vec<u8>)> {
    vec(deed(), 1..16).prop_flat_map(|deeds| {
        let written = written(&deeds);
        let holders = vec(0..4_u8, written.len());
        (Just(written), holders)
    })
}

fn two(seed: u8, written: &[Envelope], holders: &[u8]) -> (MemoryShelf, MemoryShelf) {
    let (mut device, mut server) = (place(EVERYONE), place(EVERYONE));
    for (envelope, holder) in written.iter().zip(holders) {
        let one = std::slice::from_ref(envelope);
        if holder & 1 != 0 && admitted(seed).may_read(&envelope.header().stream()) {
            keep(&mut device, one);
        }
        if holder & 2 != 0 {
            keep(&mut server, one);
        }
    }
    (device, server)
}

type Held = BTreeMap<EnvelopeId, Vec<u8>>;

/// What each is to hold in the end: the server all, the device all that it may read.
fn union(seed: u8, device: &MemoryShelf, server: &MemoryShelf) -> (Held, Held) {
    let mut both = all(device);
    both.extend(all(server));
    let may_read = |bytes: &Vec<u8>| {
        let envelope = Envelope::from_bytes(bytes).unwrap();
        admitted(seed).may_read(&envelope.header().stream())
    };
    let readable = both
        .clone()
        .into_iter()
        .filter(|(_, bytes)| may_read(bytes));
    (readable.collect(), both)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_two_logs_are_equal_after_an_exchange(
        (written, holders) in histories(),
        seed in prop::sample::select(EVERYONE.to_vec()),
    ) {
        let (mut device, mut server) = two(seed, &written, &holders);
        let (for_device, for_server) = union(seed, &device, &server);
        bring_up_to_date(seed, &mut device, &mut server);
        prop_assert_eq!(all(&device), for_device);
        prop_assert_eq!(all(&server), for_server);
    }

    #[test]
    fn an_exchange_cut_anywhere_loses_nothing_and_the_next_goes_on(
        (written, holders) in histories(),
        seed in prop::sample::select(EVERYONE.to_vec()),
        cuts in vec((0..12_usize, any::<bool>()), 1..4),
    ) {
        let (mut device, mut server) = two(seed, &written, &holders);
        let (for_device, for_server) = union(seed, &device, &server);
        for (at, arrives) in cuts {
            let (before, there) = (all(&device), all(&server));
            let cut = if arrives { Cut::After(at) } else { Cut::Before(at) };
            exchange(seed, &mut device, &mut server, Vec::new(), cut);
            prop_assert!(before.keys().all(|id| device.log.holds(id)));
            prop_assert!(there.keys().all(|id| server.log.holds(id)));
        }
        bring_up_to_date(seed, &mut device, &mut server);
        prop_assert_eq!(all(&device), for_device);
        prop_assert_eq!(all(&server), for_server);
    }

    #[test]
    fn a_second_exchange_is_one_message_and_changes_nothing(
        (written, holders) in histories(),
    ) {
        let (mut device, mut server) = two(AT_SPOKE, &written, &holders);
        bring_up_to_date(AT_SPOKE, &mut device, &mut server);
        let before = (device.log.clone(), server.log.clone());
        let passed = bring_up_to_date(AT_SPOKE, &mut device, &mut server);
        prop_assert_eq!(passed.messages.len(), 1);
        prop_assert!(passed.bytes < 150);
        prop_assert!(before == (device.log, server.log));
    }

    #[test]
    fn each_message_that_arrives_twice_changes_nothing_more(
        (written, holders) in histories(),
    ) {
        let (mut device, mut server) = two(AT_SPOKE, &written, &holders);
        let (for_device, for_server) = union(AT_SPOKE, &device, &server);
        let mut exchange = Exchange::new(admitted(AT_SPOKE), Vec::new(), Pace::default());
        let me = admitted(AT_SPOKE);
        while let Some(message) = exchange.next(&device, Duration::ZERO).unwrap() {
            let first = respond(&mut server, &me, &message, now()).unwrap();
            let log = server.log.clone();
            let second = respond(&mut server, &me, &message, now()).unwrap();
            prop_assert!(log == server.log, "the second time changes nothing");
            prop_assert_eq!(first.len(), second.len());
            exchange.take(&second, &mut device, Duration::ZERO).unwrap();
        }
        prop_assert_eq!(all(&device), for_device);
        prop_assert_eq!(all(&server), for_server);
    }

    /// Whatever the devices do in whatever order, none ever holds what it may not read, and all
    /// hold all of the rest once each has come twice.
    #[test]
    fn three_devices_over_one_server_end_with_what_each_may_read(
        (written, holders) in histories(),
        order in vec(prop::sample::select(EVERYONE.to_vec()), 0..6),
    ) {
        let mut server = place(EVERYONE);
        let mut devices: Vec<_> = EVERYONE.map(|seed| (seed, place(EVERYONE))).into();
        for (envelope, holder) in written.iter().zip(&holders) {
            let (seed, device) = &mut devices[usize::from(*holder) % 3];
            if admitted(*seed).may_read(&envelope.header().stream()) {
                keep(device, std::slice::from_ref(envelope));
            }
        }
        let all_held: Held = devices.iter().flat_map(|(_, device)| all(device)).collect();
        for seed in order.into_iter().chain(EVERYONE).chain(EVERYONE) {
            let (_, device) = devices.iter_mut().find(|(own, _)| *own == seed).unwrap();
            bring_up_to_date(seed, device, &mut server);
        }
        prop_assert_eq!(all(&server), all_held);
        for (seed, device) in &devices {
            let (readable, _) = union(*seed, device, &server);
            prop_assert_eq!(all(device), readable);
        }
    }
}
