//! `felloe-hub serve`.

use std::net::SocketAddr;

use hub::server::Serving;
use hub::shelf::Shelves;
use serde_json::json;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

use crate::looking_after::Place;
use crate::outcome::{Outcome, Trouble};

/// What is logged unless `FELLOE_HUB_LOG` says otherwise: our own words, and no library's, which
/// do not know what may not be said.
const LOGGED: &str = "hub=info,felloe_hub=info";

pub(crate) fn serve(
    place: &Place,
    listen: Option<SocketAddr>,
    metrics: Option<SocketAddr>,
) -> Result<Outcome, Trouble> {
    let (settings, store) = place.found()?;
    log();
    let key = place.folder.server_key()?;
    // PostgreSQL sees to several hub servers itself; a file has one.
    let _lock = match store {
        hub::Address::File(_) => Some(place.folder.lock()?),
        hub::Address::Postgres(_) => None,
    };
    let shelves = Shelves::open(&store, settings.database_connections)?;
    let shelves = shelves.with_quota(settings.limits.quota());
    let serving = Serving {
        shelves: shelves.clone(),
        key,
        listen: listen.unwrap_or(settings.listen),
        metrics: metrics.unwrap_or(settings.metrics),
        at_once: settings.database_connections,
        limits: settings.limits,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Trouble::environment(&format!("The server cannot start: {error}.")))?;
    let served = runtime.block_on(until_stopped(serving));
    // Connections to PostgreSQL wait for their end, which nothing may do inside the runtime.
    drop(runtime);
    drop(shelves);
    served
}

fn log() {
    let filter = EnvFilter::try_from_env("FELLOE_HUB_LOG").unwrap_or_else(|_| LOGGED.into());
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

async fn until_stopped(serving: Serving) -> Result<Outcome, Trouble> {
    let pin = serving.key.pin();
    let bound = serving.bind().await?;
    if let (Ok(address), Ok(metrics)) = (bound.address(), bound.metrics()) {
        tracing::info!(%address, %metrics, %pin, "serving");
    }
    bound.serve(stopped()?).await;
    tracing::info!("stopped");
    let json = json!({ "stopped": true });
    Ok(Outcome::new(json, "Stopped.", true))
}

/// Turns true when the system or a person asks the program to stop.
fn stopped() -> Result<watch::Receiver<bool>, Trouble> {
    let (stop, stopped) = watch::channel(false);
    let asked = asked_to_stop()
        .map_err(|error| Trouble::environment(&format!("Signals cannot be heard: {error}.")))?;
    tokio::spawn(async move {
        asked.await;
        tracing::info!("stopping: what runs is finished");
        // It may have stopped by itself.
        let _ = stop.send(true);
        // Held, or it would count as told already.
        std::future::pending::<()>().await;
    });
    Ok(stopped)
}

#[cfg(unix)]
fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a console there is nobody to ask; the system then ends the program.
        let _ = tokio::signal::ctrl_c().await;
    })
}
