//! A service of many devices, and what is measured of its hub server.

use std::time::Duration;

use hub::Address;
use hub::shelf::Shelves;
use record::envelope::Envelope;
use record::log::{EventLog as _, Tail};
use record::scope::Scope;

use crate::day;
use crate::figures::{peak_memory, times};
use crate::running::{Installed, apart};
use crate::service::{Device, Service};
use crate::table::Row;

/// Devices of one site.
const OF_A_SITE: usize = 5;
/// What gathered at each device in an outage, in envelopes; sent in batches of [`BATCH`].
const GATHERED: usize = 100;
pub(crate) const BATCH: usize = 20;
/// What each sends one by one after that.
const ONE_BY_ONE: usize = 10;
/// A note of usual length: sealed it takes some 450 bytes.
const WORDS: &str = "Made-up note: sleep is broken by pain on most nights, walks to the shop and back, \
     would like to garden again; agreed to pace and to try the group.";

/// Not one limit is reached: the hub server is measured, and not its patience.
const LIMITS: &str = "requests-per-second = 10000.0\nrequests-at-once = 10000.0\n\
     bytes-per-second = 1e12\nbytes-at-once = 1e12\n\
     logins-per-second = 1e6\nlogins-at-once = 1e6";

/// A device and what it is going to send.
pub(crate) struct Sender {
    pub(crate) device: Device,
    pub(crate) scope: Scope,
    pub(crate) gathered: Vec<Envelope>,
    pub(crate) one_by_one: Vec<Envelope>,
    pub(crate) news: Envelope,
}

impl Sender {
    fn new(service: &Service, number: usize) -> Self {
        let site = service.site(number / OF_A_SITE);
        let mut device = service.device(&format!("device {number}"), &[site]);
        let scope = Scope::Site(site);
        let mut write = |count: usize, of: &str| -> Vec<Envelope> {
            (0..count)
                .map(|at| device.write(scope, &format!("{WORDS} {of} {at}")))
                .collect()
        };
        let gathered = write(GATHERED, "gathered");
        let one_by_one = write(ONE_BY_ONE, "one by one");
        let news = device.write(scope, WORDS);
        Self {
            device,
            scope,
            gathered,
            one_by_one,
            news,
        }
    }

    fn all(&self) -> usize {
        self.gathered.len() + self.one_by_one.len()
    }
}

/// All figures on one database.
pub(crate) fn measured(name: &str, store: Option<&str>, devices: usize) -> Vec<Row> {
    let service = Service::new("bench");
    let senders: Vec<Sender> = (0..devices).map(|at| Sender::new(&service, at)).collect();
    let installed = Installed::new(&service, store);
    installed.limit(LIMITS);
    let hub = installed.serve();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let day = runtime.block_on(day::lived(&hub, senders, OF_A_SITE));
    let memory = peak_memory(hub.process());
    // The runtime's connections end before the hub server does.
    drop(runtime);
    hub.kill();
    let place = Address::read(store.unwrap_or("sqlite"), installed.at().join("hub.db")).unwrap();
    let lost = apart(|| nothing_is_lost(&place, &day));

    let mut rows = rows(name, day);
    rows.push(row(
        name,
        "memory of the hub server at its most",
        "MiB",
        memory,
    ));
    rows.push(row(name, "acknowledged and lost", "envelopes", lost as f64));
    assert_eq!(lost, 0, "nothing that was acknowledged may be lost");
    rows
}

fn row(name: &str, measure: &str, unit: &'static str, figure: f64) -> Row {
    Row::alone(format!("{name}: {measure}"), unit, figure)
}

fn rows(name: &str, day: day::Day) -> Vec<Row> {
    let devices = day.senders.len();
    let gathered = || day.senders.iter().flat_map(|sender| &sender.gathered);
    let envelopes = gathered().count();
    let bytes: usize = gathered().map(|envelope| envelope.to_bytes().len()).sum();
    let mean = bytes as f64 / envelopes as f64;
    let rate = |count: usize, took: Duration| count as f64 / took.as_secs_f64();
    let at_once = rate(envelopes, day.sent_at_once);
    let mut rows = vec![
        row(name, "devices", "count", devices as f64),
        row(name, "logins", "a second", rate(devices, day.logged_in)),
        row(name, "all at once", "envelopes a second", at_once),
        row(name, "one by one", "pushes a second", day.single_rate),
        row(name, "one envelope, mean", "bytes", mean),
    ];
    let news = "news at a colleague's after the acknowledgement";
    for (what, mut taken) in [
        ("all at once, a push of 20", day.pushes),
        ("one by one, a push of 1", day.single_pushes),
        (news, day.heard),
    ] {
        let [median, slow] = times(&mut taken);
        rows.push(row(name, &format!("{what}, p50"), "ms", median));
        rows.push(row(name, &format!("{what}, p99"), "ms", slow));
    }
    rows
}

/// How many acknowledged envelopes are not there, after every stream was seen to end as it should.
fn nothing_is_lost(place: &Address, day: &day::Day) -> usize {
    let shelf = Shelves::open(place, 1).unwrap().shelf().unwrap();
    let mut lost = 0;
    for (number, sender) in day.senders.iter().enumerate() {
        let stream = sender.news.header().stream();
        let tips = shelf.tips(sender.scope).unwrap();
        let tip = tips.into_iter().find(|tips| tips.stream == stream).unwrap();
        let (end, sent) = if number % OF_A_SITE == 0 {
            (&sender.news, sender.all() + 1)
        } else {
            (sender.one_by_one.last().unwrap(), sender.all())
        };
        assert_eq!(
            tip.tails,
            [Tail::of(end)],
            "device {number} ends where it ended"
        );
        let held = shelf.beyond(&stream, &[], usize::MAX).unwrap();
        lost += sent.saturating_sub(held.len());
    }
    lost
}
