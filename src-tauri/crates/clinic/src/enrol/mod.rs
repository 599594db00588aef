//! How laptops come to a service and leave it: asking to join, approving, joining, ending.

mod approving;
mod asking;
mod changing;
mod ending;
mod handed;
mod hub_server;
mod joined;
mod joining;
mod listing;

pub use approving::{approve_joining, look_at_request};
pub use asking::{begin_joining, give_up_joining, save_request};
pub use changing::change_laptop;
pub use ending::end_laptop;
pub use joining::finish_joining;
pub use listing::laptops;

pub(crate) use asking::waiting;
