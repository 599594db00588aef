//! Ids and moments: every form reads back, and nothing else is taken for one.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use record::cbor::{Value, from_value, to_value};
use record::id::{EntryId, EnvelopeId, PatientId};
use record::moment::Moment;

proptest! {
    #[test]
    fn an_id_reads_back_from_text_json_and_cbor(random: [u8; 16]) {
        let id = PatientId::from_random(random);
        prop_assert_eq!(id.to_string().parse(), Ok(id));
        prop_assert_eq!(serde_json::from_str::<PatientId>(&serde_json::to_string(&id).unwrap()).unwrap(), id);
        let value = to_value(&id).unwrap();
        prop_assert_eq!(&value, &Value::Bytes(id.as_bytes().to_vec()));
        prop_assert_eq!(from_value::<PatientId>(&value).unwrap(), id);
    }

    #[test]
    fn an_entry_id_reads_back_from_text_json_and_cbor(envelope: [u8; 32], index: u16) {
        let id = EntryId { envelope: EnvelopeId::from_bytes(envelope), index };
        prop_assert_eq!(id.to_string().parse(), Ok(id));
        prop_assert_eq!(serde_json::from_str::<EntryId>(&serde_json::to_string(&id).unwrap()).unwrap(), id);
        prop_assert_eq!(from_value::<EntryId>(&to_value(&id).unwrap()).unwrap(), id);
    }

    #[test]
    fn entry_ids_sort_as_their_bytes(a: ([u8; 32], u16), b: ([u8; 32], u16)) {
        let id = |(envelope, index)| EntryId { envelope: EnvelopeId::from_bytes(envelope), index };
        let (a, b) = (id(a), id(b));
        prop_assert_eq!(a.cmp(&b), a.to_bytes().cmp(&b.to_bytes()));
    }

    #[test]
    fn a_moment_reads_back_from_text_json_and_cbor(
        millisecond in -62_135_596_800_000_i64..253_370_764_800_000,
        minutes in -1080_i32..=1080,
    ) {
        let moment = Moment::new(jiff::Timestamp::from_millisecond(millisecond).unwrap(), minutes * 60).unwrap();
        prop_assert_eq!(moment.to_string().parse(), Ok(moment));
        prop_assert_eq!(serde_json::from_str::<Moment>(&serde_json::to_string(&moment).unwrap()).unwrap(), moment);
        prop_assert_eq!(from_value::<Moment>(&to_value(&moment).unwrap()).unwrap(), moment);
    }
}

#[test]
fn a_random_id_is_a_version_4_uuid() {
    let id = PatientId::from_random([0xff; 16]);
    assert_eq!(id.to_string(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
}

#[test]
fn one_id_has_one_spelling() {
    for bad in [
        "",
        "ffffffffffff4fffbfffffffffffffff",
        "{ffffffff-ffff-4fff-bfff-ffffffffffff}",
    ] {
        assert!(bad.parse::<PatientId>().is_err(), "{bad}");
    }
    let hash = "ab".repeat(32);
    assert!(format!("{hash}:7").parse::<EntryId>().is_ok());
    for bad in [
        hash.clone(),
        format!("{hash}:07"),
        format!("{hash}:+7"),
        format!("{hash}:65536"),
    ] {
        assert!(bad.parse::<EntryId>().is_err(), "{bad}");
    }
    assert!(hash.to_uppercase().parse::<EnvelopeId>().is_err());
}

#[test]
fn a_moment_keeps_milliseconds_and_the_wall_clock() {
    let moment = Moment::new("2026-10-12T08:30:00.1239Z".parse().unwrap(), 3600).unwrap();
    assert_eq!(moment.to_string(), "2026-10-12T09:30:00.123+01:00");
    assert_eq!(moment.local().to_string(), "2026-10-12T09:30:00.123");
    let before_1970 = Moment::new("1969-12-31T23:59:59.9999Z".parse().unwrap(), 0).unwrap();
    assert_eq!(before_1970.to_string(), "1969-12-31T23:59:59.999+00:00");
}

#[test]
fn an_offset_no_country_has_is_refused() {
    let at = "2026-10-12T08:30:00Z".parse().unwrap();
    assert!(Moment::new(at, 18 * 3600).is_ok());
    assert!(Moment::new(at, 18 * 3600 + 1).is_err());
    assert!(Moment::new(at, i32::MIN).is_err());
}
