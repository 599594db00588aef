//! Joining a service: the request, the answer, and everything that is not taken for one.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use proptest::prelude::*;
use record::body::{BoxedKey, EpochKey, SealedKey, epoch_key_purpose};
use record::certificate::{Certificate, ChainError, Grant};
use record::enrolment::{
    Answer, AnswerClaims, AnswerError, GivenKey, HubServer, Request, RequestClaims, RequestError,
};
use record::entry::{Basis, Entry, Kind};
use record::envelope::{Position, seal};
use record::id::{DeviceId, ServiceId, StaffId};
use record::keys::SigningKey;
use record::role::Role;
use record::scope::{Scope, Subject};
use record::words::SixWords;
use samples::{administrator_key, content_key, device_key, moment, root_key, staff_key};

fn asked() -> RequestClaims {
    RequestClaims {
        device: samples::device(),
        device_key: device_key().verifying_key(),
        sealing_key: [0x60; 32],
        staff: samples::staff(),
        name: "Zofia Wiśniewska".into(),
        staff_key: staff_key().verifying_key(),
        made: moment(),
    }
}

fn request() -> Request {
    Request::sign(&asked(), &device_key(), &staff_key()).unwrap()
}

fn given(epoch: u32) -> GivenKey {
    GivenKey {
        scope: Scope::Service,
        epoch,
        key: content_key().id(),
        boxed: BoxedKey::from_bytes([0x61; 80]),
    }
}

fn said() -> AnswerClaims {
    let [root, administrator, person, device] = samples::certificates();
    let position = Position::first(samples::service(), Scope::Service, samples::device(), 0);
    let envelope = seal(
        position,
        Subject::Service,
        &content_key(),
        samples::NONCE,
        &[samples::note()],
        &device_key(),
    );
    AnswerClaims {
        request: request().id(),
        made: moment(),
        root,
        administrator,
        device,
        person,
        site: samples::site(),
        demo: false,
        keys: vec![given(1), given(2)],
        hub_server: Some(HubServer {
            address: "https://hub.example:8443".into(),
            pin: [0x62; 32],
        }),
        envelopes: vec![envelope.unwrap()],
    }
}

fn answer_to(claims: &AnswerClaims) -> Answer {
    Answer::sign(claims, &administrator_key()).unwrap()
}

fn heard() -> SixWords {
    let [root, ..] = samples::certificates();
    SixWords::of(&root.fingerprint().unwrap())
}

fn hex(bytes: &[u8]) -> String {
    let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.chunks(32).map(|line| line.concat() + "\n").collect()
}

#[track_caller]
fn assert_golden(name: &str, bytes: &[u8]) {
    let path = format!("{}/tests/golden/{name}.hex", env!("CARGO_MANIFEST_DIR"));
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(hex(bytes), golden, "{name} of v1 has changed");
}

#[test]
fn a_request_is_these_bytes_and_reads_back() {
    let bytes = request().to_bytes();
    assert_golden("enrolment-request-v1", &bytes);
    let read = Request::from_bytes(&bytes).unwrap();
    assert_eq!(read, request());
    assert_eq!(read.claims(), &asked());
    assert_eq!(
        read.words().to_string(),
        "vumop vuzab vanig solug kamap bamit"
    );
}

#[test]
fn an_answer_is_these_bytes_and_reads_back() {
    let bytes = answer_to(&said()).to_bytes();
    assert_golden("enrolment-answer-v1", &bytes);
    let read = Answer::from_bytes(&bytes).unwrap();
    assert_eq!(read.claims(), &said());
    read.check(&request(), &heard()).unwrap();
}

#[test]
fn an_epoch_key_is_these_bytes_and_only_an_administrator_signs_one() {
    let body = EpochKey {
        scope: Scope::Site(samples::site()),
        epoch: 2,
        key: content_key().id(),
        sealed: vec![SealedKey {
            device: samples::device(),
            boxed: BoxedKey::from_bytes([0x61; 80]),
        }],
    };
    let entry = Entry {
        kind: Kind::EPOCH_KEY,
        body: record::cbor::to_value(&body).unwrap(),
        ..samples::note()
    };
    assert!(entry.kind.needs_signature());
    for role in Role::ALL {
        let may = role.may_sign(&Kind::EPOCH_KEY, &Subject::Service);
        assert_eq!(may, role == Role::Administrator, "{role:?}");
    }
    let position = Position::first(samples::service(), Scope::Service, samples::device(), 0);
    let [_, administrator, ..] = samples::certificates();
    let signed = record::entry::sign_entry(
        entry,
        &position,
        Subject::Service,
        0,
        Basis::default(),
        administrator.id(),
        &administrator_key(),
    );
    assert_golden(
        "epoch-key-v1",
        &record::entry::encode(&[signed.unwrap()]).unwrap(),
    );
}

#[test]
fn a_sealed_key_is_bound_to_service_scope_epoch_and_device() {
    let scope = Scope::Site(samples::site());
    let own = epoch_key_purpose(samples::service(), scope, 2, samples::device());
    assert_eq!(
        own,
        "felloe v1 epoch key 10101010-1010-4010-9010-101010101010 \
         site:11111111-1111-4111-9111-111111111111 2 12121212-1212-4212-9212-121212121212"
    );
    let others = [
        epoch_key_purpose(ServiceId::from_random([1; 16]), scope, 2, samples::device()),
        epoch_key_purpose(samples::service(), Scope::Service, 2, samples::device()),
        epoch_key_purpose(samples::service(), scope, 3, samples::device()),
        epoch_key_purpose(samples::service(), scope, 2, DeviceId::from_random([1; 16])),
    ];
    assert!(others.iter().all(|other| *other != own));
}

#[test]
fn a_request_with_a_bit_changed_anywhere_is_refused_or_has_other_words() {
    let bytes = request().to_bytes();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut altered = bytes.clone();
            altered[at] ^= 1 << bit;
            assert!(
                Request::from_bytes(&altered).is_err(),
                "byte {at} bit {bit}"
            );
        }
    }
}

#[test]
fn whoever_swaps_a_key_in_a_request_changes_the_six_words() {
    let other = SigningKey::from_seed(&[9; 32]);
    let swapped = RequestClaims {
        device_key: other.verifying_key(),
        ..asked()
    };
    let swapped = Request::sign(&swapped, &other, &staff_key()).unwrap();
    assert_ne!(swapped.words(), request().words());
}

#[test]
fn a_request_is_signed_with_the_two_keys_it_names_and_no_others() {
    let other = SigningKey::from_seed(&[9; 32]);
    let refused = Request::sign(&asked(), &other, &staff_key()).unwrap_err();
    assert_eq!(refused, RequestError::Claims);
    let one_for_both = RequestClaims {
        staff_key: device_key().verifying_key(),
        ..asked()
    };
    let refused = Request::sign(&one_for_both, &device_key(), &device_key()).unwrap_err();
    assert_eq!(refused, RequestError::Claims);
}

#[test]
fn a_name_that_is_empty_or_too_long_is_no_request() {
    for name in [String::new(), "x".repeat(201)] {
        let claims = RequestClaims { name, ..asked() };
        let refused = Request::sign(&claims, &device_key(), &staff_key()).unwrap_err();
        assert_eq!(refused, RequestError::Claims);
    }
}

#[test]
fn an_answer_with_a_bit_changed_anywhere_is_refused() {
    let bytes = answer_to(&said()).to_bytes();
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 1 << (at % 8);
        let taken =
            Answer::from_bytes(&altered).and_then(|answer| answer.check(&request(), &heard()));
        assert!(taken.is_err(), "byte {at}");
    }
}

#[test]
fn an_altered_answer_is_refused_as_altered() {
    let claims = AnswerClaims {
        hub_server: None,
        ..said()
    };
    // The administrator's signature over the one, put under the other.
    let (genuine, other) = (answer_to(&said()).to_bytes(), answer_to(&claims).to_bytes());
    let mut forged = other[..other.len() - 64].to_vec();
    forged.extend_from_slice(&genuine[genuine.len() - 64..]);
    let read = Answer::from_bytes(&forged).unwrap();
    assert_eq!(
        read.check(&request(), &heard()).unwrap_err(),
        AnswerError::Altered
    );
}

#[test]
fn an_answer_to_another_request_is_refused_as_that() {
    let other = RequestClaims {
        name: "Ada Okafor".into(),
        ..asked()
    };
    let other = Request::sign(&other, &device_key(), &staff_key()).unwrap();
    let refused = answer_to(&said()).check(&other, &heard()).unwrap_err();
    assert_eq!(refused, AnswerError::OtherRequest);
}

#[test]
fn an_answer_from_another_service_is_refused_by_the_words_that_were_heard() {
    let root = Certificate::root(
        ServiceId::from_random([1; 16]),
        "Another service".into(),
        moment(),
        &root_key(),
    );
    let words = SixWords::of(&root.unwrap().fingerprint().unwrap());
    let refused = answer_to(&said()).check(&request(), &words).unwrap_err();
    assert_eq!(refused, AnswerError::OtherService);
}

#[test]
fn certificates_that_do_not_lead_to_the_root_are_refused() {
    let [root, ..] = samples::certificates();
    let stranger = SigningKey::from_seed(&[8; 32]);
    let other_root =
        Certificate::root(samples::service(), "Another".into(), moment(), &stranger).unwrap();
    let grant = Grant::Administrator {
        staff: StaffId::from_random([8; 16]),
        name: "Somebody".into(),
        device: samples::device(),
        valid: samples::validity(),
    };
    let administrator = other_root
        .issue(
            grant,
            administrator_key().verifying_key(),
            moment(),
            &stranger,
        )
        .unwrap();
    let claims = AnswerClaims {
        root,
        administrator,
        ..said()
    };
    let refused = answer_to(&claims).check(&request(), &heard()).unwrap_err();
    assert_eq!(refused, AnswerError::Chain(ChainError::Gap));
}

#[test]
fn an_answer_that_certifies_somebody_elses_keys_is_refused_as_that() {
    let [_, administrator, _, device] = samples::certificates();
    let other = SigningKey::from_seed(&[9; 32]);
    let person = administrator
        .issue(
            samples::nurse(Role::Nurse),
            other.verifying_key(),
            moment(),
            &administrator_key(),
        )
        .unwrap();
    let claims = AnswerClaims { person, ..said() };
    let refused = answer_to(&claims).check(&request(), &heard()).unwrap_err();
    assert_eq!(refused, AnswerError::SomebodyElse);
    // A certificate of a laptop in the place of a person's is nobody's either.
    let claims = AnswerClaims {
        person: device,
        ..said()
    };
    let refused = answer_to(&claims).check(&request(), &heard()).unwrap_err();
    assert_eq!(refused, AnswerError::SomebodyElse);
}

#[test]
fn an_answer_that_is_at_home_where_the_laptop_is_not_enrolled_cannot_be_right() {
    let claims = AnswerClaims {
        site: record::id::SiteId::from_random([3; 16]),
        ..said()
    };
    let refused = answer_to(&claims).check(&request(), &heard()).unwrap_err();
    assert_eq!(refused, AnswerError::Claims);
}

#[test]
fn only_the_administrator_whose_certificate_it_carries_signs_an_answer() {
    let refused = Answer::sign(&said(), &staff_key()).unwrap_err();
    assert_eq!(refused, AnswerError::Claims);
}

#[test]
fn keys_out_of_order_or_given_twice_are_refused() {
    for keys in [
        vec![given(2), given(1)],
        vec![given(1), given(1)],
        vec![given(0)],
    ] {
        let claims = AnswerClaims { keys, ..said() };
        let refused = Answer::sign(&claims, &administrator_key()).unwrap_err();
        assert_eq!(refused, AnswerError::Claims);
    }
}

#[test]
fn every_refusal_has_a_sentence_of_its_own() {
    let sentences = [
        AnswerError::Claims.to_string(),
        AnswerError::OtherRequest.to_string(),
        AnswerError::OtherService.to_string(),
        AnswerError::Altered.to_string(),
        AnswerError::SomebodyElse.to_string(),
        AnswerError::Newer.to_string(),
        AnswerError::Chain(ChainError::Gap).to_string(),
        RequestError::Altered.to_string(),
        RequestError::Claims.to_string(),
        RequestError::Newer.to_string(),
    ];
    let apart: std::collections::BTreeSet<_> = sentences.iter().collect();
    assert_eq!(apart.len(), sentences.len());
}

#[test]
fn neither_shows_a_name_or_a_key_when_it_is_printed_for_a_fault() {
    let shown = format!("{:?} {:?}", request(), answer_to(&said()));
    assert!(!shown.contains("Zofia") && !shown.contains("Ada") && !shown.contains("hub.example"));
}

proptest! {
    /// Whatever stands in the file, reading it ends in a refusal and in no panic.
    #[test]
    fn any_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(Request::from_bytes(&bytes).is_err());
        prop_assert!(Answer::from_bytes(&bytes).is_err());
    }

    /// A genuine file that is cut off anywhere is refused.
    #[test]
    fn a_file_that_breaks_off_is_refused(at in any::<prop::sample::Index>()) {
        let (request, answer) = (request().to_bytes(), answer_to(&said()).to_bytes());
        prop_assert!(Request::from_bytes(&request[..at.index(request.len())]).is_err());
        prop_assert!(Answer::from_bytes(&answer[..at.index(answer.len())]).is_err());
    }
}
