//! Erasures, shown to the program by a laptop: gone from its files, refused when they come again.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use hub::Address;
use hub::shelf::{DatabaseShelf, Shelves};
use record::envelope::Envelope;
use record::log::EventLog as _;
use record::scope::Scope;
use record::warrant::{ErasuresDigest, Proof};
use sync::shelf::Shelf as _;
use sync::wire::{Answer, Request};
use tempfile::TempDir;

use crate::care::{device, held, push, write};
use crate::laptop::Laptop;
use crate::postgres::Postgres;
use crate::running::{Installed, Running, answered, felloe_hub};
use crate::service::{Device, Service, patient};

fn service() -> Service {
    Service::new("erasures")
}

async fn show(hub: &Running, device: &Device, proof: &Proof) {
    let mut laptop = Laptop::log_in(&hub.hub_server(), device).await.unwrap();
    let proofs = vec![proof.to_bytes()];
    let erased = laptop.ask(&Request::Erase { proofs }).await.unwrap();
    let expected = Answer::Erased {
        erasures: ErasuresDigest::of(&[proof.id().unwrap()]),
        refused: Vec::new(),
    };
    assert_eq!(erased, expected);
}

fn bare(envelopes: &[Envelope]) -> Vec<Envelope> {
    envelopes.iter().map(Envelope::without_content).collect()
}

/// Which of these envelopes still stand in a file of the folder with a stretch of their content.
fn in_files(folder: &Path, envelopes: &[Envelope]) -> usize {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let files: Vec<Vec<u8>> = files
        .filter(|file| file.is_file())
        .map(|file| fs::read(file).unwrap())
        .collect();
    let is_in = |envelope: &&Envelope| {
        let bytes = envelope.to_bytes();
        let content = &bytes[bytes.len() - 48..];
        files
            .iter()
            .any(|file| file.windows(content.len()).any(|part| part == content))
    };
    envelopes.iter().filter(is_in).count()
}

async fn an_erasure_is_carried_out(store: Option<&str>) {
    let service = service();
    let installed = Installed::new(&service, store);
    let mut device = device(&service);
    let hub = installed.serve();
    let written = write(&mut device, &service, 60);
    let others = [device.write(Scope::Service, "of nobody")];
    push(&hub, &device, &[written.as_slice(), &others].concat()).await;
    if store.is_none() {
        assert_eq!(in_files(&installed.at(), &written), 60);
    }
    let proof = service.erasure_of(&[patient()]);
    show(&hub, &device, &proof).await;
    assert_eq!(held(&installed.at(), store, &written), bare(&written));
    assert_eq!(held(&installed.at(), store, &others), others);
    if store.is_none() {
        assert_eq!(in_files(&installed.at(), &written), 0);
    }
    // It is said who showed what, and of nobody in particular.
    let log = hub.log();
    let line = log.iter().find(|line| line.contains("content erased"));
    let line = line.expect("it stands in the log");
    let id = proof.id().unwrap().to_string();
    for told in [id, device.id.to_string(), "\"envelopes\":60".to_owned()] {
        assert!(line.contains(&told), "{told}: {line}");
    }
    assert!(
        log.iter()
            .all(|line| !line.contains(&patient().to_string()))
    );
    // An older laptop brings it again, and the next envelope, to a server that was started anew.
    hub.kill();
    let hub = installed.serve();
    let next = write(&mut device, &service, 1);
    assert_eq!(
        push(&hub, &device, &[written.clone(), next.clone()].concat()).await,
        1
    );
    assert_eq!(held(&installed.at(), store, &written), bare(&written));
    assert_eq!(held(&installed.at(), store, &next), bare(&next));
    let status = answered(&felloe_hub(&installed.at(), &["status"]));
    assert_eq!(
        (&status["ahead"], &status["erasures"]),
        (&0.into(), &1.into())
    );
}

#[tokio::test]
async fn what_two_people_erased_stands_in_no_file_of_a_hub_server_on_sqlite_and_comes_back_by_nobody()
 {
    an_erasure_is_carried_out(None).await;
}

#[tokio::test]
async fn what_two_people_erased_is_given_out_by_no_hub_server_on_postgresql_and_comes_back_by_nobody()
 {
    let postgres = Postgres::start();
    an_erasure_is_carried_out(Some(&postgres.address())).await;
}

#[tokio::test]
async fn a_backup_from_after_an_erasure_refuses_what_it_erased_and_one_from_before_is_shown_it_again()
 {
    let service = service();
    let installed = Installed::new(&service, None);
    let mut device = device(&service);
    let hub = installed.serve();
    let written = write(&mut device, &service, 20);
    push(&hub, &device, &written).await;
    let (before, after) = ("before", "after");
    let folder = |name: &str| installed.folder.path().join(name);
    let back_up = |name: &str| {
        answered(&felloe_hub(
            &installed.at(),
            &["backup", folder(name).to_str().unwrap()],
        ));
    };
    back_up(before);
    let proof = service.erasure_of(&[patient()]);
    show(&hub, &device, &proof).await;
    back_up(after);
    hub.kill();
    assert_eq!(in_files(&folder(after), &written), 0);
    for (name, whole) in [(after, false), (before, true)] {
        fs::remove_dir_all(installed.at()).unwrap();
        answered(&felloe_hub(
            &installed.at(),
            &["restore", folder(name).to_str().unwrap()],
        ));
        assert_eq!(held(&installed.at(), None, &written) == written, whole);
        let hub = installed.serve();
        push(&hub, &device, &written).await;
        if whole {
            show(&hub, &device, &proof).await;
        }
        assert_eq!(held(&installed.at(), None, &written), bare(&written));
        hub.kill();
    }
}

#[test]
fn what_stays_in_the_log_since_somebody_reads_is_cut_once_they_have_read() {
    let service = service();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("hub.db");
    let at = Address::File(file.clone());
    Shelves::set_up(&at, &service.set_up()).unwrap();
    let mut shelf = Shelves::open(&at, 1).unwrap().shelf().unwrap();
    let written = write(&mut device(&service), &service, 20);
    shelf.append(&written).unwrap();
    // As a backup does, for minutes.
    let reads = rusqlite::Connection::open(&file).unwrap();
    reads
        .execute_batch("BEGIN; SELECT count(*) FROM envelope")
        .unwrap();
    let root = service.set_up().fingerprint();
    let proven = service.erasure_of(&[patient()]).check(service.id(), &root);
    shelf.erase(&proven.unwrap()).unwrap();
    assert_eq!(shelf.take_erased().len(), 1);
    assert_eq!(in_files(folder.path(), &written), 20);
    drop(reads);
    shelf.forget_what_ran_out(0).unwrap();
    assert_eq!(in_files(folder.path(), &written), 0);
}

/// Somebody sends while another has it erased: whichever comes first, nothing outlives it.
fn nothing_outlives_an_erasure(at: &Address) {
    let service = service();
    Shelves::set_up(at, &service.set_up()).unwrap();
    let shelves = Shelves::open(at, 4).unwrap();
    let shelf = || -> DatabaseShelf { shelves.shelf().unwrap() };
    let site = Scope::Site(service.site(1));
    let mut devices: Vec<Device> = ["one", "two", "three"]
        .map(|name| service.device(name, &[service.site(1)]))
        .into();
    let written: Vec<Vec<Envelope>> = devices
        .iter_mut()
        .map(|device| {
            (0..40)
                .map(|at| device.write(site, &format!("words {at}")))
                .collect()
        })
        .collect();
    let proof = service.erasure_of(&[patient()]);
    let root = service.set_up().fingerprint();
    let proven = proof.check(service.id(), &root).unwrap();
    thread::scope(|scope| {
        for envelopes in &written {
            let mut shelf = shelf();
            scope.spawn(move || {
                for one in envelopes {
                    shelf.append(std::slice::from_ref(one)).unwrap();
                }
            });
        }
        let mut shelf = shelf();
        let proven = &proven;
        scope.spawn(move || shelf.erase(proven).unwrap());
    });
    let shelf = shelf();
    for envelopes in &written {
        let ids: Vec<_> = envelopes.iter().map(Envelope::id).collect();
        assert_eq!(shelf.envelopes(&ids).unwrap(), bare(envelopes));
    }
}

#[test]
fn what_is_sent_while_it_is_erased_does_not_outlive_the_erasure_on_sqlite() {
    let folder = TempDir::new().unwrap();
    nothing_outlives_an_erasure(&Address::File(folder.path().join("hub.db")));
}

#[test]
fn what_is_sent_while_it_is_erased_does_not_outlive_the_erasure_on_postgresql() {
    let postgres = Postgres::start();
    for number in 0..3 {
        let address = postgres.fresh(&format!("race_{number}"));
        nothing_outlives_an_erasure(&Address::read(&address, PathBuf::new()).unwrap());
    }
}
