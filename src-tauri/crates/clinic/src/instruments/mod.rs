//! The instruments in use here and what their wording is used under: packs are checked, imported,
//! listed and withdrawn.

mod changing;
mod listing;
mod packs;

pub use changing::{check_pack, import_pack, withdraw_pack};
pub use listing::instruments_in_use;
pub(crate) use packs::Packs;
