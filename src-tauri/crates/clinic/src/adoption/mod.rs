//! Adoption and withdrawal: rulesets, medicines tables and instrument packs come into use when two
//! people have signed for them, and go out of use when one clinical safety officer says so.

mod affected;
mod contents;
mod in_service;
mod review;
mod shown;
mod signing;

pub use affected::cases_under;
pub use review::review_content;
pub use shown::adoptions;
pub use signing::{adopt_content, offer_ruleset, withdraw_content};

pub(crate) use contents::Content;
pub(crate) use in_service::{InService, InUse, RulesNow};
