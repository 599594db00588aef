//! The link between a spoke and the hub server: a proxy that carries TCP as a thin link would.
//!
//! Rate, delay and loss are worked out here and not by the kernel: what is lost follows from a seed,
//! it is the same on every machine, and few kernels of test machines have what it takes (netem).

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use testkit::Fault;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until};

use crate::lane::{Chance, Lane, SEGMENT, Weather};
use crate::tells::{Carries, Order, heard, tell};

/// Segments that are on their way at once, at most: TCP's window, far above what a thin link holds.
const ON_THE_WAY: usize = 256;

/// How things stand, for every connection.
#[derive(Clone, Copy)]
struct Stands {
    weather: Weather,
    /// The cuts follow the weather.
    thin: bool,
    plugged: bool,
    /// Connections of an earlier one are broken.
    era: u64,
}

struct Link {
    stands: watch::Sender<Stands>,
    up: Lane,
    down: Lane,
    bytes_up: AtomicU64,
    bytes_down: AtomicU64,
    segments: AtomicU64,
    lost: AtomicU64,
    seed: u64,
    faster: u32,
}

/// Lies between `at`, where the spoke calls, and `to`, until nobody tells it anything any more.
pub(crate) fn lies(at: &str, to: &str, seed: &str, faster: &str) -> Result<(), Fault> {
    let stands = Stands {
        weather: Weather::FREE,
        thin: false,
        plugged: true,
        era: 0,
    };
    let link = Arc::new(Link {
        stands: watch::Sender::new(stands),
        up: Lane::default(),
        down: Lane::default(),
        bytes_up: AtomicU64::new(0),
        bytes_down: AtomicU64::new(0),
        segments: AtomicU64::new(0),
        lost: AtomicU64::new(0),
        seed: seed.parse()?,
        faster: faster.parse::<u32>()?.max(1),
    });
    let (at, to): (SocketAddr, SocketAddr) = (at.parse()?, to.parse()?);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let told = Arc::clone(&link);
    let ordered = thread::spawn(move || obey(&told).map_err(|fault| fault.to_string()));
    runtime.block_on(async move {
        let listener = TcpListener::bind(at).await?;
        tell(&Carries::Ready)?;
        tokio::spawn(cuts(Arc::clone(&link)));
        tokio::spawn(accept(link, listener, to));
        while !ordered.is_finished() {
            sleep(Duration::from_millis(50)).await;
        }
        Ok::<(), Fault>(())
    })
}

fn obey(link: &Link) -> Result<(), Fault> {
    let orders = heard::<Order>();
    for order in orders {
        let weather = |weather, thin| {
            link.stands
                .send_modify(|now| (now.weather, now.thin) = (weather, thin));
            for count in [&link.bytes_up, &link.bytes_down, &link.segments, &link.lost] {
                count.store(0, Ordering::Relaxed);
            }
        };
        match order {
            Order::Free => weather(Weather::FREE, false),
            Order::Thin => weather(Weather::thin(link.faster), true),
            Order::Out => link.stands.send_modify(|now| now.plugged = false),
            Order::In => link.stands.send_modify(|now| now.plugged = true),
            Order::Count => {
                tell(&link.counted())?;
                continue;
            }
        }
        tell(&Carries::Done)?;
    }
    Ok(())
}

/// While the link is thin it is cut every 45 to 135 seconds, for 5 to 25. At every second cut the
/// connections break; at the others nothing comes and nobody is told, as behind a bad radio link.
/// Design decisions.
async fn cuts(link: Arc<Link>) {
    let mut chance = Chance::of(link.seed, "cuts", 0);
    let mut seconds = |least: u64, span: u64| {
        let millis = least * 1000 + chance.below(span * 1000);
        Duration::from_millis(millis) / link.faster
    };
    for number in 0_u64.. {
        sleep(seconds(45, 90)).await;
        let lasts = seconds(5, 20);
        let now = *link.stands.borrow();
        if !now.thin || !now.plugged {
            continue;
        }
        let told = number % 2 == 1;
        link.stands.send_modify(|now| {
            now.plugged = false;
            now.era += u64::from(told);
        });
        let millis = u64::try_from(lasts.as_millis()).unwrap_or(u64::MAX);
        if tell(&Carries::Cut { millis, told }).is_err() {
            return;
        }
        sleep(lasts).await;
        link.stands.send_modify(|now| now.plugged = true);
    }
}

async fn accept(link: Arc<Link>, listener: TcpListener, to: SocketAddr) {
    for number in 0_u64.. {
        let Ok((near, _)) = listener.accept().await else {
            return;
        };
        let link = Arc::clone(&link);
        tokio::spawn(async move {
            // What broke is told to nobody but the two ends.
            let _ = connect(&link, near, to, number).await;
        });
    }
}

async fn connect(
    link: &Arc<Link>,
    near: TcpStream,
    to: SocketAddr,
    number: u64,
) -> Result<(), Fault> {
    let mut stands = link.stands.subscribe();
    let era = stands.wait_for(|now| now.plugged).await?.era;
    let far = TcpStream::connect(to).await?;
    near.set_nodelay(true)?;
    far.set_nodelay(true)?;
    let (from_near, to_near) = near.into_split();
    let (from_far, to_far) = far.into_split();
    let up = Chance::of(link.seed, "up", number);
    let down = Chance::of(link.seed, "down", number);
    let broken = async {
        let _ = stands.wait_for(|now| now.era != era).await;
    };
    tokio::select! {
        () = carry(link, from_near, to_far, up, true) => {}
        () = carry(link, from_far, to_near, down, false) => {}
        () = broken => {}
    }
    Ok(())
}

/// Carries one direction of a connection until either end is gone.
async fn carry(
    link: &Arc<Link>,
    mut from: OwnedReadHalf,
    to: OwnedWriteHalf,
    mut chance: Chance,
    up: bool,
) {
    let (send, arriving) = mpsc::channel(ON_THE_WAY);
    let arrives = deliver(arriving, to, link.stands.subscribe());
    let sends = async move {
        let mut stands = link.stands.subscribe();
        let mut buffer = [0; SEGMENT];
        loop {
            let read = from.read(&mut buffer).await.unwrap_or(0);
            if read == 0 || !plugged(&mut stands).await {
                return;
            }
            let carried = link.carries(read, &mut chance, up);
            let bytes = buffer[..read].to_vec();
            if send.send((carried.arrives, bytes)).await.is_err() {
                return;
            }
            sleep_until(carried.gone).await;
        }
    };
    // What is on its way when the sender is done still arrives.
    tokio::join!(sends, arrives);
}

async fn deliver(
    mut arriving: mpsc::Receiver<(Instant, Vec<u8>)>,
    mut to: OwnedWriteHalf,
    mut stands: watch::Receiver<Stands>,
) {
    while let Some((at, bytes)) = arriving.recv().await {
        sleep_until(at).await;
        if !plugged(&mut stands).await || to.write_all(&bytes).await.is_err() {
            return;
        }
    }
}

/// Waits until the cable is in. False when the link is no more.
async fn plugged(stands: &mut watch::Receiver<Stands>) -> bool {
    stands.wait_for(|now| now.plugged).await.is_ok()
}

impl Link {
    fn carries(&self, bytes: usize, chance: &mut Chance, up: bool) -> crate::lane::Carried {
        let weather = self.stands.borrow().weather;
        let (lane, count) = if up {
            (&self.up, &self.bytes_up)
        } else {
            (&self.down, &self.bytes_down)
        };
        let carried = lane.send(bytes, &weather, chance, Instant::now());
        count.fetch_add(bytes as u64, Ordering::Relaxed);
        self.segments.fetch_add(1, Ordering::Relaxed);
        self.lost
            .fetch_add(u64::from(carried.lost), Ordering::Relaxed);
        carried
    }

    fn counted(&self) -> Carries {
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Carries::Counted {
            up: of(&self.bytes_up),
            down: of(&self.bytes_down),
            segments: of(&self.segments),
            lost: of(&self.lost),
        }
    }
}
