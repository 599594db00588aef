//! The door of the hub server: HTTPS, logins, limits, and what it tells of itself.

mod connections;
mod deposits;
mod exchange;
mod figures;
mod front;
mod login;
mod notices;
mod rates;
mod refusal;
mod routes;
mod token;
mod wait;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::server_key::{KeyError, ServerKey};
use crate::settings::Limits;
use crate::shelf::{ShelfError, Shelves};

use front::Front;

/// What is forgotten is looked for this often.
const TIDIED: Duration = Duration::from_secs(300);

/// What a hub server serves with.
pub struct Serving {
    /// Where the envelopes are.
    pub shelves: Shelves,
    /// The key that laptops know it by.
    pub key: ServerKey,
    /// Where it listens for laptops.
    pub listen: SocketAddr,
    /// Where it tells its figures.
    pub metrics: SocketAddr,
    /// Connections to the database, and so requests that are worked on at once.
    pub at_once: u32,
    /// What one device or address may ask for.
    pub limits: Limits,
}

/// Why it does not serve.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// An address cannot be listened on.
    #[error("{address} cannot be listened on: {source}. See whether something else does.")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The shelf failed.
    #[error(transparent)]
    Shelf(#[from] ShelfError),
}

/// A hub server that listens and has not begun to answer.
pub struct Bound {
    front: Arc<Front>,
    laptops: TcpListener,
    figures: TcpListener,
    tls: Arc<rustls::ServerConfig>,
}

impl Serving {
    /// What laptops may ask for, without sockets and TLS: for tests.
    pub fn without_sockets(&self) -> axum::Router {
        let (_, never) = watch::channel(false);
        routes::laptops(Arc::new(Front::new(self)), never)
    }

    /// Listens on both addresses.
    pub async fn bind(self) -> Result<Bound, ServeError> {
        let laptops = listen(self.listen).await?;
        let figures = listen(self.metrics).await?;
        Ok(Bound {
            tls: self.key.tls()?,
            front: Arc::new(Front::new(&self)),
            laptops,
            figures,
        })
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| ServeError::Listen { address, source })
}

impl Bound {
    /// Where laptops find it: the port, when the system was asked to choose one.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.laptops.local_addr()
    }

    /// Where its figures are.
    pub fn metrics(&self) -> std::io::Result<SocketAddr> {
        self.figures.local_addr()
    }

    /// Answers until `stop` says so; then takes no more connections, finishes what runs, and
    /// returns.
    pub async fn serve(self, stop: watch::Receiver<bool>) {
        let Self {
            front,
            laptops,
            figures,
            tls,
        } = self;
        let listening = tokio::spawn(notices::listen(Arc::clone(&front), stop.clone()));
        let tidying = tokio::spawn(tidy(Arc::clone(&front)));
        let told = tokio::spawn(connections::tell(figures, Arc::clone(&front), stop.clone()));
        connections::serve(laptops, tls, front, stop).await;
        tidying.abort();
        // They end by themselves; a panic of theirs was printed where it happened.
        let _ = (listening.await, told.await);
    }
}

async fn tidy(front: Arc<Front>) {
    loop {
        tokio::time::sleep(TIDIED).await;
        front.tidy().await;
    }
}
