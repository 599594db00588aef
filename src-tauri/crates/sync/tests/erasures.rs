//! Erasures at a hub server, which cannot read that two people signed them.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod wheel;

use std::time::Duration;

use record::envelope::Envelope;
use record::id::PatientId;
use record::keys::SigningKey;
use record::log::EventLog;
use record::scope::Scope;
use record::warrant::{ErasuresDigest, Proof, Unproven};
use sync::conformance::{Pen, SERVICE, proof_of};
use sync::exchange::{Agreed, Exchange, Outcome};
use sync::memory::MemoryShelf;
use sync::pace::Pace;
use sync::shelf::{Shelf, respond};
use sync::wire::{Answer, NotErased, Reason, Request};
use wheel::{
    AT_HUB, AT_SPOKE, SPOKE, admitted, all, bring_up_to_date, chain, keep, now, pen, place,
};

const BOTH: [u8; 2] = [AT_HUB, AT_SPOKE];
const OTHER: PatientId = PatientId::from_random([0x1f; 16]);
/// The key of the administrator in [`wheel::chain`].
const ADMINISTRATOR: [u8; 32] = [0x23; 32];

/// What two people signed on these records.
fn proof(records: &[PatientId]) -> Proof {
    let above = &chain(AT_HUB)[..2];
    proof_of(records, above, &SigningKey::from_seed(&ADMINISTRATOR))
}

/// A device that has erased what it knows to be erased, as the record's own law has it do.
fn erase_here(device: &mut MemoryShelf, records: &[PatientId]) {
    device.log.erase(records);
    device.learn(proof(records));
}

/// One exchange; what was asked, and what it came to.
fn talk(
    device: &mut MemoryShelf,
    server: &mut MemoryShelf,
    before: Option<Agreed>,
) -> (Vec<Request>, Exchange) {
    let own = admitted(AT_HUB);
    let mut exchange =
        Exchange::new(own.clone(), Vec::new(), Pace::default()).having_agreed(before);
    let mut asked = Vec::new();
    while let Some(message) = exchange.next(device, Duration::ZERO).unwrap() {
        assert!(asked.len() < 1000, "an exchange comes to an end");
        asked.push(Request::from_bytes(&message).unwrap().1);
        let answer = respond(server, &own, &message, now()).unwrap();
        exchange.take(&answer, device, Duration::ZERO).unwrap();
    }
    (asked, exchange)
}

fn ask(server: &mut MemoryShelf, request: &Request) -> Answer {
    let answer = respond(
        server,
        &admitted(AT_SPOKE),
        &request.to_bytes(SERVICE),
        now(),
    )
    .unwrap();
    Answer::from_bytes(&answer).unwrap().1
}

fn show(server: &mut MemoryShelf, proofs: &[&Proof]) -> Vec<NotErased> {
    let proofs = proofs.iter().map(|proof| proof.to_bytes()).collect();
    match ask(server, &Request::Erase { proofs }) {
        Answer::Erased { refused, .. } => refused,
        other => panic!("{other:?}"),
    }
}

fn held(at: &MemoryShelf, envelopes: &[Envelope]) -> Vec<Envelope> {
    let ids: Vec<_> = envelopes.iter().map(Envelope::id).collect();
    at.envelopes(&ids).unwrap()
}

fn bare(envelopes: &[Envelope]) -> Vec<Envelope> {
    envelopes.iter().map(Envelope::without_content).collect()
}

fn is_told(asked: &[Request]) -> bool {
    let tells = |it: &Request| matches!(it, Request::Erasures { .. } | Request::Erase { .. });
    asked.iter().any(tells)
}

#[test]
fn a_hub_server_that_is_shown_an_erasure_gives_nobody_the_content_again() {
    let (mut hub, mut server, mut new) = (place(BOTH), place(BOTH), place(BOTH));
    let gone = pen(AT_SPOKE, Scope::Site(SPOKE)).write_many("case", 40);
    let stays = pen(AT_HUB, Scope::Site(SPOKE))
        .about(OTHER)
        .write_many("case", 3);
    keep(&mut hub, &gone);
    keep(&mut hub, &stays);
    bring_up_to_date(AT_HUB, &mut hub, &mut server);
    assert_eq!(held(&server, &gone), gone);
    erase_here(&mut hub, &[Pen::PATIENT]);
    let (asked, exchange) = talk(&mut hub, &mut server, None);
    assert!(exchange.outcome().unwrap().up_to_date);
    assert!(is_told(&asked));
    assert_eq!(held(&server, &gone), bare(&gone));
    assert_eq!(held(&server, &stays), stays);
    let passed = bring_up_to_date(AT_HUB, &mut new, &mut server);
    assert_eq!(held(&new, &gone), bare(&gone));
    assert_eq!(held(&new, &stays), stays);
    let mut told = passed.outcome.unwrap().without_content;
    told.sort_unstable();
    let mut ids: Vec<_> = gone.iter().map(Envelope::id).collect();
    ids.sort_unstable();
    assert_eq!(told, ids, "what came without content is named");
}

#[test]
fn what_an_old_laptop_offers_again_of_an_erased_patient_is_kept_without_its_content() {
    let (mut old, mut server) = (place(BOTH), place(BOTH));
    assert_eq!(show(&mut server, &[&proof(&[Pen::PATIENT])]), []);
    let gone = pen(AT_SPOKE, Scope::Site(SPOKE)).write_many("case", 30);
    keep(&mut old, &gone);
    bring_up_to_date(AT_HUB, &mut old, &mut server);
    assert_eq!(held(&server, &gone), bare(&gone));
    assert_eq!(held(&old, &gone), gone, "it has not heard of it yet");
}

#[test]
fn a_hub_server_put_back_from_before_an_erasure_is_told_again_by_any_device() {
    let (mut hub, mut server) = (place(BOTH), place(BOTH));
    let gone = pen(AT_SPOKE, Scope::Site(SPOKE)).write_many("case", 5);
    keep(&mut hub, &gone);
    bring_up_to_date(AT_HUB, &mut hub, &mut server);
    let backup = server.clone();
    erase_here(&mut hub, &[Pen::PATIENT]);
    let (_, first) = talk(&mut hub, &mut server, None);
    let agreed = first.agreed();
    assert!(agreed.is_some());
    server = backup;
    assert_eq!(held(&server, &gone), gone);
    let (asked, again) = talk(&mut hub, &mut server, agreed);
    assert!(is_told(&asked) && again.outcome().unwrap().up_to_date);
    assert_eq!(held(&server, &gone), bare(&gone));
}

#[test]
fn an_erasure_that_both_know_costs_nothing_in_the_next_exchange() {
    let (mut hub, mut server) = (place(BOTH), place(BOTH));
    erase_here(&mut hub, &[Pen::PATIENT]);
    let (asked, first) = talk(&mut hub, &mut server, None);
    assert_eq!(asked.len(), 4, "compare, name, show, compare: {asked:?}");
    for before in [None, first.agreed()] {
        let (asked, again) = talk(&mut hub, &mut server, before);
        assert_eq!(asked.len(), 1);
        assert_eq!(again.agreed(), first.agreed());
    }
    // The server knows one more than this device, which is named once and then remembered.
    assert_eq!(show(&mut server, &[&proof(&[OTHER])]), []);
    let (asked, third) = talk(&mut hub, &mut server, first.agreed());
    assert!(matches!(asked[1], Request::Erasures { .. }) && asked.len() == 3);
    let (asked, _) = talk(&mut hub, &mut server, third.agreed());
    assert_eq!(asked.len(), 1);
}

#[test]
fn a_device_that_knows_of_no_erasure_never_asks() {
    let (mut hub, mut server) = (place(BOTH), place(BOTH));
    assert_eq!(show(&mut server, &[&proof(&[OTHER])]), []);
    let (asked, exchange) = talk(&mut hub, &mut server, None);
    assert!(exchange.outcome().unwrap().up_to_date && asked.len() == 1);
}

#[test]
fn many_erasures_are_shown_in_several_requests_and_every_one_is_carried_out() {
    let (mut hub, mut server) = (place(BOTH), place(BOTH));
    for number in 0..300_u16 {
        let mut bytes = [0; 16];
        bytes[..2].copy_from_slice(&number.to_be_bytes());
        erase_here(&mut hub, &[PatientId::from_random(bytes)]);
    }
    let (asked, exchange) = talk(&mut hub, &mut server, None);
    assert!(exchange.outcome().unwrap().up_to_date);
    assert!(
        asked
            .iter()
            .filter(|it| matches!(it, Request::Erase { .. }))
            .count()
            > 4
    );
    assert_eq!(Shelf::erasures(&server).unwrap().len(), 300);
}

#[test]
fn an_erasure_is_told_before_anything_of_the_patient_could_be_sent_or_taken() {
    let (mut hub, mut server) = (place(BOTH), place(BOTH));
    keep(
        &mut server,
        &pen(AT_SPOKE, Scope::Site(SPOKE)).write_many("case", 3),
    );
    keep(&mut hub, &pen(AT_HUB, Scope::Service).write_many("case", 3));
    erase_here(&mut hub, &[Pen::PATIENT]);
    let (asked, exchange) = talk(&mut hub, &mut server, None);
    let first = asked
        .iter()
        .position(|it| !matches!(it, Request::Compare { .. }));
    assert!(matches!(asked[first.unwrap()], Request::Erasures { .. }));
    // What was taken came as a header already.
    assert_eq!(exchange.outcome().unwrap().without_content.len(), 3);
}

/// Whatever is shown, only what is proven is dropped, and the rest is named by its place.
#[test]
fn attack_a_proof_that_proves_nothing_drops_nothing_and_is_named() {
    let mut server = place(BOTH);
    let gone = pen(AT_SPOKE, Scope::Site(SPOKE)).write_many("case", 4);
    keep(&mut server, &gone);
    let good = proof(&[Pen::PATIENT]);
    let mut alone = good.clone();
    alone.hands.truncate(1);
    let mut twice = good.clone();
    twice.hands[1] = twice.hands[0].clone();
    let mut swapped = good.clone();
    swapped.hands[1] = proof(&[OTHER]).hands[1].clone();
    let shown: Vec<Vec<u8>> = [&alone, &twice, &swapped].map(Proof::to_bytes).into();
    let shown = [shown, vec![vec![0xff], Vec::new()]].concat();
    let Answer::Erased { refused, erasures } = ask(&mut server, &Request::Erase { proofs: shown })
    else {
        panic!("the request can be read");
    };
    let reasons: Vec<_> = refused.iter().map(|it| (it.index, it.reason)).collect();
    assert_eq!(
        reasons,
        [
            (0, Unproven::NotTwo),
            (1, Unproven::SamePerson),
            (2, Unproven::OtherRecords),
            (3, Unproven::Unreadable),
            (4, Unproven::Unreadable),
        ]
    );
    assert_eq!(erasures, ErasuresDigest::of(&[]));
    assert_eq!(held(&server, &gone), gone);
}

#[test]
fn attack_an_erasure_of_one_patient_shown_again_drops_nothing_of_another() {
    let mut server = place(BOTH);
    let stays = pen(AT_HUB, Scope::Site(SPOKE))
        .about(OTHER)
        .write_many("case", 4);
    keep(&mut server, &stays);
    let good = proof(&[Pen::PATIENT]);
    for _ in 0..2 {
        assert_eq!(show(&mut server, &[&good, &good]), []);
    }
    assert_eq!(held(&server, &stays), stays);
    assert_eq!(Shelf::erasures(&server).unwrap(), [good.id().unwrap()]);
}

#[test]
fn attack_an_erasure_of_another_service_is_refused_as_such() {
    let elsewhere = wheel::elsewhere();
    let key = SigningKey::from_seed(&ADMINISTRATOR);
    let foreign = proof_of(&[Pen::PATIENT], &elsewhere, &key);
    let mut server = place(BOTH);
    let refused = show(&mut server, &[&foreign]);
    assert_eq!(refused[0].reason, Unproven::OtherService);
}

#[test]
fn attack_a_device_that_was_shut_out_erases_nothing() {
    let mut server = place(BOTH);
    let gone = pen(AT_SPOKE, Scope::Site(SPOKE)).write_many("case", 4);
    keep(&mut server, &gone);
    server.block(Pen::device_of(AT_SPOKE));
    let proofs = vec![proof(&[Pen::PATIENT]).to_bytes()];
    let answer = ask(&mut server, &Request::Erase { proofs });
    assert_eq!(answer, Answer::Failed(sync::wire::Failure::Blocked));
    assert_eq!(held(&server, &gone), gone);
}

#[test]
fn what_the_hub_server_does_not_carry_out_is_told_and_is_never_up_to_date() {
    let (mut hub, mut server) = (place(BOTH), place(BOTH));
    let mut alone = proof(&[Pen::PATIENT]);
    alone.hands.truncate(1);
    hub.learn(alone.clone());
    let (_, exchange) = talk(&mut hub, &mut server, None);
    let Outcome {
        up_to_date,
        not_erased,
        refused_there,
        ..
    } = exchange.outcome().unwrap();
    assert_eq!(not_erased, [(alone.id().unwrap(), Unproven::NotTwo)]);
    assert!(
        !up_to_date
            && refused_there
                .iter()
                .all(|it| it.reason != Reason::Signature)
    );
    assert_eq!(exchange.agreed(), None, "it is shown again the next time");
}

#[test]
fn attack_a_hub_server_that_forgets_an_erasure_again_and_again_is_not_waited_for() {
    let mut hub = place(BOTH);
    erase_here(&mut hub, &[Pen::PATIENT]);
    let own = admitted(AT_HUB);
    let mut exchange = Exchange::new(own.clone(), Vec::new(), Pace::default());
    let mut asked = 0;
    while let Some(message) = exchange.next(&hub, Duration::ZERO).unwrap() {
        asked += 1;
        assert!(asked < 20, "it ends");
        // Each question meets a server that was begun anew.
        let answer = respond(&mut place(BOTH), &own, &message, now()).unwrap();
        exchange.take(&answer, &mut hub, Duration::ZERO).unwrap();
    }
    assert!(all(&hub).is_empty());
}
