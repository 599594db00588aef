//! The client over real sockets: one line to the hub server, and what is asked over it.
//!
//! It carries bytes. What they say is for [`Exchange`](crate::Exchange), which no socket may enter;
//! this module opens no envelope, keeps nothing on disk and looks at no clock. Whoever drops a
//! future of it ends what it was doing: no half of a message is ever given back as a whole one.

mod address;
mod back_off;
mod error;
mod line;
mod pinned;

pub use address::{HubServer, NotAPin, NotAnAddress, Pin};
pub use back_off::BackOff;
pub use error::LineError;
pub use line::{Line, MAX_ANSWER_BYTES, Patience};
