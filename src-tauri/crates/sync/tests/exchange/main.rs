//! One exchange between a device and a hub server, over a line that is whole.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod entitled;
#[path = "../wheel/mod.rs"]
mod wheel;

use record::log::EventLog;
use record::scope::Scope;
use record::warrant::ErasuresDigest;
use sync::exchange::Exchange;
use sync::pace::Pace;
use sync::shelf::respond;
use sync::wire::{Answer, Request};
use wheel::{
    AT_HUB, AT_OTHER, AT_SPOKE, Cut, HUB_SITE, OTHER_SPOKE, SPOKE, admitted, admitted_for, all,
    bring_up_to_date, exchange, exchange_as, keep, now, pen, place,
};

const EVERYONE: [u8; 3] = [AT_HUB, AT_SPOKE, AT_OTHER];

fn kinds(messages: &[Vec<u8>]) -> Vec<&'static str> {
    let kind = |message: &Vec<u8>| match Request::from_bytes(message).unwrap().1 {
        Request::Compare { .. } => "compare",
        Request::Tips { .. } => "tips",
        Request::Push { .. } => "push",
        Request::Pull { .. } => "pull",
        Request::Fetch { .. } => "fetch",
        Request::Introduce { .. } => "introduce",
        Request::Erasures { .. } => "erasures",
        Request::Erase { .. } => "erase",
        Request::BlobAsk { .. } | Request::BlobPut { .. } | Request::BlobGet { .. } => "blob",
    };
    messages.iter().map(kind).collect()
}

#[test]
fn what_a_spoke_writes_reaches_the_hub_by_way_of_the_server() {
    let (mut spoke, mut server, mut hub) = (place(EVERYONE), place(EVERYONE), place(EVERYONE));
    let written = pen(AT_SPOKE, Scope::Site(SPOKE)).write_many("case", 40);
    keep(&mut spoke, &written);
    bring_up_to_date(AT_SPOKE, &mut spoke, &mut server);
    bring_up_to_date(AT_HUB, &mut hub, &mut server);
    assert_eq!(all(&hub), all(&spoke));
}

#[test]
fn nothing_to_send_costs_under_a_kilobyte_whatever_there_is() {
    let (mut spoke, mut server) = (place(EVERYONE), place(EVERYONE));
    for device in 4..60 {
        let mut pen = pen(device, Scope::Site(SPOKE));
        for place in [&mut spoke, &mut server] {
            keep(place, &pen.clone().write_many("case", 12));
        }
        pen.begin_again();
    }
    let passed = bring_up_to_date(AT_SPOKE, &mut spoke, &mut server);
    assert_eq!(passed.messages.len(), 1);
    assert!(passed.bytes < 150, "{} bytes both ways", passed.bytes);
}

#[test]
fn the_cost_of_one_more_envelope_does_not_grow_with_the_record() {
    let cost = |before: usize| {
        let (mut spoke, mut server) = (place(EVERYONE), place(EVERYONE));
        let mut pen = pen(AT_SPOKE, Scope::Site(SPOKE));
        keep(&mut spoke, &pen.write_many("case", before));
        server.log = spoke.log.clone();
        keep(&mut spoke, &[pen.write("one more")]);
        bring_up_to_date(AT_SPOKE, &mut spoke, &mut server).bytes
    };
    let (small, large) = (cost(10), cost(1_000));
    assert!(large <= small + 16, "{small} and {large} bytes");
}

#[test]
fn an_emergency_goes_before_everything_and_is_on_the_servers_disk_at_once() {
    let (mut spoke, mut server) = (place(EVERYONE), place(EVERYONE));
    let mut pen = pen(AT_SPOKE, Scope::Site(SPOKE));
    let backlog = pen.write_many("a long day", 200);
    let (key, emergency) = (
        pen.write("the patient's key"),
        pen.write_emergency("red flag"),
    );
    keep(&mut spoke, &backlog);
    keep(&mut spoke, &[key.clone(), emergency.clone()]);
    let urgent = vec![key.id(), emergency.id()];
    let passed = exchange(
        AT_SPOKE,
        &mut spoke,
        &mut server,
        urgent.clone(),
        Cut::Before(1),
    );
    assert_eq!(kinds(&passed.messages)[0], "push");
    assert_eq!(passed.steps[0].acknowledged_ids, urgent);
    assert_eq!(all(&server).len(), 2, "these two and no other");
    assert_eq!(server.ahead(Scope::Site(SPOKE)).unwrap().len(), 2);
    let mut hub = place(EVERYONE);
    bring_up_to_date(AT_HUB, &mut hub, &mut server);
    assert!(
        hub.log.holds(&emergency.id()),
        "the hub has it while the rest is still to come"
    );
    bring_up_to_date(AT_SPOKE, &mut spoke, &mut server);
    assert!(
        server.ahead(Scope::Site(SPOKE)).unwrap().is_empty(),
        "it has found its place"
    );
    assert_eq!(all(&server), all(&spoke));
}

#[test]
fn the_service_is_exchanged_before_the_sites() {
    let (mut spoke, mut server) = (place(EVERYONE), place(EVERYONE));
    for scope in [Scope::Audit, Scope::Site(SPOKE), Scope::Service] {
        keep(&mut spoke, &pen(AT_SPOKE, scope).write_many("words", 2));
    }
    let passed = bring_up_to_date(AT_SPOKE, &mut spoke, &mut server);
    let asked = passed.messages.iter().filter_map(|message| {
        match Request::from_bytes(message).unwrap().1 {
            Request::Tips { scope, .. } => Some(scope),
            _ => None,
        }
    });
    let asked: Vec<_> = asked.collect();
    assert_eq!(asked, [Scope::Service, Scope::Site(SPOKE), Scope::Audit]);
}

#[test]
fn a_stream_that_forked_is_whole_on_both_sides_and_told_on_both() {
    let (mut spoke, mut server) = (place(EVERYONE), place(EVERYONE));
    let mut pen = pen(AT_SPOKE, Scope::Site(SPOKE));
    let trunk = pen.write_many("before the copy", 100);
    let common: usize = trunk.iter().map(|it| it.to_bytes().len()).sum();
    let mut copy = pen.clone();
    keep(
        &mut spoke,
        &[trunk.clone(), pen.write_many("left", 30)].concat(),
    );
    keep(&mut server, &[trunk, copy.write_many("right", 20)].concat());
    let passed = bring_up_to_date(AT_SPOKE, &mut spoke, &mut server);
    assert_eq!(all(&spoke), all(&server));
    assert_eq!(all(&spoke).len(), 150);
    assert_eq!(passed.outcome.unwrap().forked, [pen.stream()]);
    let resent = passed.steps.iter().map(|step| step.kept.new).sum::<usize>();
    assert_eq!(resent, 20, "only the other branch came");
    assert!(kinds(&passed.messages).contains(&"pull"));
    assert!(
        passed.bytes < common,
        "what both had before the copy stays where it is"
    );
}

#[test]
fn a_server_put_back_from_an_old_backup_is_healed_by_any_device_that_may_read() {
    let (mut spoke, mut server, mut hub) = (place(EVERYONE), place(EVERYONE), place(EVERYONE));
    let mut pen = pen(AT_SPOKE, Scope::Site(SPOKE));
    keep(&mut spoke, &pen.write_many("monday", 10));
    bring_up_to_date(AT_SPOKE, &mut spoke, &mut server);
    let backup = server.clone();
    keep(&mut spoke, &pen.write_many("tuesday", 10));
    bring_up_to_date(AT_SPOKE, &mut spoke, &mut server);
    bring_up_to_date(AT_HUB, &mut hub, &mut server);
    // The spoke's laptop is gone; only the hub has tuesday.
    let mut server = backup;
    server.forget_devices();
    bring_up_to_date(AT_HUB, &mut hub, &mut server);
    assert_eq!(all(&server), all(&spoke));
}

#[test]
fn the_same_message_is_given_until_it_is_answered() {
    let spoke = place(EVERYONE);
    let mut exchange = Exchange::new(admitted(AT_SPOKE), Vec::new(), Pace::default());
    let first = exchange.next(&spoke, std::time::Duration::ZERO).unwrap();
    let again = exchange
        .next(&spoke, std::time::Duration::from_secs(1))
        .unwrap();
    assert_eq!(first, again);
    assert!(exchange.outcome().is_none());
}

#[test]
fn an_answer_to_another_question_or_of_another_service_is_not_taken() {
    let mut spoke = place(EVERYONE);
    let zero = std::time::Duration::ZERO;
    let answer = Answer::Introduced.to_bytes(sync::conformance::SERVICE);
    let mut one = Exchange::new(admitted(AT_SPOKE), Vec::new(), Pace::default());
    one.next(&spoke, zero).unwrap();
    let told = one.take(&answer, &mut spoke, zero);
    assert_eq!(told, Err(sync::exchange::Error::Unexpected));
    let other = record::id::ServiceId::from_random([9; 16]);
    let same = Answer::Same {
        time: now(),
        erasures: ErasuresDigest::of(&[]),
    };
    let answer = same.to_bytes(other);
    let mut one = Exchange::new(admitted(AT_SPOKE), Vec::new(), Pace::default());
    one.next(&spoke, zero).unwrap();
    let told = one.take(&answer, &mut spoke, zero);
    assert_eq!(told, Err(sync::exchange::Error::OtherService));
}

#[test]
fn progress_counts_what_is_sent_and_received_up_to_what_was_found() {
    let (mut spoke, mut server) = (place(EVERYONE), place(EVERYONE));
    keep(
        &mut spoke,
        &pen(AT_SPOKE, Scope::Site(SPOKE)).write_many("mine", 70),
    );
    keep(
        &mut server,
        &pen(AT_HUB, Scope::Site(SPOKE)).write_many("theirs", 50),
    );
    let passed = bring_up_to_date(AT_SPOKE, &mut spoke, &mut server);
    let progress = passed.outcome.unwrap().progress;
    assert_eq!((progress.sent, progress.to_send), (70, 70));
    assert_eq!((progress.received, progress.to_receive), (50, 50));
    let bytes = usize::try_from(progress.bytes_up + progress.bytes_down).unwrap();
    assert_eq!(bytes, passed.bytes);
}

#[test]
fn what_is_acknowledged_is_on_the_server() {
    let (mut spoke, mut server) = (place(EVERYONE), place(EVERYONE));
    keep(
        &mut spoke,
        &pen(AT_SPOKE, Scope::Site(SPOKE)).write_many("case", 60),
    );
    for cut in 0..6 {
        let passed = exchange(
            AT_SPOKE,
            &mut spoke,
            &mut server,
            Vec::new(),
            Cut::Before(cut),
        );
        for step in passed.steps {
            for tips in step.acknowledged {
                for tail in tips.tails {
                    assert!(server.joined(&tips.stream, &tail).unwrap());
                }
            }
            assert!(step.acknowledged_ids.iter().all(|id| server.log.holds(id)));
        }
    }
    let passed = bring_up_to_date(AT_SPOKE, &mut spoke, &mut server);
    let last = passed.steps.last().unwrap();
    let stream = pen(AT_SPOKE, Scope::Site(SPOKE)).stream();
    let tips = last
        .acknowledged
        .iter()
        .find(|it| it.stream == stream)
        .unwrap();
    assert_eq!(tips.tails[0].sequence, 60, "at the end all of it");
    assert_eq!(
        server.tips(stream.scope).unwrap()[0].tails,
        tips.tails.clone()
    );
}

#[test]
fn what_comes_without_content_is_named() {
    let (mut spoke, mut server) = (place(EVERYONE), place(EVERYONE));
    let written = pen(AT_HUB, Scope::Site(SPOKE)).write_many("case", 2);
    keep(
        &mut server,
        &[written[0].clone(), written[1].without_content()],
    );
    let passed = bring_up_to_date(AT_SPOKE, &mut spoke, &mut server);
    assert_eq!(passed.outcome.unwrap().without_content, [written[1].id()]);
}

/// Somebody types while the hub server is thinking, or the line broke and the question is asked
/// again as it was.
#[test]
fn what_is_written_while_the_answer_is_under_way_is_not_taken_for_acknowledged() {
    let (mut spoke, mut server) = (place(EVERYONE), place(EVERYONE));
    let mut pen = pen(AT_SPOKE, Scope::Site(SPOKE));
    keep(&mut spoke, &[pen.write("before")]);
    bring_up_to_date(AT_SPOKE, &mut spoke, &mut server);
    let mut exchange = Exchange::new(admitted(AT_SPOKE), Vec::new(), Pace::default());
    let clock = std::time::Duration::ZERO;
    let asked = exchange.next(&spoke, clock).unwrap().unwrap();
    let meanwhile = pen.write("meanwhile");
    keep(&mut spoke, std::slice::from_ref(&meanwhile));
    let answer = respond(&mut server, &admitted(AT_SPOKE), &asked, now()).unwrap();
    let (_, read) = Answer::from_bytes(&answer).unwrap();
    assert!(matches!(read, Answer::Same { .. }));
    let step = exchange.take(&answer, &mut spoke, clock).unwrap();
    let tails = step.acknowledged.iter().flat_map(|tips| &tips.tails);
    assert!(tails.into_iter().all(|tail| tail.sequence == 1), "{step:?}");
    assert!(!step.acknowledged_ids.contains(&meanwhile.id()));
    // It goes on until that is on the server as well.
    while let Some(message) = exchange.next(&spoke, clock).unwrap() {
        let answer = respond(&mut server, &admitted(AT_SPOKE), &message, now()).unwrap();
        exchange.take(&answer, &mut spoke, clock).unwrap();
    }
    assert!(exchange.outcome().unwrap().up_to_date);
    assert!(server.log.holds(&meanwhile.id()));
}

#[test]
fn a_site_that_the_server_does_not_give_is_named_and_it_is_not_up_to_date() {
    let (mut hub, mut server) = (place(EVERYONE), place(EVERYONE));
    keep(
        &mut hub,
        &pen(AT_HUB, Scope::Site(OTHER_SPOKE)).write_many("new site", 2),
    );
    keep(
        &mut hub,
        &pen(AT_HUB, Scope::Site(SPOKE)).write_many("old site", 2),
    );
    let before = admitted_for(AT_HUB, &[HUB_SITE, SPOKE]);
    let both = (&admitted(AT_HUB), &before);
    let passed = exchange_as(both, &mut hub, &mut server, Vec::new(), Cut::Never);
    let outcome = passed.outcome.unwrap();
    assert!(!outcome.up_to_date);
    assert_eq!(outcome.not_served, [Scope::Site(OTHER_SPOKE)]);
    assert_eq!(all(&server).len(), 2, "the other site went");
}

#[test]
fn a_site_that_the_device_does_not_know_of_yet_stands_in_nobodys_way() {
    let (mut hub, mut server) = (place(EVERYONE), place(EVERYONE));
    keep(
        &mut hub,
        &pen(AT_HUB, Scope::Site(SPOKE)).write_many("old site", 2),
    );
    keep(
        &mut server,
        &pen(AT_OTHER, Scope::Site(OTHER_SPOKE)).write_many("new site", 2),
    );
    let before = admitted_for(AT_HUB, &[HUB_SITE, SPOKE]);
    let both = (&before, &admitted(AT_HUB));
    let passed = exchange_as(both, &mut hub, &mut server, Vec::new(), Cut::Never);
    assert!(passed.outcome.unwrap().up_to_date);
    assert_eq!((all(&hub).len(), all(&server).len()), (2, 4));
}
