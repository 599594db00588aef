//! Who is let in, and who is not.

use std::time::Duration;

use sync::http::LineError;
use sync::record::log::ScopesDigest;
use sync::wire::{Answer, Failure, Request};

use crate::laptop::{Laptop, greet, open, send, signed};
use crate::postgres::Postgres;
use crate::running::{Installed, Running, answered, felloe_hub};
use crate::service::{Device, Service};

fn service() -> Service {
    Service::new("logins")
}

fn device(service: &Service) -> Device {
    service.device("laptop", &[service.site(1)])
}

pub(crate) fn compare() -> Request {
    Request::Compare {
        digest: ScopesDigest::of(&[]),
    }
}

#[tokio::test]
async fn a_device_of_the_service_is_let_in_and_a_request_without_a_token_is_not() {
    let service = service();
    let hub = Installed::new(&service, None).serve();
    let mut laptop = Laptop::log_in(&hub.hub_server(), &device(&service))
        .await
        .unwrap();
    assert!(matches!(
        laptop.ask(&compare()).await,
        Ok(Answer::Differ { .. })
    ));
    for token in [
        None,
        Some("0".repeat(64)),
        Some("not even a token".to_owned()),
    ] {
        let asked = laptop
            .line
            .ask(
                "/v1/exchange",
                token.as_deref(),
                compare().to_bytes(service.id()),
                Duration::ZERO,
            )
            .await;
        assert_eq!(asked, Err(LineError::LogInAgain));
    }
}

#[tokio::test]
async fn a_nonce_serves_once() {
    let service = service();
    let hub = Installed::new(&service, None).serve();
    let (device, hub) = (device(&service), hub.hub_server());
    let mut line = open(&hub).await;
    let nonce = greet(&mut line, service.id()).await.unwrap();
    let login = signed(&device.chain, nonce, &hub, &device.key);
    assert!(send(&mut line, &login).await.is_ok());
    assert_eq!(send(&mut line, &login).await, Err(LineError::LogInAgain));
}

#[tokio::test]
async fn a_nonce_that_the_server_did_not_give_out_is_refused() {
    let service = service();
    let hub = Installed::new(&service, None).serve();
    let (device, hub) = (device(&service), hub.hub_server());
    let login = signed(&device.chain, [7; 32], &hub, &device.key);
    assert_eq!(
        send(&mut open(&hub).await, &login).await,
        Err(LineError::LogInAgain)
    );
}

#[tokio::test]
async fn a_login_that_was_made_for_another_server_is_refused() {
    let service = service();
    let (ours, theirs) = (
        Installed::new(&service, None),
        Installed::new(&service, None),
    );
    let (ours, theirs) = (ours.serve(), theirs.serve());
    let device = device(&service);
    let mut line = open(&ours.hub_server()).await;
    let nonce = greet(&mut line, service.id()).await.unwrap();
    // As somebody in between would pass it on, who was logged in to.
    let login = signed(&device.chain, nonce, &theirs.hub_server(), &device.key);
    assert_eq!(send(&mut line, &login).await, Err(LineError::NotAdmitted));
}

#[tokio::test]
async fn another_key_a_persons_certificate_and_another_service_are_refused() {
    let service = service();
    let hub = Installed::new(&service, None).serve();
    let (own, hub) = (device(&service), hub.hub_server());
    let other = service.device("other", &[service.site(1)]);
    let stranger = Service::new("another service");
    let strange = stranger.device("laptop", &[stranger.site(1)]);
    let mut line = open(&hub).await;
    let nonce = greet(&mut line, service.id()).await.unwrap();
    let forged = signed(&own.chain, nonce, &hub, &other.key);
    assert_eq!(send(&mut line, &forged).await, Err(LineError::NotAdmitted));
    let mut person = signed(&own.chain, nonce, &hub, &own.key);
    person.chain = service.person();
    assert_eq!(send(&mut line, &person).await, Err(LineError::NotAdmitted));
    let mut elsewhere = signed(&strange.chain, nonce, &hub, &strange.key);
    assert_eq!(
        send(&mut line, &elsewhere).await,
        Err(LineError::NotAdmitted)
    );
    // The same, claiming to be of this service.
    elsewhere.service = service.id();
    assert_eq!(
        send(&mut line, &elsewhere).await,
        Err(LineError::NotAdmitted)
    );
    assert_eq!(
        greet(&mut line, stranger.id()).await,
        Err(LineError::NotAdmitted)
    );
}

#[tokio::test]
async fn a_blocked_device_is_refused_by_name_at_once_and_let_in_again_when_admitted() {
    let service = service();
    let installed = Installed::new(&service, None);
    let hub = installed.serve();
    let device = device(&service);
    let mut laptop = Laptop::log_in(&hub.hub_server(), &device).await.unwrap();
    let id = device.id.to_string();
    let blocked = answered(&felloe_hub(&installed.at(), &["block", &id]));
    assert_eq!(blocked["known"], true);
    // The token that it holds is of no more use, nor is a new login.
    let refused = laptop.ask(&compare()).await.unwrap();
    assert_eq!(refused, Answer::Failed(Failure::Blocked));
    let again = Laptop::log_in(&hub.hub_server(), &device).await;
    assert_eq!(again.err(), Some(LineError::NotAdmitted));
    answered(&felloe_hub(&installed.at(), &["admit", &id]));
    assert!(Laptop::log_in(&hub.hub_server(), &device).await.is_ok());
}

#[tokio::test]
async fn what_one_hub_server_let_in_another_over_the_same_database_knows() {
    let service = service();
    let postgres = Postgres::start();
    let installed = Installed::new(&service, Some(&postgres.address()));
    let (one, other) = (installed.serve(), installed.serve());
    let device = device(&service);
    // Greeted by one, let in by the other, and asking the first.
    let nonce = greet(&mut open(&one.hub_server()).await, service.id())
        .await
        .unwrap();
    let login = signed(&device.chain, nonce, &other.hub_server(), &device.key);
    let pass = send(&mut open(&other.hub_server()).await, &login)
        .await
        .unwrap();
    let token = data_encoding::HEXLOWER.encode(&pass.token);
    let asked = compare().to_bytes(service.id());
    let mut line = open(&one.hub_server()).await;
    let answer = line
        .ask("/v1/exchange", Some(&token), asked, Duration::ZERO)
        .await;
    assert!(answer.is_ok());
    // The nonce has served, at whichever of them.
    assert_eq!(send(&mut line, &login).await, Err(LineError::LogInAgain));
}

#[tokio::test]
async fn a_token_outlives_the_hub_server_that_gave_it_out() {
    let service = service();
    let installed = Installed::new(&service, None);
    let hub = installed.serve();
    let laptop = Laptop::log_in(&hub.hub_server(), &device(&service))
        .await
        .unwrap();
    hub.kill();
    let hub: Running = installed.serve();
    let asked = compare().to_bytes(service.id());
    let mut line = open(&hub.hub_server()).await;
    let answer = line
        .ask("/v1/exchange", Some(&laptop.token), asked, Duration::ZERO)
        .await;
    assert!(answer.is_ok());
}
