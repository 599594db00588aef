//! Typed bodies: what is written reads back, and reading a value takes exactly the bodies that
//! reading its bytes would take.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use record::body::{
    Adoption, Answered, Appointment, AssessmentFinished, AssessmentStarted, Attachment, Audit,
    Body, Choice, ClockSetting, Cover, Death, Decision, Detail, Enquiry, EnteredInError, EpochKey,
    Erasure, FormUsed, Frontier, HandedOver, InstrumentPack, Item, Letter, LetterApproved,
    LetterSent, ListState, LocalNumbers, Merge, Moved, MovedHere, Note, Offered, OpenAction,
    Opinion, OpinionAsked, OpinionSettled, PaperMade, Parcel, PathwayEvent, PlanAgreed, PlanGiven,
    PlanGoals, PlanPrinted, PlanText, PutAside, Receipt, Referral, Reviewed, Revocation,
    RouteRecord, Site, SiteClosed, SupervisedDecision, Task, Transfer, Unmerge, WRITTEN,
    Withdrawal,
};
use record::cbor::{Value, from_value, to_value};

/// What one field of a body may hold.
#[derive(Clone, Copy)]
enum Holds {
    Text,
    Texts,
    Bool,
    Small,
    Size,
    Id,
    MaybeId,
    EntryId,
    EntryIds,
    MaybeEntryId,
    Ids,
    State,
    Values,
    Numbers,
    Goals,
    Digest,
    Ends,
    Tails,
    Scope,
    Sealed,
    Envelopes,
    LetterParts,
}

use Holds::{
    Bool, Digest, Ends, EntryId, EntryIds, Envelopes, Goals, Id, Ids, LetterParts, MaybeEntryId,
    MaybeId, Numbers, Scope, Sealed, Size, Small, State, Tails, Text, Texts, Values,
};

fn text() -> BoxedStrategy<Value> {
    ".{0,12}".prop_map(Value::Text).boxed()
}

fn bytes(length: usize) -> BoxedStrategy<Value> {
    vec(any::<u8>(), length).prop_map(Value::Bytes).boxed()
}

fn array(item: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    vec(item, 0..4).prop_map(Value::Array).boxed()
}

fn named(item: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    btree_map("[a-z-]{1,8}", item, 0..4)
        .prop_map(Value::Map)
        .boxed()
}

fn answer() -> BoxedStrategy<Value> {
    let whole = any::<i64>().prop_map(Value::Int);
    prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        whole,
        text(),
        array(text())
    ]
    .boxed()
}

fn state() -> BoxedStrategy<Value> {
    let given =
        answer().prop_map(|value| map([("state", Value::Text("given".into())), ("value", value)]));
    let others = vec!["not-asked", "declined", "not-known", "cannot-be-answered"];
    let other =
        prop::sample::select(others).prop_map(|state| map([("state", Value::Text(state.into()))]));
    prop_oneof![given, other].boxed()
}

fn goal() -> BoxedStrategy<Value> {
    let sure = prop_oneof![Just(Value::Null), (0..=10_i64).prop_map(Value::Int)];
    (text(), text(), sure)
        .prop_map(|(text, by, sure)| map([("text", text), ("by", by), ("confidence", sure)]))
        .boxed()
}

fn letter_part() -> BoxedStrategy<Value> {
    (text(), text(), array(bytes(34)))
        .prop_map(|(part, text, from)| map([("part", part), ("text", text), ("from", from)]))
        .boxed()
}

fn stream_tail() -> BoxedStrategy<Value> {
    (bytes(16), 0..9_i64, 0..999_i64, bytes(32))
        .prop_map(|(device, incarnation, sequence, head)| {
            map([
                ("device", device),
                ("incarnation", Value::Int(incarnation)),
                ("sequence", Value::Int(sequence)),
                ("head", head),
            ])
        })
        .boxed()
}

fn scope() -> BoxedStrategy<Value> {
    let site = "site:00000000-0000-4000-8000-000000000000";
    prop::sample::select(vec!["service", "audit", site])
        .prop_map(|scope| Value::Text(scope.into()))
        .boxed()
}

fn sealed_key() -> BoxedStrategy<Value> {
    (bytes(16), bytes(80))
        .prop_map(|(device, boxed)| map([("device", device), ("boxed", boxed)]))
        .boxed()
}

fn stream_end() -> BoxedStrategy<Value> {
    (scope(), 0..9_i64, 0..999_i64)
        .prop_map(|(scope, incarnation, sequence)| {
            map([
                ("scope", scope),
                ("incarnation", Value::Int(incarnation)),
                ("sequence", Value::Int(sequence)),
            ])
        })
        .boxed()
}

fn map<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Map(fields.map(|(name, value)| (name.to_owned(), value)).into())
}

fn held(what: Holds) -> BoxedStrategy<Value> {
    match what {
        Text => text(),
        Texts => array(text()),
        Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Small => (0..=255_i64).prop_map(Value::Int).boxed(),
        Size => (1..=20_000_000_i64).prop_map(Value::Int).boxed(),
        Id => bytes(16),
        MaybeId => prop_oneof![Just(Value::Null), bytes(16)].boxed(),
        EntryId => bytes(34),
        EntryIds => array(bytes(34)),
        MaybeEntryId => prop_oneof![Just(Value::Null), bytes(34)].boxed(),
        Ids => array(bytes(16)),
        State => state(),
        Values => named(answer()),
        Numbers => named(text()),
        Goals => array(goal()),
        Digest => bytes(32),
        Ends => array(stream_end()),
        Tails => array(stream_tail()),
        Scope => scope(),
        Sealed => array(sealed_key()),
        LetterParts => array(letter_part()),
        Envelopes => array(prop_oneof![bytes(0), bytes(3), bytes(40)].boxed()),
    }
}

fn body(fields: &'static [(&'static str, Holds)]) -> BoxedStrategy<Value> {
    fields
        .iter()
        .map(|(name, what)| (Just((*name).to_owned()), held(*what)))
        .collect::<Vec<_>>()
        .prop_map(|fields| Value::Map(fields.into_iter().collect()))
        .boxed()
}

/// Anything, floats aside.
fn anything() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        prop_oneof![-2..300_i64, any::<i64>()].prop_map(Value::Int),
        prop_oneof![bytes(16), bytes(34), bytes(3)],
        // The text of an id is not an id.
        prop_oneof![
            text(),
            Just(Value::Text("ffffffff-ffff-4fff-bfff-ffffffffffff".into()))
        ],
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        prop_oneof![array(inner.clone().boxed()), named(inner.boxed())]
    })
    .boxed()
}

/// How a body is spoilt.
#[derive(Debug, Clone)]
enum Spoilt {
    Replace(prop::sample::Index, Value),
    Drop(prop::sample::Index),
    Add(Value),
    Deep(prop::sample::Index, Box<Spoilt>),
}

fn spoilt() -> BoxedStrategy<Spoilt> {
    let leaf = prop_oneof![
        (any::<prop::sample::Index>(), anything()).prop_map(|(at, with)| Spoilt::Replace(at, with)),
        any::<prop::sample::Index>().prop_map(Spoilt::Drop),
        anything().prop_map(Spoilt::Add),
    ];
    leaf.prop_recursive(2, 4, 1, |inner| {
        (any::<prop::sample::Index>(), inner).prop_map(|(at, how)| Spoilt::Deep(at, Box::new(how)))
    })
    .boxed()
}

fn spoil(value: &mut Value, how: &Spoilt) {
    let mut parts: Vec<&mut Value> = match value {
        Value::Map(items) => items.values_mut().collect(),
        Value::Array(items) => items.iter_mut().collect(),
        _ => Vec::new(),
    };
    match how {
        Spoilt::Replace(at, with) if !parts.is_empty() => {
            let at = at.index(parts.len());
            parts[at].clone_from(with);
        }
        Spoilt::Deep(at, how) if !parts.is_empty() => {
            let at = at.index(parts.len());
            spoil(parts[at], how);
        }
        Spoilt::Drop(at) if !parts.is_empty() => {
            let at = at.index(parts.len());
            match value {
                Value::Map(items) => {
                    let name = items.keys().nth(at).cloned().unwrap();
                    items.remove(&name);
                }
                Value::Array(items) => drop(items.remove(at)),
                _ => {}
            }
        }
        Spoilt::Add(with) => match value {
            Value::Map(items) => drop(items.insert("more".into(), with.clone())),
            Value::Array(items) => items.push(with.clone()),
            other => other.clone_from(with),
        },
        _ => {}
    }
}

/// The long way round: through bytes, by another library.
fn through_bytes<B: Body>(value: &Value) -> Option<B> {
    let bytes = cbor4ii::serde::to_vec(Vec::new(), value).unwrap();
    cbor4ii::serde::from_slice(&bytes).ok()
}

fn written_through_bytes<B: Body>(body: &B) -> Value {
    let bytes = cbor4ii::serde::to_vec(Vec::new(), body).unwrap();
    cbor4ii::serde::from_slice(&bytes).unwrap()
}

fn reads_alike<B: Body + PartialEq>(value: &Value) -> Result<(), TestCaseError> {
    let direct = from_value::<B>(value).ok();
    prop_assert!(
        direct == through_bytes::<B>(value),
        "{}: {:?}",
        B::KIND,
        value
    );
    Ok(())
}

macro_rules! bodies {
    ($($body:ident { $($field:literal: $holds:ident),* $(,)? })*) => {
        /// Every body has its fields written here, so that a new one is not forgotten.
        #[test]
        fn every_kind_that_is_written_is_tested() {
            let tested = [$($body::KIND),*];
            let written: Vec<_> = WRITTEN.iter().map(|(kind, _)| *kind).collect();
            assert_eq!(tested.as_slice(), written);
        }

        fn any_body() -> BoxedStrategy<Value> {
            prop_oneof![$(body(&[$(($field, $holds)),*])),*].boxed()
        }

        proptest! {
            #[test]
            fn a_body_that_is_written_reads_back_the_same((at, value) in of_some_kind()) {
                let mut number = 0..;
                $(if number.next() == Some(at) {
                    let read: $body = from_value(&value).unwrap();
                    let written = to_value(&read).unwrap();
                    prop_assert!(written == value);
                    prop_assert!(written == written_through_bytes(&read));
                    prop_assert!(from_value::<$body>(&written).unwrap() == read);
                })*
            }

            #[test]
            fn a_value_is_taken_for_a_body_exactly_when_its_bytes_are(
                mut value in any_body(),
                how in vec(spoilt(), 0..3),
            ) {
                for how in &how {
                    spoil(&mut value, how);
                }
                $(reads_alike::<$body>(&value)?;)*
            }

            #[test]
            fn any_value_at_all_is_read_alike(value in anything()) {
                $(reads_alike::<$body>(&value)?;)*
            }
        }

        fn of_some_kind() -> BoxedStrategy<(usize, Value)> {
            let kinds: Vec<BoxedStrategy<Value>> = vec![$(body(&[$(($field, $holds)),*])),*];
            let count = kinds.len();
            (0..count).prop_flat_map(move |at| (Just(at), kinds[at].clone())).boxed()
        }
    };
}

bodies! {
    Detail { "field": Text, "value": Text }
    Referral {
        "site": Id, "received": Text, "referrer": Text, "reason": Text, "asked_urgency": Text,
        "letter": Text, "warning_signs": Texts, "source": Text,
    }
    Appointment { "date": Text, "time": Text, "purpose": Text, "with": Text }
    Site { "site": Id, "name": Text, "hub": Bool }
    AssessmentStarted { "assessment": Id, "referral": MaybeId, "mode": Text, "site": Id }
    Answered { "assessment": Id, "question": Text, "answer": State, "source": Text }
    Item { "list": Text, "item": Id, "assessment": Id, "fields": Values, "removed": Text }
    ListState { "list": Text, "assessment": Id, "state": State }
    AssessmentFinished { "assessment": Id, "reason": Text, "safety_net": Text }
    OpenAction {
        "action": Id, "assessment": MaybeId, "what": Text, "route": Text, "open": Bool,
        "closed_by": Text,
    }
    RouteRecord { "route": Text, "assessment": MaybeId, "outcome": Text, "fields": Numbers }
    Choice { "assessment": Id, "lead": Text, "urgency": Text }
    Decision {
        "assessment": Id, "lead": Text, "urgency": Text, "strands": Texts, "as_proposed": Bool,
        "reason": Text, "reason_text": Text, "comment": Text, "ruleset": Text,
        "countersigns": MaybeEntryId,
    }
    PlanText { "assessment": Id, "block": Text, "text": Text }
    PlanGoals { "assessment": Id, "goals": Goals }
    PlanAgreed {
        "assessment": Id, "version": Small, "state": Text, "part": Text, "present": Texts,
        "copies": Text, "blocks": EntryIds,
    }
    PlanPrinted { "assessment": Id, "version": Small, "how": Text, "copies": Small, "large": Bool }
    PlanGiven { "assessment": Id, "version": Small, "to": Text }
    EnteredInError { "entry": EntryId, "reason": Text }
    Moved { "entries": EntryIds, "to": Id, "reason": Text }
    MovedHere { "from": Id, "entries": EntryIds, "reason": Text }
    LocalNumbers { "numbers": Numbers, "confirmed": Bool }
    FormUsed {
        "assessment": Id, "instrument": Text, "version": Text, "language": Text,
        "licensed_form": Bool, "pack": Text, "how": Text, "completed": Text, "removed": Text,
    }
    InstrumentPack {
        "instrument": Text, "licence_holder": Text, "licence_reference": Text, "held_by": Text,
        "valid_until": Text, "digest": Text, "text": Text, "withdrawn": Text,
    }
    Audit {
        "action": Text, "patient": MaybeId, "staff": MaybeId, "note": Text, "reason": Text,
    }
    Offered { "what": Text, "name": Text, "digest": Text, "text": Text }
    Adoption {
        "what": Text, "name": Text, "digest": Text, "review": Text, "statement": Text,
    }
    Withdrawal { "what": Text, "name": Text, "digest": Text, "reason": Text }
    Death { "died": Bool, "date": Text, "source": Text, "note": Text }
    Note { "note": Id, "text": Text, "restricted": Bool }
    Merge { "kept": Id, "joined": Id, "grounds": Text }
    Unmerge { "kept": Id, "joined": Id, "grounds": Text }
    Erasure {
        "records": Ids, "step": Text, "asked": MaybeEntryId, "ground": Text, "reference": Text,
    }
    PathwayEvent {
        "event": Id, "what": Text, "on": Text, "told": Text, "notice_shown": Bool, "safe": Bool,
    }
    ClockSetting { "service": Text, "returned_nationally": Bool, "missed_follow_up": Text }
    Revocation { "certificate": Digest, "why": Text, "accepted": Ends }
    SupervisedDecision {
        "assessment": Id, "supervisor": Id, "lead": Text, "urgency": Text, "strands": Texts,
        "as_proposed": Bool, "reason": Text, "reason_text": Text, "comment": Text, "ruleset": Text,
    }
    Cover {
        "cover": Id, "absent": Id, "by": Id, "from": Text, "to": Text, "note": Text,
        "withdrawn": Text,
    }
    HandedOver { "from": MaybeId, "to": Id, "note": Text }
    Frontier { "tails": Tails }
    Receipt { "step": Text, "site": Id, "hub": Bool, "entries": EntryIds }
    EpochKey { "scope": Scope, "epoch": Small, "key": Digest, "sealed": Sealed }
    Transfer {
        "patient": Id, "from": Id, "to": Id, "grounds": Text, "told": Text, "note": Text,
    }
    Parcel { "from": Id, "envelopes": Envelopes }
    SiteClosed { "site": Id, "closed": Bool, "merged_into": MaybeId, "reason": Text }
    Attachment {
        "attachment": Id, "what": Text, "title": Text, "media": Text, "size": Size,
        "content": Digest, "blob": Digest, "key": Digest,
    }
    PutAside { "assessment": Id, "until": Text, "reason": Text, "lifted": Bool }
    Reviewed {
        "assessment": Id, "session": Id, "step": Text, "seconds": Small, "hidden": Bool,
    }
    OpinionAsked {
        "opinion": Id, "assessment": Id, "of_staff": MaybeId, "of_role": Text, "by": Text,
        "question": Text, "text": Text, "blind": Bool, "wished": Text, "on": MaybeEntryId,
        "settles": MaybeId, "withdrawn": Text,
    }
    Opinion {
        "opinion": Id, "assessment": Id, "agrees": Text, "lead": Text, "urgency": Text,
        "strands": Texts, "change": Text, "reason": Text, "blind": Bool, "on": MaybeEntryId,
        "ruleset": Text,
    }
    OpinionSettled { "opinion": Id, "assessment": Id, "how": Text, "words": Text }
    Task {
        "task": Id, "assessment": MaybeId, "decision": MaybeEntryId, "step": Text, "words": Text,
        "role": Text, "owner": MaybeId, "site": MaybeId, "due": Text, "state": Text,
        "done_on": Text, "told": Text, "receipt": Text,
    }
    Enquiry {
        "enquiry": Id, "assessment": Id, "to": Id, "text": Text, "by": Text, "open": Bool,
        "answer": Text,
    }
    Letter {
        "letter": Id, "assessment": Id, "decision": EntryId, "to": Text, "addressee": Text,
        "parts": LetterParts,
    }
    LetterApproved {
        "letter": Id, "assessment": Id, "version": Small, "head": EntryId, "copies": Text,
    }
    LetterSent {
        "letter": Id, "assessment": Id, "version": Small, "how": Text, "to": Text,
        "copies": Small, "large": Bool,
    }
    PaperMade { "assessment": MaybeId, "what": Text, "how": Text, "copies": Small }
}

#[test]
fn a_document_of_no_bytes_or_of_more_than_there_may_be_is_not_read() {
    let of = |size: i64| {
        let digest = || Value::Bytes(vec![7; 32]);
        let text = || Value::Text("made up".into());
        map([
            ("attachment", Value::Bytes(vec![7; 16])),
            ("what", text()),
            ("title", text()),
            ("media", text()),
            ("size", Value::Int(size)),
            ("content", digest()),
            ("blob", digest()),
            ("key", digest()),
        ])
    };
    for size in [1, 20_000_000] {
        assert!(from_value::<Attachment>(&of(size)).is_ok(), "{size}");
    }
    for size in [i64::MIN, -1, 0, 20_000_001, i64::MAX] {
        assert!(from_value::<Attachment>(&of(size)).is_err(), "{size}");
    }
}

/// Text and bytes are not copied on the way, so a body may borrow them.
#[test]
fn text_and_bytes_are_borrowed() {
    #[derive(serde::Deserialize)]
    struct Borrowed<'a> {
        text: &'a str,
        bytes: &'a [u8],
    }
    let value = map([
        ("text", Value::Text("Made up".into())),
        ("bytes", Value::Bytes(vec![1, 2])),
    ]);
    let borrowed: Borrowed<'_> = from_value(&value).unwrap();
    assert!(std::ptr::eq(
        borrowed.text,
        value.get("text").and_then(Value::as_text).unwrap()
    ));
    assert!(std::ptr::eq(
        borrowed.bytes,
        value.get("bytes").and_then(Value::as_bytes).unwrap()
    ));
}

/// A key of a map is text; an id is bytes and has no place there.
#[test]
fn an_id_is_never_read_from_its_text_nor_written_as_a_key() {
    let id = record::id::PatientId::from_random([7; 16]);
    let spelt = Value::Text(id.to_string());
    assert!(from_value::<record::id::PatientId>(&spelt).is_err());
    assert!(to_value(&BTreeMap::from([(id, true)])).is_err());
    let keyed = Value::Map(BTreeMap::from([(id.to_string(), Value::Bool(true))]));
    assert!(from_value::<BTreeMap<record::id::PatientId, bool>>(&keyed).is_err());
}
