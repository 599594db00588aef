//! Who is given what, and whose word is taken.

use record::envelope::Envelope;
use record::id::EnvelopeId;
use record::scope::Scope;
use sync::exchange::{Exchange, Known};
use sync::pace::Pace;
use sync::shelf::respond;
use sync::wire::{Answer, Reason, Request};

use crate::wheel::{
    AT_HUB, AT_OTHER, AT_SPOKE, Cut, HUB_SITE, OTHER_SPOKE, SPOKE, admitted, all, bring_up_to_date,
    exchange, keep, now, pen, place,
};
use crate::{EVERYONE, kinds};

#[test]
fn a_device_the_server_does_not_know_is_introduced_by_its_certificates() {
    let (mut hub, mut server) = (place(EVERYONE), place([AT_HUB]));
    keep(
        &mut hub,
        &pen(AT_SPOKE, Scope::Site(SPOKE)).write_many("case", 3),
    );
    let passed = bring_up_to_date(AT_HUB, &mut hub, &mut server);
    assert!(kinds(&passed.messages).contains(&"introduce"));
    assert_eq!(all(&server).len(), 3);
    let known = Known::device_key(&server, sync::conformance::Pen::device_of(AT_SPOKE));
    assert!(known.is_some());
}

#[test]
fn it_is_never_up_to_date_when_something_was_refused() {
    let (mut hub, mut server) = (place([AT_HUB]), place([AT_HUB]));
    let written = pen(AT_SPOKE, Scope::Site(SPOKE)).write_many("nobody knows who", 3);
    keep(&mut hub, &written);
    let passed = exchange(AT_HUB, &mut hub, &mut server, Vec::new(), Cut::Never);
    let outcome = passed.outcome.unwrap();
    assert!(!outcome.up_to_date);
    let ids: Vec<_> = outcome
        .refused_there
        .iter()
        .filter_map(|it| it.id)
        .collect();
    assert_eq!(
        ids,
        written.iter().map(Envelope::id).collect::<Vec<_>>(),
        "each is named"
    );
    assert!(
        outcome
            .refused_there
            .iter()
            .all(|it| it.reason == Reason::UnknownDevice)
    );
    assert!(all(&server).is_empty());
}

#[test]
fn what_nobody_signed_is_not_taken_from_a_server_and_is_named() {
    let (mut spoke, mut server) = (place(EVERYONE), place(EVERYONE));
    let written = pen(AT_SPOKE, Scope::Site(SPOKE)).write_many("case", 3);
    let mut forged = written[2].to_bytes();
    // The signature is the 64 bytes after the header: change one of its last.
    let header = written[2].to_bytes().len() - written[2].without_content().to_bytes().len();
    let at = forged.len() - header - 3;
    forged[at] ^= 1;
    let forged = Envelope::from_bytes(&forged).unwrap();
    assert_eq!(
        forged.header_hash(),
        written[2].header_hash(),
        "only the signature differs"
    );
    keep(&mut server, &written[..2]);
    keep(&mut server, std::slice::from_ref(&forged));
    let outcome = exchange(AT_SPOKE, &mut spoke, &mut server, Vec::new(), Cut::Never).outcome;
    let outcome = outcome.unwrap();
    assert!(!outcome.up_to_date);
    assert_eq!(outcome.refused_here.len(), 1);
    assert_eq!(outcome.refused_here[0].id, Some(forged.id()));
    assert_eq!(outcome.refused_here[0].reason, Reason::Signature);
    assert_eq!(all(&spoke).len(), 2, "what is good was kept");
}

#[test]
fn a_spoke_sees_its_own_site_the_service_and_its_own_audit_trail_only() {
    let (mut other, mut server) = (place(EVERYONE), place(EVERYONE));
    for (seed, scope) in [
        (AT_SPOKE, Scope::Site(SPOKE)),
        (AT_SPOKE, Scope::Audit),
        (AT_SPOKE, Scope::Service),
        (AT_OTHER, Scope::Site(OTHER_SPOKE)),
        (AT_OTHER, Scope::Audit),
        (AT_HUB, Scope::Site(HUB_SITE)),
    ] {
        keep(&mut server, &pen(seed, scope).write_many("words", 2));
    }
    bring_up_to_date(AT_OTHER, &mut other, &mut server);
    let mine: Vec<_> = other.log.all().map(|it| it.header().stream()).collect();
    assert_eq!(mine.len(), 6);
    assert!(
        mine.iter()
            .all(|stream| admitted(AT_OTHER).may_read(stream))
    );
    let mut hub = place(EVERYONE);
    bring_up_to_date(AT_HUB, &mut hub, &mut server);
    assert_eq!(
        all(&hub),
        all(&server),
        "the hub site sees all of the audit trail"
    );
}

#[test]
fn a_stream_a_site_or_an_id_of_somebody_elses_is_not_given_by_name_either() {
    let mut server = place(EVERYONE);
    let written = pen(AT_SPOKE, Scope::Site(SPOKE)).write_many("case", 2);
    let audit = pen(AT_SPOKE, Scope::Audit).write_many("looked", 2);
    keep(&mut server, &[written.clone(), audit.clone()].concat());
    let mut ask = |request: Request| {
        let bytes = request.to_bytes(sync::conformance::SERVICE);
        let answer = respond(&mut server, &admitted(AT_OTHER), &bytes, now()).unwrap();
        Answer::from_bytes(&answer).unwrap().1
    };
    let refused = Answer::Failed(sync::wire::Failure::NotEntitled);
    for one in [&written[0], &audit[0]] {
        let stream = one.header().stream();
        let pull = Request::Pull {
            stream,
            have: Vec::new(),
            limit: 1 << 20,
        };
        assert_eq!(ask(pull), refused);
    }
    let scope = Scope::Site(SPOKE);
    assert_eq!(
        ask(Request::Tips {
            scope,
            streams: Vec::new()
        }),
        refused
    );
    let ids: Vec<EnvelopeId> = written.iter().chain(&audit).map(Envelope::id).collect();
    let nothing = Answer::Range {
        envelopes: Vec::new(),
        more: false,
    };
    assert_eq!(
        ask(Request::Fetch {
            ids,
            limit: 1 << 20
        }),
        nothing
    );
    let push = Request::Push {
        envelopes: vec![written[1].to_bytes(), audit[1].to_bytes()],
    };
    let Answer::Kept { new: 0, refused } = ask(push) else {
        panic!("a push is answered by what was kept")
    };
    assert!(refused.iter().all(|it| it.reason == Reason::NotEntitled) && refused.len() == 2);
}

#[test]
fn a_device_that_is_shut_out_gets_nothing_and_its_word_is_still_taken_from_others() {
    let (mut spoke, mut server, mut hub) = (place(EVERYONE), place(EVERYONE), place(EVERYONE));
    let written = pen(AT_SPOKE, Scope::Site(SPOKE)).write_many("case", 3);
    keep(&mut spoke, &written);
    keep(&mut hub, &written);
    server.block(sync::conformance::Pen::device_of(AT_SPOKE));
    let mut shut_out = Exchange::new(admitted(AT_SPOKE), Vec::new(), Pace::default());
    let ask = shut_out
        .next(&spoke, std::time::Duration::ZERO)
        .unwrap()
        .unwrap();
    let answer = respond(&mut server, &admitted(AT_SPOKE), &ask, now()).unwrap();
    let told = shut_out.take(&answer, &mut spoke, std::time::Duration::ZERO);
    assert_eq!(
        told,
        Err(sync::exchange::Error::Failed(sync::wire::Failure::Blocked))
    );
    bring_up_to_date(AT_HUB, &mut hub, &mut server);
    assert_eq!(all(&server).len(), 3);
}
