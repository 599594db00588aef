//! The shelf does what a log has to do, on SQLite and on PostgreSQL, and what the plain one in
//! memory does.

use std::path::PathBuf;

use hub::Address;
use hub::shelf::{DatabaseShelf, Shelves};
use proptest::prelude::*;
use record::blob::BlobHash;
use record::envelope::Envelope;
use record::id::{DeviceId, PatientId, SiteId};
use record::log::{EventLog, Tail};
use record::scope::Scope;
use sync::conformance::{Pen, SERVICE};
use sync::memory::Memory;
use sync::shelf::{BlobShelf as _, Quota, Shelf as _};
use sync::wire::BlobName;
use tempfile::TempDir;

use crate::postgres::Postgres;
use crate::service::Service;

fn shelf(at: &Address, quota: Quota) -> DatabaseShelf {
    let service = Service::with_id("conformance", SERVICE);
    Shelves::set_up(at, &service.set_up()).unwrap();
    let shelves = Shelves::open(at, 2).unwrap().with_quota(quota);
    shelves.shelf().unwrap()
}

fn on_sqlite(folder: &TempDir) -> DatabaseShelf {
    limited_on_sqlite(folder, Quota::default())
}

fn limited_on_sqlite(folder: &TempDir, quota: Quota) -> DatabaseShelf {
    let file = tempfile::Builder::new()
        .suffix(".db")
        .tempfile_in(folder)
        .unwrap();
    // SQLite takes the empty file; its name is free to be taken once.
    let (_, path) = file.keep().unwrap();
    shelf(&Address::File(path), quota)
}

fn on_postgres(postgres: &Postgres, number: usize) -> DatabaseShelf {
    limited_on_postgres(postgres, number, Quota::default())
}

fn limited_on_postgres(postgres: &Postgres, number: usize, quota: Quota) -> DatabaseShelf {
    let address = postgres.fresh(&format!("fresh_{number}"));
    shelf(&Address::read(&address, PathBuf::new()).unwrap(), quota)
}

#[test]
fn the_shelf_on_sqlite_is_a_log() {
    let folder = TempDir::new().unwrap();
    sync::conformance::log(|| on_sqlite(&folder));
}

#[test]
fn the_shelf_on_postgresql_is_a_log() {
    let postgres = Postgres::start();
    let mut made = 0;
    sync::conformance::log(|| {
        made += 1;
        on_postgres(&postgres, made)
    });
}

#[test]
fn the_shelf_on_sqlite_erases_as_every_shelf_has_to() {
    let folder = TempDir::new().unwrap();
    sync::conformance::shelf(|| on_sqlite(&folder));
}

#[test]
fn the_shelf_on_postgresql_erases_as_every_shelf_has_to() {
    let postgres = Postgres::start();
    let mut made = 0;
    sync::conformance::shelf(|| {
        made += 1;
        on_postgres(&postgres, made)
    });
}

#[test]
fn the_shelf_on_sqlite_keeps_blobs() {
    let folder = TempDir::new().unwrap();
    sync::conformance::blobs(|quota| limited_on_sqlite(&folder, quota));
}

#[test]
fn the_shelf_on_postgresql_keeps_blobs() {
    let postgres = Postgres::start();
    let mut made = 0;
    sync::conformance::blobs(|quota| {
        made += 1;
        limited_on_postgres(&postgres, made, quota)
    });
}

#[test]
fn what_nobody_goes_on_sending_is_forgotten_and_what_is_whole_is_not() {
    let folder = TempDir::new().unwrap();
    let mut shelf = on_sqlite(&folder);
    let device = DeviceId::from_random([2; 16]);
    let begun = jiff::Timestamp::from_second(1_795_000_000).unwrap();
    let name = |bytes: &[u8]| {
        let mut hash = BlobHash::new();
        hash.put(bytes);
        BlobName {
            site: SiteId::from_random([1; 16]),
            patient: PatientId::from_random([3; 16]),
            id: hash.id(),
            size: bytes.len() as u64,
        }
    };
    let (whole, part) = (name(b"whole"), name(b"parts"));
    shelf.put_blob(&whole, device, 0, b"whole", begun).unwrap();
    shelf.put_blob(&part, device, 0, b"pa", begun).unwrap();
    let day = 24 * 3_600_000;
    for (days, left) in [(13, 2), (15, 0)] {
        let now = begun.as_millisecond() + days * day;
        shelf.forget_what_ran_out(now).unwrap();
        assert_eq!(shelf.blob_held(&part, device).unwrap(), left);
        assert_eq!(shelf.blob_held(&whole, device).unwrap(), 5);
    }
}

#[test]
fn the_newest_certificate_says_a_devices_key_whichever_came_first() {
    let folder = TempDir::new().unwrap();
    let service = Service::with_id("conformance", SERVICE);
    let sites = [service.hub_site];
    let before = service.device("laptop", &sites);
    let after = service.rekeyed("laptop", &sites);
    for order in [[&before, &after], [&after, &before]] {
        let mut shelf = on_sqlite(&folder);
        assert_eq!(shelf.device_key(before.id).unwrap(), None);
        for device in order {
            shelf.introduce(&device.chain).unwrap();
            assert!(shelf.device_key(device.id).unwrap().is_some());
        }
        let key = after.key.verifying_key();
        assert_eq!(shelf.device_key(after.id).unwrap(), Some(key));
    }
}

/// What a device and its copies wrote: each writes on from some envelope that was there before, or
/// begins again.
fn tree() -> impl Strategy<Value = Vec<Option<prop::sample::Index>>> {
    let parent = prop::option::weighted(0.95, any::<prop::sample::Index>());
    prop::collection::vec(parent, 1..40)
}

fn written(parents: &[Option<prop::sample::Index>]) -> Vec<Envelope> {
    let first = Pen::new(SERVICE, Scope::Service, 1);
    let mut pens: Vec<Pen> = Vec::new();
    let mut envelopes = Vec::new();
    for (number, parent) in parents.iter().enumerate() {
        let mut pen = match parent {
            // Three times in four the newest, so that branches grow long.
            Some(parent) if !pens.is_empty() => {
                pens[parent.index(pens.len() * 4).min(pens.len() - 1)].clone()
            }
            _ => first.clone(),
        };
        envelopes.push(pen.write(&format!("words {number}")));
        pens.push(pen);
    }
    envelopes
}

fn agree(shelf: &DatabaseShelf, memory: &Memory, all: &[Envelope], have: &[usize], limit: usize) {
    let scope = Scope::Service;
    let stream = all[0].header().stream();
    assert_eq!(shelf.tips(scope).unwrap(), memory.tips(scope).unwrap());
    assert_eq!(shelf.ahead(scope).unwrap(), memory.ahead(scope).unwrap());
    assert_eq!(
        shelf.marks(&stream).unwrap(),
        memory.marks(&stream).unwrap()
    );
    for envelope in all {
        let tail = Tail::of(envelope);
        assert_eq!(
            shelf.joined(&stream, &tail).unwrap(),
            memory.joined(&stream, &tail).unwrap()
        );
    }
    let have: Vec<Tail> = have.iter().map(|at| Tail::of(&all[*at])).collect();
    for limit in [1, limit, usize::MAX] {
        assert_eq!(
            shelf.beyond(&stream, &have, limit).unwrap(),
            memory.beyond(&stream, &have, limit).unwrap()
        );
    }
    let ids: Vec<_> = all.iter().map(Envelope::id).collect();
    assert_eq!(
        shelf.envelopes(&ids).unwrap(),
        memory.envelopes(&ids).unwrap()
    );
}

proptest! {
    // Each makes a database: fewer than of other properties, and more in the long tier.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.div_ceil(5),
        ..ProptestConfig::default()
    })]

    /// Whatever was forked and in whatever order and batches it comes, the shelf and the log in
    /// memory give the same answers after each batch.
    #[test]
    fn the_shelf_answers_like_the_log_in_memory(
        parents in tree(),
        order in any::<u64>(),
        batch in 1..12_usize,
        have in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        limit in 1..20_000_usize,
    ) {
        let folder = TempDir::new().unwrap();
        let mut shelf = on_sqlite(&folder);
        let mut memory = Memory::new(SERVICE);
        let all = written(&parents);
        let mut arriving = all.clone();
        arriving.sort_by_key(|envelope| blake3::hash(
            &[&order.to_be_bytes()[..], envelope.id().as_bytes()].concat(),
        ).as_bytes().to_owned());
        let have: Vec<usize> = have.iter().map(|at| at.index(all.len())).collect();
        for envelopes in arriving.chunks(batch) {
            let kept = shelf.append(envelopes).unwrap();
            prop_assert_eq!(kept, memory.append(envelopes).unwrap());
            agree(&shelf, &memory, &all, &have, limit);
        }
    }
}
