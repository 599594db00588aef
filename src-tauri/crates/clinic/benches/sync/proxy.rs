//! A proxy in front of a server, which counts what goes through.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use crate::Outcome;

/// How long nothing has to move before a count is taken.
const REST: Duration = Duration::from_millis(60);

/// Bytes that went through since it began, from whoever connects and to them.
#[derive(Default)]
struct Counted {
    up: AtomicU64,
    down: AtomicU64,
}

/// Stands before one server for as long as this process runs.
pub(crate) struct Proxy {
    address: SocketAddr,
    counted: Arc<Counted>,
}

impl Proxy {
    pub(crate) fn before(server: SocketAddr) -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let counted = Arc::<Counted>::default();
        let counts = Arc::clone(&counted);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if let Err(error) = join(client, server, &counts) {
                    eprintln!("The proxy does not reach its server: {error}");
                }
            }
        });
        Ok(Self { address, counted })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Bytes up and down so far, once nothing moves any more: a connection that was hung up has
    /// still to say so.
    pub(crate) fn at_rest(&self) -> [u64; 2] {
        let mut before = self.counted();
        loop {
            thread::sleep(REST);
            let now = self.counted();
            if now == before {
                return now;
            }
            before = now;
        }
    }

    fn counted(&self) -> [u64; 2] {
        [&self.counted.up, &self.counted.down].map(|bytes| bytes.load(Ordering::SeqCst))
    }
}

fn join(client: TcpStream, server: SocketAddr, counts: &Arc<Counted>) -> std::io::Result<()> {
    let server = TcpStream::connect(server)?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_client, from_server) = (client.try_clone()?, server.try_clone()?);
    let (up, down) = (Arc::clone(counts), Arc::clone(counts));
    thread::spawn(move || carry(from_client, server, &up.up));
    thread::spawn(move || carry(from_server, client, &down.down));
    Ok(())
}

/// Counts before it passes on: what has arrived is in the count.
fn carry(mut from: TcpStream, mut to: TcpStream, count: &AtomicU64) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(length) = from.read(&mut bytes) {
        count.fetch_add(length as u64, Ordering::SeqCst);
        if length == 0 || to.write_all(&bytes[..length]).is_err() {
            break;
        }
    }
    // The other way may be closed already.
    let _ = to.shutdown(Shutdown::Write);
}
