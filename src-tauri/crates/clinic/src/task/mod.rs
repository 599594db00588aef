//! What follows from a decision, and what the spoke is asked: tasks with an owner and a day, and a
//! receipt when they are done.

mod content;
mod enquiring;
mod keeping;
mod listing;
mod opening;
mod shown;
mod whose;

pub use enquiring::{answer_enquiry, ask_spoke};
pub use keeping::{add_task, drop_task, finish_task, give_task, take_task};
pub use listing::tasks;
pub use opening::open_tasks;
pub use shown::tasks_of;

pub(crate) use enquiring::{asked_words, asking};
pub(crate) use opening::{decided, follow, follow_all, remember};
pub(crate) use shown::progress;

use record::id::ItemId;

use crate::refusal::Refusal;

/// A task from the screen.
fn task_id(text: &str) -> Result<ItemId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound("That task"))
}
