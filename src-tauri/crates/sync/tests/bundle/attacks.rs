//! What whoever has a bundle in their hands can make of it, and what is said of that.

use std::collections::BTreeSet;

use record::bundle::{Claims, Error as Fault, HEAD_AT, LAYOUT, MARK};
use record::envelope::Envelope;
use record::id::ServiceId;
use record::scope::Scope;
use sync::bundle::{Error, front};
use sync::conformance::{Pen, SERVICE};

use crate::spoke;
use crate::stick::{
    all_of, claims, head, item, knowledge, made, one_chunk, planned, read, refused, signed, written,
};
use crate::wheel::{AT_HUB, AT_OTHER, AT_SPOKE};

#[test]
fn attack_a_bundle_of_another_service_is_refused_as_such() {
    let file = all_of(&spoke(), AT_SPOKE, AT_HUB);
    let other = ServiceId::from_random([0x77; 16]);
    let refused = front(&file[..])
        .unwrap()
        .sealed_to(other, Pen::device_of(AT_HUB))
        .unwrap_err();
    assert!(matches!(refused, Error::Bundle(Fault::OtherService)));
}

#[test]
fn attack_a_bundle_for_someone_else_is_refused_as_such() {
    let file = all_of(&spoke(), AT_SPOKE, AT_HUB);
    assert_eq!(refused(&file, AT_OTHER), Fault::ForSomeoneElse);
}

#[test]
fn attack_a_bundle_of_a_laptop_that_was_never_certified_is_refused_as_of_an_unknown_sender() {
    let log = spoke();
    let contents = planned(&log, AT_SPOKE, &[knowledge(AT_HUB, &[])]);
    let honest = claims(AT_SPOKE, 1, contents);
    let another = Claims {
        from: Pen::device_of(9),
        ..honest.clone()
    };
    let without_root = Claims {
        chain: honest.chain[1..].to_vec(),
        ..honest.clone()
    };
    let by_a_person = Claims {
        chain: honest.chain[..2].to_vec(),
        ..honest.clone()
    };
    let by_nobody = Claims {
        chain: Vec::new(),
        ..honest
    };
    for stranger in [another, without_root, by_a_person, by_nobody] {
        let file = made(&head(&[AT_HUB]), |check| {
            vec![signed(stranger, check, AT_SPOKE)]
        });
        assert_eq!(refused(&file, AT_HUB), Fault::UnknownSender);
    }
}

#[test]
fn attack_a_manifest_that_somebody_else_signed_is_refused_as_altered() {
    let contents = planned(&spoke(), AT_SPOKE, &[knowledge(AT_HUB, &[])]);
    let file = made(&head(&[AT_HUB]), |check| {
        vec![signed(claims(AT_SPOKE, 1, contents), check, AT_OTHER)]
    });
    assert_eq!(refused(&file, AT_HUB), Fault::Altered);
}

#[test]
fn attack_a_bundle_that_its_reader_passes_on_to_others_is_refused_as_altered() {
    let contents = planned(&spoke(), AT_SPOKE, &[knowledge(AT_HUB, &[])]);
    // Whoever was given the key can seal the genuine manifest to others; it names its head.
    let (_, genuine) = head(&[AT_HUB]).to_bytes().unwrap();
    let manifest = signed(claims(AT_SPOKE, 1, contents), genuine, AT_SPOKE);
    let file = made(&head(&[AT_HUB, AT_OTHER]), |_| vec![manifest]);
    assert_eq!(refused(&file, AT_OTHER), Fault::Altered);
}

#[test]
fn attack_the_content_of_one_bundle_behind_the_head_of_another_is_refused_as_altered() {
    let log = spoke();
    let contents = planned(&log, AT_SPOKE, &[knowledge(AT_HUB, &[])]);
    let one = written(&log, AT_SPOKE, &[AT_HUB], contents.clone()).0;
    let other = written(&log, AT_SPOKE, &[AT_HUB, AT_OTHER], contents).0;
    let behind =
        |file: &[u8]| HEAD_AT + u32::from_be_bytes(file[14..18].try_into().unwrap()) as usize + 32;
    let swapped = [&other[..behind(&other)], &one[behind(&one)..]].concat();
    assert_eq!(refused(&swapped, AT_HUB), Fault::Altered);
    assert!(read(&one, AT_HUB).is_ok() && read(&other, AT_OTHER).is_ok());
}

#[test]
fn attack_a_bundle_altered_in_any_byte_is_refused() {
    let file = all_of(&spoke(), AT_SPOKE, AT_HUB);
    let mut names = BTreeSet::new();
    for at in 0..file.len() {
        let mut flipped = file.clone();
        flipped[at] ^= 0x01;
        names.insert(format!("{:?}", refused(&flipped, AT_HUB)));
    }
    // In the mark, the layout, the length of the head and the end it is told as what it looks like.
    let expected = ["Altered", "CutShort", "Newer", "NotABundle", "TooLarge"];
    assert_eq!(names, expected.map(str::to_owned).into());
}

#[test]
fn attack_a_bundle_cut_short_anywhere_is_refused_as_such() {
    let file = all_of(&spoke(), AT_SPOKE, AT_HUB);
    for length in 1..file.len() {
        assert_eq!(
            refused(&file[..length], AT_HUB),
            Fault::CutShort,
            "{length}"
        );
    }
    assert_eq!(refused(&[], AT_HUB), Fault::NotABundle);
}

#[test]
fn a_file_that_is_no_bundle_is_refused_as_such_however_short() {
    for file in [&b"x"[..], b"PK\x03\x04 a photograph", &[0; 4096]] {
        assert_eq!(refused(file, AT_HUB), Fault::NotABundle);
    }
}

#[test]
fn a_newer_bundle_says_update_felloe() {
    let mut file = all_of(&spoke(), AT_SPOKE, AT_HUB);
    file[MARK.len()] = LAYOUT + 1;
    assert_eq!(refused(&file, AT_HUB), Fault::Newer);
    assert!(Fault::Newer.to_string().contains("Update Felloe"));
}

#[test]
fn attack_what_is_larger_than_a_bundle_may_hold_is_refused_as_such() {
    let mut head_too_long = all_of(&spoke(), AT_SPOKE, AT_HUB);
    head_too_long[MARK.len() + 1] = 0x7f;
    assert_eq!(refused(&head_too_long, AT_HUB), Fault::TooLarge);
    let promised = |bytes: u32| bytes.to_be_bytes().to_vec();
    let manifest = one_chunk(&head(&[AT_HUB]), |_| promised(5 * 1024 * 1024));
    assert_eq!(refused(&manifest, AT_HUB), Fault::TooLarge);
    let contents = planned(&spoke(), AT_SPOKE, &[knowledge(AT_HUB, &[])]);
    let envelope = one_chunk(&head(&[AT_HUB]), |check| {
        let manifest = signed(claims(AT_SPOKE, 1, contents), check, AT_SPOKE);
        [item(&manifest), promised(u32::MAX)].concat()
    });
    assert_eq!(refused(&envelope, AT_HUB), Fault::TooLarge);
}

#[test]
fn attack_what_is_nested_too_deeply_is_refused_as_such() {
    let deep = [vec![0x81; 4096], vec![0]].concat();
    let manifest = made(&head(&[AT_HUB]), |_| vec![deep]);
    assert_eq!(refused(&manifest, AT_HUB), Fault::TooDeep);
}

#[test]
fn attack_a_bundle_that_holds_other_than_its_list_says_is_refused_as_such() {
    let log = spoke();
    let contents = planned(&log, AT_SPOKE, &[knowledge(AT_HUB, &[])]);
    let honest: Vec<Vec<u8>> = log.all().map(Envelope::to_bytes).collect();
    let stranger = Pen::new(SERVICE, Scope::Service, AT_HUB).write("not listed");
    let missing = honest[1..].to_vec();
    let added = [honest.clone(), vec![stranger.to_bytes()]].concat();
    let twice = [honest.clone(), honest[..1].to_vec()].concat();
    for items in [missing, added, twice] {
        let file = made(&head(&[AT_HUB]), |check| {
            let manifest = signed(claims(AT_SPOKE, 1, contents.clone()), check, AT_SPOKE);
            [vec![manifest], items].concat()
        });
        assert_eq!(refused(&file, AT_HUB), Fault::NotAsListed);
    }
    let file = made(&head(&[AT_HUB]), |check| {
        let manifest = signed(claims(AT_SPOKE, 1, contents), check, AT_SPOKE);
        [vec![manifest], honest].concat()
    });
    assert_eq!(read(&file, AT_HUB).unwrap().1.len(), 10);
}

#[test]
fn every_refusal_has_a_sentence_of_its_own_that_says_what_to_do() {
    let all = [
        Fault::NotABundle,
        Fault::Newer,
        Fault::OtherService,
        Fault::ForSomeoneElse,
        Fault::Altered,
        Fault::CutShort,
        Fault::UnknownSender,
        Fault::TooLarge,
        Fault::TooDeep,
        Fault::NotAsListed,
    ];
    let said: BTreeSet<String> = all.iter().map(Fault::to_string).collect();
    assert_eq!(said.len(), all.len());
    for sentence in said {
        let asks = ["Ask", "Copy", "Choose", "Update"];
        assert!(
            asks.iter().any(|verb| sentence.contains(verb)),
            "{sentence}"
        );
    }
}
