use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use sync::admitted::Admitted;
use sync::record::id::DeviceId;
use tokio::sync::{Semaphore, broadcast};

use crate::clock;
use crate::server_key::Pin;
use crate::settings::Limits;
use crate::shelf::{DatabaseShelf, ShelfError, Shelves, Written};

use super::Serving;
use super::figures::Figures;
use super::notices::Notice;
use super::rates::Rates;

/// Notices that a slow waiter may fall behind before it has to look for itself.
const NOTICES: usize = 256;
/// Tokens that are remembered with who holds them. Past this, all are looked up again.
const REMEMBERED: usize = 16_384;

/// All that the requests share.
pub(super) struct Front {
    shelves: Shelves,
    pub(super) pin: Pin,
    /// For nonces: see `token.rs`.
    pub(super) secret: [u8; 32],
    pub(super) figures: Figures,
    pub(super) notices: broadcast::Sender<Notice>,
    pub(super) limits: Limits,
    pub(super) by_device: Rates<DeviceId>,
    pub(super) by_address: Rates<IpAddr>,
    /// As many requests are worked on at once as there are connections to the database; the others
    /// wait in the order in which they came.
    turns: Semaphore,
    holders: Mutex<HashMap<[u8; 32], Holder>>,
}

/// Who holds a token.
#[derive(Clone)]
pub(super) struct Holder {
    pub(super) device: Arc<Admitted>,
    /// Milliseconds since 1970.
    pub(super) until: i64,
}

impl Front {
    pub(super) fn new(serving: &Serving) -> Self {
        Self {
            shelves: serving.shelves.clone(),
            pin: serving.key.pin(),
            secret: serving.key.secret(),
            figures: Figures::default(),
            notices: broadcast::channel(NOTICES).0,
            limits: serving.limits,
            by_device: Rates::default(),
            by_address: Rates::default(),
            turns: Semaphore::new(serving.at_once as usize),
            holders: Mutex::default(),
        }
    }

    /// Does some work on the shelf, in a thread that may wait, and wakes whoever waits for what it
    /// wrote.
    pub(super) async fn on_shelf<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut DatabaseShelf) -> Result<T, ShelfError> + Send + 'static,
    ) -> Result<T, ShelfError> {
        // The semaphore is never closed, and a thread that panicked has no answer to give.
        let _turn = self
            .turns
            .acquire()
            .await
            .map_err(|_| ShelfError::NoConnection)?;
        let shelves = self.shelves.clone();
        let worked = tokio::task::spawn_blocking(move || {
            let mut own = shelves.shelf()?;
            let done = work(&mut own)?;
            Ok((done, own.take_written()))
        });
        let done: Result<(T, Written), ShelfError> =
            worked.await.unwrap_or(Err(ShelfError::NoConnection));
        match done {
            Ok((done, written)) => {
                self.tell(written);
                Ok(done)
            }
            Err(error) => {
                self.figures.shelf_failed();
                tracing::warn!(reason = %error, "the shelf failed");
                Err(error)
            }
        }
    }

    fn tell(&self, written: Written) {
        self.figures.kept(written.envelopes);
        if !written.streams.is_empty() {
            // Nobody may be waiting.
            let _ = self.notices.send(Notice::of(written.streams));
        }
    }

    /// Who holds the token with this hash; none when nobody does any more.
    pub(super) async fn holder(&self, token_hash: [u8; 32]) -> Result<Option<Holder>, ShelfError> {
        let now = clock::now().as_millisecond();
        if let Some(holder) = self.holders().get(&token_hash) {
            return Ok((holder.until > now).then(|| holder.clone()));
        }
        // Given out by another hub server, or before this one was started.
        let found = self
            .on_shelf(move |shelf| {
                let about = shelf.about();
                let Some((chain, until)) = shelf.holder(&token_hash, now)? else {
                    return Ok(None);
                };
                let device = Admitted::from_chain(&chain, &about.root, about.hub_site).ok();
                let holder = |device| Holder {
                    device: Arc::new(device),
                    until,
                };
                Ok(device.map(holder))
            })
            .await?;
        if let Some(holder) = &found {
            self.remember(token_hash, holder.clone());
        }
        Ok(found)
    }

    pub(super) fn remember(&self, token_hash: [u8; 32], holder: Holder) {
        let mut holders = self.holders();
        if holders.len() >= REMEMBERED {
            holders.clear();
        }
        holders.insert(token_hash, holder);
    }

    fn holders(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], Holder>> {
        // Whoever panicked while it held the lock has at most not added one.
        self.holders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn about(&self) -> crate::shelf::About {
        self.shelves.about()
    }

    /// Whether other hub servers may write to the same database.
    pub(super) async fn is_shared(&self) -> bool {
        self.on_shelf(|shelf| Ok(shelf.is_shared()))
            .await
            .unwrap_or(true)
    }

    /// Forgets what has run out.
    pub(super) async fn tidy(&self) {
        let now = clock::now().as_millisecond();
        self.holders().retain(|_, holder| holder.until > now);
        self.by_device.forget_idle();
        self.by_address.forget_idle();
        // A failure was logged, and it is done again the next time.
        let _ = self
            .on_shelf(move |shelf| shelf.forget_what_ran_out(now))
            .await;
    }
}
