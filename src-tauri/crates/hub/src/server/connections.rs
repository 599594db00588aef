//! From a socket to a request.

use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

use super::front::Front;
use super::routes;

/// How long the handshake may take; over a thin link with a long delay it takes some seconds.
const HANDSHAKE: Duration = Duration::from_secs(20);
/// How long a connection may be quiet between two requests, or take to send a request's head.
const QUIET: Duration = Duration::from_secs(90);
/// How long what runs may take to finish when the server is stopped. systemd waits 90 s.
const FINISHING: Duration = Duration::from_secs(30);
/// The pause when the system has no room for a connection.
const NO_ROOM: Duration = Duration::from_millis(200);
/// Connections for figures at once.
const TOLD_AT_ONCE: usize = 16;

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) IpAddr);

/// Takes laptops' connections until `stop`, then finishes what runs.
pub(super) async fn serve(
    listener: TcpListener,
    tls: Arc<rustls::ServerConfig>,
    front: Arc<Front>,
    stop: watch::Receiver<bool>,
) {
    let acceptor = TlsAcceptor::from(tls);
    let router = routes::laptops(Arc::clone(&front), stop.clone());
    let most = front.limits.connections as usize;
    accept(listener, most, stop, |stream, peer, stop| {
        let (acceptor, router, front) = (acceptor.clone(), router.clone(), Arc::clone(&front));
        async move {
            let _there = front.figures.connected();
            match timeout(HANDSHAKE, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => answer(stream, peer, router, stop).await,
                _ => front.figures.handshake_failed(),
            }
        }
    })
    .await;
}

/// Tells the figures, without TLS: on this machine only, unless somebody said otherwise.
pub(super) async fn tell(listener: TcpListener, front: Arc<Front>, stop: watch::Receiver<bool>) {
    let router = routes::figures(front);
    accept(listener, TOLD_AT_ONCE, stop, |stream, peer, stop| {
        answer(stream, peer, router.clone(), stop)
    })
    .await;
}

async fn accept<F>(
    listener: TcpListener,
    most: usize,
    mut stop: watch::Receiver<bool>,
    work: impl Fn(TcpStream, SocketAddr, watch::Receiver<bool>) -> F,
) where
    F: Future<Output = ()> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(most));
    let mut running = JoinSet::new();
    loop {
        let accepted = async {
            // The semaphore is never closed.
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let accepted = tokio::select! {
            accepted = accepted => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let (place, Ok((stream, peer))) = accepted else {
            tokio::time::sleep(NO_ROOM).await;
            continue;
        };
        // Small questions and answers: waiting to fill a packet would cost each of them a delay.
        // Where the system refuses, they are a little slower.
        let _ = stream.set_nodelay(true);
        let work = work(stream, peer, stop.clone());
        running.spawn(async move {
            work.await;
            drop(place);
        });
        while running.try_join_next().is_some() {}
    }
    drop(listener);
    let finished = async { while running.join_next().await.is_some() {} };
    if timeout(FINISHING, finished).await.is_err() {
        tracing::warn!("some requests were cut short");
    }
}

async fn answer(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    router: Router,
    mut stop: watch::Receiver<bool>,
) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer.ip()));
        router.clone().oneshot(request)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(QUIET);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    // How a connection ended is the laptop's affair, which asks again.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stop.wait_for(|stop| *stop) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}
