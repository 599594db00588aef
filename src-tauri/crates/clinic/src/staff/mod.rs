//! Who works here: colleagues, locums, absences and whose case it is.

mod adding;
mod changing;
mod covering;
mod ending;
mod form;
mod listing;
mod placing;

pub use adding::add_colleague;
pub use changing::{change_colleague, renew_colleague};
pub use covering::{cover_absence, hand_over, take_cover_back};
pub use ending::end_colleague;
pub use listing::staff;
pub use placing::sit_at;

pub(crate) use adding::wrong_passphrase;
pub(crate) use covering::{Covers, covering};
pub(crate) use form::role_and_sites;
pub(crate) use listing::reminder;
pub(crate) use placing::{note_used, settle_site, sites_of};
