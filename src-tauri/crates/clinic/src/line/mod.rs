//! The line to the hub server: whom to call, when, and what people are told of it.
//!
//! The talking is done off the desk. [`keep`] runs for as long as the program does and borrows the
//! desk for one short step at a time: to take the next message, or to keep what an answer brought.
//! While bytes are on their way nobody waits for them. Nothing that is kept here holds a key, so
//! locking ends the talk at the next step and there is nothing to clean up.

mod bell;
mod carried;
mod case_sync;
mod chip;
mod hub_server;
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

pub(crate) use hub_server::{keep as keep_hub_server, named as hub_server_here};
pub(crate) use receipts::{arrived, opened};
pub(crate) use screen::warnings;
pub(crate) use state::Line;
