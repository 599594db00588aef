//! What one device or address may ask for, and what is never taken.

use std::time::Duration;

use sync::http::LineError;
use sync::record::scope::Scope;
use sync::wire::{Answer, MAX_MESSAGE_BYTES, Request};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::laptop::{Laptop, greet, open};
use crate::logins::compare;
use crate::running::Installed;
use crate::service::{Device, Service};

fn device(service: &Service, name: &str) -> Device {
    service.device(name, &[service.site(1)])
}

#[tokio::test]
async fn a_device_that_asks_too_often_is_told_when_to_come_again_and_others_are_not() {
    let service = Service::new("limits");
    let installed = Installed::new(&service, None);
    installed.limit("requests-per-second = 0.5\nrequests-at-once = 3.0");
    let hub = installed.serve();
    let mut busy = Laptop::log_in(&hub.hub_server(), &device(&service, "busy"))
        .await
        .unwrap();
    for _ in 0..3 {
        assert!(busy.ask(&compare()).await.is_ok());
    }
    let refused = busy.ask(&compare()).await.unwrap_err();
    let LineError::Busy { wait: Some(wait) } = refused else {
        panic!("{refused:?}");
    };
    assert!((1..=3).contains(&wait.as_secs()), "{wait:?}");
    let mut other = Laptop::log_in(&hub.hub_server(), &device(&service, "other"))
        .await
        .unwrap();
    assert!(other.ask(&compare()).await.is_ok());
    tokio::time::sleep(wait).await;
    assert!(busy.ask(&compare()).await.is_ok());
}

#[tokio::test]
async fn a_device_that_sends_too_much_is_told_when_to_come_again() {
    let service = Service::new("limits");
    let installed = Installed::new(&service, None);
    installed.limit("bytes-per-second = 1000.0\nbytes-at-once = 1000.0");
    let hub = installed.serve();
    let mut device = device(&service, "laptop");
    let mut laptop = Laptop::log_in(&hub.hub_server(), &device).await.unwrap();
    let scope = Scope::Site(service.site(1));
    let words = "made-up words ".repeat(3);
    let envelopes: Vec<_> = (0..10).map(|_| device.write(scope, &words)).collect();
    assert_eq!(laptop.push(&envelopes).await, Ok(10));
    assert!(matches!(
        laptop.ask(&compare()).await,
        Err(LineError::Busy { wait: Some(_) })
    ));
}

#[tokio::test]
async fn an_address_that_greets_too_often_is_turned_away() {
    let service = Service::new("limits");
    let installed = Installed::new(&service, None);
    installed.limit("logins-per-second = 0.1\nlogins-at-once = 2.0");
    let hub = installed.serve();
    let mut line = open(&hub.hub_server()).await;
    assert!(greet(&mut line, service.id()).await.is_ok());
    assert!(greet(&mut line, service.id()).await.is_ok());
    let refused = greet(&mut line, service.id()).await;
    assert!(
        matches!(refused, Err(LineError::Busy { wait: Some(_) })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_message_that_is_too_long_is_refused_and_its_connection_closed() {
    let service = Service::new("limits");
    let hub = Installed::new(&service, None).serve();
    let mut laptop = Laptop::log_in(&hub.hub_server(), &device(&service, "laptop"))
        .await
        .unwrap();
    let long = Request::Push {
        envelopes: vec![vec![0; MAX_MESSAGE_BYTES + 1]],
    };
    // Refused as unreadable, or the line broke while it was still being sent.
    let refused = laptop.ask(&long).await.unwrap_err();
    assert!(
        matches!(refused, LineError::Unreadable | LineError::BrokenOff),
        "{refused:?}"
    );
    let mut again = Laptop::log_in(&hub.hub_server(), &device(&service, "laptop"))
        .await
        .unwrap();
    assert!(again.ask(&compare()).await.is_ok());
}

#[tokio::test]
async fn what_is_no_message_is_answered_in_words_of_the_exchange() {
    let service = Service::new("limits");
    let hub = Installed::new(&service, None).serve();
    let mut laptop = Laptop::log_in(&hub.hub_server(), &device(&service, "laptop"))
        .await
        .unwrap();
    let token = laptop.token.clone();
    let mut deep = vec![0x81; 10_000];
    deep.push(0x00);
    for nonsense in [
        Vec::new(),
        b"GET / HTTP/1.1".to_vec(),
        vec![0xff; 500],
        deep,
    ] {
        let answer = laptop
            .line
            .ask("/v1/exchange", Some(&token), nonsense, Duration::ZERO)
            .await;
        let (_, answer) = Answer::from_bytes(&answer.unwrap()).unwrap();
        assert!(matches!(answer, Answer::Failed(_)), "{answer:?}");
    }
}

#[tokio::test]
async fn an_envelope_of_a_site_that_a_device_is_not_enrolled_for_is_refused_and_the_rest_kept() {
    let service = Service::new("limits");
    let hub = Installed::new(&service, None).serve();
    let mut own = device(&service, "laptop");
    let mut laptop = Laptop::log_in(&hub.hub_server(), &own).await.unwrap();
    let good = own.write(Scope::Site(service.site(1)), "its own site");
    let bad = own.write(Scope::Site(service.site(2)), "another site");
    let envelopes = vec![good.to_bytes(), bad.to_bytes()];
    let answer = laptop.ask(&Request::Push { envelopes }).await.unwrap();
    let Answer::Kept { new: 1, refused } = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(refused[0].index, 1);
    let scope = Scope::Site(service.site(2));
    let answer = laptop
        .ask(&Request::Tips {
            scope,
            streams: Vec::new(),
        })
        .await
        .unwrap();
    assert!(matches!(answer, Answer::Failed(_)), "{answer:?}");
}

#[tokio::test]
async fn somebody_who_connects_and_says_nothing_keeps_nobody_out() {
    let service = Service::new("limits");
    let hub = Installed::new(&service, None).serve();
    let address = hub.hub_server().address();
    let mut quiet = Vec::new();
    for _ in 0..50 {
        quiet.push(TcpStream::connect(&address).await.unwrap());
    }
    assert!(
        Laptop::log_in(&hub.hub_server(), &device(&service, "laptop"))
            .await
            .is_ok()
    );
    // No TLS: the connection is ended.
    quiet[0]
        .write_all(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), quiet[0].read_to_end(&mut answer));
    assert!(read.await.is_ok());
    assert!(!answer.windows(4).any(|it| it == b"HTTP"));
}
