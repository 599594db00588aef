//! Who is woken when something was written, here or at another hub server over the same database.

use std::sync::Arc;
use std::time::Duration;

use sync::record::envelope::Stream;
use tokio::sync::watch;

use super::front::Front;

/// How often the database is asked what other hub servers wrote: a laptop that waits at one sees
/// what came in at another within a second. A design decision.
const LOOKS: Duration = Duration::from_millis(300);

/// The streams that something was added to; none when it may have been any.
#[derive(Debug, Clone)]
pub(super) struct Notice(Option<Arc<[Stream]>>);

impl Notice {
    const ANY: Self = Self(None);

    pub(super) fn of(mut streams: Vec<Stream>) -> Self {
        streams.sort_unstable();
        streams.dedup();
        Self(Some(streams.into()))
    }

    pub(super) fn concerns(&self, may_read: impl Fn(&Stream) -> bool) -> bool {
        self.0
            .as_ref()
            .is_none_or(|streams| streams.iter().any(may_read))
    }
}

/// Passes on what other hub servers write, until `stop`.
pub(super) async fn listen(front: Arc<Front>, mut stop: watch::Receiver<bool>) {
    if !front.is_shared().await {
        return;
    }
    let mut since = None;
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOKS) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        let from = since;
        let looked = front.on_shelf(move |shelf| shelf.touched_since(from)).await;
        // A failure was logged; the next look begins where this one would have.
        let Ok((streams, next)) = looked else {
            continue;
        };
        let notice = match since.replace(next) {
            Some(_) if streams.is_empty() => continue,
            Some(_) => Notice::of(streams),
            // Whoever came before the first look may have missed something.
            None => Notice::ANY,
        };
        // Nobody may be waiting.
        let _ = front.notices.send(notice);
    }
}
