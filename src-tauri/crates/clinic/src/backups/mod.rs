//! Backups: made by themselves once a day, kept by a rule, tested on demand, restored at the door.
//!
//! What takes long is a [`Job`]: the desk hands it out, it runs on any thread without the desk, and
//! what came of it is handed back. So nobody who types waits for a backup.

mod job;
mod restoring;
mod schedule;
mod shown;
mod whole;

pub use job::{Done, Job};
pub use restoring::{backups_at, restore_backup};
pub use schedule::{broken_off, done, next};
pub use shown::{back_up_now, backups, choose_backup_place, forget_backup_place, test_backup};
pub use whole::{Checked, back_up_to, rebuild, verify};

pub(crate) use schedule::Backing;
pub(crate) use shown::warning;
