//! What is left for recovery sheets: whose it is, what takes its place, and who is given it.

use std::fs;
use std::time::Duration;

use sync::deposit::{Found, Leave, Left, Lookup, MAX_DEPOSIT_BYTES, Seek};
use sync::http::LineError;

use crate::care::device;
use crate::laptop::{Laptop, open};
use crate::running::{Installed, Running, answered, felloe_hub};
use crate::service::{Device, Service};

const SHEET: Lookup = [1; 32];
const NEXT: Lookup = [2; 32];

fn service() -> Service {
    Service::new("deposits")
}

fn of(service: &Service, lookup: Lookup, bytes: &[u8]) -> Leave {
    Leave {
        service: service.id(),
        lookup,
        bytes: bytes.to_vec(),
        instead_of: None,
    }
}

async fn post(laptop: &mut Laptop, what: &Leave) -> Result<Left, LineError> {
    let token = laptop.token.clone();
    let line = &mut laptop.line;
    let answer = line.ask("/v1/leave", Some(&token), what.to_bytes(), Duration::ZERO);
    Ok(Left::from_bytes(&answer.await?).unwrap())
}

async fn leave(hub: &Running, device: &Device, what: &Leave) -> Result<Left, LineError> {
    let mut laptop = Laptop::log_in(&hub.hub_server(), device).await.unwrap();
    post(&mut laptop, what).await
}

/// As a blank laptop asks, which has nothing to log in with.
async fn found(hub: &Running, lookup: Lookup) -> Found {
    let mut line = open(&hub.hub_server()).await;
    let seek = Seek { lookup }.to_bytes();
    let answer = line.ask("/v1/recover", None, seek, Duration::ZERO).await;
    Found::from_bytes(&answer.unwrap()).unwrap()
}

#[tokio::test]
async fn what_was_left_is_given_to_whoever_names_its_number_and_to_nobody_else() {
    let service = service();
    let hub = Installed::new(&service, None).serve();
    let left = leave(&hub, &device(&service), &of(&service, SHEET, b"sealed")).await;
    let of_this_service = Left {
        service: service.id(),
    };
    assert_eq!(left, Ok(of_this_service));
    let given = found(&hub, SHEET).await;
    assert_eq!(given.service, service.id());
    assert_eq!(given.deposits, [b"sealed"]);
    assert_eq!(given.put_back_from, None);
    assert!(found(&hub, NEXT).await.deposits.is_empty());
}

#[tokio::test]
async fn a_laptop_has_one_deposit_and_two_of_one_sheet_come_newest_first() {
    let service = service();
    let hub = Installed::new(&service, None).serve();
    let one = device(&service);
    let names = ["second", "third"];
    let [second, third] = names.map(|name| service.device(name, &[service.site(1)]));
    for bytes in [b"first", b"again"] {
        leave(&hub, &one, &of(&service, SHEET, bytes))
            .await
            .unwrap();
    }
    assert_eq!(found(&hub, SHEET).await.deposits, [b"again"]);
    // As a copy of its disk does that was certified anew, and another.
    for (device, bytes) in [(&second, b"two.."), (&third, b"three")] {
        tokio::time::sleep(Duration::from_millis(5)).await;
        let what = of(&service, SHEET, bytes);
        leave(&hub, device, &what).await.unwrap();
    }
    assert_eq!(found(&hub, SHEET).await.deposits, [b"three", b"two.."]);
    leave(&hub, &third, &of(&service, NEXT, b"next."))
        .await
        .unwrap();
    assert_eq!(found(&hub, SHEET).await.deposits, [b"two..", b"again"]);
    assert_eq!(found(&hub, NEXT).await.deposits, [b"next."]);
}

#[tokio::test]
async fn what_was_left_for_a_used_sheet_goes_with_what_is_left_instead_of_it() {
    let service = service();
    let hub = Installed::new(&service, None).serve();
    let (lost, blank) = (
        device(&service),
        service.device("blank", &[service.site(1)]),
    );
    leave(&hub, &lost, &of(&service, SHEET, b"old"))
        .await
        .unwrap();
    let instead = Leave {
        instead_of: Some(SHEET),
        ..of(&service, NEXT, b"new")
    };
    leave(&hub, &blank, &instead).await.unwrap();
    assert!(found(&hub, SHEET).await.deposits.is_empty());
    assert_eq!(found(&hub, NEXT).await.deposits, [b"new"]);
}

#[tokio::test]
async fn a_blocked_device_leaves_nothing_and_takes_nothing_away() {
    let service = service();
    let installed = Installed::new(&service, None);
    let hub = installed.serve();
    let (own, blocked) = (
        device(&service),
        service.device("blocked", &[service.site(1)]),
    );
    leave(&hub, &own, &of(&service, SHEET, b"sealed"))
        .await
        .unwrap();
    let mut laptop = Laptop::log_in(&hub.hub_server(), &blocked).await.unwrap();
    let id = blocked.id.to_string();
    answered(&felloe_hub(&installed.at(), &["block", &id]));
    let instead = Leave {
        instead_of: Some(SHEET),
        ..of(&service, NEXT, b"new")
    };
    let refused = post(&mut laptop, &instead).await;
    assert_eq!(refused, Err(LineError::NotAdmitted));
    assert_eq!(found(&hub, SHEET).await.deposits, [b"sealed"]);
    assert!(found(&hub, NEXT).await.deposits.is_empty());
}

#[tokio::test]
async fn nothing_is_left_without_a_token_or_for_another_service() {
    let service = service();
    let hub = Installed::new(&service, None).serve();
    let sealed = of(&service, SHEET, b"sealed");
    let mut line = open(&hub.hub_server()).await;
    let asked = line.ask("/v1/leave", None, sealed.to_bytes(), Duration::ZERO);
    assert_eq!(asked.await, Err(LineError::LogInAgain));
    let elsewhere = of(&Service::new("another service"), SHEET, b"sealed");
    let refused = leave(&hub, &device(&service), &elsewhere).await;
    assert_eq!(refused, Err(LineError::NotAdmitted));
    assert!(found(&hub, SHEET).await.deposits.is_empty());
}

#[tokio::test]
async fn the_longest_deposit_is_kept_and_a_longer_one_is_not() {
    let service = service();
    let hub = Installed::new(&service, None).serve();
    let device = device(&service);
    let longest = vec![7; MAX_DEPOSIT_BYTES];
    leave(&hub, &device, &of(&service, SHEET, &longest))
        .await
        .unwrap();
    for more in [1, 4096] {
        let longer = vec![8; MAX_DEPOSIT_BYTES + more];
        let refused = leave(&hub, &device, &of(&service, SHEET, &longer)).await;
        // Refused as unreadable, or the line broke while it was still being sent.
        assert!(
            matches!(refused, Err(LineError::Unreadable | LineError::BrokenOff)),
            "{more}: {refused:?}"
        );
    }
    assert_eq!(found(&hub, SHEET).await.deposits, [longest]);
}

#[tokio::test]
async fn a_backup_carries_what_was_left_and_whoever_recovers_is_told_how_old_it_is() {
    let service = service();
    let installed = Installed::new(&service, None);
    let hub = installed.serve();
    let device = device(&service);
    leave(&hub, &device, &of(&service, SHEET, b"sealed"))
        .await
        .unwrap();
    let backup = installed.folder.path().join("backup");
    let backup = backup.to_str().unwrap();
    let made = answered(&felloe_hub(&installed.at(), &["backup", backup]));
    leave(&hub, &device, &of(&service, SHEET, b"later"))
        .await
        .unwrap();
    hub.kill();
    fs::remove_dir_all(installed.at()).unwrap();
    answered(&felloe_hub(&installed.at(), &["restore", backup]));
    let given = found(&installed.serve(), SHEET).await;
    assert_eq!(given.deposits, [b"sealed"]);
    let made: jiff::Timestamp = made["made"].as_str().unwrap().parse().unwrap();
    let from = given.put_back_from.unwrap();
    assert_eq!(from.as_millisecond(), made.as_millisecond());
}
