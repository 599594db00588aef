//! Bundles: what one laptop has written carried to another by hand, where no cable reaches.
//!
//! A bundle is for laptops that the service certified, and holds what all of them may read and are
//! not known to have. Reading one takes in what a device of the service signed and nothing else;
//! reading it twice changes nothing. Nothing here is removed when one is written: what another
//! laptop says to hold, in a bundle of its own that comes back, only tells what need not go again.

mod file;
mod heard;
mod laptops;
mod looking;
mod reading;
mod shown;
mod sticks;
mod writing;

pub use looking::inspect_bundle;
pub use reading::{begin_reading_bundle, read_bundle, read_bundle_on};
pub use shown::{bundle_contents, bundles};
pub use writing::write_bundle;

pub(crate) use file::said;
pub(crate) use reading::Reading;
