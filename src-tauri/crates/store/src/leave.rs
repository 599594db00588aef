//! Leave to go on with the data key while nobody is at work.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::SignedDuration;
use rusqlite::{Connection, InterruptHandle};

use crate::StoreError;

/// How long work that is running keeps the data key after the screen was locked: half an hour. A
/// design decision: a backup of a large record to a slow stick is done by then, and a laptop that
/// was left alone is not open much longer.
pub const LEAVE_LASTS: SignedDuration = SignedDuration::from_mins(30);

/// Leave for the work of one sitting, such as a backup, to hold the data key. It can be ended from
/// another thread: the work then stops between two pages, drops its keys, and says so.
#[derive(Clone, Default)]
pub struct Leave(Arc<Given>);

#[derive(Default)]
struct Given {
    ended: AtomicBool,
    at_work: Mutex<Option<InterruptHandle>>,
}

impl Leave {
    /// Ends it for good.
    pub fn end(&self) {
        self.0.ended.store(true, Ordering::SeqCst);
        let at_work = self.0.at_work.lock();
        if let Some(handle) = at_work.unwrap_or_else(PoisonError::into_inner).as_ref() {
            handle.interrupt();
        }
    }

    /// Whether some work still holds it beside whoever asks.
    pub fn is_held(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }

    /// Ending it from now on stops what this connection does. Refuses when it has been ended.
    pub(crate) fn covers(&self, connection: &Connection) -> Result<(), StoreError> {
        let mut at_work = self
            .0
            .at_work
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *at_work = Some(connection.get_interrupt_handle());
        drop(at_work);
        // After the handle is there, so that an end in between is not missed.
        self.check()
    }

    /// Refuses when it has been ended.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        if self.0.ended.load(Ordering::SeqCst) {
            Err(StoreError::Stopped)
        } else {
            Ok(())
        }
    }
}
