//! What the devices do.

use std::sync::Arc;
use std::time::{Duration, Instant};

use record::log::ScopesDigest;
use sync::wire::{Answer, Request};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::clinic::{BATCH, Sender};
use crate::laptop::Laptop;
use crate::running::Running;

/// How often each sends when they send one by one.
const EVERY: Duration = Duration::from_secs(2);
/// How long the devices wait for news before some is sent.
const SETTLED: Duration = Duration::from_secs(2);

/// What came of it.
pub(crate) struct Day {
    pub(crate) senders: Vec<Sender>,
    pub(crate) logged_in: Duration,
    pub(crate) sent_at_once: Duration,
    pub(crate) pushes: Vec<Duration>,
    pub(crate) single_pushes: Vec<Duration>,
    pub(crate) single_rate: f64,
    pub(crate) heard: Vec<Duration>,
}

/// Lets every device log in, send what gathered, send one by one, and wait for news.
pub(crate) async fn lived(hub: &Running, senders: Vec<Sender>, of_a_site: usize) -> Day {
    let begun = Instant::now();
    let mut logins = JoinSet::new();
    for sender in senders {
        let server = hub.hub_server();
        logins.spawn(async move {
            let laptop = Laptop::log_in(&server, &sender.device).await.unwrap();
            (sender, laptop)
        });
    }
    let mut present = logins.join_all().await;
    let logged_in = begun.elapsed();
    present.sort_by_key(|(sender, _)| sender.scope);

    let begun = Instant::now();
    let (present, pushes) = each(present, |sender, laptop, _| {
        Box::pin(at_once(sender, laptop))
    })
    .await;
    let sent_at_once = begun.elapsed();

    let begun = Instant::now();
    let count = present.len() as u32;
    let (present, single_pushes) = each(present, move |sender, laptop, number| {
        let first = EVERY * number as u32 / count;
        Box::pin(one_by_one(sender, laptop, first))
    })
    .await;
    let single_rate = single_pushes.len() as f64 / begun.elapsed().as_secs_f64();
    let (senders, heard) = news(present, of_a_site).await;
    Day {
        senders,
        logged_in,
        sent_at_once,
        pushes,
        single_pushes,
        single_rate,
        heard,
    }
}

type Present = (Sender, Laptop);
type Taken<'a> = std::pin::Pin<Box<dyn Future<Output = Vec<Duration>> + Send + 'a>>;

/// Lets all do something at the same time, and gathers how long each part of it took.
async fn each(
    present: Vec<Present>,
    work: impl for<'a> Fn(&'a Sender, &'a mut Laptop, usize) -> Taken<'a> + Send + Sync + 'static,
) -> (Vec<Present>, Vec<Duration>) {
    let work = Arc::new(work);
    let mut running = JoinSet::new();
    for (number, (sender, mut laptop)) in present.into_iter().enumerate() {
        let work = Arc::clone(&work);
        running.spawn(async move {
            let taken = work(&sender, &mut laptop, number).await;
            (number, (sender, laptop), taken)
        });
    }
    let mut done = running.join_all().await;
    done.sort_by_key(|(number, ..)| *number);
    let mut taken = Vec::new();
    let present = done.into_iter().map(|(_, present, own)| {
        taken.extend(own);
        present
    });
    (present.collect(), taken)
}

async fn at_once(sender: &Sender, laptop: &mut Laptop) -> Vec<Duration> {
    let mut taken = Vec::new();
    for batch in sender.gathered.chunks(BATCH) {
        let begun = Instant::now();
        assert_eq!(laptop.push(batch).await.unwrap(), batch.len() as u64);
        taken.push(begun.elapsed());
    }
    taken
}

async fn one_by_one(sender: &Sender, laptop: &mut Laptop, first: Duration) -> Vec<Duration> {
    let mut taken = Vec::new();
    let begun = tokio::time::Instant::now() + first;
    for (number, envelope) in sender.one_by_one.iter().enumerate() {
        tokio::time::sleep_until(begun + EVERY * number as u32).await;
        let asked = Instant::now();
        assert_eq!(
            laptop.push(std::slice::from_ref(envelope)).await.unwrap(),
            1
        );
        taken.push(asked.elapsed());
    }
    taken
}

/// The first device of each site sends something while its colleagues wait for it.
async fn news(present: Vec<Present>, of_a_site: usize) -> (Vec<Sender>, Vec<Duration>) {
    let all = Arc::new(Barrier::new(present.len()));
    let mut running = JoinSet::new();
    let mut told = tokio::sync::watch::channel(None::<Instant>);
    for (number, (sender, mut laptop)) in present.into_iter().enumerate() {
        if number % of_a_site == 0 {
            told = tokio::sync::watch::channel(None);
            let (all, tell) = (Arc::clone(&all), told.0.clone());
            running.spawn(async move {
                all.wait().await;
                tokio::time::sleep(SETTLED).await;
                laptop
                    .push(std::slice::from_ref(&sender.news))
                    .await
                    .unwrap();
                tell.send_replace(Some(Instant::now()));
                (number, sender, None)
            });
            continue;
        }
        let (all, mut told) = (Arc::clone(&all), told.1.clone());
        running.spawn(async move {
            let with = same(&mut laptop).await;
            all.wait().await;
            let answer = laptop.wait(&with).await.unwrap();
            let heard = Instant::now();
            assert!(matches!(answer, Answer::Differ { .. }), "{answer:?}");
            let told = *told.wait_for(Option::is_some).await.unwrap();
            let after = heard.saturating_duration_since(told.unwrap());
            (number, sender, Some(after))
        });
    }
    let mut done = running.join_all().await;
    done.sort_by_key(|(number, ..)| *number);
    let heard = done.iter().filter_map(|(_, _, heard)| *heard).collect();
    (
        done.into_iter().map(|(_, sender, _)| sender).collect(),
        heard,
    )
}

/// What a device waits with that holds what the hub server holds.
async fn same(laptop: &mut Laptop) -> Request {
    let digest = ScopesDigest::of(&[]);
    let Answer::Differ { scopes, .. } = laptop.ask(&Request::Compare { digest }).await.unwrap()
    else {
        panic!("nothing is not what a device compares with");
    };
    Request::Compare {
        digest: ScopesDigest::of(&scopes),
    }
}
