//! How the talk hears that there may be something new at the desk.

use std::sync::Arc;

use tokio::sync::Notify;

/// Rung whenever somebody did something at the desk. Rings that nobody waited for count as one.
#[derive(Debug, Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// There may be something new.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Returns at the next ring, or at once after one that nobody waited for.
    pub(super) async fn rung(&self) {
        self.0.notified().await;
    }
}
