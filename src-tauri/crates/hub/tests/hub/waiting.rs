//! Waiting for something new, and stopping while others wait.

use std::time::{Duration, Instant};

use sync::record::log::ScopesDigest;
use sync::record::scope::Scope;
use sync::wire::{Answer, Request};

use crate::laptop::Laptop;
use crate::logins::compare;
use crate::postgres::Postgres;
use crate::running::{Installed, Running};
use crate::service::{Device, Service};

/// What a device waits with when it holds the same as the hub server.
async fn same_as(laptop: &mut Laptop) -> Request {
    let Answer::Differ { scopes, .. } = laptop.ask(&compare()).await.unwrap() else {
        panic!("nothing is not what a device compares with");
    };
    Request::Compare {
        digest: ScopesDigest::of(&scopes),
    }
}

/// One device of a site waits at `there` while another writes at `here`: how long after the
/// acknowledgement the first hears of it.
async fn woken_after(service: &Service, here: &Running, there: &Running) -> Duration {
    let mut author: Device = service.device("writes", &[service.site(1)]);
    let waits = service.device("waits", &[service.site(1)]);
    let mut writer = Laptop::log_in(&here.hub_server(), &author).await.unwrap();
    let mut waiter = Laptop::log_in(&there.hub_server(), &waits).await.unwrap();
    let with = same_as(&mut waiter).await;
    let waiting = tokio::spawn(async move {
        let answer = waiter.wait(&with).await.unwrap();
        (answer, Instant::now())
    });
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert!(!waiting.is_finished(), "nothing has changed yet");
    let envelope = author.write(Scope::Site(service.site(1)), "something new");
    writer.push(&[envelope]).await.unwrap();
    let written = Instant::now();
    let (answer, heard) = waiting.await.unwrap();
    assert!(matches!(answer, Answer::Differ { .. }), "{answer:?}");
    heard.saturating_duration_since(written)
}

#[tokio::test]
async fn who_waits_hears_within_a_second_of_what_another_sent() {
    let service = Service::new("waiting");
    let hub = Installed::new(&service, None).serve();
    let after = woken_after(&service, &hub, &hub).await;
    assert!(after < Duration::from_secs(1), "{after:?}");
}

#[tokio::test]
async fn who_waits_hears_within_a_second_of_what_another_sent_to_another_hub_server() {
    let service = Service::new("waiting");
    let postgres = Postgres::start();
    let installed = Installed::new(&service, Some(&postgres.address()));
    let (here, there) = (installed.serve(), installed.serve());
    let after = woken_after(&service, &here, &there).await;
    assert!(after < Duration::from_secs(1), "{after:?}");
}

#[tokio::test]
async fn a_device_of_another_site_is_not_woken() {
    let service = Service::new("waiting");
    let hub = Installed::new(&service, None).serve();
    let mut author = service.device("writes", &[service.site(1)]);
    let waits = service.device("waits", &[service.site(2)]);
    let mut writer = Laptop::log_in(&hub.hub_server(), &author).await.unwrap();
    let mut waiter = Laptop::log_in(&hub.hub_server(), &waits).await.unwrap();
    let with = same_as(&mut waiter).await;
    let waiting = tokio::spawn(async move { waiter.wait(&with).await });
    let site = Scope::Site(service.site(1));
    let written = [author.write(site, "one"), author.write(Scope::Audit, "two")];
    writer.push(&written).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert!(!waiting.is_finished());
    waiting.abort();
}

#[tokio::test]
async fn a_server_that_is_asked_to_stop_answers_who_waits_and_ends_well() {
    stops_well(None).await;
}

#[tokio::test]
async fn a_server_on_postgresql_that_is_asked_to_stop_does_so_as_well() {
    stops_well(Some(&Postgres::start())).await;
}

async fn stops_well(postgres: Option<&Postgres>) {
    let service = Service::new("waiting");
    let address = postgres.map(Postgres::address);
    let hub = Installed::new(&service, address.as_deref()).serve();
    let waits = service.device("waits", &[service.site(1)]);
    let mut waiter = Laptop::log_in(&hub.hub_server(), &waits).await.unwrap();
    let with = same_as(&mut waiter).await;
    let waiting = tokio::spawn(async move { waiter.wait(&with).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    hub.terminate();
    let answer = waiting.await.unwrap().unwrap();
    assert!(matches!(answer, Answer::Same { .. }), "{answer:?}");
    assert_eq!(hub.ended(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_asked_to_stop_finishes_what_it_was_sent() {
    let service = Service::new("waiting");
    let installed = Installed::new(&service, None);
    let hub = installed.serve();
    let mut device = service.device("laptop", &[service.site(1)]);
    let mut laptop = Laptop::log_in(&hub.hub_server(), &device).await.unwrap();
    let site = Scope::Site(service.site(1));
    let envelopes: Vec<_> = (0..800)
        .map(|at| device.write(site, &format!("words {at}")))
        .collect();
    let pushing = tokio::spawn(async move { laptop.push(&envelopes).await });
    let begun = || hub.told("/metrics").contains("felloe_hub_answering 1\n");
    while !begun() && !pushing.is_finished() {
        tokio::task::yield_now().await;
    }
    hub.terminate();
    assert_eq!(pushing.await.unwrap(), Ok(800));
    assert_eq!(hub.ended(), Some(0));
}
