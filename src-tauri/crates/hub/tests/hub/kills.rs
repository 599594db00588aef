//! The hub server and PostgreSQL are ended at any moment, and nothing that was acknowledged is lost.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hub::Address;
use hub::shelf::Shelves;
use record::envelope::Envelope;
use record::log::{EventLog as _, Tail};
use record::scope::Scope;
use tokio::sync::Notify;

use crate::laptop::Laptop;
use crate::postgres::Postgres;
use crate::running::{Installed, Running, apart};
use crate::service::{Device, Service};

/// Envelopes of one push.
const BATCH: usize = 25;
/// How long a killed server may take to be there again.
const BACK_WITHIN: Duration = Duration::from_secs(60);

/// How often something is killed: a few times in the usual tier, often in the long one.
fn kills() -> usize {
    match std::env::var("NEXTEST_PROFILE").as_deref() {
        Ok("full") => 100,
        _ => 3,
    }
}

/// A moment after an acknowledgement, of up to a quarter of a second and never the same.
fn a_while(number: usize) -> Duration {
    let chance = blake3::hash(&number.to_be_bytes());
    Duration::from_millis(chance.as_bytes()[0].into())
}

/// What a device wrote, and how much of it was acknowledged.
struct Record {
    device: Device,
    scope: Scope,
    written: Vec<Envelope>,
    acknowledged: usize,
    /// Pushes that were not answered.
    cut: usize,
    /// Told after each acknowledgement, so that what is killed is killed in the midst of work.
    told: Arc<Notify>,
}

impl Record {
    fn new(service: &Service) -> Self {
        Self {
            device: service.device("laptop", &[service.site(1)]),
            scope: Scope::Site(service.site(1)),
            written: Vec::new(),
            acknowledged: 0,
            cut: 0,
            told: Arc::default(),
        }
    }

    /// Pushes batch after batch for a while, or until something fails. Whatever was not
    /// acknowledged is pushed again the next time.
    async fn push(&mut self, hub: &Running, until: Instant) {
        let Ok(mut laptop) = Laptop::log_in(&hub.hub_server(), &self.device).await else {
            return;
        };
        while Instant::now() < until {
            while self.written.len() < self.acknowledged + BATCH {
                let words = format!("words {}", self.written.len());
                self.written.push(self.device.write(self.scope, &words));
            }
            let batch = &self.written[self.acknowledged..self.acknowledged + BATCH];
            if laptop.push(batch).await.is_err() {
                self.cut += 1;
                return;
            }
            self.acknowledged += BATCH;
            self.told.notify_one();
        }
    }

    /// Every acknowledged envelope is there, and the stream is whole.
    fn check(&self, store: &Address) {
        let opened = Shelves::open(store, 1).unwrap().shelf().unwrap();
        let ids: Vec<_> = self.written.iter().map(Envelope::id).collect();
        // PostgreSQL may still be committing what the killed program sent last, and asking for many
        // is several statements: what two readings agree on is at rest.
        let mut held = opened.envelopes(&ids).unwrap();
        loop {
            let again = opened.envelopes(&ids).unwrap();
            if again == held {
                break;
            }
            held = again;
        }
        assert!(
            held.len() >= self.acknowledged,
            "{} of {}",
            held.len(),
            self.acknowledged
        );
        // A push is kept wholly or not at all.
        assert_eq!(held.len() % BATCH, 0);
        assert_eq!(held, self.written[..held.len()]);
        let tips = opened.tips(self.scope).unwrap();
        let last = held.last().map(Tail::of);
        assert_eq!(
            tips.first().map(|tips| tips.tails.clone()),
            last.map(|last| vec![last])
        );
        assert_eq!(opened.ahead(self.scope).unwrap(), []);
    }
}

fn store(at: &Path, postgres: Option<&Postgres>) -> Address {
    let text = postgres.map_or("sqlite".to_owned(), Postgres::address);
    Address::read(&text, at.join("hub.db")).unwrap()
}

/// Ends the hub server in the midst of pushes, again and again.
async fn hub_server_is_killed(postgres: Option<&Postgres>) {
    let service = Service::new("kills");
    let address = postgres.map(Postgres::address);
    let installed = Installed::new(&service, address.as_deref());
    let store = store(&installed.at(), postgres);
    let mut record = Record::new(&service);
    for number in 0..kills() {
        let hub = installed.serve();
        let process = hub.process().to_string();
        let told = Arc::clone(&record.told);
        let ended = tokio::spawn(async move {
            told.notified().await;
            tokio::time::sleep(a_while(number)).await;
            let killed = std::process::Command::new("kill")
                .args(["-KILL", &process])
                .status();
            assert!(killed.unwrap().success());
        });
        record.push(&hub, Instant::now() + BACK_WITHIN).await;
        ended.await.unwrap();
        apart(|| record.check(&store));
    }
    assert!(record.cut > 0, "some push was cut short");
    assert!(record.acknowledged > 0);
    record
        .push(
            &installed.serve(),
            Instant::now() + Duration::from_millis(300),
        )
        .await;
    apart(|| record.check(&store));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_server_on_sqlite_that_is_killed_loses_nothing_that_it_acknowledged() {
    hub_server_is_killed(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_server_on_postgresql_that_is_killed_loses_nothing_that_it_acknowledged() {
    hub_server_is_killed(Some(&Postgres::start())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgresql_that_is_killed_loses_nothing_that_was_acknowledged_and_is_found_again() {
    let service = Service::new("kills");
    let mut postgres = Postgres::start();
    let installed = Installed::new(&service, Some(&postgres.address()));
    let store = store(&installed.at(), Some(&postgres));
    let hub = installed.serve();
    let mut record = Record::new(&service);
    for number in 0..kills() {
        let told = Arc::clone(&record.told);
        let killed = tokio::spawn(async move {
            told.notified().await;
            tokio::time::sleep(a_while(number)).await;
            postgres.kill();
            postgres
        });
        record.push(&hub, Instant::now() + BACK_WITHIN).await;
        postgres = killed.await.unwrap();
        assert!(hub.told("/health").starts_with("HTTP/1.1 503"));
        postgres.go_on();
        apart(|| record.check(&store));
        // The hub server was not restarted: it finds the database again by itself.
        let until = Instant::now() + BACK_WITHIN;
        while !hub.told("/health").starts_with("HTTP/1.1 200") {
            assert!(Instant::now() < until, "the database is found again");
        }
        let (acknowledged, until) = (record.acknowledged, Instant::now() + BACK_WITHIN);
        while record.acknowledged == acknowledged {
            assert!(Instant::now() < until, "it goes on");
            let a_while = Instant::now() + Duration::from_millis(200);
            record.push(&hub, a_while).await;
        }
    }
    assert!(record.cut > 0, "some push was cut short");
    apart(|| record.check(&store));
}
