use super::laptop::{Laptop, PASSPHRASE, own_key};
use crate::*;
use jiff::Timestamp;
use record::envelope::{Envelope, Position};
use record::log::{EventLog as _, Tail};
use record::scope::{Scope, Subject};

fn draft(opened: &Opened, name: &str, text: &str, second: i64) -> Draft {
    Draft {
        staff: opened.staff,
        patient: None,
        context: "assessment/1".to_owned(),
        name: name.to_owned(),
        body: text.as_bytes().to_vec(),
        typed_at: Timestamp::from_second(1_790_000_000 + second).unwrap(),
    }
}

/// Three envelopes on one patient, kept.
fn three(laptop: &Laptop, opened: &mut Opened) -> Vec<Envelope> {
    let (patient, key) = (laptop.patient(), laptop.key());
    (0..3)
        .map(|number| {
            let envelope = laptop.envelope(opened, patient, &key, &number.to_string());
            opened
                .store
                .append(std::slice::from_ref(&envelope), Derived::default())
                .unwrap();
            envelope
        })
        .collect()
}

#[test]
fn envelopes_come_back_as_written_by_subject_and_by_scope_after_reopening() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let written = three(&laptop, &mut opened);
    drop(opened);
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let subject = written[0].header().subject;
    assert_eq!(opened.store.envelopes_of(subject).unwrap(), written);
    assert_eq!(
        opened
            .store
            .envelopes_in(written[0].header().scope)
            .unwrap(),
        written
    );
    assert!(
        opened
            .store
            .envelopes_of(Subject::Service)
            .unwrap()
            .is_empty()
    );
    let stream = written[0].header().stream();
    assert_eq!(opened.store.streams().unwrap(), [stream]);
    let have = [Tail::of(&written[0])];
    assert_eq!(
        opened.store.beyond(&stream, &have, 1).unwrap(),
        written[1..2]
    );
    assert_eq!(
        opened.store.tails(&stream).unwrap(),
        [Tail::of(&written[2])]
    );
    assert_eq!(
        opened.store.position(stream.scope).unwrap(),
        Position::after(&written[2])
    );
}

#[test]
fn appending_the_same_envelope_again_changes_nothing() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let written = three(&laptop, &mut opened);
    assert_eq!(
        opened.store.append(&written, Derived::default()).unwrap(),
        0
    );
    let subject = written[0].header().subject;
    assert_eq!(opened.store.envelopes_of(subject).unwrap().len(), 3);
}

#[test]
fn an_envelope_that_does_not_follow_is_refused_and_nothing_of_the_call_is_kept() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let (patient, key) = (laptop.patient(), laptop.key());
    let first = laptop.envelope(&opened, patient, &key, "one");
    let rival = laptop.envelope(&opened, patient, &key, "other");
    let typed = draft(&opened, "pain", "8", 0);
    opened.store.put_draft(&typed).unwrap();
    let cleared = [typed.reference()];
    let derived = Derived {
        cleared: &cleared,
        lamport: 9,
        ..Derived::default()
    };
    let refused = opened.store.append(&[first.clone(), rival], derived);
    assert!(matches!(refused, Err(StoreError::OutOfPlace)));
    assert!(
        opened
            .store
            .envelopes_of(Subject::Patient(patient))
            .unwrap()
            .is_empty()
    );
    assert_eq!(opened.store.drafts_of("assessment/1").unwrap(), [typed]);
    assert_eq!(opened.store.lamport().unwrap(), 0);
    assert_eq!(
        opened.store.append(&[first], Derived::default()).unwrap(),
        1
    );
}

#[test]
fn an_envelope_of_another_service_is_refused() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let other = Laptop::new();
    *other.chance.borrow_mut() = super::laptop::Chance::new(2);
    let (foreign, _) = other.set_up();
    let envelope = other.envelope(&foreign, other.patient(), &other.key(), "theirs");
    assert!(matches!(
        opened.store.append(&[envelope], Derived::default()),
        Err(StoreError::OtherService)
    ));
}

#[test]
fn drafts_keys_summaries_and_counter_change_with_the_envelope() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let (patient, key) = (laptop.patient(), laptop.key());
    let typed = draft(&opened, "pain", "8", 0);
    opened.store.put_draft(&typed).unwrap();
    let envelope = laptop.envelope(&opened, patient, &key, "8");
    let holder = KeyHolder::Patient(patient);
    let summary = Summary {
        patient,
        known_by: KnownBy {
            words: "gale wren".to_owned(),
            ..KnownBy::default()
        },
        standing: Standing {
            priority: 3,
            due: "2026-12-01".to_owned(),
            ..Standing::default()
        },
        json: "{}".to_owned(),
    };
    opened
        .store
        .append(
            std::slice::from_ref(&envelope),
            Derived {
                summaries: std::slice::from_ref(&summary),
                cleared: &[typed.reference()],
                keys: &[StoredKey {
                    holder,
                    generation: 1,
                    key: key.clone(),
                }],
                lamport: 41,
                ..Derived::default()
            },
        )
        .unwrap();
    assert!(opened.store.drafts_of("assessment/1").unwrap().is_empty());
    assert_eq!(opened.store.summary(patient).unwrap(), Some(summary));
    assert_eq!(opened.store.lamport().unwrap(), 41);
    let held = opened
        .store
        .content_key(envelope.header().key)
        .unwrap()
        .unwrap();
    assert_eq!(envelope.open(&held).unwrap().len(), 1);
}

#[test]
fn a_draft_typed_over_since_the_envelope_was_made_is_not_cleared() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let sent = draft(&opened, "pain", "8", 0);
    opened.store.put_draft(&sent).unwrap();
    let newer = draft(&opened, "pain", "9", 1);
    opened.store.put_draft(&newer).unwrap();
    let cleared = [sent.reference()];
    opened
        .store
        .append(
            &[],
            Derived {
                cleared: &cleared,
                ..Derived::default()
            },
        )
        .unwrap();
    assert_eq!(
        opened.store.drafts_of("assessment/1").unwrap(),
        std::slice::from_ref(&newer)
    );
    assert_eq!(
        opened.store.draft_contexts().unwrap(),
        [("assessment/1".to_owned(), None)]
    );
    opened.store.clear_draft(&newer.reference()).unwrap();
    assert!(opened.store.draft_contexts().unwrap().is_empty());
}

#[test]
fn the_lamport_counter_never_goes_back() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    for lamport in [7, 3] {
        opened
            .store
            .append(
                &[],
                Derived {
                    lamport,
                    ..Derived::default()
                },
            )
            .unwrap();
    }
    assert_eq!(opened.store.lamport().unwrap(), 7);
}

#[test]
fn the_key_to_write_under_is_the_newest_generation_and_of_equal_ones_the_lowest_id() {
    let (laptop, staff, _) = Laptop::ready();
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let holder = KeyHolder::Patient(laptop.patient());
    let keys = [1, 2, 2].map(|generation| StoredKey {
        holder,
        generation,
        key: laptop.key(),
    });
    for key in &keys {
        opened.store.put_content_key(key).unwrap();
    }
    let chosen = opened.store.key_to_write(holder).unwrap().unwrap();
    assert_eq!(chosen.generation, 2);
    assert_eq!(chosen.key.id(), keys[1].key.id().min(keys[2].key.id()));
    let scope = KeyHolder::Scope(Scope::Service);
    assert!(opened.store.key_to_write(scope).unwrap().is_none());
}

#[test]
fn a_key_kept_for_reading_opens_and_is_never_written_under_until_it_is_given_in_earnest() {
    let (laptop, staff, _) = Laptop::ready();
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let patient = laptop.patient();
    let holder = KeyHolder::Patient(patient);
    let [first, later] = [1, 9].map(|generation| StoredKey {
        holder,
        generation,
        key: laptop.key(),
    });
    let store = &opened.store;
    store.put_content_key(&first).unwrap();
    store.put_key_for_reading(&later).unwrap();
    let newest = || store.key_to_write(holder).unwrap().unwrap();
    assert!(store.content_key(later.key.id()).unwrap().is_some());
    assert_eq!(newest().key.id(), first.key.id());
    assert_eq!(store.patient_keys(patient).unwrap().len(), 1);
    let earnest = StoredKey {
        generation: 2,
        ..later.clone()
    };
    store.put_content_key(&earnest).unwrap();
    assert_eq!(
        (newest().generation, newest().key.id()),
        (2, later.key.id())
    );
    // And never the other way about.
    store.put_key_for_reading(&later).unwrap();
    assert_eq!(newest().generation, 2);
}

#[test]
fn whose_key_it_is_is_said_by_whoever_gives_it_in_earnest_and_not_by_whoever_came_first() {
    let (laptop, staff, _) = Laptop::ready();
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let store = &opened.store;
    let (patient, other) = (laptop.patient(), laptop.patient());
    assert_ne!(patient, other);
    let holders = [
        KeyHolder::Patient(patient),
        KeyHolder::Patient(other),
        KeyHolder::Scope(Scope::Audit),
    ];
    for (said, is) in [(0, 1), (1, 2), (2, 0)] {
        let said = StoredKey {
            holder: holders[said],
            generation: 9,
            key: laptop.key(),
        };
        let is = StoredKey {
            holder: holders[is],
            generation: 3,
            key: said.key.clone(),
        };
        let before = store.key_to_write(said.holder).unwrap();
        store.put_key_for_reading(&said).unwrap();
        store.put_content_key(&is).unwrap();
        let newest = store.key_to_write(is.holder).unwrap().unwrap();
        assert_eq!((newest.generation, newest.key.id()), (3, is.key.id()));
        let after = store.key_to_write(said.holder).unwrap();
        assert_eq!(
            after.map(|it| it.key.id()),
            before.map(|it| it.key.id()),
            "nobody else's"
        );
    }
}

#[test]
fn the_chain_check_finds_an_envelope_that_was_removed_changed_or_cut_off() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let stream = three(&laptop, &mut opened)[0].header().stream();
    let key = own_key(&opened);
    let sound = opened.store.chain_check(&key).unwrap();
    assert_eq!(
        sound,
        ChainReport {
            streams: 1,
            envelopes: 3,
            ..ChainReport::default()
        }
    );
    let after = |sql: &str| {
        opened
            .store
            .connection
            .execute_batch(&format!("SAVEPOINT tampering; {sql}"))
            .unwrap();
        let faults = opened.store.chain_check(&key).unwrap().faults;
        opened
            .store
            .connection
            .execute_batch("ROLLBACK TO tampering; RELEASE tampering")
            .unwrap();
        faults
    };
    let missing = |sequence| vec![ChainFault::Missing { stream, sequence }];
    assert_eq!(after("DELETE FROM envelope WHERE sequence = 1"), missing(1));
    assert_eq!(after("DELETE FROM envelope WHERE sequence = 2"), missing(2));
    assert_eq!(after("DELETE FROM envelope WHERE sequence = 3"), missing(3));
    assert_eq!(after("DELETE FROM envelope"), missing(1));
    assert_eq!(after("DELETE FROM tip"), missing(4));
    assert_eq!(
        after("UPDATE envelope SET bytes = zeroblob(length(bytes)) WHERE sequence = 2"),
        [ChainFault::Changed {
            stream,
            sequence: 2
        }]
    );
    let stranger = opened.signing.verifying_key();
    assert_eq!(
        opened
            .store
            .chain_check(&|_| Some(stranger))
            .unwrap()
            .faults,
        [ChainFault::Signature {
            stream,
            sequence: 1
        }]
    );
    assert_eq!(
        opened.store.chain_check(&|_| None).unwrap().faults,
        [ChainFault::UnknownDevice { stream }]
    );
}
