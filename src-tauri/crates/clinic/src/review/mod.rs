//! The review session: whoever decides goes through the cases that wait to be signed, one screen a
//! case, and the next case comes with the answer to the last.
//!
//! A session is of one person on one laptop. Which cases it has and how far it came is kept there,
//! by id alone, so that the same person goes on after the screen was locked. What is decided goes
//! the way of every decision; the session adds who looked, for how long, and what they did.

mod aside;
mod asking;
mod back;
mod case;
mod choosing;
mod ending;
mod queue;
mod rates;
mod session;
mod signing;
mod since;
mod tables;

pub use aside::{pass_by, put_aside};
pub use asking::ask_in_review;
pub use back::take_back;
pub use case::review_case;
pub use choosing::{begin_review, review_choices};
pub use ending::end_review;
pub use rates::review_rates;
pub use signing::{countersign_reviewed, sign_reviewed};

pub(crate) use session::Review;
