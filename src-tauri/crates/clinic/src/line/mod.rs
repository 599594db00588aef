//! The line to the hub server: whom to call, when, and what people are told of it.
//!
//! The talking is done off the desk. [`keep`] runs for as long as the program does and borrows the
//! desk for one short step at a time: to take the next message, or to keep what an answer brought.
//! While bytes are on their way nobody waits for them. Nothing that is kept here holds a key. When
//! the screen locks while the line stands, the record stays open to the exchange alone until that
//! comes to its end; sealing ends it at the next step.

mod bell;
mod carried;
mod case_sync;
mod chip;
mod documents;
mod hub_server;
mod leaving;
mod meanwhile;
mod notes;
mod once;
mod problems;
mod progress;
mod receipts;
mod screen;
mod session;
mod state;
mod steps;
mod talk;
mod waiting;

pub use bell::Bell;
pub use case_sync::case_sync;
pub use chip::{sync_chip, try_now};
pub use hub_server::{hub_server, save_hub_server, save_hub_set_up};
pub use once::{Synced, sync_once};
pub use screen::sync_screen;
pub use talk::{Lend, Told, keep};

/// Whether an exchange is under way, or the line stands and what was written last is about to go:
/// then it comes to its end although the screen locks.
pub(crate) fn goes_on(desk: &crate::desk::Desk) -> bool {
    use state::Stands;
    let stands = matches!(
        desk.line.stands,
        Stands::Calling | Stands::Talking(_) | Stands::Heard { .. }
    );
    stands && hub_server::named(desk).is_ok_and(|hub| hub.is_some())
}

pub(crate) use chip::unsent;
pub(crate) use hub_server::{
    SETTING as HUB_SERVER, keep as keep_hub_server, named as hub_server_here, to_keep,
};
pub(crate) use leaving::left_for_the_sheet;
pub(crate) use meanwhile::{arrived_unseen, copy_found, give_unseen, no_news, note_copy_found};
pub(crate) use receipts::opened;
pub(crate) use screen::warnings;
pub(crate) use state::Line;
pub(crate) use talk::runtime;

/// The steps of an exchange, for tests that speak for the hub server.
#[cfg(test)]
pub(crate) mod exchanged {
    pub(crate) use super::steps::{After, begin, finished, next, take};
    pub(crate) use super::waiting::Waiting;
}

/// The steps in which documents are carried and what the sheet opens is left, for tests that speak
/// for the hub server.
#[cfg(test)]
pub(crate) mod carrying {
    pub(crate) use super::documents::{begin, next, take};
    pub(crate) use super::leaving::{leaving, left};
}
