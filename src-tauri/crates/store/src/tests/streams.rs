//! What other devices wrote, kept as it came.

use record::cbor::Value;
use record::entry::{EnteredBy, Entry, Kind};
use record::envelope::{self, Envelope, Position, Stream};
use record::id::{DeviceId, PatientId, StaffId};
use record::keys::{ContentKey, SigningKey, VerifyingKey};
use record::log::{EventLog, Kept, Tail};
use record::moment::Moment;
use record::scope::{Scope, Subject};

use super::laptop::{Laptop, PASSPHRASE};
use crate::*;

/// A device elsewhere that writes about one patient.
struct Elsewhere {
    stream: Stream,
    key: SigningKey,
}

impl Elsewhere {
    fn of(opened: &Opened) -> Self {
        let stream = Stream {
            service: opened.identity.service,
            scope: Scope::Site(opened.identity.site),
            device: DeviceId::from_random([77; 16]),
            incarnation: 1,
        };
        let key = SigningKey::from_seed(&[77; 32]);
        Self { stream, key }
    }

    /// What it writes at this place; another text is another envelope.
    fn at(&self, position: Position, text: &str) -> Envelope {
        self.seal(position, text, false)
    }

    fn seal(&self, position: Position, text: &str, emergency: bool) -> Envelope {
        let author = StaffId::from_random([7; 16]);
        let entry = Entry {
            kind: Kind::new("note").unwrap(),
            version: 1,
            slot: None,
            parents: vec![],
            claimed: Moment::new("2026-11-24T10:20:00Z".parse().unwrap(), 0).unwrap(),
            lamport: 1,
            author,
            entered_by: EnteredBy::Staff(author),
            body: Value::Text(text.to_owned()),
            signed: None,
            reason: None,
            happened: None,
        };
        let seal = if emergency {
            envelope::seal_emergency
        } else {
            envelope::seal
        };
        let subject = Subject::Patient(PatientId::from_random([5; 16]));
        let key = ContentKey::from_bytes([6; 32]);
        seal(position, subject, &key, [1; 24], &[entry], &self.key).unwrap()
    }

    /// So many in a row after this place.
    fn after(&self, mut position: Position, texts: &[&str]) -> Vec<Envelope> {
        let next = |text: &&str| {
            let made = self.at(position, text);
            position = Position::after(&made);
            made
        };
        texts.iter().map(next).collect()
    }

    fn keys(&self) -> impl Fn(DeviceId) -> Option<VerifyingKey> {
        let (device, key) = (self.stream.device, self.key.verifying_key());
        move |asked| (asked == device).then_some(key)
    }
}

fn receive(store: &mut Store, envelopes: &[Envelope]) -> Kept {
    EventLog::append(store, envelopes).unwrap()
}

fn ends(envelopes: &[&Envelope]) -> Vec<Tail> {
    let mut ends: Vec<_> = envelopes.iter().copied().map(Tail::of).collect();
    ends.sort_unstable();
    ends
}

#[test]
fn both_branches_of_a_forked_stream_are_kept_and_the_chain_is_sound() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let elsewhere = Elsewhere::of(&opened);
    let trunk = elsewhere.after(elsewhere.stream.first(), &["1", "2", "3"]);
    let copy = elsewhere.after(Position::after(&trunk[1]), &["3 copied", "4 copied"]);
    let store = &mut opened.store;
    assert_eq!(receive(store, &trunk).forked, []);
    let kept = receive(store, &copy);
    assert_eq!(
        (kept.new, kept.forked.as_slice()),
        (2, [elsewhere.stream].as_slice())
    );
    let tails = store.tails(&elsewhere.stream).unwrap();
    assert_eq!(tails, ends(&[&trunk[2], &copy[1]]));
    assert_eq!(store.forks().unwrap(), [(elsewhere.stream, 3)]);
    let report = store.chain_check(&elsewhere.keys()).unwrap();
    assert_eq!(report.faults, []);
    assert_eq!((report.envelopes, report.forked.len()), (5, 1));
    // Whoever has one branch is given the other, and nothing twice.
    let lacking = store.beyond(&elsewhere.stream, &ends(&[&trunk[2]]), usize::MAX);
    assert_eq!(lacking.unwrap(), copy);
    let again = receive(store, &[trunk, copy].concat());
    assert_eq!(again, Kept::default());
}

#[test]
fn a_branch_that_was_cut_off_is_found_by_the_chain() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let elsewhere = Elsewhere::of(&opened);
    let trunk = elsewhere.after(elsewhere.stream.first(), &["1", "2"]);
    let copy = elsewhere.after(Position::after(&trunk[0]), &["2 copied", "3 copied"]);
    receive(&mut opened.store, &[trunk, copy].concat());
    let cut = "DELETE FROM envelope WHERE sequence = 3";
    opened.store.connection.execute_batch(cut).unwrap();
    let faults = opened.store.chain_check(&elsewhere.keys()).unwrap().faults;
    assert!(
        matches!(faults[..], [ChainFault::Missing { sequence: 3, .. }]),
        "{faults:?}"
    );
}

#[test]
fn the_next_stream_is_found_in_as_many_steps_however_much_is_in_the_one_before() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let elsewhere = Elsewhere::of(&opened);
    let all = elsewhere.after(elsewhere.stream.first(), &["words"; 100]);
    let Stream { scope, device, .. } = elsewhere.stream;
    let steps = |store: &Store| {
        let mut next = store
            .connection
            .prepare(crate::streams::NEXT_STREAM)
            .unwrap();
        let of = rusqlite::params![scope.to_string(), device.as_bytes(), 1];
        drop(next.query_row(of, |_| Ok(())));
        next.get_status(rusqlite::StatementStatus::VmStep)
    };
    receive(&mut opened.store, &all[..1]);
    let of_one = steps(&opened.store);
    receive(&mut opened.store, &all[1..]);
    assert_eq!(steps(&opened.store), of_one);
    assert!(opened.store.streams().unwrap().contains(&elsewhere.stream));
}

#[test]
fn an_envelope_before_its_turn_waits_and_joins_its_stream_when_the_gap_is_filled() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let elsewhere = Elsewhere::of(&opened);
    let all = elsewhere.after(elsewhere.stream.first(), &["1", "2", "3", "4"]);
    let (scope, store) = (elsewhere.stream.scope, &mut opened.store);
    receive(store, &all[..1]);
    receive(store, &all[2..]);
    let mut early = vec![all[2].id(), all[3].id()];
    early.sort_unstable();
    assert_eq!(store.ahead(scope).unwrap(), early);
    assert_eq!(store.tails(&elsewhere.stream).unwrap(), ends(&[&all[0]]));
    assert!(!store.joined(&elsewhere.stream, &Tail::of(&all[3])).unwrap());
    let report = store.chain_check(&elsewhere.keys()).unwrap();
    assert_eq!((report.faults.len(), report.ahead), (0, 2));
    // It counts for whoever reads the patient, before it has joined.
    assert_eq!(
        store.envelopes_of(all[0].header().subject).unwrap().len(),
        3
    );
    receive(store, &all[1..2]);
    assert_eq!(store.ahead(scope).unwrap(), []);
    assert_eq!(store.tails(&elsewhere.stream).unwrap(), ends(&[&all[3]]));
    assert_eq!(store.chain_check(&elsewhere.keys()).unwrap().ahead, 0);
}

#[test]
fn a_device_that_meets_the_writing_of_a_copy_of_its_disk_closes_its_stream_and_both_go_on_apart() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let (patient, key) = (laptop.patient(), laptop.key());
    let write = |laptop: &Laptop, opened: &mut Opened, text: &str| {
        let envelope = laptop.envelope(opened, patient, &key, text);
        let kept = opened
            .store
            .append(std::slice::from_ref(&envelope), Derived::default());
        kept.unwrap();
        envelope
    };
    write(&laptop, &mut opened, "before");
    drop(opened);
    let copy = laptop.copied(9);
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let mut copied = copy.unlock(staff, PASSPHRASE).unwrap();
    let here = write(&laptop, &mut opened, "here");
    let there = write(&copy, &mut copied, "there");
    let first = here.header().incarnation;
    let kept = receive(&mut opened.store, std::slice::from_ref(&there));
    assert_eq!(kept.forked, [here.header().stream()]);
    receive(&mut copied.store, std::slice::from_ref(&here));
    let (mine, theirs) = (opened.store.incarnation(), copied.store.incarnation());
    assert!(mine > first && theirs > first && mine != theirs);
    let next = write(&laptop, &mut opened, "after");
    assert_eq!(next.header().position(), next.header().stream().first());
    assert_eq!(next.header().incarnation, mine);
    // It lasts, and what stands in both branches is there.
    drop(opened);
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    assert_eq!(opened.store.incarnation(), mine);
    let of = opened.store.envelopes_of(Subject::Patient(patient));
    assert_eq!(of.unwrap().len(), 4);
    let report = opened.store.chain_check(&super::laptop::own_key(&opened));
    assert_eq!(report.unwrap().faults, []);
}

#[test]
fn a_life_that_began_in_a_whole_that_was_taken_back_has_not_begun() {
    let (laptop, staff, _) = Laptop::ready();
    drop(laptop.unlock(staff, PASSPHRASE).unwrap());
    let copy = laptop.copied(9);
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let copied = copy.unlock(staff, PASSPHRASE).unwrap();
    let there = copy.envelope(&copied, copy.patient(), &copy.key(), "there");
    let life = opened.store.incarnation();
    assert!(opened.store.begin().unwrap());
    receive(&mut opened.store, std::slice::from_ref(&there));
    assert_ne!(opened.store.incarnation(), life);
    opened.store.undo();
    assert_eq!(opened.store.incarnation(), life);
}

#[test]
fn an_envelope_is_delivered_once_the_hub_server_has_it_and_waits_again_when_that_lost_it() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let (patient, key) = (laptop.patient(), laptop.key());
    let mut written = Vec::new();
    for text in ["1", "2", "3"] {
        let envelope = laptop.envelope(&opened, patient, &key, text);
        opened
            .store
            .append(std::slice::from_ref(&envelope), Derived::default())
            .unwrap();
        written.push(envelope);
    }
    let stream = written[0].header().stream();
    let tips = |last: &Envelope| {
        vec![record::log::Tips {
            stream,
            tails: vec![Tail::of(last)],
        }]
    };
    let first = laptop.now();
    let store = &mut opened.store;
    assert_eq!(store.delivery(&written[0]).unwrap(), Delivery::Waiting);
    store.acknowledge(&tips(&written[1]), first).unwrap();
    laptop.pass(60);
    store.acknowledge(&tips(&written[2]), laptop.now()).unwrap();
    let at = |at| Delivery::Delivered { at: Some(at) };
    assert_eq!(store.delivery(&written[0]).unwrap(), at(first));
    assert_eq!(store.delivery(&written[2]).unwrap(), at(laptop.now()));
    assert_eq!(store.acknowledged(stream.scope).unwrap(), tips(&written[2]));
    // The hub server was put back from a backup.
    store.acknowledge(&tips(&written[0]), laptop.now()).unwrap();
    assert_eq!(store.delivery(&written[2]).unwrap(), Delivery::Waiting);
    assert_eq!(store.delivery(&written[0]).unwrap(), at(first));
}

#[test]
fn an_emergency_waits_with_its_key_until_the_hub_server_has_it_though_the_rest_is_not_there() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let own = Elsewhere {
        stream: opened
            .store
            .position(Scope::Site(opened.identity.site))
            .unwrap()
            .stream(),
        key: SigningKey::from_seed(&opened.device_signing.seed()),
    };
    let first = own.at(own.stream.first(), "1");
    let emergency = own.seal(Position::after(&first), "help", true);
    let store = &mut opened.store;
    store
        .append(&[first.clone(), emergency.clone()], Derived::default())
        .unwrap();
    assert_eq!(store.emergencies_waiting().unwrap(), [emergency.id()]);
    store
        .acknowledge_early(&[emergency.id()], laptop.now())
        .unwrap();
    assert_eq!(store.emergencies_waiting().unwrap(), []);
    let now = Some(laptop.now());
    assert_eq!(
        store.delivery(&emergency).unwrap(),
        Delivery::Delivered { at: now }
    );
    assert_eq!(store.delivery(&first).unwrap(), Delivery::Waiting);
}

#[test]
fn the_store_is_a_log_as_the_exchange_asks_for_one() {
    sync::conformance::log(|| {
        let laptop = Laptop::new();
        let (opened, _) = laptop.set_up();
        let Opened { mut store, .. } = opened;
        let mut identity = store.identity().unwrap();
        identity.service = sync::conformance::SERVICE;
        let json = serde_json::to_string(&identity).unwrap();
        let sql = "UPDATE installation SET identity = ?1";
        store.connection.execute(sql, [json]).unwrap();
        store.origin = store.origin_now().unwrap();
        // The folder goes with the laptop; the open file stays readable until it is closed.
        std::mem::forget(laptop.dir);
        store
    });
}
