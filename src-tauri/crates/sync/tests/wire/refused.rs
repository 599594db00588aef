//! What no place takes for a message, and what is said of it.

use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use record::cbor::{Error as CborError, Writer};
use record::envelope::Envelope;
use record::id::ServiceId;
use record::scope::Scope;
use sync::admitted::NotAdmitted;
use sync::conformance::{Pen, SERVICE};
use sync::login::{Login, MAX_PASS, Pass};
use sync::set_up::SetUp;
use sync::shelf::respond;
use sync::wire::{
    Answer, Error, Failure, MAX_ITEMS, MAX_MESSAGE_BYTES, MAX_PROOFS, Reason, Request,
};

use crate::samples::{id, login, pass, requests, set_up, stream, tail};
use crate::wheel::{
    self, AT_SPOKE, HUB_SITE, SPOKE, admitted, chain, fingerprint, now, pen, place,
};

#[test]
fn more_proofs_than_a_request_may_show_are_refused() {
    let shown = |count| Request::Erase {
        proofs: vec![Vec::new(); count],
    };
    let most = shown(MAX_PROOFS).to_bytes(SERVICE);
    assert!(Request::from_bytes(&most).is_ok());
    let more = shown(MAX_PROOFS + 1).to_bytes(SERVICE);
    assert_eq!(Request::from_bytes(&more), Err(Error::TooMany));
}

#[test]
fn a_message_cut_short_or_with_more_behind_it_is_refused() {
    let all = requests().map(|(_, request)| request.to_bytes(SERVICE));
    for bytes in all {
        for length in 0..bytes.len() {
            assert!(Request::from_bytes(&bytes[..length]).is_err());
        }
        let longer = [bytes.as_slice(), &[0]].concat();
        assert_eq!(
            Request::from_bytes(&longer),
            Err(Error::Cbor(CborError::Trailing))
        );
    }
}

/// The head of a message, up to its fields.
fn head(version: u64, kind: u64) -> Writer {
    let mut to = Writer::new();
    to.array(4);
    to.uint(version);
    to.bytes(SERVICE.as_bytes());
    to.uint(kind);
    to
}

#[test]
fn a_version_that_is_not_spoken_is_told_as_such() {
    for version in [0, 2, 99] {
        let bytes = head(version, 0).into_bytes();
        assert_eq!(
            Request::from_bytes(&bytes),
            Err(Error::Version { theirs: version })
        );
        assert_eq!(told(&bytes), Answer::Failed(Failure::Version));
    }
}

/// What a hub server says to these bytes.
fn told(bytes: &[u8]) -> Answer {
    let mut server = place([AT_SPOKE]);
    let answer = respond(&mut server, &admitted(AT_SPOKE), bytes, now()).unwrap();
    Answer::from_bytes(&answer).unwrap().1
}

#[test]
fn a_list_longer_than_it_may_be_is_refused_before_any_of_it_is_read() {
    let mut to = head(1, 2);
    to.array(1);
    to.array(usize::try_from(MAX_ITEMS).unwrap() + 1);
    let bytes = to.into_bytes();
    assert_eq!(Request::from_bytes(&bytes), Err(Error::TooMany));
    assert_eq!(told(&bytes), Answer::Failed(Failure::TooLong));
    let ids = vec![id(1); sync::wire::MAX_ASKED + 1];
    let bytes = Request::Fetch { ids, limit: 1 }.to_bytes(SERVICE);
    assert_eq!(Request::from_bytes(&bytes), Err(Error::TooMany));
    let have = vec![tail(1, 1); sync::wire::MAX_ASKED + 1];
    let (stream, limit) = (stream(), 1);
    let bytes = Request::Pull {
        stream,
        have,
        limit,
    }
    .to_bytes(SERVICE);
    assert_eq!(Request::from_bytes(&bytes), Err(Error::TooMany));
    let nine = [chain(AT_SPOKE), chain(AT_SPOKE), chain(AT_SPOKE)].concat();
    let bytes = Request::Introduce { chain: nine }.to_bytes(SERVICE);
    assert_eq!(Request::from_bytes(&bytes), Err(Error::TooMany));
}

#[test]
fn a_message_of_more_than_four_mebibytes_is_refused_unread() {
    let bytes = vec![0x84; MAX_MESSAGE_BYTES + 1];
    assert_eq!(Request::from_bytes(&bytes), Err(Error::TooLong));
    assert_eq!(told(&bytes), Answer::Failed(Failure::TooLong));
}

#[test]
fn deep_nesting_is_no_message_and_costs_nothing() {
    // A million arrays, each in the one before it.
    let mut bytes = head(1, 2).into_bytes();
    bytes.extend(vec![0x81; 1_000_000]);
    assert!(Request::from_bytes(&bytes).is_err());
    assert_eq!(told(&bytes), Answer::Failed(Failure::Malformed));
}

#[test]
fn what_is_for_another_service_is_answered_so() {
    let other = ServiceId::from_random([9; 16]);
    let (_, compare) = requests()[0].clone();
    assert_eq!(
        told(&compare.to_bytes(other)),
        Answer::Failed(Failure::OtherService)
    );
}

#[test]
fn an_envelope_that_cannot_be_read_is_refused_alone() {
    let good = pen(AT_SPOKE, Scope::Site(SPOKE)).write("made up");
    let foreign = Pen::new(ServiceId::from_random([9; 16]), Scope::Service, AT_SPOKE).write("no");
    let mut altered = good.to_bytes();
    *altered.last_mut().unwrap() ^= 1;
    // Format 2 in the header, where 1 stands: after the array, the byte string's head and the
    // map's head and first key.
    let mut newer = good.to_bytes();
    newer[5] = 2;
    let envelopes = vec![
        Vec::new(),
        good.to_bytes(),
        altered,
        newer,
        foreign.to_bytes(),
    ];
    let Answer::Kept { new: 1, refused } = told(&Request::Push { envelopes }.to_bytes(SERVICE))
    else {
        panic!("a push is answered by what was kept")
    };
    let refused: Vec<_> = refused.iter().map(|it| (it.index, it.reason)).collect();
    let expected = [
        (0, Reason::Unreadable),
        (2, Reason::Unreadable),
        (3, Reason::Newer),
        (4, Reason::OtherService),
    ];
    assert_eq!(refused, expected);
}

#[test]
fn a_chain_that_does_not_lead_to_the_root_introduces_nobody() {
    let whole = chain(AT_SPOKE);
    let without_root = whole[1..].to_vec();
    let a_person = whole[..2].to_vec();
    for chain in [without_root, a_person, Vec::new()] {
        let bytes = Request::Introduce { chain }.to_bytes(SERVICE);
        assert_eq!(told(&bytes), Answer::Failed(Failure::Certificates));
    }
}

#[test]
fn a_login_holds_once_for_one_server() {
    let (login, root) = (login(), fingerprint());
    let check = |nonce, key| login.check(&root, HUB_SITE, &nonce, &key);
    assert_eq!(check([0x4e; 32], [0x5e; 32]), Ok(admitted(AT_SPOKE)));
    assert_eq!(check([0x4f; 32], [0x5e; 32]), Err(NotAdmitted::Signature));
    let relayed = check([0x4e; 32], [0x5f; 32]);
    assert_eq!(
        relayed,
        Err(NotAdmitted::Signature),
        "a server in between cannot pass it on"
    );
    let stolen = Login {
        chain: chain(wheel::AT_HUB),
        ..login.clone()
    };
    let stolen = stolen.check(&root, HUB_SITE, &[0x4e; 32], &[0x5e; 32]);
    assert_eq!(
        stolen,
        Err(NotAdmitted::Signature),
        "another's certificates do not help"
    );
    let person = Login {
        chain: chain(AT_SPOKE)[..2].to_vec(),
        ..login
    };
    let person = person.check(&root, HUB_SITE, &[0x4e; 32], &[0x5e; 32]);
    assert_eq!(person, Err(NotAdmitted::NotADevice));
}

#[test]
fn a_pass_for_longer_than_a_day_is_not_taken_and_none_is_ever_shown() {
    let long = Pass {
        valid_for: MAX_PASS + Duration::from_secs(1),
        ..pass()
    };
    assert!(Pass::from_bytes(&long.to_bytes()).is_err());
    assert!(!format!("{:?}", pass()).contains("112"), "0x70 is 112");
}

#[test]
fn a_set_up_file_holds_a_root_and_nothing_else() {
    let mut bytes = set_up().to_bytes();
    let administrator = chain(AT_SPOKE)[1].clone();
    assert_eq!(
        SetUp::new(administrator, HUB_SITE),
        Err(sync::set_up::Error::NotARoot)
    );
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    assert!(SetUp::from_bytes(&bytes).is_err(), "altered");
}

proptest! {
    #[test]
    fn any_bytes_at_all_are_answered(bytes in vec(any::<u8>(), 0..400)) {
        let answer = told(&bytes);
        prop_assert!(matches!(answer, Answer::Failed(_)));
    }

    #[test]
    fn an_envelope_that_was_altered_is_never_kept(
        at in any::<prop::sample::Index>(),
        by in 1..=255_u8,
    ) {
        let mut bytes = pen(AT_SPOKE, Scope::Site(SPOKE)).write("made up").to_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= by;
        let answer = told(&Request::Push { envelopes: vec![bytes.clone()] }.to_bytes(SERVICE));
        let refused = matches!(&answer, Answer::Kept { new: 0, refused } if refused.len() == 1);
        prop_assert!(refused, "{answer:?}, {:?}", Envelope::from_bytes(&bytes));
    }
}
