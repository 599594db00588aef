//! What whoever looks after a hub server does with it.

use std::fs;
use std::path::Path;

use hub::Address;
use hub::shelf::Shelves;
use record::envelope::Envelope;
use record::log::EventLog as _;
use record::scope::Scope;

use crate::laptop::Laptop;
use crate::postgres::Postgres;
use crate::running::{Installed, Running, answered, apart, felloe_hub};
use crate::service::{Device, Service};

const FINE: i32 = 0;
const NO: i32 = 1;
pub(crate) const INPUT: i32 = 2;
pub(crate) const ENVIRONMENT: i32 = 3;

fn service() -> Service {
    Service::new("care")
}

pub(crate) fn device(service: &Service) -> Device {
    service.device("laptop", &[service.site(1)])
}

pub(crate) fn write(device: &mut Device, service: &Service, count: usize) -> Vec<Envelope> {
    let scope = Scope::Site(service.site(1));
    (0..count)
        .map(|at| device.write(scope, &format!("words {at}")))
        .collect()
}

pub(crate) async fn push(hub: &Running, device: &Device, envelopes: &[Envelope]) -> u64 {
    let mut laptop = Laptop::log_in(&hub.hub_server(), device).await.unwrap();
    laptop.push(envelopes).await.unwrap()
}

pub(crate) fn code(at: &Path, arguments: &[&str]) -> i32 {
    felloe_hub(at, arguments).status.code().unwrap()
}

/// All that is kept in the database of a folder, or of an address.
pub(crate) fn held(at: &Path, store: Option<&str>, wanted: &[Envelope]) -> Vec<Envelope> {
    let address = Address::read(store.unwrap_or("sqlite"), at.join("hub.db")).unwrap();
    let ids: Vec<_> = wanted.iter().map(Envelope::id).collect();
    apart(|| {
        let shelf = Shelves::open(&address, 1).unwrap().shelf().unwrap();
        shelf.envelopes(&ids).unwrap()
    })
}

#[test]
fn a_set_up_tells_where_it_is_and_what_it_is_known_by() {
    let service = service();
    let installed = Installed::new(&service, None);
    let status = answered(&felloe_hub(&installed.at(), &["status"]));
    assert_eq!(status["service"], service.id().to_string());
    assert_eq!(status["pin"], installed.pin);
    assert_eq!(installed.pin.split(' ').count(), 16);
    assert_eq!(status["pin_words"].as_str().unwrap().split(' ').count(), 6);
    assert_eq!(status["address"], "localhost:8443");
    assert_eq!(status["envelopes"], 0);
}

#[test]
fn the_folder_and_what_is_in_it_are_for_one_account_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let installed = Installed::new(&service(), None);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&installed.at()), 0o700);
    for name in ["server.key", "hub.toml"] {
        assert_eq!(mode(&installed.at().join(name)), 0o600, "{name}");
    }
}

#[test]
fn a_second_set_up_in_one_folder_is_refused_and_changes_nothing() {
    let installed = Installed::new(&service(), None);
    let file = installed.folder.path().join("service.felloe-hub");
    let again = ["init", "--service", file.to_str().unwrap()];
    assert_eq!(code(&installed.at(), &again), INPUT);
    let status = answered(&felloe_hub(&installed.at(), &["status"]));
    assert_eq!(status["pin"], installed.pin);
}

#[test]
fn commands_without_a_hub_server_or_with_nonsense_say_so_by_their_code() {
    let nowhere = tempfile::tempdir().unwrap();
    let file = nowhere.path().join("nonsense");
    fs::write(&file, b"nonsense").unwrap();
    let nonsense = file.to_str().unwrap();
    for arguments in [
        &["status"][..],
        &["serve"],
        &["init", "--service", nonsense],
        &["init", "--service", "not-there"],
        &["block", "not-a-device"],
        &["restore", nonsense],
        &["no-such-command"],
    ] {
        assert_eq!(code(nowhere.path(), arguments), INPUT, "{arguments:?}");
    }
    let installed = Installed::new(&service(), None);
    let device = device(&service()).id.to_string();
    assert_eq!(code(&installed.at(), &["admit", &device]), NO);
    assert_eq!(code(&installed.at(), &["block", &device]), FINE);
    assert_eq!(code(&installed.at(), &["block", &device]), NO);
    let away = ["--store", "postgres://felloe@127.0.0.1:1/none", "status"];
    assert_eq!(code(&installed.at(), &away), ENVIRONMENT);
}

#[test]
fn one_hub_server_at_a_time_serves_from_a_file() {
    let installed = Installed::new(&service(), None);
    let _hub = installed.serve();
    let second = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--metrics",
        "127.0.0.1:0",
    ];
    assert_eq!(code(&installed.at(), &second), ENVIRONMENT);
}

#[test]
fn a_database_of_another_service_is_refused() {
    let postgres = Postgres::start();
    Installed::new(&service(), Some(&postgres.address()));
    let other = tempfile::tempdir().unwrap();
    let file = other.path().join("service");
    fs::write(&file, Service::new("another").set_up().to_bytes()).unwrap();
    let arguments = [
        "init",
        "--service",
        file.to_str().unwrap(),
        "--store",
        &postgres.address(),
    ];
    let refused = felloe_hub(&other.path().join("hub"), &arguments);
    assert_eq!(refused.status.code(), Some(INPUT));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("another service"));
}

#[test]
fn a_postgresql_that_would_lose_what_was_acknowledged_is_refused() {
    let postgres = Postgres::start_with(&["-c", "fsync=off"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("service");
    fs::write(&file, service().set_up().to_bytes()).unwrap();
    let arguments = [
        "init",
        "--service",
        file.to_str().unwrap(),
        "--store",
        &postgres.address(),
    ];
    let refused = felloe_hub(&folder.path().join("hub"), &arguments);
    assert_eq!(refused.status.code(), Some(ENVIRONMENT));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("fsync"));
}

#[test]
fn a_device_is_got_to_know_from_a_file_and_one_of_another_service_is_not() {
    let service = service();
    let installed = Installed::new(&service, None);
    let file = installed.folder.path().join("chain");
    let (ours, strange) = (device(&service), Service::new("another"));
    let introduce = |device: &Device| {
        let chain = device.chain.clone();
        let request = sync::wire::Request::Introduce { chain };
        fs::write(&file, request.to_bytes(service.id())).unwrap();
        felloe_hub(
            &installed.at(),
            &["admit", "--chain", file.to_str().unwrap()],
        )
    };
    assert_eq!(answered(&introduce(&ours))["device"], ours.id.to_string());
    let refused = introduce(&strange.device("laptop", &[strange.site(1)]));
    assert_eq!(refused.status.code(), Some(INPUT));
    assert_eq!(
        answered(&felloe_hub(&installed.at(), &["status"]))["devices"],
        1
    );
}

#[tokio::test]
async fn a_server_with_a_new_key_is_another_server_to_the_laptops_until_they_are_told() {
    let service = service();
    let installed = Installed::new(&service, None);
    let told = answered(&felloe_hub(&installed.at(), &["rotate"]));
    assert_ne!(told["pin"], installed.pin);
    let hub = installed.serve();
    let refused = Laptop::log_in(&hub.hub_server(), &device(&service)).await;
    assert_eq!(refused.err(), Some(sync::http::LineError::OtherKey));
}

#[tokio::test]
async fn its_figures_are_for_its_own_machine_and_name_nobody() {
    let service = service();
    let installed = Installed::new(&service, None);
    let mut device = device(&service);
    let hub = installed.serve();
    let written = write(&mut device, &service, 3);
    push(&hub, &device, &written).await;
    let told = hub.told("/metrics");
    assert!(told.starts_with("HTTP/1.1 200"), "{told}");
    assert!(told.contains("felloe_hub_envelopes_kept_total 3"), "{told}");
    let nobody = [
        device.id.to_string(),
        service.site(1).to_string(),
        service.id().to_string(),
    ];
    assert!(nobody.iter().all(|id| !told.contains(id)), "{told}");
    assert!(hub.told("/health").starts_with("HTTP/1.1 200"));
    assert!(hub.told("/v1/hello").starts_with("HTTP/1.1 404"));
    let mut laptop = Laptop::log_in(&hub.hub_server(), &device).await.unwrap();
    let asked = laptop
        .line
        .ask("/metrics", None, Vec::new(), std::time::Duration::ZERO)
        .await;
    assert_eq!(asked, Err(sync::http::LineError::NotAHubServer));
}
