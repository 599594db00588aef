//! The codec: one value, one spelling; anything else refused, never a panic.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use record::cbor::{Error, MAX_DEPTH, Value, decode, encode, from_value, to_value};
use serde::{Deserialize, Serialize};

fn hex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
        any::<String>().prop_map(Value::Text),
    ];
    leaf.prop_recursive(5, 64, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(Value::Array),
            proptest::collection::btree_map(any::<String>(), inner, 0..8).prop_map(Value::Map),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(value in any_value()) {
        prop_assert_eq!(decode(&encode(&value).unwrap()), Ok(value));
    }

    #[test]
    fn bytes_that_are_read_are_the_only_spelling_of_what_they_say(
        bytes in proptest::collection::vec(any::<u8>(), 0..64),
    ) {
        if let Ok(value) = decode(&bytes) {
            prop_assert_eq!(encode(&value), Ok(bytes));
        }
    }

    #[test]
    fn a_changed_byte_is_refused_or_says_something_else(value in any_value(), at: prop::sample::Index, with: u8) {
        let mut bytes = encode(&value).unwrap();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != with);
        bytes[at] = with;
        prop_assert_ne!(decode(&bytes), Ok(value));
    }

    #[test]
    fn a_value_travels_through_serde_unchanged(value in any_value()) {
        prop_assert_eq!(to_value(&value).unwrap(), value.clone());
        prop_assert_eq!(from_value::<Value>(&value).unwrap(), value);
    }
}

#[test]
fn spellings_are_those_of_rfc_8949() {
    let map = |pairs: &[(&str, i64)]| {
        Value::Map(
            pairs
                .iter()
                .map(|(key, number)| ((*key).to_owned(), Value::Int(*number)))
                .collect(),
        )
    };
    for (value, bytes) in [
        (Value::Int(0), "00"),
        (Value::Int(23), "17"),
        (Value::Int(24), "1818"),
        (Value::Int(255), "18ff"),
        (Value::Int(256), "190100"),
        (Value::Int(65536), "1a00010000"),
        (Value::Int(1 << 32), "1b0000000100000000"),
        (Value::Int(i64::MAX), "1b7fffffffffffffff"),
        (Value::Int(-1), "20"),
        (Value::Int(-500), "3901f3"),
        (Value::Int(i64::MIN), "3b7fffffffffffffff"),
        (Value::Null, "f6"),
        (Value::Bool(false), "f4"),
        (Value::Bool(true), "f5"),
        (Value::Bytes(vec![1, 2]), "420102"),
        (Value::Text("ü".to_owned()), "62c3bc"),
        (Value::Array(vec![Value::Int(1), Value::Null]), "8201f6"),
        (map(&[("b", 1), ("aa", 2)]), "a261620162616102"),
    ] {
        assert_eq!(encode(&value), Ok(hex(bytes)));
        assert_eq!(decode(&hex(bytes)), Ok(value), "{bytes}");
    }
}

#[test]
fn every_other_spelling_is_refused() {
    for (bytes, why) in [
        ("1817", Error::NotCanonical),
        ("190018", Error::NotCanonical),
        ("1a0000ffff", Error::NotCanonical),
        ("1b00000000ffffffff", Error::NotCanonical),
        ("5f4101ff", Error::NotCanonical),
        ("9f01ff", Error::NotCanonical),
        ("a2616101616102", Error::KeyOrder),
        ("a2626161016162f6", Error::KeyOrder),
        ("a10102", Error::Unexpected),
        ("f93c00", Error::Unsupported),
        ("fb3ff0000000000000", Error::Unsupported),
        ("c11a00000000", Error::Unsupported),
        ("f7", Error::Unsupported),
        ("f818", Error::Unsupported),
        ("1b8000000000000000", Error::OutOfRange),
        ("3b8000000000000000", Error::OutOfRange),
        ("61ff", Error::NotText),
        ("6261", Error::Truncated),
        ("", Error::Truncated),
        ("0000", Error::Trailing),
        ("9bffffffffffffffff", Error::Truncated),
        ("5bffffffffffffffff", Error::Truncated),
    ] {
        assert_eq!(decode(&hex(bytes)), Err(why), "{bytes}");
    }
}

#[test]
fn nesting_is_bounded_both_ways() {
    let nested = |depth| (0..depth).fold(Value::Null, |value, _| Value::Array(vec![value]));
    let deepest = encode(&nested(MAX_DEPTH)).unwrap();
    assert_eq!(decode(&deepest), Ok(nested(MAX_DEPTH)));
    assert_eq!(encode(&nested(MAX_DEPTH + 1)), Err(Error::TooDeep));
    let one_more = [&[0x81], deepest.as_slice()].concat();
    assert_eq!(decode(&one_more), Err(Error::TooDeep));
    assert_eq!(decode(&vec![0x81; 1_000_000]), Err(Error::TooDeep));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    NotAsked,
    Answered,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Answer {
    value: Option<u32>,
    state: State,
    also: BTreeMap<String, i64>,
}

#[test]
fn a_struct_becomes_a_named_map_in_canonical_order() {
    let answer = Answer {
        value: Some(3),
        state: State::NotAsked,
        also: BTreeMap::from([("b".into(), -1)]),
    };
    let value = to_value(&answer).unwrap();
    let expected = "a364616c736fa1616220657374617465696e6f742d61736b65646576616c756503";
    assert_eq!(encode(&value), Ok(hex(expected)));
    assert_eq!(from_value::<Answer>(&value), Ok(answer));
}

#[test]
fn a_float_has_no_place_in_a_body() {
    assert_eq!(to_value(&0.1), Err(Error::Shape));
    assert_eq!(to_value(&u64::MAX), Err(Error::Shape));
}

#[test]
fn debug_shows_the_shape_and_never_the_content() {
    let value = Value::Array(vec![Value::Text("Wiśniewska".to_owned()), Value::Int(27)]);
    assert_eq!(format!("{value:?}"), "array(2)");
    assert_eq!(
        format!("{:?}", Value::Text("Wiśniewska".to_owned())),
        "text(11)"
    );
}
