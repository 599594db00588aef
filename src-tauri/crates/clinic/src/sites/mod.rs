//! The sites of the service: opening one, closing one, and merging one into another.

mod listing;
mod opening;

pub use listing::sites;
pub use opening::open_site;
