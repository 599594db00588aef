//! The sites of the service: opening one, closing one, and merging one into another.

mod closing;
mod listing;
mod opening;

pub use closing::{close_site, reopen_site};
pub use listing::sites;
pub use opening::open_site;
