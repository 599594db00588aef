//! Whole exchanges of devices with the hub server, as the program makes them.

use std::fs;
use std::time::{Duration, Instant};

use record::envelope::Envelope;
use record::log::EventLog as _;
use record::scope::Scope;
use sync::admitted::Admitted;
use sync::exchange::{Exchange, Outcome};
use sync::memory::{Memory, MemoryShelf};
use sync::pace::Pace;

use crate::laptop::Laptop;
use crate::postgres::Postgres;
use crate::running::{Installed, Running, answered, felloe_hub};
use crate::service::{Device, Service};

/// A device with what it holds.
struct Place {
    device: Device,
    held: MemoryShelf,
    admitted: Admitted,
}

impl Place {
    fn new(service: &Service, device: Device) -> Self {
        let root = service.set_up().fingerprint();
        let admitted = Admitted::from_chain(&device.chain, &root, service.hub_site).unwrap();
        let mut held = MemoryShelf::new(Memory::new(service.id()), root);
        held.meet(&device.chain);
        Self {
            device,
            held,
            admitted,
        }
    }

    fn write(&mut self, scope: Scope, count: usize) {
        let written = (0..count).map(|at| self.device.write(scope, &format!("words {at}")));
        let written: Vec<Envelope> = written.collect();
        self.held.append(&written).unwrap();
    }

    /// Exchanges with the hub server until there is no more to ask.
    async fn exchange(&mut self, hub: &Running) -> Outcome {
        let mut laptop = Laptop::log_in(&hub.hub_server(), &self.device)
            .await
            .unwrap();
        let begun = Instant::now();
        let mut exchange = Exchange::new(self.admitted.clone(), Vec::new(), Pace::default());
        while let Some(message) = exchange.next(&self.held, begun.elapsed()).unwrap() {
            let token = Some(laptop.token.as_str());
            let asked = laptop
                .line
                .ask("/v1/exchange", token, message, Duration::ZERO);
            let answer = asked.await.unwrap();
            exchange
                .take(&answer, &mut self.held, begun.elapsed())
                .unwrap();
        }
        exchange.outcome().unwrap()
    }
}

/// Everybody knows everybody, as after an exchange of the service's certificates.
fn introduce(places: &mut [Place]) {
    let chains: Vec<_> = places
        .iter()
        .map(|place| place.device.chain.clone())
        .collect();
    for place in places {
        for chain in &chains {
            place.held.meet(chain);
        }
    }
}

async fn three_devices_meet(postgres: Option<&Postgres>) {
    let service = Service::new("exchanges");
    let address = postgres.map(Postgres::address);
    let hub = Installed::new(&service, address.as_deref()).serve();
    let (one, other) = (service.site(1), service.site(2));
    let mut places = [
        Place::new(&service, service.device("nurse", &[one])),
        Place::new(&service, service.device("elsewhere", &[other])),
        Place::new(
            &service,
            service.device("consultant", &[service.hub_site, one, other]),
        ),
    ];
    introduce(&mut places);
    places[0].write(Scope::Site(one), 120);
    places[0].write(Scope::Audit, 10);
    places[1].write(Scope::Site(other), 30);
    places[2].write(Scope::Service, 5);
    for _ in 0..2 {
        for place in &mut places {
            let outcome = place.exchange(&hub).await;
            assert!(outcome.up_to_date, "{outcome:?}");
            assert!(outcome.refused_here.is_empty() && outcome.refused_there.is_empty());
        }
    }
    let [nurse, elsewhere, consultant] = &places;
    let tips = |place: &Place, scope| place.held.tips(scope).unwrap();
    for scope in [Scope::Site(one), Scope::Service] {
        assert_eq!(tips(nurse, scope), tips(consultant, scope));
        assert_eq!(tips(nurse, scope).len(), 1);
    }
    assert_eq!(
        tips(elsewhere, Scope::Site(other)),
        tips(consultant, Scope::Site(other))
    );
    // Each has what it is entitled to, and nothing else.
    assert_eq!(tips(elsewhere, Scope::Site(one)), []);
    assert_eq!(tips(elsewhere, Scope::Audit), []);
    assert_eq!(tips(consultant, Scope::Audit), tips(nurse, Scope::Audit));
}

#[tokio::test]
async fn what_a_nurse_writes_reaches_the_consultant_and_nobody_else_by_way_of_sqlite() {
    three_devices_meet(None).await;
}

#[tokio::test]
async fn what_a_nurse_writes_reaches_the_consultant_and_nobody_else_by_way_of_postgresql() {
    three_devices_meet(Some(&Postgres::start())).await;
}

#[tokio::test]
async fn a_hub_server_that_was_put_back_from_an_old_backup_is_healed_by_a_device_that_holds_the_rest()
 {
    let service = Service::new("exchanges");
    let installed = Installed::new(&service, None);
    let site = service.site(1);
    let mut places = [
        Place::new(&service, service.device("nurse", &[site])),
        Place::new(&service, service.device("colleague", &[site])),
    ];
    introduce(&mut places);
    let [nurse, colleague] = &mut places;
    let hub = installed.serve();
    nurse.write(Scope::Site(site), 40);
    assert!(nurse.exchange(&hub).await.up_to_date);
    let backup = installed.folder.path().join("backup");
    answered(&felloe_hub(
        &installed.at(),
        &["backup", backup.to_str().unwrap()],
    ));
    nurse.write(Scope::Site(site), 40);
    assert!(nurse.exchange(&hub).await.up_to_date);
    assert!(colleague.exchange(&hub).await.up_to_date);
    hub.kill();
    fs::remove_dir_all(installed.at()).unwrap();
    answered(&felloe_hub(
        &installed.at(),
        &["restore", backup.to_str().unwrap()],
    ));
    // The author is away; her colleague brings what the backup had not.
    let hub = installed.serve();
    assert!(colleague.exchange(&hub).await.up_to_date);
    assert_eq!(
        answered(&felloe_hub(&installed.at(), &["status"]))["envelopes"],
        80
    );
    assert!(nurse.exchange(&hub).await.up_to_date);
}
