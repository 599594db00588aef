//! Referrals in: typed, or from a CSV file. Nothing is merged by the program.

mod file;
mod form;
mod known;
mod saving;

pub use file::{check_csv, import_csv};
pub use form::{check_nhs_number, check_referral, start_referral};
pub use saving::save_referral;

pub(crate) use form::missing_of;
